import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within } from '../../base/filter.ts'
import type { AlertRow } from './store.ts'

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ alerts: AlertRow }>(ctx.tx)

/** Which alerts are counted: those that wait for someone, that is neither ended nor asleep, within these paths. */
function waiting(ctx: Ctx, paths: readonly string[]) {
  return db(ctx)
    .selectFrom('alerts')
    .where('org', '=', ctx.org)
    .where('state', '<>', 'resolved')
    .where(e => e.or([e('snoozed_until', 'is', null), e('snoozed_until', '<=', ctx.now)]))
    .where(within('unit_path', paths))
}

/** How many wait, by type and severity, counting so many at most. */
export async function countWaiting(
  ctx: Ctx,
  paths: readonly string[],
  most: number,
): Promise<{ type: string; severity: number; state: string; n: number; since: number }[]> {
  const few = waiting(ctx, paths).select(['type', 'severity', 'state', 'opened_at']).limit(most).as('few')
  const rows = await db(ctx)
    .selectFrom(few)
    .select(['type', 'severity', 'state', sql<number>`COUNT(*)`.as('n'), sql<number>`MIN(opened_at)`.as('since')])
    .groupBy(['type', 'severity', 'state'])
    .execute()
  return rows.map(r => ({ ...r, n: Number(r.n), since: Number(r.since) }))
}

/** How many wait that are newer than a place, counting so many at most. */
export async function countUnseen(ctx: Ctx, paths: readonly string[], seen: number, most: number): Promise<number> {
  const few = waiting(ctx, paths)
    .select('id')
    .where('state', '=', 'open')
    .where('news', '>', seen)
    .limit(most)
    .as('few')
  const row = await db(ctx).selectFrom(few).select(sql<number>`COUNT(*)`.as('n')).executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** What waits, the gravest and newest first; only what opened after an instant where one is given. */
export function gravest(
  ctx: Ctx,
  paths: readonly string[],
  {
    types,
    openedAfter,
    openedBefore,
    most,
  }: { types: readonly string[]; openedAfter?: number; openedBefore?: number; most: number },
): Promise<AlertRow[]> {
  return waiting(ctx, paths)
    .selectAll()
    .where('type', 'in', [...types])
    .$if(openedAfter !== undefined, q => q.where('opened_at', '>', openedAfter ?? 0))
    .$if(openedBefore !== undefined, q => q.where('opened_at', '<=', openedBefore ?? 0))
    .orderBy('severity', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}

/** How many ended after an instant, of these types. */
export async function countEnded(
  ctx: Ctx,
  paths: readonly string[],
  { types, after, most }: { types: readonly string[]; after: number; most: number },
): Promise<number> {
  const few = db(ctx)
    .selectFrom('alerts')
    .select('id')
    .where('org', '=', ctx.org)
    .where('resolved_at', '>', after)
    .where('type', 'in', [...types])
    .where(within('unit_path', paths))
    .limit(most)
    .as('few')
  const row = await db(ctx).selectFrom(few).select(sql<number>`COUNT(*)`.as('n')).executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Of these devices how many alerts each has that have not ended, and the gravest. */
export async function countOfDevices(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, { count: number; severity: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('alerts')
    .select(['device', sql<number>`COUNT(*)`.as('n'), sql<number>`MAX(severity)`.as('worst')])
    .where('org', '=', ctx.org)
    .where('device', 'in', [...ids])
    .where('state', '<>', 'resolved')
    .groupBy('device')
    .execute()
  return new Map(rows.map(r => [String(r.device), { count: Number(r.n), severity: Number(r.worst) }]))
}

/** Numbers for the meters: alerts that have not ended, by severity. */
export async function openBySeverity(on: Pick<Ctx, 'tx'>): Promise<{ severity: number; n: number }[]> {
  const rows = await db(on)
    .selectFrom('alerts')
    .select(['severity', sql<number>`COUNT(*)`.as('n')])
    .where('state', '<>', 'resolved')
    .groupBy('severity')
    .execute()
  return rows.map(r => ({ severity: r.severity, n: Number(r.n) }))
}
