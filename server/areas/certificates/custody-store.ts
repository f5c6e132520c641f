import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { CustodyRow } from './store.ts'

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ custody: CustodyRow }>(ctx.tx)

/** Notes what an org says of a certificate. */
export async function putCustody(ctx: Ctx, certificate: string, change: Partial<CustodyRow>): Promise<void> {
  const fresh = { org: ctx.org, certificate, owner: null, account: null, contact: null, ...change }
  const insert = db(ctx).insertInto('custody').values(fresh)
  await insert.onConflict(c => c.columns(['org', 'certificate']).doUpdateSet(change)).execute()
}

/** Hands on what every org said of a certificate to the one that takes its place, except the account, which is said with each. */
export async function inherit(ctx: Ctx, from: string, to: string): Promise<void> {
  const rows = await db(ctx).selectFrom('custody').selectAll().where('certificate', '=', from).execute()
  for (const { org, owner, contact } of rows)
    await db(ctx)
      .insertInto('custody')
      .values({ org, certificate: to, owner, account: null, contact })
      .onConflict(c => c.columns(['org', 'certificate']).doUpdateSet({ owner, contact }))
      .execute()
}
