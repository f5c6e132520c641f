import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Find } from './look.ts'

interface FindRow {
  org: string
  id: string
  state: string
  by_id: string
  words: string
  country: string
  items: string
  at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ app_finds: FindRow }>(ctx.tx)

/** The search with this id. */
export async function findFind(ctx: Ctx, id: string): Promise<Find | undefined> {
  const row = await db(ctx)
    .selectFrom('app_finds')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { state, by_id: by, words, country, items, at } = row
  return {
    id,
    by,
    state: state as Find['state'],
    words,
    country,
    items: JSON.parse(items) as Find['items'],
    at: Number(at),
  }
}

/** Stores a search. */
export async function putFind(ctx: Ctx, find: Find): Promise<void> {
  const { by, ...rest } = find
  const row = { ...rest, by_id: by, org: ctx.org, items: JSON.stringify(find.items) }
  await db(ctx)
    .insertInto('app_finds')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

/** Forgets searches of before. */
export async function removeFinds(ctx: Ctx, before: number): Promise<void> {
  await db(ctx).deleteFrom('app_finds').where('org', '=', ctx.org).where('at', '<', before).execute()
}
