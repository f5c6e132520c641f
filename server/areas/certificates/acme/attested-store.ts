import type { Ctx } from '../../../base/ctx.ts'
import { own, type Tx } from '../../../base/db.ts'

/** What was attested of the key in a certificate. */
export interface AttestedRow {
  org: string
  certificate: string
  serial: string | null
  udid: string | null
  os_version: string | null
  sep_version: string | null
  root: string
  at: number
}

/** An authority whose attestations are believed. */
export interface RootRow {
  org: string
  fingerprint: string
  subject: string
  der: Uint8Array
  not_after: number
  added_at: number
}

interface Tables {
  attested_keys: AttestedRow
  attestation_roots: RootRow
}

const db = (ctx: { tx: Tx }) => own<Tables>(ctx.tx)

export async function keepAttested(ctx: Ctx, row: AttestedRow): Promise<void> {
  await db(ctx)
    .insertInto('attested_keys')
    .values(row)
    .onConflict(c => c.columns(['org', 'certificate']).doNothing())
    .execute()
}

export function findAttested(ctx: Ctx, certificate: string): Promise<AttestedRow | undefined> {
  return db(ctx)
    .selectFrom('attested_keys')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('certificate', '=', certificate)
    .executeTakeFirst()
}

export function rootsOf(ctx: Ctx): Promise<RootRow[]> {
  return db(ctx).selectFrom('attestation_roots').selectAll().where('org', '=', ctx.org).orderBy('added_at').execute()
}

export async function addRoot(ctx: Ctx, row: RootRow): Promise<void> {
  await db(ctx)
    .insertInto('attestation_roots')
    .values(row)
    .onConflict(c => c.columns(['org', 'fingerprint']).doNothing())
    .execute()
}

export async function removeRoot(ctx: Ctx, fingerprint: string): Promise<boolean> {
  const rows = await db(ctx)
    .deleteFrom('attestation_roots')
    .where('org', '=', ctx.org)
    .where('fingerprint', '=', fingerprint)
    .returning('fingerprint')
    .execute()
  return rows.length > 0
}
