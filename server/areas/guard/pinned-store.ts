import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'

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

const newest = fixed<{ approver_sets: SetRow }, { org: string }>()((from, v) =>
  from.selectFrom('approver_sets').selectAll().where('org', '=', v.org).orderBy('version', 'desc').limit(1),
)

/** The set that holds now. */
export async function findSet(ctx: Ctx): Promise<SetRow | undefined> {
  const [row] = await newest(ctx.tx, { org: ctx.org })
  return row
}

export async function putSet(ctx: Ctx, row: Omit<SetRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('approver_sets')
    .values({ ...row, org: ctx.org })
    .execute()
}
