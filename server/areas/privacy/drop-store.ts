import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { DataType } from './type.ts'

interface DropRow {
  org: string
  day: number
  device: string
  type: string
  told: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ drops: DropRow }>(ctx.tx)

/** Notes that something of these kinds was not stored today; only the first of a day writes. */
export async function putDrops(ctx: Ctx, day: number, device: string, types: readonly DataType[]): Promise<void> {
  await db(ctx)
    .insertInto('drops')
    .values(types.map(type => ({ org: ctx.org, day, device, type, told: 0 })))
    .onConflict(c => c.doNothing())
    .execute()
}

/** How many devices had something dropped on past days that the log does not know of, by day and kind. */
export async function untold(ctx: Ctx, before: number): Promise<{ day: number; type: string; count: number }[]> {
  const rows = await db(ctx)
    .selectFrom('drops')
    .select(e => ['day', 'type', e.fn.countAll<number>().as('count')])
    .where('org', '=', ctx.org)
    .where('day', '<', before)
    .where('told', '=', 0)
    .groupBy(['day', 'type'])
    .orderBy('day')
    .orderBy('type')
    .execute()
  return rows.map(r => ({ ...r, count: Number(r.count) }))
}

/** The log knows of them now; what is older than a month is forgotten. */
export async function markTold(ctx: Ctx, before: number, forgetBefore: number): Promise<void> {
  await db(ctx)
    .updateTable('drops')
    .set({ told: 1 })
    .where('org', '=', ctx.org)
    .where('day', '<', before)
    .where('told', '=', 0)
    .execute()
  await db(ctx).deleteFrom('drops').where('org', '=', ctx.org).where('day', '<', forgetBefore).execute()
}

/** What of a device was not stored lately, by kind, with the last day. */
export async function dropsOf(ctx: Ctx, device: string): Promise<{ type: string; day: number }[]> {
  return db(ctx)
    .selectFrom('drops')
    .select(e => ['type', e.fn.max('day').as('day')])
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .groupBy('type')
    .execute()
}
