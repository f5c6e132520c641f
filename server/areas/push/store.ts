import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own, type Tx } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'

export interface WakeRow {
  org: string
  enrollment: string
  account: string
  device: string | null
  unit_path: string
  channel: 'apns'
  topic: string
  token: Uint8Array
  magic: Uint8Array
  state: 'ready' | 'rejected' | 'dead'
  reason: string | null
  updated_at: number
  wanted_at: number | null
  next_at: number | null
  pushes: number
  failures: number
  sending_at: number | null
  pushed_at: number | null
  push_status: number | null
  apns_id: string | null
  contact_at: number | null
  latency_ms: number | null
  measured_at: number | null
}

export interface CredentialRow {
  org: string
  topic: string
  certificate: string
  fingerprint: string
  pem: string
  private_key: Uint8Array
  account: string
  not_after: number
  state: 'current' | 'former'
  refused: string | null
  uploaded_at: number
}

interface Tables {
  wakes: WakeRow
  push_credentials: CredentialRow
  wake_latencies: { org: string; hour: number; up_to_ms: number; count: number }
  wake_counted: { org: string; at: number }
}

/** Which wake: the device's own (empty account) or that of an account on it. */
export interface Address {
  enrollment: string
  account: string
}

const db = (on: { tx: Tx }) => own<Tables>(on.tx)

const wakeOf = fixed<Tables, { org: string; enrollment: string; account: string }>()((from, v) =>
  from
    .selectFrom('wakes')
    .selectAll()
    .where('org', '=', v.org)
    .where('enrollment', '=', v.enrollment)
    .where('account', '=', v.account),
)

export async function find(ctx: Ctx, { enrollment, account }: Address): Promise<WakeRow | undefined> {
  const [row] = await wakeOf(ctx.tx, { org: ctx.org, enrollment, account })
  return row
}

export async function put(ctx: Ctx, row: WakeRow): Promise<void> {
  const { org: _org, enrollment: _enrollment, account: _account, ...change } = row
  await db(ctx)
    .insertInto('wakes')
    .values(row)
    .onConflict(c => c.columns(['org', 'enrollment', 'account']).doUpdateSet(change))
    .execute()
}

export async function update(ctx: Ctx, of: Address, change: Partial<WakeRow>): Promise<void> {
  await db(ctx)
    .updateTable('wakes')
    .set(change)
    .where('org', '=', ctx.org)
    .where('enrollment', '=', of.enrollment)
    .where('account', '=', of.account)
    .execute()
}

/** Writes down a contact in one statement: what was wanted is satisfied and measured; otherwise only a contact of some age is renewed. */
export async function contacted(ctx: Ctx, of: Address, renewAfterMs: number): Promise<void> {
  const measured = sql`wanted_at IS NOT NULL AND sending_at IS NOT NULL AND sending_at >= wanted_at`
  await sql`
    UPDATE wakes SET contact_at = ${ctx.now},
      latency_ms = CASE WHEN ${measured} THEN ${ctx.now} - sending_at ELSE latency_ms END,
      measured_at = CASE WHEN ${measured} THEN ${ctx.now} ELSE measured_at END,
      pushes = CASE WHEN wanted_at IS NULL THEN pushes ELSE 0 END,
      next_at = CASE WHEN wanted_at IS NULL THEN next_at END,
      wanted_at = NULL
    WHERE org = ${ctx.org} AND enrollment = ${of.enrollment} AND account = ${of.account}
      AND (wanted_at IS NOT NULL OR contact_at IS NULL OR contact_at < ${ctx.now - renewAfterMs})`.execute(db(ctx))
}

export async function remove(ctx: Ctx, enrollment: string, account: string | null): Promise<void> {
  const all = db(ctx).deleteFrom('wakes').where('org', '=', ctx.org).where('enrollment', '=', enrollment)
  await (account === null ? all : all.where('account', '=', account)).execute()
}

/** Topics with an address that is due. */
export async function dueTopics(ctx: Ctx): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('wakes')
    .select('topic')
    .distinct()
    .where('org', '=', ctx.org)
    .where('next_at', 'is not', null)
    .where('next_at', '<=', ctx.now)
    .execute()
  return rows.map(r => r.topic)
}

/** The most overdue addresses of a topic. */
export function due(ctx: Ctx, topic: string, most: number): Promise<WakeRow[]> {
  return db(ctx)
    .selectFrom('wakes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('topic', '=', topic)
    .where('next_at', 'is not', null)
    .where('next_at', '<=', ctx.now)
    .orderBy('next_at')
    .limit(most)
    .execute()
}

/** When the next address that is not due yet will be, or null. */
export async function nextDue(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('wakes')
    .select(eb => eb.fn.min('next_at').as('at'))
    .where('org', '=', ctx.org)
    .where('next_at', 'is not', null)
    .where('next_at', '>', ctx.now)
    .executeTakeFirst()
  return row?.at ?? null
}

export async function devicesOn(ctx: Ctx, topic: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('wakes')
    .select(eb => eb.fn.countAll<number>().as('devices'))
    .where('org', '=', ctx.org)
    .where('topic', '=', topic)
    .where('account', '=', '')
    .where('state', '<>', 'dead')
    .executeTakeFirst()
  return Number(row?.devices ?? 0)
}

/** Makes everything that waits on this topic due now, also what the provider refused because of our certificate. */
export async function rouse(ctx: Ctx, topic: string): Promise<void> {
  await sql`UPDATE wakes SET state = 'ready', reason = NULL, failures = 0 WHERE org = ${ctx.org} AND topic = ${topic} AND state = 'rejected' AND push_status = 403`.execute(
    ctx.tx,
  )
  await sql`UPDATE wakes SET next_at = ${ctx.now} WHERE org = ${ctx.org} AND topic = ${topic} AND wanted_at IS NOT NULL AND state <> 'dead'`.execute(
    ctx.tx,
  )
}

export function credentials(ctx: Ctx): Promise<CredentialRow[]> {
  return db(ctx).selectFrom('push_credentials').selectAll().where('org', '=', ctx.org).execute()
}

export function credential(ctx: Ctx, topic: string): Promise<CredentialRow | undefined> {
  return db(ctx)
    .selectFrom('push_credentials')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('topic', '=', topic)
    .executeTakeFirst()
}

export async function currentCredential(ctx: Ctx): Promise<CredentialRow | undefined> {
  return (await credentials(ctx)).find(c => c.state === 'current')
}

export async function putCredential(ctx: Ctx, row: CredentialRow): Promise<void> {
  const { org: _org, topic: _topic, ...change } = row
  await db(ctx)
    .updateTable('push_credentials')
    .set({ state: 'former' })
    .where('org', '=', ctx.org)
    .where('topic', '<>', row.topic)
    .execute()
  await db(ctx)
    .insertInto('push_credentials')
    .values(row)
    .onConflict(c => c.columns(['org', 'topic']).doUpdateSet(change))
    .execute()
}

export async function refuseCredential(ctx: Ctx, topic: string, refused: string | null): Promise<void> {
  await db(ctx)
    .updateTable('push_credentials')
    .set({ refused })
    .where('org', '=', ctx.org)
    .where('topic', '=', topic)
    .execute()
}

export async function countedUpTo(ctx: Ctx): Promise<number> {
  const row = await db(ctx).selectFrom('wake_counted').select('at').where('org', '=', ctx.org).executeTakeFirst()
  return row?.at ?? 0
}

export function measuredBetween(ctx: Ctx, after: number, upTo: number): Promise<Pick<WakeRow, 'latency_ms'>[]> {
  return db(ctx)
    .selectFrom('wakes')
    .select('latency_ms')
    .where('org', '=', ctx.org)
    .where('measured_at', 'is not', null)
    .where('measured_at', '>', after)
    .where('measured_at', '<=', upTo)
    .execute()
}

export async function addLatencies(
  ctx: Ctx,
  to: { hour: number; counts: ReadonlyMap<number, number>; countedUpTo: number; forgetBefore: number },
): Promise<void> {
  for (const [up_to_ms, count] of to.counts) {
    const values = { org: ctx.org, hour: to.hour, up_to_ms, count }
    await db(ctx)
      .insertInto('wake_latencies')
      .values(values)
      .onConflict(c =>
        c.columns(['org', 'hour', 'up_to_ms']).doUpdateSet({ count: sql<number>`wake_latencies.count + ${count}` }),
      )
      .execute()
  }
  const counted = { org: ctx.org, at: to.countedUpTo }
  await db(ctx)
    .insertInto('wake_counted')
    .values(counted)
    .onConflict(c => c.column('org').doUpdateSet({ at: counted.at }))
    .execute()
  await db(ctx).deleteFrom('wake_latencies').where('org', '=', ctx.org).where('hour', '<', to.forgetBefore).execute()
}

export async function latencies(ctx: Ctx, since: number): Promise<{ up_to_ms: number; count: number }[]> {
  const rows = await db(ctx)
    .selectFrom('wake_latencies')
    .select(['up_to_ms', eb => eb.fn.sum<number>('count').as('count')])
    .where('org', '=', ctx.org)
    .where('hour', '>=', since)
    .groupBy('up_to_ms')
    .execute()
  return rows.map(r => ({ up_to_ms: r.up_to_ms, count: Number(r.count) }))
}
