import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Contribution, Miss, OrgState, Reach } from '../blueprints/index.ts'
import { groupRefsOf, namesOf, visibleUnits } from '../identity/index.ts'
import type { NamedTarget } from './target.ts'

/** How to name what explains a device to one reader. What the reader may not see has no name: null stands for «another unit», «another group». */
export interface Naming {
  policy(id: string): { id: string; name: string }
  blueprint(id: string): { id: string; name: string }
  /** The unit an assignment hangs on. */
  anchor(assignment: string): { id: string; name: string } | null
  reach(reach: Reach): { level: Reach['level']; by: string | null; name: string | null }
  miss(miss: Miss): { why: Miss['why']; asked: string | null; is: string | null }
}

/**
 * The naming for a reader of a device. Policies and blueprints that reach the device are named wherever they belong: whoever answers for a device must know
 * what governs it.
 */
export async function namingFor(ctx: Ctx, state: OrgState, target: NamedTarget): Promise<Naming> {
  const units = new Map((await visibleUnits(ctx)).map(u => [u.path, { id: String(u.id), name: u.name }]))
  const groups = target.user === null ? [] : ((await groupRefsOf(ctx, [target.user])).get(target.user) ?? [])
  const user = await namesOf(ctx, target.user === null ? [] : [target.user])
  const known = new Map([
    [target.id, target.name],
    ...groups.map((g): [string, string] => [g.id, g.name]),
    ...user,
    ...target.tags.map((t): [string, string] => [t, t]),
  ])
  const nameOf = (by: string): string | null => units.get(by)?.name ?? known.get(by) ?? null
  const anchors = new Map(state.assignments.map(a => [a.id, a.anchor]))
  return {
    policy: id => ({ id, name: state.policies.get(id)?.name ?? '' }),
    blueprint: id => ({ id, name: state.blueprints.get(id)?.name ?? '' }),
    anchor: id => units.get(anchors.get(id) ?? '') ?? null,
    reach: ({ level, by }) => {
      const name = nameOf(by)
      return { level, by: name === null ? null : (units.get(by)?.id ?? by), name }
    },
    miss: ({ why, asked, is }) => {
      const names = why === 'outside-anchor' || why === 'excluded'
      const said = (text: string | undefined): string | null =>
        text === undefined ? null : names ? nameOf(text) : text
      return { why, asked: said(asked), is: said(is) }
    },
  }
}

/** Whether the reader may know of a policy that does not reach the device. */
export function mayKnow(ctx: Ctx, state: OrgState, policy: string): boolean {
  const path = state.policies.get(policy)?.path
  return path !== undefined && may(ctx.authority, 'policies:read', path)
}

/** One contribution with names. */
export function namedContribution(naming: Naming, from: Contribution) {
  const { policy, version, blueprint, assignment, reach, through } = from
  return {
    policy: naming.policy(policy),
    version,
    blueprint: naming.blueprint(blueprint),
    assignment,
    anchor: naming.anchor(assignment),
    reach: naming.reach(reach),
    through: through ?? null,
  }
}
