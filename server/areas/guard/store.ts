import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import type { EventTables } from '../../base/seal.ts'

/** How the guard stands, as it is stored. */
export interface StateRow {
  org: string
  frozen_at: number | null
  frozen_by: string | null
  frozen_reason: string | null
  breaker_at: number | null
  breaker_count: number | null
  breaker_minutes: number | null
  epoch: number
  restored_at: number | null
  marked: number
  doubted_at: number | null
  off_by: number | null
  believed: number
}

interface Tables {
  guard_states: StateRow
  guard_marks: { org: string; name: string; value: number; at: number }
  guard_limits: { org: string; version: number; limits: string; by_kind: string; by_id: string | null; at: number }
  guard_spent: { org: string; kind: string; scope: string; minute: number; n: number }
  guard_spared: { org: string; device: string; until: number | null }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (on: On) => own<Tables>(on.tx)

const blank: Omit<StateRow, 'org'> = {
  frozen_at: null,
  frozen_by: null,
  frozen_reason: null,
  breaker_at: null,
  breaker_count: null,
  breaker_minutes: null,
  epoch: 0,
  restored_at: null,
  marked: 0,
  doubted_at: null,
  off_by: null,
  believed: 0,
}

const stateOf = fixed<Tables, { org: string }>()((from, v) =>
  from.selectFrom('guard_states').selectAll().where('org', '=', v.org),
)

/** How the guard of the org stands. */
export async function getState(on: On): Promise<StateRow> {
  const [row] = await stateOf(on.tx, { org: on.org })
  return row ?? { org: on.org, ...blank }
}

/** Changes how it stands. */
export async function changeState(on: On, change: Partial<Omit<StateRow, 'org'>>): Promise<void> {
  await db(on)
    .insertInto('guard_states')
    .values({ org: on.org, ...blank, ...change })
    .onConflict(c => c.column('org').doUpdateSet(change))
    .execute()
}

const markOf = fixed<Tables, { org: string; name: string }>()((from, v) =>
  from.selectFrom('guard_marks').select(['value', 'at']).where('org', '=', v.org).where('name', '=', v.name),
)

/** A remembered number with when it was noted. */
export async function findMark(on: On, name: string): Promise<{ value: number; at: number } | undefined> {
  const [row] = await markOf(on.tx, { org: on.org, name })
  return row
}

export async function putMark(on: On, name: string, value: number, at: number): Promise<void> {
  await db(on)
    .insertInto('guard_marks')
    .values({ org: on.org, name, value, at })
    .onConflict(c => c.columns(['org', 'name']).doUpdateSet({ value, at }))
    .execute()
}

const newestLimits = fixed<Tables, { org: string }>()((from, v) =>
  from
    .selectFrom('guard_limits')
    .select(['version', 'limits', 'at'])
    .where('org', '=', v.org)
    .orderBy('version', 'desc')
    .limit(1),
)

/** The newest version of the limits; undefined while none was ever set. */
export async function findLimits(on: On): Promise<{ version: number; limits: string; at: number } | undefined> {
  const [row] = await newestLimits(on.tx, { org: on.org })
  return row
}

export async function putLimits(ctx: Ctx, version: number, limits: string): Promise<void> {
  const by = { by_kind: ctx.actor.kind, by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id }
  await db(ctx)
    .insertInto('guard_limits')
    .values({ org: ctx.org, version, limits, ...by, at: ctx.now })
    .execute()
}

const spending = fixed<Tables, { org: string; kind: string; scope: string; minute: number }>()(
  (_from, v) => sql`INSERT INTO guard_spent (org, kind, scope, minute, n)
    VALUES (${v.org}, ${v.kind}, ${v.scope}, ${v.minute}, 1)
    ON CONFLICT (org, kind, scope, minute) DO UPDATE SET n = guard_spent.n + 1`,
)

/** Counts one that left, in each of these scopes. */
export async function spend(on: On, kind: string, scopes: readonly string[], minute: number): Promise<void> {
  for (const scope of scopes) await spending(on.tx, { org: on.org, kind, scope, minute })
}

/** How many have left since that minute, it included. */
export async function spentSince(on: On, kind: string, scope: string, minute: number): Promise<number> {
  const row = await db(on)
    .selectFrom('guard_spent')
    .select(sql<number>`COALESCE(SUM(n), 0)`.as('n'))
    .where('org', '=', on.org)
    .where('kind', '=', kind)
    .where('scope', '=', scope)
    .where('minute', '>=', minute)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

const spentBy = fixed<Tables, { org: string; kind: string; scope: string; minute: number }>()((from, v) =>
  from
    .selectFrom('guard_spent')
    .select(['minute', 'n'])
    .where('org', '=', v.org)
    .where('kind', '=', v.kind)
    .where('scope', '=', v.scope)
    .where('minute', '>=', v.minute)
    .orderBy('minute'),
)

/** The minutes since then in which any left, oldest first. */
export async function minutesSince(
  on: On,
  kind: string,
  scope: string,
  minute: number,
): Promise<{ minute: number; n: number }[]> {
  const rows = await spentBy(on.tx, { org: on.org, kind, scope, minute })
  return rows.map(r => ({ minute: Number(r.minute), n: Number(r.n) }))
}

/** Forgets what left before that minute. */
export async function forgetSpent(on: On, before: number): Promise<void> {
  await db(on).deleteFrom('guard_spent').where('org', '=', on.org).where('minute', '<', before).execute()
}

/** Whether the device bears the tag that spares it, or bore it until a day ago. */
export async function isSpared(ctx: Ctx, device: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('guard_spared')
    .select('until')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .executeTakeFirst()
  return row !== undefined && (row.until === null || row.until > ctx.now)
}

/** Notes that a device bears the tag, or until when it is spared after it lost it. One that never bore it is not noted as losing it. */
export async function putSpared(on: On, device: string, until: number | null): Promise<void> {
  if (until !== null) {
    const known = db(on).updateTable('guard_spared').set({ until }).where('org', '=', on.org)
    await known.where('device', '=', device).where('until', 'is', null).execute()
    return
  }
  await db(on)
    .insertInto('guard_spared')
    .values({ org: on.org, device, until: null })
    .onConflict(c => c.columns(['org', 'device']).doUpdateSet({ until: null }))
    .execute()
}

/** How many devices are spared now. */
export async function countSpared(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .selectFrom('guard_spared')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where(e => e.or([e('until', 'is', null), e('until', '>', ctx.now)]))
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** The hash of the sealed entry at this place of the log. */
export async function hashAt(on: On, seq: number): Promise<string | null> {
  const row = await own<EventTables>(on.tx)
    .selectFrom('events')
    .select('hash')
    .where('org', '=', on.org)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row?.hash ?? null
}
