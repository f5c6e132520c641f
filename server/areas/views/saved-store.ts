import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A row of views as it is written. */
export interface ViewRow {
  org: string
  id: string
  page: 'devices'
  name: string
  filter: string
  sort: string | null
  columns: string | null
  shared: number
  owner: string
  created_at: number
  changed_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ views: ViewRow }>(ctx.tx)

/** The views of a page that everyone sees, or that are this owner's. */
export async function listViews(ctx: Ctx, page: 'devices', owner: string): Promise<ViewRow[]> {
  return db(ctx)
    .selectFrom('views')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('page', '=', page)
    .where(e => e.or([e('shared', '=', 1), e('owner', '=', owner)]))
    .orderBy('name')
    .orderBy('id')
    .limit(200)
    .execute()
}

/** The view with this id, if it is there. */
export async function findView(ctx: Ctx, id: string): Promise<ViewRow | undefined> {
  return db(ctx).selectFrom('views').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** How many views this owner has saved. */
export async function countViews(ctx: Ctx, owner: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('views')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Stores a view. */
export async function putView(ctx: Ctx, row: ViewRow): Promise<void> {
  const { org: _, id: __, created_at: ___, ...change } = row
  await db(ctx)
    .insertInto('views')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(change))
    .execute()
}

/** Forgets a view. */
export async function removeView(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('views').where('org', '=', ctx.org).where('id', '=', id).execute()
}
