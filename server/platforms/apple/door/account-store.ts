import type { Ctx } from '../../../base/ctx.ts'
import { own } from '../../../base/db.ts'
import type { Id } from '../../../base/id.ts'

/** In which way a device comes that a person enrolls by signing in: for work data alone, or as a device of the org. */
export type AccountMode = 'byod' | 'adde'

/** How people may enroll their devices by signing in. */
export interface AccountDoor {
  byod: boolean
  adde: boolean
  /** The vendor leads devices here whose domain answers nothing. */
  led: boolean
  /** Who proves who they are: a mailed code, or an issuer. */
  way: 'web' | 'oauth2'
  issuer: string | null
  clientId: string | null
  /** That tokens must be for; null: the client id. */
  audience: string | null
  scope: string
  /** Which claim of a token is the person's address. */
  claim: string
}

/** What the issuer says of itself, as it was last read. */
export interface IssuerRead {
  document: { issuer: string; authorization_endpoint: string; token_endpoint: string; jwks_uri: string } | null
  keys: JsonWebKey[]
  readAt: number | null
  /** Why it could not be read; null: it could. */
  problem: string | null
}

/** A public key as an issuer publishes it (RFC 7517). */
export type JsonWebKey = Record<string, unknown>

interface DoorRow {
  org: string
  byod: number
  adde: number
  led: number
  way: string
  issuer: string | null
  client_id: string | null
  audience: string | null
  scope: string
  claim: string
  document: string | null
  keys: string | null
  read_at: number | null
  problem: string | null
}

interface Tables {
  apple_account_doors: DoorRow
  apple_account_domains: { domain: string; org: string }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function findDoor(ctx: On): Promise<(AccountDoor & IssuerRead) | undefined> {
  const row = await db(ctx).selectFrom('apple_account_doors').selectAll().where('org', '=', ctx.org).executeTakeFirst()
  return row && toDoor(row)
}

/** Keeps the decision; what was read of another issuer is forgotten. */
export async function putDoor(ctx: On, door: AccountDoor, sameIssuer: boolean): Promise<void> {
  const decided = {
    org: ctx.org,
    byod: door.byod ? 1 : 0,
    adde: door.adde ? 1 : 0,
    led: door.led ? 1 : 0,
    way: door.way,
    issuer: door.issuer,
    client_id: door.clientId,
    audience: door.audience,
    scope: door.scope,
    claim: door.claim,
  }
  const unread = { document: null, keys: null, read_at: null, problem: null }
  await db(ctx)
    .insertInto('apple_account_doors')
    .values({ ...decided, ...unread })
    .onConflict(c => c.column('org').doUpdateSet(sameIssuer ? decided : { ...decided, ...unread }))
    .execute()
}

export async function putRead(ctx: On, read: IssuerRead): Promise<void> {
  await db(ctx)
    .updateTable('apple_account_doors')
    .set({
      ...(read.document ? { document: JSON.stringify(read.document), keys: JSON.stringify(read.keys) } : {}),
      read_at: read.readAt,
      problem: read.problem,
    })
    .where('org', '=', ctx.org)
    .execute()
}

export async function listDomains(ctx: On): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('apple_account_domains')
    .select('domain')
    .where('org', '=', ctx.org)
    .orderBy('domain')
    .execute()
  return rows.map(r => r.domain)
}

/** The org that a domain belongs to. */
export async function orgOfDomain(ctx: Pick<Ctx, 'tx'>, domain: string): Promise<Id<'org'> | undefined> {
  const row = await db(ctx)
    .selectFrom('apple_account_domains')
    .select('org')
    .where('domain', '=', domain)
    .executeTakeFirst()
  return row?.org as Id<'org'> | undefined
}

export async function putDomains(ctx: On, domains: readonly string[]): Promise<void> {
  await db(ctx).deleteFrom('apple_account_domains').where('org', '=', ctx.org).execute()
  for (const domain of domains)
    await db(ctx).insertInto('apple_account_domains').values({ domain, org: ctx.org }).execute()
}

/** Orgs whose people may enroll by signing in; at most two, because more than one is many. */
export async function openDoors(ctx: Pick<Ctx, 'tx'>): Promise<Id<'org'>[]> {
  const rows = await db(ctx)
    .selectFrom('apple_account_doors')
    .select('org')
    .where(e => e.or([e('byod', '=', 1), e('adde', '=', 1)]))
    .orderBy('org')
    .limit(2)
    .execute()
  return rows.map(r => r.org as Id<'org'>)
}

function toDoor(row: DoorRow): AccountDoor & IssuerRead {
  return {
    byod: Number(row.byod) === 1,
    adde: Number(row.adde) === 1,
    led: Number(row.led) === 1,
    way: row.way === 'oauth2' ? 'oauth2' : 'web',
    issuer: row.issuer,
    clientId: row.client_id,
    audience: row.audience,
    scope: row.scope,
    claim: row.claim,
    document: row.document === null ? null : (JSON.parse(row.document) as IssuerRead['document']),
    keys: row.keys === null ? [] : (JSON.parse(row.keys) as JsonWebKey[]),
    readAt: row.read_at,
    problem: row.problem,
  }
}
