import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { WakeRow } from './store.ts'

/** A new push certificate on its way, as it is stored. */
export interface RenewalRow {
  org: string
  id: string
  state: 'made' | 'signing' | 'mailed' | 'signed' | 'offered'
  name: string
  email: string
  request: Uint8Array
  private_key: Uint8Array
  opening: Uint8Array
  opening_key: Uint8Array
  signed: string | null
  way: 'vendor' | 'service' | 'upload' | null
  problem: string | null
  problem_text: string | null
  made_at: number
  signed_at: number | null
  offered: string | null
  topic: string | null
  not_after: number | null
  serial: string | null
  account: string | null
  replaces: number
  offered_at: number | null
  trial: 'asked' | 'accepted' | 'answered' | 'refused' | 'silent' | null
  trial_enrollment: string | null
  trial_device: string | null
  trial_reason: string | null
  trial_at: number | null
  trial_ended_at: number | null
}

/** A certificate that was replaced by a newer one of its topic. */
export interface PastRow {
  org: string
  fingerprint: string
  topic: string
  pem: string
  private_key: Uint8Array
  account: string
  not_after: number
  serial: string
  replaced_at: number
}

/** A way in which requests are signed. */
export interface SignerRow {
  org: string
  way: 'vendor' | 'service'
  url: string | null
  email: string | null
  secret: Uint8Array | null
  pem: string | null
  not_after: number | null
  changed_at: number
}

interface Tables {
  push_renewals: RenewalRow
  push_past: PastRow
  push_signers: SignerRow
  wakes: WakeRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The new certificate on its way, if there is one. */
export function find(ctx: Ctx): Promise<RenewalRow | undefined> {
  return db(ctx).selectFrom('push_renewals').selectAll().where('org', '=', ctx.org).executeTakeFirst()
}

/** Begins one. */
export async function put(ctx: Ctx, row: RenewalRow): Promise<void> {
  await db(ctx).insertInto('push_renewals').values(row).execute()
}

/** Changes the one on its way. */
export async function change(ctx: Ctx, set: Partial<Omit<RenewalRow, 'org' | 'id'>>): Promise<void> {
  await db(ctx).updateTable('push_renewals').set(set).where('org', '=', ctx.org).execute()
}

/** Forgets the one on its way, with its key. */
export async function remove(ctx: Ctx): Promise<void> {
  await db(ctx).deleteFrom('push_renewals').where('org', '=', ctx.org).execute()
}

/** The replaced certificates that are kept, the newest first. */
export function past(ctx: Ctx): Promise<PastRow[]> {
  return db(ctx)
    .selectFrom('push_past')
    .selectAll()
    .where('org', '=', ctx.org)
    .orderBy('replaced_at', 'desc')
    .orderBy('fingerprint')
    .execute()
}

/** Keeps a replaced certificate. */
export async function putPast(ctx: Ctx, row: PastRow): Promise<void> {
  const { org: _org, fingerprint: _fingerprint, ...set } = row
  await db(ctx)
    .insertInto('push_past')
    .values(row)
    .onConflict(c => c.columns(['org', 'fingerprint']).doUpdateSet(set))
    .execute()
}

/** Forgets one replaced certificate. */
export async function removePast(ctx: Ctx, fingerprint: string): Promise<void> {
  await db(ctx).deleteFrom('push_past').where('org', '=', ctx.org).where('fingerprint', '=', fingerprint).execute()
}

/** Forgets replaced certificates that were replaced before an instant or are over. */
export async function forgetPast(ctx: Ctx, before: number): Promise<void> {
  await db(ctx)
    .deleteFrom('push_past')
    .where('org', '=', ctx.org)
    .where(e => e.or([e('replaced_at', '<', before), e('not_after', '<=', ctx.now)]))
    .execute()
}

/** The ways in which requests are signed here. */
export function signers(ctx: Ctx): Promise<SignerRow[]> {
  return db(ctx).selectFrom('push_signers').selectAll().where('org', '=', ctx.org).orderBy('way').execute()
}

/** One of them. */
export async function signer(ctx: Ctx, way: SignerRow['way']): Promise<SignerRow | undefined> {
  return (await signers(ctx)).find(s => s.way === way)
}

/** Sets one. */
export async function putSigner(ctx: Ctx, row: SignerRow): Promise<void> {
  const { org: _org, way: _way, ...set } = row
  await db(ctx)
    .insertInto('push_signers')
    .values(row)
    .onConflict(c => c.columns(['org', 'way']).doUpdateSet(set))
    .execute()
}

/** Forgets one. */
export async function removeSigner(ctx: Ctx, way: SignerRow['way']): Promise<void> {
  await db(ctx).deleteFrom('push_signers').where('org', '=', ctx.org).where('way', '=', way).execute()
}

/** The device of a topic that called last and can be called: on whom a new certificate is tried. */
export function liveliest(ctx: Ctx, topic: string): Promise<WakeRow | undefined> {
  return db(ctx)
    .selectFrom('wakes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('topic', '=', topic)
    .where('account', '=', '')
    .where('state', '=', 'ready')
    .where('device', 'is not', null)
    .orderBy(e => e.fn.coalesce('contact_at', e.lit(0)), 'desc')
    .orderBy('enrollment')
    .limit(1)
    .executeTakeFirst()
}
