import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own, type Tx } from '../../base/db.ts'
import type { Id } from '../../base/id.ts'
import type { Purpose } from './purpose.ts'

export type { Purpose } from './purpose.ts'

/** Who may use a certificate: what its challenge was bound to, later the enrollment. */
export interface Owner {
  kind: string
  id: string
}

/** A certificate's life. `pending` was issued and not yet used; only `active` proves an identity for good. */
export type State = 'pending' | 'active' | 'retired' | 'revoked'

export interface CertificateRow {
  org: string
  id: string
  fingerprint: string
  purpose: Purpose
  issuer: string | null
  subject: string
  issuer_name: string
  serial: string
  not_before: number
  not_after: number
  der: Uint8Array | null
  chain: string | null
  key_hash: string
  owner_kind: string
  owner_id: string
  unit_path: string
  state: State
  renews: string | null
  created_at: number
  ended_at: number | null
}

export interface IssuerRow {
  org: string
  id: string
  purpose: string
  certificate: string
  der: Uint8Array
  private_key: Uint8Array
  state: 'active' | 'retired'
  created_at: number
}

export interface ChallengeRow {
  org: string
  id: string
  secret_hash: string
  for_kind: string
  for_id: string
  unit_path: string
  expires_at: number
  used_at: number | null
  used_key_hash: string | null
  certificate: string | null
  /** The one device it is meant for, where that is known before. */
  serial: string | null
}

export interface CustodyRow {
  org: string
  certificate: string
  owner: string | null
  account: string | null
  contact: string | null
}

interface Tables {
  certificates: CertificateRow
  issuers: IssuerRow
  challenges: ChallengeRow
  custody: CustodyRow
}

// Literals, not parameters: only then do the engines see that a partial index serves.
const device = sql.lit('device' as const)
const active = sql.lit('active' as const)

const db = (ctx: { tx: Tx }) => own<Tables>(ctx.tx)

/** The rows of the server itself, which stands before any org does. */
export const serverOrg = '' as Id<'org'>

export async function insertCertificate(ctx: Ctx, row: CertificateRow): Promise<void> {
  await db(ctx).insertInto('certificates').values(row).execute()
}

export function findCertificate(ctx: Ctx, id: string): Promise<CertificateRow | undefined> {
  return db(ctx)
    .selectFrom('certificates')
    .selectAll()
    .where('org', 'in', [ctx.org, serverOrg])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** By the one thing a caller proves; looks across orgs. */
export function findByFingerprint(ctx: { tx: Tx }, fingerprint: string) {
  return db(ctx)
    .selectFrom('certificates')
    .select(['org', 'id', 'state', 'purpose', 'owner_kind', 'owner_id', 'unit_path', 'not_before', 'not_after', 'der'])
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
}

export function ownedBy(ctx: Ctx, owner: Owner): Promise<CertificateRow[]> {
  return db(ctx)
    .selectFrom('certificates')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('owner_id', '=', owner.id)
    .where('owner_kind', '=', owner.kind)
    .where('state', 'in', ['pending', 'active'])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export async function updateCertificate(
  ctx: Ctx,
  org: string,
  id: string,
  change: Partial<Pick<CertificateRow, 'state' | 'owner_kind' | 'owner_id' | 'ended_at' | 'der'>>,
): Promise<void> {
  await db(ctx).updateTable('certificates').set(change).where('org', '=', org).where('id', '=', id).execute()
}

export function activeIssuer(ctx: Ctx, purpose: string): Promise<IssuerRow | undefined> {
  return db(ctx)
    .selectFrom('issuers')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('purpose', '=', purpose)
    .where('state', '=', active)
    .executeTakeFirst()
}

export async function insertIssuer(ctx: Ctx, row: IssuerRow): Promise<void> {
  await db(ctx).insertInto('issuers').values(row).execute()
}

export async function retireIssuer(ctx: Ctx, id: string): Promise<void> {
  await db(ctx)
    .updateTable('issuers')
    .set({ state: 'retired' })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .execute()
}

/** Authorities that ever signed device identities, of every org: what chains are verified against. */
export async function deviceAuthorities(on: { tx: Tx }): Promise<Uint8Array[]> {
  const rows = await db(on)
    .selectFrom('issuers')
    .select('der')
    .where('purpose', 'in', ['ca-device', 'ca-scep'])
    .execute()
  return rows.map(r => r.der)
}

/** The orgs that have an authority of this purpose: the named one, or of all of them two, which is enough to know that there is not one. */
export async function orgsWith(on: { tx: Tx }, purpose: string, named: string | null): Promise<Id<'org'>[]> {
  const all = db(on).selectFrom('issuers').select('org').distinct().where('purpose', '=', purpose).limit(2)
  const rows = await (named === null ? all : all.where('org', '=', named)).execute()
  return rows.map(r => r.org as Id<'org'>)
}

export async function insertChallenge(ctx: Ctx, row: ChallengeRow): Promise<void> {
  await db(ctx).insertInto('challenges').values(row).execute()
}

export function findChallenge(ctx: Ctx, secretHash: string): Promise<ChallengeRow | undefined> {
  return db(ctx)
    .selectFrom('challenges')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('org', '=', ctx.org)
    .executeTakeFirst()
}

export async function useChallenge(
  ctx: Ctx,
  id: string,
  use: Pick<ChallengeRow, 'used_at' | 'used_key_hash' | 'certificate'>,
): Promise<void> {
  await db(ctx).updateTable('challenges').set(use).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Everything in custody that still counts, soonest to expire first; also the server's own. */
export function inCustody(ctx: Ctx): Promise<(CertificateRow & Omit<CustodyRow, 'org' | 'certificate'>)[]> {
  return (
    db(ctx)
      .selectFrom('certificates')
      .leftJoin('custody', join =>
        join.onRef('custody.certificate', '=', 'certificates.id').on('custody.org', '=', ctx.org),
      )
      .selectAll('certificates')
      .select(['custody.owner', 'custody.account', 'custody.contact'])
      .where('certificates.org', 'in', [ctx.org, serverOrg])
      .where('purpose', '<>', device)
      // Whoever asked for these renews them by themselves.
      .where('purpose', '<>', 'acme-tls')
      .where('state', '=', active)
      .orderBy('not_after')
      .orderBy('certificates.id')
      .execute()
  )
}

/** How many devices hold an active identity, by the authority that signed it. */
export async function activeDevices(ctx: Ctx): Promise<ReadonlyMap<string, number>> {
  const rows = await db(ctx)
    .selectFrom('certificates')
    .select(['issuer', eb => eb.fn.countAll<number>().as('devices')])
    .where('org', '=', ctx.org)
    .where('purpose', '=', device)
    .where('state', '=', active)
    .groupBy('issuer')
    .execute()
  return new Map(rows.map(r => [r.issuer ?? '', Number(r.devices)]))
}

/** Before which instants something is forgotten, and how many rows at most in one go. */
export interface Forgetting {
  challenges: number
  certificates: number
  fetched: number
  most: number
}

/**
 * Forgets what no longer proves anything: old challenges, device identities ended and expired long ago, DER that was fetched for sure.
 * Answers whether more is left, so that no transaction is long.
 */
export async function forget(ctx: Ctx, before: Forgetting): Promise<boolean> {
  const { most } = before
  const challenges = db(ctx)
    .selectFrom('challenges')
    .select('id')
    .where('org', '=', ctx.org)
    .where('expires_at', '<', before.challenges)
    .limit(most)
  const ended = db(ctx)
    .selectFrom('certificates')
    .select('id')
    .where('org', '=', ctx.org)
    .where('purpose', '=', device)
    .where('state', '<>', active)
    .where('not_after', '<', before.certificates)
    .limit(most)
  const fetched = db(ctx)
    .selectFrom('certificates')
    .select('id')
    .where('org', '=', ctx.org)
    .where('purpose', '=', device)
    .where('der', 'is not', null)
    .where('created_at', '<', before.fetched)
    .where('state', '<>', 'pending')
    .limit(most)
  const { org } = ctx
  const counts = [
    await db(ctx)
      .deleteFrom('challenges')
      .where('org', '=', org)
      .where('id', 'in', challenges)
      .returning('id')
      .execute(),
    await db(ctx).deleteFrom('certificates').where('org', '=', org).where('id', 'in', ended).returning('id').execute(),
    await db(ctx)
      .updateTable('certificates')
      .set({ der: null })
      .where('org', '=', org)
      .where('id', 'in', fetched)
      .returning('id')
      .execute(),
  ].map(rows => rows.length)
  return counts.some(count => count >= most)
}

/** The leaves of our own that an org (or the server itself) uses. */
export async function leavesOf(on: { tx: Tx }, org: Id<'org'>): Promise<('tls' | 'profile-signing')[]> {
  const rows = await db(on)
    .selectFrom('issuers')
    .select('purpose')
    .where('org', '=', org)
    .where('purpose', 'in', ['tls', 'profile-signing'])
    .where('state', '=', active)
    .execute()
  return rows.map(r => r.purpose as 'tls' | 'profile-signing')
}
