import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import type { RolloutState } from '../blueprints/index.ts'
import * as policies from '../policies/index.ts'
import { rolloutEvents } from './events.ts'
import { advanceName } from './later.ts'
import * as store from './store.ts'
import { type Counts, faultsOf, judge, type Terms } from './wave.ts'

/** A new version of a policy on its way to its devices. */
export interface Rollout {
  id: Id<'rollout'>
  policy: string
  unitPath: string
  from: number
  to: number
  state: store.RolloutRow['state']
  reason: string | null
  facts: Readonly<Record<string, number>>
  terms: Terms
  wave: number
  waveAt: number
  /** By wave, the numbers it ended with. */
  counts: readonly Counts[]
  by: { kind: string; id: string | null }
  createdAt: number
  endedAt: number | null
}

/** How devices fare with a version of a policy: told by main, because what they answered is kept in a later room. */
export type Grader = (ctx: Ctx, policy: string, version: number) => Promise<Counts & { behind: boolean }>

let grader: Grader | null = null

/** Tells how to count the devices that have a version; called by main before the server starts. */
export function gradeBy(by: Grader): void {
  grader = by
}

/** How the devices of a rollout fare now. */
export function countsNow(ctx: Ctx, rollout: Rollout): Promise<Counts & { behind: boolean }> {
  if (grader === null) throw new Error('main has not said how devices of a rollout are counted')
  return grader(ctx, rollout.policy, rollout.to)
}

/**
 * Sends the newest version of a policy out in waves instead of at once. To be called in the transaction that saved it:
 * from then on devices have it or the one before by the hash of their id.
 */
export async function begin(
  ctx: Ctx,
  { policy, from, to, terms }: { policy: policies.Policy; from: number; to: number; terms: Terms },
): Promise<Rollout> {
  const faults = faultsOf(terms)
  if (faults.length > 0) throw new Problem('request.malformed', {}, { fields: faults })
  await demandNone(ctx, policy.id)
  const id = newId('rollout')
  await store.addRollout(ctx, {
    org: ctx.org,
    id,
    policy: policy.id,
    unit_path: policy.unitPath,
    from_version: from,
    to_version: to,
    state: 'running',
    reason: null,
    facts: '{}',
    waves: JSON.stringify(terms.waves),
    wave: 0,
    salt: id.slice(-8),
    watch_ms: terms.watchMs,
    stop_above_percent: terms.stopAbovePercent,
    min_heard_percent: terms.minHeardPercent,
    wave_at: ctx.now,
    counts: '[]',
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    created_at: ctx.now,
    ended_at: null,
  })
  await policies.bumpRevision(ctx)
  await record(ctx, rolloutEvents.begun, about(policy), {
    rollout: id,
    name: policy.name,
    from,
    to,
    waves: [...terms.waves],
  })
  await look(ctx, id)
  return rolloutOf(ctx, id)
}

/** Refuses while a rollout of the policy is under way: two versions on their way would make three. */
export async function demandNone(ctx: Ctx, policy: string): Promise<void> {
  const [other] = await store.underWay(ctx, policy)
  if (other) throw new Problem('rollout.under-way', { rollout: other.id })
}

/** The rollout with this id; whether the actor may see it is the caller's question. */
export async function rolloutOf(ctx: Ctx, id: string): Promise<Rollout> {
  const row = await store.findRollout(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return toRollout(row)
}

/** The rollout, where the actor holds the permission on the unit of its policy. */
export async function rolloutFor(ctx: Ctx, id: string, permission: string): Promise<Rollout> {
  const rollout = await rolloutOf(ctx, id)
  demand(ctx.authority, permission, rollout.unitPath, 'policies:read')
  return rollout
}

/** What resolving needs to know of the rollouts under way. */
export async function rolloutStates(ctx: Ctx): Promise<RolloutState[]> {
  return (await store.underWay(ctx)).map(toRollout).map(r => ({
    id: r.id,
    policy: r.policy,
    from: r.from,
    to: r.to,
    percent: r.terms.waves[r.wave] ?? 0,
    salt: r.id.slice(-8),
  }))
}

/** Judges a rollout by how its devices fare, and does what follows. Answers when to look again, or null when it is over or paused. */
export async function advance(ctx: Ctx, id: string): Promise<number | null> {
  const rollout = await rolloutOf(ctx, id)
  if (rollout.state !== 'running') return null
  const { behind, ...counts } = await countsNow(ctx, rollout)
  const verdict = judge(rollout.terms, rollout.wave, { counts, waveAt: rollout.waveAt, now: ctx.now, behind })
  switch (verdict.do) {
    case 'wait':
      return verdict.until
    case 'advance':
      await nextWave(ctx, rollout, counts)
      return ctx.now
    case 'finish':
      await finish(ctx, rollout, counts)
      return null
    case 'stop':
      await stop(ctx, rollout, { reason: `rollout.${verdict.why}`, percent: verdict.percent, counts })
      return null
  }
}

/** The next wave, before its time when a person says so. */
export async function nextWave(ctx: Ctx, rollout: Rollout, counts: Counts): Promise<void> {
  if (rollout.wave >= rollout.terms.waves.length - 1) return finish(ctx, rollout, counts)
  const wave = rollout.wave + 1
  await store.changeRollout(ctx, rollout.id, {
    wave,
    wave_at: ctx.now,
    state: 'running',
    counts: JSON.stringify([...rollout.counts, counts]),
  })
  await policies.bumpRevision(ctx)
  const policy = await policies.getPolicy(ctx, rollout.policy)
  const told = {
    rollout: rollout.id,
    name: policy.name,
    to: rollout.to,
    wave,
    percent: rollout.terms.waves[wave] ?? 100,
  }
  await record(ctx, rolloutEvents.advanced, about(policy), told)
  await look(ctx, rollout.id)
}

async function finish(ctx: Ctx, rollout: Rollout, counts: Counts): Promise<void> {
  await store.changeRollout(ctx, rollout.id, {
    state: 'done',
    ended_at: ctx.now,
    counts: JSON.stringify([...rollout.counts, counts]),
  })
  await policies.bumpRevision(ctx)
  const policy = await policies.getPolicy(ctx, rollout.policy)
  await record(ctx, rolloutEvents.finished, about(policy), { rollout: rollout.id, name: policy.name, to: rollout.to })
}

/** Ends a rollout without finishing it: the value of the version before is the newest again, so that every device goes back to it. */
export async function stop(
  ctx: Ctx,
  rollout: Rollout,
  { reason, percent, counts }: { reason: string; percent: number | null; counts: Counts },
): Promise<void> {
  if (rollout.endedAt !== null) throw new Problem('rollout.ended', { state: rollout.state })
  await store.changeRollout(ctx, rollout.id, {
    state: reason === 'rollout.canceled' ? 'canceled' : 'stopped',
    reason,
    facts: JSON.stringify({ ...(percent === null ? {} : { percent }), failed: counts.failed, of: counts.of }),
    ended_at: ctx.now,
    counts: JSON.stringify([...rollout.counts, counts]),
  })
  await policies.rollBack(ctx, rollout.policy, { version: rollout.from, note: '' })
  await policies.bumpRevision(ctx)
  const policy = await policies.getPolicy(ctx, rollout.policy)
  const { id, from, to } = rollout
  const told = { rollout: id, name: policy.name, from, to, reason, percent, failed: counts.failed }
  await record(ctx, rolloutEvents.stopped, about(policy), told)
}

/** Holds a rollout where it is: devices keep what they have, no further wave goes out. */
export async function pause(ctx: Ctx, rollout: Rollout): Promise<void> {
  if (rollout.state !== 'running') throw wrongState(rollout)
  await store.changeRollout(ctx, rollout.id, { state: 'paused' })
  const policy = await policies.getPolicy(ctx, rollout.policy)
  await record(ctx, rolloutEvents.paused, about(policy), { rollout: rollout.id, name: policy.name })
}

/** Lets a paused rollout go on; the watch of its wave begins again. */
export async function resume(ctx: Ctx, rollout: Rollout): Promise<void> {
  if (rollout.state !== 'paused') throw wrongState(rollout)
  await store.changeRollout(ctx, rollout.id, { state: 'running', wave_at: ctx.now })
  const policy = await policies.getPolicy(ctx, rollout.policy)
  await record(ctx, rolloutEvents.resumed, about(policy), { rollout: rollout.id, name: policy.name })
  await look(ctx, rollout.id)
}

function wrongState({ state, endedAt }: Rollout): Problem {
  const code: ProblemCode = endedAt === null ? 'rollout.not-now' : 'rollout.ended'
  return new Problem(code, { state })
}

/** Looks at the rollout again soon; failures stop it at any time. */
async function look(ctx: Ctx, rollout: string): Promise<void> {
  await enqueue(ctx, advanceName, { rollout }, { dedupe: rollout, inMs: 1000 })
}

const about = (policy: policies.Policy): { kind: 'policy'; id: string; path: string } => ({
  kind: 'policy',
  id: policy.id,
  path: policy.unitPath,
})

/** A stored row as a rollout. */
export function toRollout(row: store.RolloutRow): Rollout {
  return {
    id: row.id as Id<'rollout'>,
    policy: row.policy,
    unitPath: row.unit_path,
    from: row.from_version,
    to: row.to_version,
    state: row.state,
    reason: row.reason,
    facts: JSON.parse(row.facts) as Record<string, number>,
    terms: {
      waves: JSON.parse(row.waves) as number[],
      watchMs: row.watch_ms,
      stopAbovePercent: row.stop_above_percent,
      minHeardPercent: row.min_heard_percent,
    },
    wave: row.wave,
    waveAt: row.wave_at,
    counts: JSON.parse(row.counts) as Counts[],
    by: { kind: row.by_kind, id: row.by_id },
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}

/** The rollouts under way of these policies, as lists of policies show them. */
export async function rolloutsAmong(
  ctx: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, policies.PolicyRollout>> {
  const all = (await store.underWay(ctx)).map(toRollout).filter(r => ids.includes(r.policy))
  return new Map(
    all.map(r => [r.policy, { id: r.id, state: r.state, from: r.from, to: r.to, percent: r.terms.waves[r.wave] ?? 0 }]),
  )
}
