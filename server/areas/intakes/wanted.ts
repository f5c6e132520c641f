import type { Ctx } from '../../base/ctx.ts'
import { fold } from '../../base/text.ts'
import { type Effective, openResolver, type OrgState, type Target } from '../blueprints/index.ts'
import { groupsOf } from '../identity/index.ts'
import { findPolicyKind } from '../policies/index.ts'
import { snapshotIn } from '../previews/index.ts'
import type { LineRow } from './line-store.ts'
import type { IntakeRow } from './store.ts'

/** What each device of a batch will have, by the state of the org now. */
export interface Foreseen {
  state: OrgState
  of: { line: LineRow; effective: Effective }[]
}

/** Works out what every device of the batch will have once it is there: as its line says, supervised, the org's own, with the batch's tag. */
export async function foresee(ctx: Ctx, intake: IntakeRow, lines: readonly LineRow[]): Promise<Foreseen> {
  const state = await snapshotIn(ctx)
  const resolver = openResolver(state, ctx.now, findPolicyKind)
  const users = [...new Set(lines.flatMap(l => l.user_id ?? []))]
  const groups = new Map<string, string[]>()
  for (let at = 0; at < users.length; at += 500)
    for (const [user, of] of await groupsOf(ctx, users.slice(at, at + 500))) groups.set(user, of)
  const of = lines.map(line => {
    const target: Target = {
      id: line.device ?? `expected ${line.serial}`,
      path: line.unit_path,
      user: line.user_id,
      groups: line.user_id === null ? [] : (groups.get(line.user_id) ?? []),
      tags: [fold(intake.tag)],
      ownership: 'company',
      platform: 'ios',
      osVersion: null,
      supervised: true,
    }
    return { line, effective: resolver.effective(target) }
  })
  return { state, of }
}
