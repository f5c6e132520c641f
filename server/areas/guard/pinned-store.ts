import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A set of approvers as it is stored. */
export interface SetRow {
  org: string
  version: number
  need: number
  content: string
  intent: string | null
  at: number
}

const db = (ctx: Ctx) => own<{ approver_sets: SetRow }>(ctx.tx)

/** The sets there have been, oldest first. */
export function listSets(ctx: Ctx): Promise<SetRow[]> {
  return db(ctx).selectFrom('approver_sets').selectAll().where('org', '=', ctx.org).orderBy('version').execute()
}

/** The set that holds now. */
export function findSet(ctx: Ctx): Promise<SetRow | undefined> {
  const all = db(ctx).selectFrom('approver_sets').selectAll().where('org', '=', ctx.org)
  return all.orderBy('version', 'desc').limit(1).executeTakeFirst()
}

export async function putSet(ctx: Ctx, row: Omit<SetRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('approver_sets')
    .values({ ...row, org: ctx.org })
    .execute()
}
