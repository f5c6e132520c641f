import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  unit_zones: { org: string; unit: string; zone: string }
  user_zones: { org: string; user_id: string; zone: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The zones of all units that have one of their own, by unit. */
export async function unitZones(ctx: Ctx): Promise<Map<string, string>> {
  const rows = await db(ctx).selectFrom('unit_zones').select(['unit', 'zone']).where('org', '=', ctx.org).execute()
  return new Map(rows.map(r => [r.unit, r.zone]))
}

/** The zones of those of these people who have one of their own. */
export async function userZones(ctx: Ctx, users: readonly string[]): Promise<Map<string, string>> {
  if (users.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('user_zones')
    .select(['user_id', 'zone'])
    .where('org', '=', ctx.org)
    .where('user_id', 'in', users)
    .execute()
  return new Map(rows.map(r => [r.user_id, r.zone]))
}

/** Gives a unit a zone of its own, or with null takes it away. */
export async function putUnitZone(ctx: Ctx, unit: string, zone: string | null): Promise<void> {
  if (zone === null) {
    await db(ctx).deleteFrom('unit_zones').where('org', '=', ctx.org).where('unit', '=', unit).execute()
    return
  }
  await db(ctx)
    .insertInto('unit_zones')
    .values({ org: ctx.org, unit, zone })
    .onConflict(c => c.columns(['org', 'unit']).doUpdateSet({ zone }))
    .execute()
}

/** The same of a person. */
export async function putUserZone(ctx: Ctx, user: string, zone: string | null): Promise<void> {
  if (zone === null) {
    await db(ctx).deleteFrom('user_zones').where('org', '=', ctx.org).where('user_id', '=', user).execute()
    return
  }
  await db(ctx)
    .insertInto('user_zones')
    .values({ org: ctx.org, user_id: user, zone })
    .onConflict(c => c.columns(['org', 'user_id']).doUpdateSet({ zone }))
    .execute()
}
