import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within } from '../../base/filter.ts'

interface Tables {
  compliance_counts: { org: string; unit: string; rule: string; verdict: string; n: number }
  compliance_days: { org: string; day: string; unit: string; state: string; n: number }
  device_compliance: {
    org: string
    device: string
    state: string
    violating: number
    severity: string | null
    since: number
    unit_path: string
    user_id: string | null
  }
  seen_versions: { org: string; platform: string; os_key: string; version: string; first_at: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Where one is counted. */
export interface Place {
  unit: string
  rule: string
  verdict: string
}

/** Moves counts by these differences. */
export async function addCounts(ctx: Ctx, all: readonly (Place & { n: number })[]): Promise<void> {
  // In one order, so that two who count the same places do not wait for each other.
  const sorted = all
    .filter(c => c.n !== 0)
    .toSorted((a, b) => (`${a.unit}|${a.rule}|${a.verdict}` < `${b.unit}|${b.rule}|${b.verdict}` ? -1 : 1))
  for (const { unit, rule, verdict, n } of sorted)
    await db(ctx)
      .insertInto('compliance_counts')
      .values({ org: ctx.org, unit, rule, verdict, n: Math.max(0, n) })
      .onConflict(c =>
        c.columns(['org', 'unit', 'rule', 'verdict']).doUpdateSet({
          n: sql<number>`CASE WHEN compliance_counts.n + ${n} < 0 THEN 0 ELSE compliance_counts.n + ${n} END`,
        }),
      )
      .execute()
}

/** Every count of these rules (`''`: the states of devices), by unit. */
export async function countsOf(ctx: Ctx, rules: readonly string[]): Promise<(Place & { n: number })[]> {
  if (rules.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('compliance_counts')
    .select(['unit', 'rule', 'verdict', 'n'])
    .where('org', '=', ctx.org)
    .where('rule', 'in', [...rules])
    .where('n', '>', 0)
    .execute()
  return rows
}

/** Nothing is counted by this rule any more. */
export async function removeCounts(ctx: Ctx, rule: string): Promise<void> {
  await db(ctx).deleteFrom('compliance_counts').where('org', '=', ctx.org).where('rule', '=', rule).execute()
}

/** Keeps the counts of states as those of a day. */
export async function keepDay(ctx: Ctx, day: string): Promise<void> {
  await db(ctx).deleteFrom('compliance_days').where('org', '=', ctx.org).where('day', '=', day).execute()
  await sql`INSERT INTO compliance_days (org, day, unit, state, n)
    SELECT org, ${day}, unit, verdict, n FROM compliance_counts WHERE org = ${ctx.org} AND rule = '' AND n > 0`.execute(
    ctx.tx,
  )
}

/** Counts of states, by unit, of the days from one on. */
export async function daysSince(
  ctx: Ctx,
  day: string,
): Promise<{ day: string; unit: string; state: string; n: number }[]> {
  return db(ctx)
    .selectFrom('compliance_days')
    .select(['day', 'unit', 'state', 'n'])
    .where('org', '=', ctx.org)
    .where('day', '>=', day)
    .orderBy('day')
    .execute()
}

/** Forgets days before one. */
export async function removeDaysBefore(ctx: Ctx, day: string): Promise<void> {
  await db(ctx).deleteFrom('compliance_days').where('org', '=', ctx.org).where('day', '<', day).execute()
}

/** People with devices that violate something, those with the most first. */
export async function peopleViolating(
  ctx: Ctx,
  paths: readonly string[],
  most: number,
): Promise<{ user: string; devices: number; violations: number; since: number }[]> {
  const rows = await db(ctx)
    .selectFrom('device_compliance')
    .select(e => [
      'user_id as user',
      e.fn.countAll<number>().as('devices'),
      e.fn.sum<number>('violating').as('violations'),
      e.fn.min('since').as('since'),
    ])
    .where('org', '=', ctx.org)
    .where('state', 'in', ['violating', 'grace'])
    .where('user_id', 'is not', null)
    .where(within('unit_path', paths))
    .groupBy('user_id')
    .orderBy('violations', 'desc')
    .orderBy('user_id')
    .limit(most)
    .execute()
  return rows.map(r => ({
    user: r.user ?? '',
    devices: Number(r.devices),
    violations: Number(r.violations),
    since: Number(r.since),
  }))
}

/** Devices of these people by state. */
export async function statesOfPeople(
  ctx: Ctx,
  users: readonly string[],
  paths: readonly string[],
): Promise<{ user: string; device: string; state: string; violating: number; severity: string | null }[]> {
  if (users.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('device_compliance')
    .select(['user_id', 'device', 'state', 'violating', 'severity'])
    .where('org', '=', ctx.org)
    .where('user_id', 'in', [...users])
    .where(within('unit_path', paths))
    .execute()
  return rows.map(({ user_id, ...r }) => ({ ...r, user: user_id ?? '' }))
}

/** Versions of systems that the fleet has shown. */
export async function listVersions(
  ctx: Ctx,
): Promise<{ platform: string; key: string; version: string; firstAt: number }[]> {
  const rows = await db(ctx).selectFrom('seen_versions').selectAll().where('org', '=', ctx.org).execute()
  return rows.map(r => ({ platform: r.platform, key: r.os_key, version: r.version, firstAt: r.first_at }))
}

/** The fleet shows a version, perhaps for the first time. */
export async function seeVersion(ctx: Ctx, one: { platform: string; os_key: string; version: string }): Promise<void> {
  await db(ctx)
    .insertInto('seen_versions')
    .values({ org: ctx.org, ...one, first_at: ctx.now })
    .onConflict(c => c.columns(['org', 'platform', 'os_key']).doNothing())
    .execute()
}
