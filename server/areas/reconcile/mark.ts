import type { Ctx, Scope } from '../../base/ctx.ts'
import { enqueue } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import { type AssignmentState, candidates, type OrgState, reach, type Target } from '../blueprints/index.ts'
import * as devices from '../devices/index.ts'
import * as identity from '../identity/index.ts'
import { workTimeKind, workTimeOf } from '../hours/index.ts'
import { appIn, appKind, type Json, secretsIn } from '../policies/index.ts'
import { snapshot, targetsPage } from '../previews/index.ts'
import { devicesFrom } from './desired-store.ts'
import { mark } from './dirty-store.ts'
import { computeName } from './names.ts'
import { computePage } from './pace.ts'
import { reconsider } from './status.ts'
import type { Touch } from './touch.ts'

/** Has devices computed anew, soon: for those who know of a change that no event tells. */
export async function recompute(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await mark(ctx, ids)
  await enqueue(ctx, computeName, {}, { dedupe: 'org' })
}

/** How marking goes on from page to page. */
interface Marking {
  readonly base: Base
  readonly scope: Scope
  readonly signal: AbortSignal
}

/** Marks everyone a touch can reach, a page per transaction. Safe to repeat; answers false when it was interrupted and must be. */
export async function markTouched(marking: Marking, touch: Touch): Promise<boolean> {
  const { base, scope, signal } = marking
  for (const ids of chunks(touch.devices)) await base.transact(scope, ctx => recompute(ctx, ids))
  for (const ids of chunks(touch.described, 50))
    await base.transact(scope, async ctx => {
      for (const id of ids) await reconsider(ctx, id)
    })
  for (const users of chunks(touch.users, 200)) await markTargets(marking, { users }, null)
  if (touch.paths.length > 0) await markTargets(marking, { within: touch.paths }, null)
  if (touch.sources.length > 0) await markSources(marking, touch.sources)
  return !signal.aborted
}

/** Those that have something from one of the sources, and those that one of them reaches now. */
async function markSources(marking: Marking, sources: readonly string[]): Promise<void> {
  const { base, scope } = marking
  await eachPage(marking, async after => {
    const ids = await base.read(scope, ctx => devicesFrom(ctx, sources, after, computePage))
    await base.transact(scope, ctx => recompute(ctx, ids))
    return ids
  })
  const state = await snapshot(base, scope.org)
  const meant = assignmentsOf(state, sources)
  const trials = state.trials.filter(t => sources.includes(t.id) || sources.includes(t.policy))
  for (const ids of chunks(trials.map(t => t.device))) await base.transact(scope, ctx => recompute(ctx, ids))
  const others = { ...state, assignments: state.assignments.filter(a => !meant.includes(a)) }
  const reachable = candidates(others, state)
  if (reachable === 'nothing') return
  const now = base.clock.now()
  const reached = (target: Target): boolean => meant.some(a => 'reach' in reach(a, target, now))
  const { within, users, groups, tags } = reachable
  if (within.length > 0) await markTargets(marking, { within }, reached)
  for (const ids of chunks(reachable.devices)) await markTargets(marking, { ids }, reached)
  for (const some of chunks(users, 200)) await markTargets(marking, { users: some }, reached)
  for (const group of groups)
    await eachPage(marking, async after => {
      const { ids } = await base.read(scope, ctx => identity.usersOfGroup(ctx, group, { after, limit: 200 }))
      if (ids.length > 0) await markTargets(marking, { users: ids }, reached)
      return ids.length < 200 ? [] : ids
    })
  if (tags.length > 0)
    await eachPage(marking, async after => {
      const ids = await base.read(scope, ctx => devices.idsTagged(ctx, tags, { after, limit: computePage }))
      if (ids.length > 0) await markTargets(marking, { ids }, reached)
      return ids
    })
}

/** The assignments by which the sources come to devices. A secret comes by every policy that names it. */
function assignmentsOf(state: OrgState, sources: readonly string[]): AssignmentState[] {
  const named = new Set(sources)
  for (const { id, policy } of state.rollouts) if (named.has(id)) named.add(policy)
  if (sources.some(s => s.startsWith('sec_')))
    for (const policy of state.policies.values())
      if ([...policy.versions.values()].some(value => secretsIn(value).some(s => named.has(s)))) named.add(policy.id)
  for (const id of hourPoliciesNaming(state, sources)) named.add(id)
  for (const id of appPoliciesNaming(state, sources)) named.add(id)
  const meant = (a: AssignmentState): boolean =>
    named.has(a.id) ||
    named.has(a.blueprint) ||
    (state.blueprints.get(a.blueprint)?.items.some(item => named.has(item)) ?? false)
  return state.assignments.filter(meant)
}

/** The policies that name one of these calendars. */
function hourPoliciesNaming(state: OrgState, sources: readonly string[]): string[] {
  const calendars = sources.filter(s => s.startsWith('cal_'))
  if (calendars.length === 0) return []
  const names = (value: Json): boolean => workTimeOf(value).calendars.some(id => calendars.includes(id))
  return [...state.policies.values()]
    .filter(p => p.kind === workTimeKind && [...p.versions.values()].some(names))
    .map(p => p.id)
}

/** The policies that are about one of these apps. */
function appPoliciesNaming(state: OrgState, sources: readonly string[]): string[] {
  const apps = sources.filter(s => s.startsWith('app_'))
  if (apps.length === 0) return []
  const names = (value: Json): boolean => apps.includes(appIn(value) ?? '')
  return [...state.policies.values()]
    .filter(p => p.kind === appKind && [...p.versions.values()].some(names))
    .map(p => p.id)
}

/** Marks the devices that are meant, and of those only the ones that pass. */
async function markTargets(
  marking: Marking,
  query: { within?: readonly string[]; users?: readonly string[]; ids?: readonly string[] },
  passes: ((target: Target) => boolean) | null,
): Promise<void> {
  const { base, scope } = marking
  await eachPage(marking, async after => {
    const page = await base.read(scope, ctx => targetsPage(ctx, { ...query, after, limit: computePage }))
    const ids = page.filter(t => passes === null || passes(t)).map(t => t.id)
    if (ids.length > 0) await base.transact(scope, ctx => recompute(ctx, ids))
    return page.length < computePage ? [] : page.map(t => t.id)
  })
}

/** Goes from page to page by the last id of each, until one is empty. */
async function eachPage({ signal }: Marking, page: (after: string) => Promise<readonly string[]>): Promise<void> {
  let after = ''
  while (!signal.aborted) {
    const last = (await page(after)).at(-1)
    if (last === undefined) return
    after = last
  }
}

function chunks<T>(all: readonly T[], size: number = computePage): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
