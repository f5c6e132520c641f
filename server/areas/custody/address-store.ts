import type { Ctx } from '../../base/ctx.ts'
import { own, type Tx } from '../../base/db.ts'
import type { Id } from '../../base/id.ts'

/** What is known of an address that custody depends on. */
export interface AddressRow {
  org: string
  address: string
  person: string | null
  trouble: 'personal' | 'free' | 'deactivated' | 'malformed' | null
  since: number
  asked_at: number | null
  secret_hash: string | null
  asked_until: number | null
  verified_at: number | null
  told_at: number | null
}

const db = (on: { tx: Tx }) => own<{ custody_addresses: AddressRow }>(on.tx)

/** All addresses of the org. */
export async function all(ctx: Ctx): Promise<AddressRow[]> {
  return db(ctx).selectFrom('custody_addresses').selectAll().where('org', '=', ctx.org).orderBy('address').execute()
}

/** One of them. */
export function find(ctx: Ctx, address: string): Promise<AddressRow | undefined> {
  return db(ctx)
    .selectFrom('custody_addresses')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('address', '=', address)
    .executeTakeFirst()
}

/** Notes something of an address. */
export async function put(ctx: Ctx, address: string, set: Partial<Omit<AddressRow, 'org' | 'address'>>): Promise<void> {
  const fresh = {
    org: ctx.org,
    address,
    person: null,
    trouble: null,
    since: ctx.now,
    asked_at: null,
    secret_hash: null,
    asked_until: null,
    verified_at: null,
    told_at: null,
    ...set,
  }
  const insert = db(ctx).insertInto('custody_addresses').values(fresh)
  if (Object.keys(set).length === 0) await insert.onConflict(c => c.columns(['org', 'address']).doNothing()).execute()
  else await insert.onConflict(c => c.columns(['org', 'address']).doUpdateSet(set)).execute()
}

/** Forgets an address that nothing uses any more. */
export async function remove(ctx: Ctx, address: string): Promise<void> {
  await db(ctx).deleteFrom('custody_addresses').where('org', '=', ctx.org).where('address', '=', address).execute()
}

/** The org and the address of a link, whoever follows it. */
export async function bySecret(
  on: { tx: Tx },
  hash: string,
): Promise<{ org: Id<'org'>; address: string; until: number } | undefined> {
  const row = await db(on)
    .selectFrom('custody_addresses')
    .select(['org', 'address', 'asked_until'])
    .where('secret_hash', '=', hash)
    .executeTakeFirst()
  return row && { org: row.org as Id<'org'>, address: row.address, until: row.asked_until ?? 0 }
}
