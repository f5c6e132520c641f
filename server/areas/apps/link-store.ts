import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ app_keys: { org: string; sealed: Uint8Array } }>(ctx.tx)

/** The sealed key by which the org signs addresses of files. */
export async function findKey(ctx: Ctx): Promise<Uint8Array | undefined> {
  const row = await db(ctx).selectFrom('app_keys').select('sealed').where('org', '=', ctx.org).executeTakeFirst()
  return row?.sealed
}

/** Keeps it, unless there is one. */
export async function putKey(ctx: Ctx, sealed: Uint8Array): Promise<void> {
  await db(ctx)
    .insertInto('app_keys')
    .values({ org: ctx.org, sealed })
    .onConflict(c => c.column('org').doNothing())
    .execute()
}
