import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** An account at a vendor, as it is stored. */
export interface AccountRow {
  org: string
  id: string
  address: string
  service: string
  purpose: string
  team: string | null
  contact: string | null
  note: string | null
  created_at: number
  changed_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ external_accounts: AccountRow }>(ctx.tx)

/** The register, by service and address. */
export function all(ctx: Ctx): Promise<AccountRow[]> {
  return db(ctx)
    .selectFrom('external_accounts')
    .selectAll()
    .where('org', '=', ctx.org)
    .orderBy('service')
    .orderBy('address')
    .execute()
}

/** Adds an account; answers whether it was not there. */
export async function add(ctx: Ctx, row: AccountRow): Promise<boolean> {
  const done = await db(ctx)
    .insertInto('external_accounts')
    .values(row)
    .onConflict(c => c.columns(['org', 'service', 'address']).doNothing())
    .returning('id')
    .execute()
  return done.length === 1
}

/** Changes what is said of one. */
export async function change(ctx: Ctx, id: string, set: Partial<Omit<AccountRow, 'org' | 'id'>>): Promise<void> {
  await db(ctx).updateTable('external_accounts').set(set).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Takes one out. */
export async function remove(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('external_accounts').where('org', '=', ctx.org).where('id', '=', id).execute()
}
