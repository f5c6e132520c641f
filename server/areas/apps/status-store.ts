import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A row of app_status as it is written. */
export interface StatusRow {
  org: string
  device: string
  app: string
  presence: string
  state: string
  version: string | null
  reason: string | null
  since: number
  heard_at: number | null
}

/** A row of app_wishes as it is written. */
export interface WishRow {
  org: string
  device: string
  app: string
  by_kind: string
  by_id: string | null
  at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ app_status: StatusRow; app_wishes: WishRow }>(ctx.tx)

/** Everything known of apps on a device. */
export async function statusesOn(ctx: Ctx, device: string): Promise<StatusRow[]> {
  const asked = db(ctx).selectFrom('app_status').selectAll().where('org', '=', ctx.org)
  return asked.where('device', '=', device).orderBy('app').execute()
}

/** The same of several devices. */
export async function statusesOnAll(ctx: Ctx, devices: readonly string[]): Promise<StatusRow[]> {
  if (devices.length === 0) return []
  const asked = db(ctx).selectFrom('app_status').selectAll().where('org', '=', ctx.org)
  return asked
    .where('device', 'in', [...devices])
    .orderBy('device')
    .orderBy('app')
    .execute()
}

/** What is known of one app on one device. */
export async function findStatus(ctx: Ctx, device: string, app: string): Promise<StatusRow | undefined> {
  const asked = db(ctx).selectFrom('app_status').selectAll().where('org', '=', ctx.org)
  return asked.where('device', '=', device).where('app', '=', app).executeTakeFirst()
}

/** What is known of one app on these devices. */
export async function statusesAmong(ctx: Ctx, app: string, devices: readonly string[]): Promise<StatusRow[]> {
  if (devices.length === 0) return []
  const asked = db(ctx).selectFrom('app_status').selectAll().where('org', '=', ctx.org).where('app', '=', app)
  return asked
    .where('device', 'in', [...devices])
    .orderBy('device')
    .execute()
}

/** Stores what is known of an app on a device. */
export async function putStatus(ctx: Ctx, row: StatusRow): Promise<void> {
  await db(ctx)
    .insertInto('app_status')
    .values(row)
    .onConflict(c => c.columns(['org', 'device', 'app']).doUpdateSet(row))
    .execute()
}

/** Forgets it. */
export async function removeStatus(ctx: Ctx, device: string, app: string): Promise<void> {
  const which = db(ctx).deleteFrom('app_status').where('org', '=', ctx.org)
  await which.where('device', '=', device).where('app', '=', app).execute()
}

/** How many devices are in each state, by what is wanted there. */
export async function countStates(ctx: Ctx, app: string): Promise<{ presence: string; state: string; n: number }[]> {
  const rows = await db(ctx)
    .selectFrom('app_status')
    .select(['presence', 'state', e => e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where('app', '=', app)
    .groupBy(['presence', 'state'])
    .execute()
  return rows.map(r => ({ ...r, n: Number(r.n) }))
}

/** On how many devices a required app has been in one of these states since an instant or longer. */
export async function countLasting(
  ctx: Ctx,
  app: string,
  { states, since }: { states: readonly string[]; since: number },
): Promise<number> {
  const row = await db(ctx)
    .selectFrom('app_status')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('app', '=', app)
    .where('state', 'in', [...states])
    .where('presence', '=', 'required')
    .where('since', '<=', since)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** On how many devices an app is in another version than this. */
export async function countOtherVersions(ctx: Ctx, app: string, version: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('app_status')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('app', '=', app)
    .where('state', '!=', 'removed')
    .where('version', 'is not', null)
    .where('version', '!=', version)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** The same of several apps. */
export async function countStatesAmong(
  ctx: Ctx,
  apps: readonly string[],
): Promise<{ app: string; presence: string; state: string; n: number }[]> {
  if (apps.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('app_status')
    .select(['app', 'presence', 'state', e => e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where('app', 'in', [...apps])
    .groupBy(['app', 'presence', 'state'])
    .execute()
  return rows.map(r => ({ ...r, n: Number(r.n) }))
}

/** The apps that were asked for on a device. */
export async function wishedOn(ctx: Ctx, device: string): Promise<string[]> {
  const asked = db(ctx).selectFrom('app_wishes').select('app').where('org', '=', ctx.org)
  return (await asked.where('device', '=', device).orderBy('app').execute()).map(r => r.app)
}

/** Notes that an app was asked for; twice is once. */
export async function putWish(ctx: Ctx, row: WishRow): Promise<void> {
  await db(ctx)
    .insertInto('app_wishes')
    .values(row)
    .onConflict(c => c.columns(['org', 'device', 'app']).doNothing())
    .execute()
}

/** Takes a wish back. */
export async function removeWish(ctx: Ctx, device: string, app: string): Promise<void> {
  const which = db(ctx).deleteFrom('app_wishes').where('org', '=', ctx.org)
  await which.where('device', '=', device).where('app', '=', app).execute()
}

/** Forgets everything of a device. */
export async function forgetDevice(ctx: Ctx, device: string): Promise<void> {
  await db(ctx).deleteFrom('app_status').where('org', '=', ctx.org).where('device', '=', device).execute()
  await db(ctx).deleteFrom('app_wishes').where('org', '=', ctx.org).where('device', '=', device).execute()
}
