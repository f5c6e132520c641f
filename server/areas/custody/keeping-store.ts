import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** What an org says of something in custody. */
export interface KeepingRow {
  org: string
  ref: string
  owner: string | null
  team: string | null
  account: string | null
  contact: string | null
  announced_days: number | null
  announced_for: number | null
  changed_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ keepings: KeepingRow }>(ctx.tx)

/** All that is said, by what it is said of. */
export async function all(ctx: Ctx): Promise<ReadonlyMap<string, KeepingRow>> {
  const rows = await db(ctx).selectFrom('keepings').selectAll().where('org', '=', ctx.org).execute()
  return new Map(rows.map(row => [row.ref, row]))
}

/** Notes something of one. */
export async function put(ctx: Ctx, ref: string, set: Partial<Omit<KeepingRow, 'org' | 'ref'>>): Promise<void> {
  const fresh = {
    org: ctx.org,
    ref,
    owner: null,
    team: null,
    account: null,
    contact: null,
    announced_days: null,
    announced_for: null,
    changed_at: ctx.now,
    ...set,
  }
  await db(ctx)
    .insertInto('keepings')
    .values(fresh)
    .onConflict(c => c.columns(['org', 'ref']).doUpdateSet({ changed_at: ctx.now, ...set }))
    .execute()
}

/** Forgets what was said of one that is gone. */
export async function remove(ctx: Ctx, ref: string): Promise<void> {
  await db(ctx).deleteFrom('keepings').where('org', '=', ctx.org).where('ref', '=', ref).execute()
}
