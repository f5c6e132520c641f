import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Row {
  org: string
  since: number
  reason: string
  told: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ push_troubles: Row }>(ctx.tx)

/** Whether pushes fail altogether, and since when. */
export function find(ctx: Ctx): Promise<Row | undefined> {
  return db(ctx).selectFrom('push_troubles').selectAll().where('org', '=', ctx.org).executeTakeFirst()
}

/** They begin to. */
export async function begin(ctx: Ctx, reason: string): Promise<void> {
  const row = { org: ctx.org, since: ctx.now, reason: reason.slice(0, 200), told: 0 }
  await db(ctx)
    .insertInto('push_troubles')
    .values(row)
    .onConflict(c => c.doNothing())
    .execute()
}

/** Someone was told. */
export async function told(ctx: Ctx): Promise<void> {
  await db(ctx).updateTable('push_troubles').set({ told: 1 }).where('org', '=', ctx.org).execute()
}

/** They go out again; answers what was. */
export async function end(ctx: Ctx): Promise<Row | undefined> {
  return db(ctx).deleteFrom('push_troubles').where('org', '=', ctx.org).returningAll().executeTakeFirst()
}
