import { sql } from 'kysely'
import type { Ctx } from '../../../base/ctx.ts'
import { own, type Tx } from '../../../base/db.ts'
import type { CertificateRow } from '../store.ts'

/** A right to an account, given away by an admin. */
export interface BindingRow {
  org: string
  id: string
  name: string
  secret: Uint8Array
  names: string
  port: number
  created_at: number
  used_at: number | null
  revoked_at: number | null
}

export interface AccountRow {
  org: string
  id: string
  thumbprint: string
  jwk: string
  contacts: string
  binding: string | null
  state: 'valid' | 'deactivated' | 'revoked'
  created_at: number
}

export interface OrderRow {
  org: string
  id: string
  account: string
  state: 'pending' | 'ready' | 'valid' | 'invalid'
  error: string | null
  certificate: string | null
  created_at: number
  expires_at: number
}

export interface AuthorizationRow {
  org: string
  id: string
  order_id: string
  account: string
  type: string
  value: string
  named: Uint8Array | null
  token: string
  state: 'pending' | 'processing' | 'valid' | 'invalid'
  tries: number
  error: string | null
  attested: string | null
  validated_at: number | null
  expires_at: number
}

interface Tables {
  acme_bindings: BindingRow
  acme_accounts: AccountRow
  acme_orders: OrderRow
  acme_authorizations: AuthorizationRow
  acme_nonces: { nonce: string; expires_at: number }
  certificates: CertificateRow
  orgs: { org: string }
}

const db = (ctx: { tx: Tx }) => own<Tables>(ctx.tx)

export async function addNonce(ctx: Ctx, nonce: string, expires_at: number): Promise<void> {
  await db(ctx).insertInto('acme_nonces').values({ nonce, expires_at }).execute()
}

/** Takes a nonce away; false when it was not there, or is too old. */
export async function takeNonce(ctx: Ctx, nonce: string): Promise<boolean> {
  const rows = await db(ctx).deleteFrom('acme_nonces').where('nonce', '=', nonce).returning('expires_at').execute()
  return rows.some(row => row.expires_at > ctx.now)
}

export async function orgExists(on: { tx: Tx }, org: string): Promise<boolean> {
  return (await db(on).selectFrom('orgs').select('org').where('org', '=', org).executeTakeFirst()) !== undefined
}

export async function addBinding(ctx: Ctx, row: BindingRow): Promise<void> {
  await db(ctx).insertInto('acme_bindings').values(row).execute()
}

export function findBinding(ctx: Ctx, id: string): Promise<BindingRow | undefined> {
  return db(ctx)
    .selectFrom('acme_bindings')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function changeBinding(
  ctx: Ctx,
  id: string,
  change: Partial<Pick<BindingRow, 'used_at' | 'revoked_at'>>,
): Promise<void> {
  await db(ctx).updateTable('acme_bindings').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Newest first, after the one named. */
export function listBindings(ctx: Ctx, before: string | null, limit: number): Promise<BindingRow[]> {
  const all = db(ctx).selectFrom('acme_bindings').selectAll().where('org', '=', ctx.org)
  return (before === null ? all : all.where('id', '<', before)).orderBy('id', 'desc').limit(limit).execute()
}

/** The last certificate asked for by accounts of each of these bindings. */
export async function lastIssued(ctx: Ctx, bindings: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (bindings.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('acme_orders')
    .innerJoin('acme_accounts', join =>
      join.onRef('acme_accounts.id', '=', 'acme_orders.account').onRef('acme_accounts.org', '=', 'acme_orders.org'),
    )
    .select(['acme_accounts.binding', eb => eb.fn.max<number>('acme_orders.created_at').as('at')])
    .where('acme_orders.org', '=', ctx.org)
    .where('acme_orders.state', '=', 'valid')
    .where('acme_accounts.binding', 'in', [...bindings])
    .groupBy('acme_accounts.binding')
    .execute()
  return new Map(rows.map(row => [row.binding ?? '', Number(row.at)]))
}

export async function addAccount(ctx: Ctx, row: AccountRow): Promise<void> {
  await db(ctx).insertInto('acme_accounts').values(row).execute()
}

export function findAccount(ctx: Ctx, id: string): Promise<AccountRow | undefined> {
  return db(ctx)
    .selectFrom('acme_accounts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function accountByKey(ctx: Ctx, thumbprint: string): Promise<AccountRow | undefined> {
  return db(ctx)
    .selectFrom('acme_accounts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('thumbprint', '=', thumbprint)
    .executeTakeFirst()
}

export async function changeAccount(
  ctx: Ctx,
  id: string,
  change: Partial<Pick<AccountRow, 'state' | 'contacts' | 'jwk' | 'thumbprint'>>,
): Promise<void> {
  await db(ctx).updateTable('acme_accounts').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

export async function revokeAccountsOf(ctx: Ctx, binding: string): Promise<void> {
  await db(ctx)
    .updateTable('acme_accounts')
    .set({ state: 'revoked' })
    .where('org', '=', ctx.org)
    .where('binding', '=', binding)
    .execute()
}

export async function countOpen(ctx: Ctx, account: string): Promise<number> {
  const { open } = await db(ctx)
    .selectFrom('acme_orders')
    .select(eb => eb.fn.countAll<number>().as('open'))
    .where('org', '=', ctx.org)
    .where('account', '=', account)
    .where('state', 'in', ['pending', 'ready'])
    .where('expires_at', '>', ctx.now)
    .executeTakeFirstOrThrow()
  return Number(open)
}

export async function addOrder(ctx: Ctx, row: OrderRow, proofs: readonly AuthorizationRow[]): Promise<void> {
  await db(ctx).insertInto('acme_orders').values(row).execute()
  await db(ctx)
    .insertInto('acme_authorizations')
    .values([...proofs])
    .execute()
}

export function findOrder(ctx: Ctx, id: string): Promise<OrderRow | undefined> {
  return db(ctx)
    .selectFrom('acme_orders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function changeOrder(
  ctx: Ctx,
  id: string,
  change: Partial<Pick<OrderRow, 'state' | 'error' | 'certificate'>>,
): Promise<void> {
  await db(ctx).updateTable('acme_orders').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

export function proofsOf(ctx: Ctx, order: string): Promise<AuthorizationRow[]> {
  return db(ctx)
    .selectFrom('acme_authorizations')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('order_id', '=', order)
    .orderBy('id')
    .execute()
}

export function findProof(ctx: Ctx, id: string): Promise<AuthorizationRow | undefined> {
  return db(ctx)
    .selectFrom('acme_authorizations')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function changeProof(
  ctx: Ctx,
  id: string,
  change: Partial<Pick<AuthorizationRow, 'state' | 'error' | 'attested' | 'validated_at' | 'tries'>>,
): Promise<void> {
  await db(ctx).updateTable('acme_authorizations').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The order that a certificate was issued for. */
export function orderOfCertificate(ctx: Ctx, fingerprint: string) {
  return db(ctx)
    .selectFrom('acme_orders')
    .innerJoin('certificates', join =>
      join.onRef('certificates.id', '=', 'acme_orders.certificate').onRef('certificates.org', '=', 'acme_orders.org'),
    )
    .select(['acme_orders.account', 'acme_orders.certificate as certificate', 'certificates.state as state'])
    .where('acme_orders.org', '=', ctx.org)
    .where('certificates.fingerprint', '=', fingerprint)
    .executeTakeFirst()
}

/** Forgets what is over for more than a week, some rows at a time; answers whether more is left. What was issued keeps its order, which says whose it is. */
export async function forget(ctx: Ctx, before: number, most: number): Promise<boolean> {
  await db(ctx).deleteFrom('acme_nonces').where('expires_at', '<', ctx.now).execute()
  const proofs = await db(ctx)
    .selectFrom('acme_authorizations')
    .select('id')
    .where('org', '=', ctx.org)
    .where('expires_at', '<', before)
    .orderBy('expires_at')
    .limit(most)
    .execute()
  await remove(ctx, 'acme_authorizations', proofs)
  const orders = await db(ctx)
    .selectFrom('acme_orders')
    .select('id')
    .where('org', '=', ctx.org)
    .where('expires_at', '<', before)
    .where('certificate', 'is', sql.lit(null))
    .where(e => e.not(e.exists(e.selectFrom('acme_authorizations as a').select('a.id').where(ofOrder))))
    .orderBy('expires_at')
    .limit(most)
    .execute()
  await remove(ctx, 'acme_orders', orders)
  // Anyone may make an account with any key: one that no right was given to and that asked for nothing in all that time.
  const accounts = await db(ctx)
    .selectFrom('acme_accounts')
    .select('id')
    .where('org', '=', ctx.org)
    .where('created_at', '<', before)
    .where('binding', 'is', sql.lit(null))
    .where(e => e.not(e.exists(e.selectFrom('acme_orders as o').select('o.id').where(ofAccount))))
    .orderBy('created_at')
    .limit(most)
    .execute()
  await remove(ctx, 'acme_accounts', accounts)
  return [proofs, orders, accounts].some(rows => rows.length === most)
}

const ofOrder = sql<boolean>`a.org = acme_orders.org AND a.order_id = acme_orders.id`
const ofAccount = sql<boolean>`o.org = acme_accounts.org AND o.account = acme_accounts.id`

async function remove(
  ctx: Ctx,
  from: 'acme_authorizations' | 'acme_orders' | 'acme_accounts',
  rows: readonly { id: string }[],
): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(row => row.id)
  await db(ctx).deleteFrom(from).where('org', '=', ctx.org).where('id', 'in', ids).execute()
}
