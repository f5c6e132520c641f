import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath } from '../../base/filter.ts'

/** What a unit demands, as it is stored. */
export interface RuleRow {
  org: string
  unit: string
  unit_path: string
  rule: string
  changed_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ escrow_rules: RuleRow }>(ctx.tx)

/** Every rule of the org: there are few. */
export function listRules(ctx: Ctx): Promise<RuleRow[]> {
  return db(ctx).selectFrom('escrow_rules').selectAll().where('org', '=', ctx.org).orderBy('unit_path').execute()
}

export async function putRule(ctx: Ctx, row: RuleRow): Promise<void> {
  const { org: _o, unit: _u, ...change } = row
  await db(ctx)
    .insertInto('escrow_rules')
    .values(row)
    .onConflict(c => c.columns(['org', 'unit']).doUpdateSet(change))
    .execute()
}

/** Takes a rule away; answers whether there was one. */
export async function removeRule(ctx: Ctx, unit: string): Promise<boolean> {
  const rows = await db(ctx)
    .deleteFrom('escrow_rules')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .returning('unit')
    .execute()
  return rows.length > 0
}

export async function moveRules(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('escrow_rules')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}
