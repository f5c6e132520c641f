import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

const db = (ctx: Pick<Ctx, 'tx'>) =>
  own<{ rules_made: { org: string; what: string; rule: string; at: number } }>(ctx.tx)

/** Whether the server has made the rule for this, ever. */
export async function wasMade(ctx: Ctx, what: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('rules_made')
    .select('rule')
    .where('org', '=', ctx.org)
    .where('what', '=', what)
    .executeTakeFirst()
  return row !== undefined
}

/** Notes the rule that was made for this. */
export async function noteMade(ctx: Ctx, what: string, rule: string): Promise<void> {
  await db(ctx).insertInto('rules_made').values({ org: ctx.org, what, rule, at: ctx.now }).execute()
}
