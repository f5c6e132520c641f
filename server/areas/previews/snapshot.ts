import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { type OrgState, type PolicyState, stateOf } from '../blueprints/index.ts'
import { namesOf, visibleUnits } from '../identity/index.ts'
import { allPolicies, type Json, revisionOf, valuesOf } from '../policies/index.ts'
import { rolloutStates, trialStates } from '../rollouts/index.ts'

/** States by org, of one process. Keyed by the process-wide Secrets so that two servers in one test do not meet. */
const kept = new WeakMap<object, Map<string, OrgState>>()
const underWay = new WeakMap<object, Map<string, Promise<OrgState>>>()

/** For whom a state is loaded: the server itself, which sees every unit. */
const scopeOf = (org: Id<'org'>) =>
  ({ org, actor: { kind: 'system', id: null, what: 'previews.snapshot' }, authority: everything }) as const

/**
 * The state of an org as it is committed now: everything that decides who should have what. Kept until the org's revision changes, so asking
 * again costs one row. Only committed states are kept.
 */
export async function snapshot(base: Pick<Base, 'read' | 'secrets'>, org: Id<'org'>): Promise<OrgState> {
  const revision = await base.read(scopeOf(org), revisionOf)
  const known = kept.get(base.secrets)?.get(org)
  if (known?.revision === revision) return known
  const loads = underWay.get(base.secrets) ?? new Map<string, Promise<OrgState>>()
  underWay.set(base.secrets, loads)
  const name = `${org} ${revision}`
  const load = loads.get(name) ?? settled(base, org, known ?? null).finally(() => loads.delete(name))
  loads.set(name, load)
  return load
}

/** The same inside a transaction, with what it has written itself. Not kept: it may yet be taken back. */
export async function snapshotIn(ctx: Ctx): Promise<OrgState> {
  const known = kept.get(ctx.secrets)?.get(ctx.org) ?? null
  return known?.revision === (await revisionOf(ctx)) ? known : load(ctx, known)
}

/** Reads see only what is committed, but not all of it at one instant: a state is one when its revision is the same before and after. */
async function settled(
  base: Pick<Base, 'read' | 'secrets'>,
  org: Id<'org'>,
  known: OrgState | null,
): Promise<OrgState> {
  for (;;) {
    const state = await base.read(scopeOf(org), async ctx => {
      const loaded = await load(ctx, known)
      return loaded.revision === (await revisionOf(ctx)) ? loaded : null
    })
    if (state === null) continue
    const states = kept.get(base.secrets) ?? new Map<string, OrgState>()
    kept.set(base.secrets, states.set(org, state))
    return state
  }
}

/** Loads a state. Versions never change once committed, so their values are taken from a state that is known. */
async function load(reader: Ctx, known: OrgState | null): Promise<OrgState> {
  const ctx = as(reader, { ...scopeOf(reader.org) })
  const revision = await revisionOf(ctx)
  const units = await visibleUnits(ctx)
  const pathOf = new Map(units.map(u => [String(u.id), u.path]))
  const { blueprints, assignments } = await stateOf(ctx, pathOf)
  const [rollouts, trials] = [await rolloutStates(ctx), await trialStates(ctx)]
  const policies = await policiesOf(ctx, known, { rollouts, trials })
  const named = assignments.flatMap(({ scope: { include, exclude } }) =>
    [include, exclude].flatMap(s => [...s.groups, ...s.users]),
  )
  const names = new Map(units.map(u => [u.path, u.name]))
  for (const [id, name] of await namesOf(ctx, [...new Set(named)])) names.set(id, name)
  return { revision, policies, blueprints, assignments, rollouts, trials, names }
}

async function policiesOf(
  ctx: Ctx,
  known: OrgState | null,
  { rollouts, trials }: Pick<OrgState, 'rollouts'> & { trials: Awaited<ReturnType<typeof trialStates>> },
): Promise<ReadonlyMap<string, PolicyState>> {
  const rows = await allPolicies(ctx)
  const wanted = [
    ...rows.map(r => ({ policy: r.id, version: r.version })),
    ...rollouts.map(r => ({ policy: r.policy, version: r.from })),
  ]
  const valueKnown = (policy: string, version: number): Json | undefined =>
    known?.policies.get(policy)?.versions.get(version)
  const missing = wanted.filter(w => valueKnown(w.policy, w.version) === undefined)
  const values = new Map((await valuesOf(ctx, missing)).map(v => [`${v.policy} ${v.version}`, v.value]))
  const versionsOf = Map.groupBy(wanted, w => w.policy)
  return new Map(
    rows.map(({ id, kind, name, unit_path: path, version: current }) => {
      const versions = new Map<number, Json>()
      for (const { version } of versionsOf.get(id) ?? []) {
        const value = valueKnown(id, version) ?? values.get(`${id} ${version}`)
        if (value !== undefined) versions.set(version, value)
      }
      for (const trial of trials) if (trial.policy === id) versions.set(trial.version, trial.value)
      return [id, { id, kind, name, path, current, versions }]
    }),
  )
}
