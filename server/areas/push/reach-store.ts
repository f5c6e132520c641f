import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import type { Channel } from './ladder.ts'
import type { NumberRow } from './number-store.ts'

export interface ReachRow {
  org: string
  enrollment: string
  channel: Channel
  device: string
  unit_path: string
  address: Uint8Array | null
  mark: string
  expires_at: number | null
  state: 'ready' | 'dead'
  reason: string | null
  updated_at: number
  answered_at: number | null
  latency_ms: number | null
}

export interface CallRow {
  org: string
  enrollment: string
  nonce: string
  wanted_at: number
  channel: Channel | null
  next_at: number
  changed_at: number
  round: number
  urgent: number
  only_channel: Channel | null
}

export interface TryRow {
  org: string
  enrollment: string
  channel: Channel
  nonce: string
  at: number
  outcome: 'sending' | 'sent' | 'dead' | 'rejected' | 'later' | 'skipped' | 'answered'
  reason: string | null
  latency_ms: number | null
}

interface Tables {
  wake_numbers: NumberRow
  wake_reaches: ReachRow
  wake_calls: CallRow
  wake_tries: TryRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

interface Of {
  readonly [name: string]: string
  readonly org: string
  readonly enrollment: string
}

const reachesOf = fixed<Tables, Of>()((from, v) =>
  from
    .selectFrom('wake_reaches')
    .selectAll()
    .where('org', '=', v.org)
    .where('enrollment', '=', v.enrollment)
    .orderBy('channel'),
)

/** Every way to an enrollment that its agent told. */
export function listReaches(ctx: Ctx, enrollment: string): Promise<ReachRow[]> {
  return reachesOf(ctx.tx, { org: ctx.org, enrollment })
}

export function findReach(ctx: Ctx, enrollment: string, channel: Channel): Promise<ReachRow | undefined> {
  return db(ctx)
    .selectFrom('wake_reaches')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('channel', '=', channel)
    .executeTakeFirst()
}

/** The enrollment of a device that has the channel. */
export function reachOfDevice(ctx: Ctx, device: string, channel: Channel): Promise<ReachRow | undefined> {
  return db(ctx)
    .selectFrom('wake_reaches')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('channel', '=', channel)
    .orderBy('updated_at', 'desc')
    .executeTakeFirst()
}

export async function putReach(ctx: Ctx, row: Omit<ReachRow, 'org'>): Promise<void> {
  const { enrollment: _enrollment, channel: _channel, ...change } = row
  await db(ctx)
    .insertInto('wake_reaches')
    .values({ org: ctx.org, ...row })
    .onConflict(c => c.columns(['org', 'enrollment', 'channel']).doUpdateSet(change))
    .execute()
}

export async function changeReach(
  ctx: Ctx,
  of: { enrollment: string; channel: Channel },
  change: Partial<Omit<ReachRow, 'org' | 'enrollment' | 'channel'>>,
): Promise<void> {
  await db(ctx)
    .updateTable('wake_reaches')
    .set(change)
    .where('org', '=', ctx.org)
    .where('enrollment', '=', of.enrollment)
    .where('channel', '=', of.channel)
    .execute()
}

interface Answer {
  readonly [name: string]: string | number
  readonly org: string
  readonly enrollment: string
  readonly channel: Channel
  readonly at: number
  readonly latency_ms: number
}

const answering = fixed<Tables, Answer>()((from, v) =>
  from
    .updateTable('wake_reaches')
    .set({ answered_at: v.at, latency_ms: v.latency_ms })
    .where('org', '=', v.org)
    .where('enrollment', '=', v.enrollment)
    .where('channel', '=', v.channel),
)

/** Notes that a wake was answered on a channel, and how long that took. */
export async function noteAnswer(
  ctx: Ctx,
  of: { enrollment: string; channel: Channel },
  latency_ms: number,
): Promise<void> {
  await answering(ctx.tx, { org: ctx.org, ...of, at: ctx.now, latency_ms })
}

export async function removeReach(ctx: Ctx, enrollment: string, channel: Channel): Promise<void> {
  await db(ctx)
    .deleteFrom('wake_reaches')
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('channel', '=', channel)
    .execute()
}

/** Forgets everything of an enrollment. */
export async function removeAll(ctx: Ctx, enrollment: string): Promise<void> {
  for (const table of ['wake_reaches', 'wake_calls', 'wake_tries', 'wake_numbers'] as const)
    await db(ctx).deleteFrom(table).where('org', '=', ctx.org).where('enrollment', '=', enrollment).execute()
}

const callOf = fixed<Tables, Of>()((from, v) =>
  from.selectFrom('wake_calls').selectAll().where('org', '=', v.org).where('enrollment', '=', v.enrollment),
)

export async function findCall(ctx: Ctx, enrollment: string): Promise<CallRow | undefined> {
  const [row] = await callOf(ctx.tx, { org: ctx.org, enrollment })
  return row
}

const calling = fixed<Tables, { readonly [C in keyof CallRow]: CallRow[C] }>()((from, v) =>
  from
    .insertInto('wake_calls')
    .values({
      org: v.org,
      enrollment: v.enrollment,
      nonce: v.nonce,
      wanted_at: v.wanted_at,
      channel: v.channel,
      next_at: v.next_at,
      changed_at: v.changed_at,
      round: v.round,
      urgent: v.urgent,
      only_channel: v.only_channel,
    })
    .onConflict(c => c.doNothing())
    .returning('nonce'),
)

/** Begins a call unless one is pending; answers whether it began. */
export async function addCall(ctx: Ctx, row: Omit<CallRow, 'org'>): Promise<boolean> {
  const rows = await calling(ctx.tx, { org: ctx.org, ...row })
  return rows.length > 0
}

/** Moves a call on, if it is still the same one. */
export async function changeCall(
  ctx: Ctx,
  of: Pick<CallRow, 'enrollment' | 'nonce'>,
  change: Partial<Pick<CallRow, 'channel' | 'next_at' | 'changed_at' | 'round' | 'urgent' | 'only_channel'>>,
): Promise<boolean> {
  const rows = await db(ctx)
    .updateTable('wake_calls')
    .set(change)
    .where('org', '=', ctx.org)
    .where('enrollment', '=', of.enrollment)
    .where('nonce', '=', of.nonce)
    .returning('nonce')
    .execute()
  return rows.length > 0
}

const taking = fixed<Tables, Of>()((from, v) =>
  from.deleteFrom('wake_calls').where('org', '=', v.org).where('enrollment', '=', v.enrollment).returningAll(),
)

/** Ends a call; answers what it was. */
export async function takeCall(ctx: Ctx, enrollment: string): Promise<CallRow | undefined> {
  // Nearly every contact is of an agent that nobody called: looking is cheaper than taking nothing.
  if (!(await findCall(ctx, enrollment))) return undefined
  const [row] = await taking(ctx.tx, { org: ctx.org, enrollment })
  return row
}

/** Calls of every org that moved since then, for the agents that listen to this process. */
export function callsSince(
  ctx: Ctx,
  since: number,
): Promise<Pick<CallRow, 'org' | 'enrollment' | 'nonce' | 'changed_at'>[]> {
  return db(ctx)
    .selectFrom('wake_calls')
    .select(['org', 'enrollment', 'nonce', 'changed_at'])
    .where('changed_at', '>=', since)
    .orderBy('changed_at')
    .limit(20_000)
    .execute()
}

export function listTries(ctx: Ctx, enrollment: string): Promise<TryRow[]> {
  return db(ctx)
    .selectFrom('wake_tries')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .orderBy('at')
    .execute()
}

const trying = fixed<Tables, TryRow & Readonly<Record<string, unknown>>>()((from, v) => {
  const change = { nonce: v.nonce, at: v.at, outcome: v.outcome, reason: v.reason, latency_ms: v.latency_ms }
  return from
    .insertInto('wake_tries')
    .values({ org: v.org, enrollment: v.enrollment, channel: v.channel, ...change })
    .onConflict(c => c.columns(['org', 'enrollment', 'channel']).doUpdateSet(change))
})

export async function putTry(ctx: Ctx, row: Omit<TryRow, 'org'>): Promise<void> {
  await trying(ctx.tx, { org: ctx.org, ...row })
}

const tryOf = fixed<Tables, Of & { readonly channel: Channel }>()((from, v) =>
  from
    .selectFrom('wake_tries')
    .selectAll()
    .where('org', '=', v.org)
    .where('enrollment', '=', v.enrollment)
    .where('channel', '=', v.channel),
)

export async function findTry(ctx: Ctx, enrollment: string, channel: Channel): Promise<TryRow | undefined> {
  const [row] = await tryOf(ctx.tx, { org: ctx.org, enrollment, channel })
  return row
}
