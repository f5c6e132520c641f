import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Way } from './kinds.ts'

/** How far an admin was told, and when their digest comes. */
export interface ReaderRow {
  org: string
  admin: string
  told: number
  told_at: number | null
  seen: number
  digest_hour: number | null
  digest_day: string | null
  digest_at: number | null
}

interface Tables {
  alert_readers: ReaderRow
  alert_ways: { org: string; admin: string; type: string; way: Way }
  alert_rules: { org: string; type: string; opens: number; to_person: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The hour of the day at which a digest comes when nobody has chosen one. */
export const usualHour = 8

/** What is kept of each admin that something is kept of. */
export async function readers(ctx: Ctx): Promise<Map<string, ReaderRow>> {
  const rows = await db(ctx).selectFrom('alert_readers').selectAll().where('org', '=', ctx.org).execute()
  return new Map(rows.map(r => [r.admin, r]))
}

/** What is kept of an admin. */
export function reader(ctx: Ctx, admin: string): Promise<ReaderRow | undefined> {
  return db(ctx)
    .selectFrom('alert_readers')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('admin', '=', admin)
    .executeTakeFirst()
}

/** Keeps something of an admin; what nothing was kept of yet begins at these marks. */
export async function putReader(
  ctx: Ctx,
  admin: string,
  set: Partial<Omit<ReaderRow, 'org' | 'admin'>>,
  begin: { told: number },
): Promise<void> {
  const fresh = { told_at: null, seen: 0, digest_hour: usualHour, digest_day: null, digest_at: null }
  await db(ctx)
    .insertInto('alert_readers')
    .values({ ...fresh, ...begin, ...set, org: ctx.org, admin })
    .onConflict(c => c.columns(['org', 'admin']).doUpdateSet(set))
    .execute()
}

/** What admins have chosen, admin by admin. */
export async function allWays(ctx: Ctx): Promise<Map<string, Map<string, Way>>> {
  const rows = await db(ctx)
    .selectFrom('alert_ways')
    .select(['admin', 'type', 'way'])
    .where('org', '=', ctx.org)
    .execute()
  const found = new Map<string, Map<string, Way>>()
  for (const { admin, type, way } of rows) found.set(admin, (found.get(admin) ?? new Map()).set(type, way))
  return found
}

/** Keeps what an admin has chosen for a type; null is as usual. */
export async function putWay(ctx: Ctx, admin: string, type: string, way: Way | null): Promise<void> {
  if (way === null)
    await db(ctx)
      .deleteFrom('alert_ways')
      .where('org', '=', ctx.org)
      .where('admin', '=', admin)
      .where('type', '=', type)
      .execute()
  else
    await db(ctx)
      .insertInto('alert_ways')
      .values({ org: ctx.org, admin, type, way })
      .onConflict(c => c.columns(['org', 'admin', 'type']).doUpdateSet({ way }))
      .execute()
}

/** What the org has decided about types. */
export async function rules(ctx: Ctx): Promise<Map<string, { opens: boolean; toPerson: boolean }>> {
  const rows = await db(ctx)
    .selectFrom('alert_rules')
    .select(['type', 'opens', 'to_person'])
    .where('org', '=', ctx.org)
    .execute()
  return new Map(rows.map(r => [r.type, { opens: r.opens === 1, toPerson: r.to_person === 1 }]))
}

/** Keeps what the org has decided about a type. */
export async function putRule(ctx: Ctx, type: string, rule: { opens: boolean; toPerson: boolean }): Promise<void> {
  const set = { opens: rule.opens ? 1 : 0, to_person: rule.toPerson ? 1 : 0 }
  await db(ctx)
    .insertInto('alert_rules')
    .values({ org: ctx.org, type, ...set })
    .onConflict(c => c.columns(['org', 'type']).doUpdateSet(set))
    .execute()
}
