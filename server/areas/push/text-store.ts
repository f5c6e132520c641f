import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  wake_texts: { org: string; enrollment: string; at: number; nonce: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** How many messages went to telephones since then: of the org, or of one enrollment. */
export async function count(ctx: Ctx, of: { enrollment?: string; since: number }): Promise<number> {
  let query = db(ctx)
    .selectFrom('wake_texts')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('at', '>', of.since)
  if (of.enrollment !== undefined) query = query.where('enrollment', '=', of.enrollment)
  const row = await query.executeTakeFirst()
  return Number(row?.n ?? 0)
}

export async function add(ctx: Ctx, enrollment: string, nonce: string): Promise<void> {
  await db(ctx)
    .insertInto('wake_texts')
    .values({ org: ctx.org, enrollment, at: ctx.now, nonce })
    .onConflict(c => c.doNothing())
    .execute()
}

/** Forgets those from before. */
export async function forget(ctx: Ctx, before: number): Promise<void> {
  await db(ctx).deleteFrom('wake_texts').where('org', '=', ctx.org).where('at', '<=', before).execute()
}
