import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains, movedPath, within } from '../../base/filter.ts'
import type { Page, Sorts } from '../../base/page.ts'

/** A row of apps as it is written. */
export interface AppRow {
  org: string
  id: string
  platform: string
  kind: string
  name: string
  name_key: string
  publisher: string
  bundle: string | null
  store_id: string | null
  address: string | null
  icon: string | null
  unit: string
  unit_path: string
  needs_seat: number
  form: string | null
  signer: string | null
  latest: string | null
  look: string | null
  revision: number
  failing: number
  search: string
  created_at: number
  changed_at: number
  archived_at: number | null
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ apps: AppRow }>(ctx.tx)

/** What lists of apps may be sorted by. */
export const appSorts: Sorts = {
  list: 'apps',
  id: 'id',
  default: 'name',
  columns: { name: { column: 'name_key', type: 'text' }, changed: { column: 'changed_at', type: 'number' } },
}

/** The app with this id, archived or not. */
export async function findApp(ctx: Ctx, id: string): Promise<AppRow | undefined> {
  return db(ctx).selectFrom('apps').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The apps among these ids. */
export async function appsAmong(ctx: Ctx, ids: readonly string[]): Promise<AppRow[]> {
  if (ids.length === 0) return []
  const asked = db(ctx).selectFrom('apps').selectAll().where('org', '=', ctx.org)
  return asked
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
}

/** The app that devices of the platform know by this bundle, or its store by this id; the oldest that is not archived. */
export async function appKnownAs(
  ctx: Ctx,
  by: { platform: string; bundle?: string | null; storeId?: string | null },
): Promise<AppRow | undefined> {
  const asked = db(ctx).selectFrom('apps').selectAll().where('org', '=', ctx.org).where('archived_at', 'is', null)
  const on = asked.where('platform', '=', by.platform)
  if (by.bundle) return on.where('bundle', '=', by.bundle).orderBy('id').limit(1).executeTakeFirst()
  if (by.storeId) return on.where('store_id', '=', by.storeId).orderBy('id').limit(1).executeTakeFirst()
  return undefined
}

/** Every app in the stores' catalogs with one of these store ids. */
export async function appsInStore(ctx: Ctx, storeIds: readonly string[]): Promise<AppRow[]> {
  if (storeIds.length === 0) return []
  const asked = db(ctx).selectFrom('apps').selectAll().where('org', '=', ctx.org).where('archived_at', 'is', null)
  return asked
    .where('store_id', 'in', [...storeIds])
    .orderBy('id')
    .execute()
}

/** A page of the apps for a platform that were not put away, by id. */
export async function appsMadeFor(
  ctx: Ctx,
  of: { platform: string; kinds: readonly string[]; after: string; most: number },
): Promise<AppRow[]> {
  return db(ctx)
    .selectFrom('apps')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('platform', '=', of.platform)
    .where('kind', 'in', [...of.kinds])
    .where('archived_at', 'is', null)
    .where('id', '>', of.after)
    .orderBy('id')
    .limit(of.most)
    .execute()
}

/** What a list of apps asks for. */
export interface AppsAsked {
  paths: readonly string[]
  kind?: string | undefined
  platform?: string | undefined
  words?: string | undefined
  archived: boolean
}

/** One page of the apps on these paths. */
export async function listApps(
  ctx: Ctx,
  { paths, kind, platform, words, archived }: AppsAsked,
  page: Page,
): Promise<{ items: AppRow[]; next: string | null }> {
  let asked = db(ctx)
    .selectFrom('apps')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where('archived_at', archived ? 'is not' : 'is', null)
  if (kind !== undefined) asked = asked.where('kind', '=', kind)
  if (platform !== undefined) asked = asked.where('platform', '=', platform)
  if (words) asked = asked.where(contains('search', words, true))
  return page.finish(await page.apply(asked).execute())
}

/** Stores an app. */
export async function putApp(ctx: Ctx, row: AppRow): Promise<void> {
  await db(ctx)
    .insertInto('apps')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

/** By id how often each app has changed in a way that devices must hear of. */
export async function revisionsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const asked = db(ctx).selectFrom('apps').select(['id', 'revision']).where('org', '=', ctx.org)
  const rows = await asked
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
  return new Map(rows.map(r => [r.id, Number(r.revision)]))
}

/** Follows a unit that moved. */
export async function moveApps(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('apps')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where(within('unit_path', [from]))
    .execute()
}

/** Whether an app hangs on the unit. */
export async function anyOnUnit(ctx: Ctx, unit: string): Promise<boolean> {
  const asked = db(ctx).selectFrom('apps').select('id').where('org', '=', ctx.org).where('unit', '=', unit)
  return (await asked.where('archived_at', 'is', null).orderBy('id').limit(1).executeTakeFirst()) !== undefined
}

/** Ids of apps whose name holds the folded text. */
export async function idsNamed(ctx: Ctx, text: string, most: number): Promise<string[]> {
  const asked = db(ctx)
    .selectFrom('apps')
    .select('id')
    .where('org', '=', ctx.org)
    .where(contains('search', text, true))
  return (await asked.orderBy('id').limit(most).execute()).map(r => r.id)
}
