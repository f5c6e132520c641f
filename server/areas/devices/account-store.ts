import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { type Id, newId } from '../../base/id.ts'
import type { Account } from './account.ts'

interface AccountRow {
  org: string
  id: string
  device: string
  kind: string
  account_key: string
  short_name: string
  long_name: string
  seen_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ accounts: AccountRow }>(ctx.tx)

/** The account of the device with this key, if it was seen. */
export async function findAccount(ctx: Ctx, device: string, key: string): Promise<Account | undefined> {
  const [found] = await listAccounts(ctx, device, key)
  return found
}

/** The accounts of a device, or the one with this key. */
export async function listAccounts(ctx: Ctx, device: string, key?: string): Promise<Account[]> {
  const all = db(ctx).selectFrom('accounts').selectAll().where('org', '=', ctx.org).where('device', '=', device)
  const rows = await (key === undefined ? all : all.where('account_key', '=', key)).orderBy('id').execute()
  return rows.map(r => ({
    id: r.id as Account['id'],
    device: r.device as Account['device'],
    kind: r.kind,
    key: r.account_key,
    shortName: r.short_name,
    longName: r.long_name,
    seenAt: r.seen_at,
  }))
}

/** Stores what was seen of an account; answers its id, new or known. */
export async function putAccount(ctx: Ctx, one: Omit<Account, 'id' | 'seenAt'>): Promise<Id<'account'>> {
  const said = { kind: one.kind, short_name: one.shortName, long_name: one.longName, seen_at: ctx.now }
  const row = await db(ctx)
    .insertInto('accounts')
    .values({ org: ctx.org, id: newId('account'), device: one.device, account_key: one.key, ...said })
    .onConflict(c => c.columns(['org', 'device', 'account_key']).doUpdateSet(said))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as Id<'account'>
}
