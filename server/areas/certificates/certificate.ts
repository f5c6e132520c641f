import { type Certificate, fingerprint, type Name, parseCertificate } from '@muster/wire/x509/certificate.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId, digest, type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { certificateEvents } from './events.ts'
import { watchExpiry } from './later.ts'
import { putCustody } from './custody-store.ts'
import * as store from './store.ts'

export type { Owner, Purpose, State } from './store.ts'

/** What a device's certificate says of it: found by the one thing it proves. */
export interface Identity {
  org: Id<'org'>
  id: Id<'certificate'>
  state: store.State
  owner: store.Owner
  notBefore: number
  notAfter: number
}

/** The device identity with this SHA-256 (hex), of whichever org: the fingerprint is the proof. One indexed query. */
export async function byFingerprint(ctx: Pick<Ctx, 'tx'>, sha256hex: string): Promise<Identity | null> {
  const row = await store.findByFingerprint(ctx, sha256hex)
  if (row?.purpose !== 'device') return null
  return {
    org: row.org as Id<'org'>,
    id: row.id as Id<'certificate'>,
    state: row.state,
    owner: { kind: row.owner_kind, id: row.owner_id },
    notBefore: row.not_before,
    notAfter: row.not_after,
  }
}

/** Gives a device identity to its owner and makes it pending or active; refuses one that has ended. */
export async function own(
  ctx: Ctx,
  id: Id<'certificate'>,
  owner: store.Owner,
  state: 'pending' | 'active',
): Promise<void> {
  const row = await identityRow(ctx, id)
  if (row.state === 'retired' || row.state === 'revoked') throw new Problem('certificate.ended', { state: row.state })
  if (row.owner_kind === 'enrollment' && (owner.kind !== row.owner_kind || owner.id !== row.owner_id))
    throw new Problem('certificate.owned')
  if (row.state === state && row.owner_id === owner.id && row.owner_kind === owner.kind) return
  await store.updateCertificate(ctx, ctx.org, id, { state, owner_kind: owner.kind, owner_id: owner.id })
  if (state === 'active' && row.state !== 'active')
    await record(ctx, certificateEvents.activated, aboutOf(row), {
      serial: row.serial,
      forKind: owner.kind,
      forId: owner.id,
    })
}

/** Retires every other pending or active identity of the owner; with `keepId` null all of them. */
export async function retireOthers(ctx: Ctx, owner: store.Owner, keepId: Id<'certificate'> | null): Promise<void> {
  for (const row of await store.ownedBy(ctx, owner)) {
    if (row.id === keepId || row.purpose !== 'device') continue
    await retire(ctx, row)
  }
}

async function retire(ctx: Ctx, row: store.CertificateRow): Promise<void> {
  await store.updateCertificate(ctx, row.org, row.id, { state: 'retired', ended_at: ctx.now, der: null })
  await record(ctx, certificateEvents.retired, aboutOf(row), {
    serial: row.serial,
    forKind: row.owner_kind,
    forId: row.owner_id,
  })
}

/** Ends an identity for cause; nothing it signs counts from now on. */
export async function revoke(ctx: Ctx, id: Id<'certificate'>, reason: string): Promise<void> {
  const row = await identityRow(ctx, id)
  if (row.state === 'revoked') return
  await store.updateCertificate(ctx, ctx.org, id, { state: 'revoked', ended_at: ctx.now, der: null })
  await record(ctx, certificateEvents.revoked, aboutOf(row), { serial: row.serial, reason })
}

/** Takes back a certificate of any purpose that we issued. */
export async function revokeIssued(ctx: Ctx, id: Id<'certificate'>, reason: string): Promise<void> {
  const row = await store.findCertificate(ctx, id)
  if (!row || row.state === 'revoked') return
  await store.updateCertificate(ctx, ctx.org, row.id, { state: 'revoked', ended_at: ctx.now, der: null })
  await record(ctx, certificateEvents.revoked, aboutOf(row), { serial: row.serial, reason })
}

/** The identities of an owner that count, oldest first: what a device's page shows of them. */
export async function identitiesOf(
  ctx: Ctx,
  owner: store.Owner,
): Promise<{ id: Id<'certificate'>; state: store.State; serial: string; notAfter: number; createdAt: number }[]> {
  const rows = await store.ownedBy(ctx, owner)
  return rows
    .filter(r => r.purpose === 'device')
    .map(r => ({
      id: r.id as Id<'certificate'>,
      state: r.state,
      serial: r.serial,
      notAfter: r.not_after,
      createdAt: r.created_at,
    }))
}

/** The certificate with this id, or null; of an identity that was not kept whole, without its bytes. */
export async function find(
  ctx: Ctx,
  id: Id<'certificate'>,
): Promise<{ serial: string; notBefore: number; notAfter: number; state: store.State; der: Uint8Array | null } | null> {
  const row = await store.findCertificate(ctx, id)
  if (!row) return null
  const { serial, not_before: notBefore, not_after: notAfter, state, der } = row
  return { serial, notBefore, notAfter, state, der }
}

async function identityRow(ctx: Ctx, id: Id<'certificate'>): Promise<store.CertificateRow> {
  const row = await store.findCertificate(ctx, asId('certificate', id))
  if (row?.purpose !== 'device') throw new Problem('id.unknown')
  return row
}

const authorities = new WeakMap<object, { at: number; found: Uint8Array[] }>()
const authoritiesMs = 30_000

/** DER of every authority that ever signed device identities: the roots for `verifyChain`. Read at most every 30 s per process. */
export async function trustedDeviceCas(on: Ctx | Base): Promise<Uint8Array[]> {
  const at = 'tx' in on ? on.now : on.clock.now()
  const known = authorities.get(on.secrets)
  if (known && Math.abs(at - known.at) < authoritiesMs) return known.found
  const found = await ('tx' in on ? store.deviceAuthorities(on) : on.engine.read(tx => store.deviceAuthorities({ tx })))
  // None is not remembered: the first one may be made at any moment.
  if (found.length > 0) authorities.set(on.secrets, { at, found })
  return found
}

/** Forgets the authorities read before; the process that makes a new one calls it. */
export function forgetAuthorities(secrets: object): void {
  authorities.delete(secrets)
}

/** Takes a certificate that others signed into custody, or answers the row that holds it already. */
export async function keepForeign(
  ctx: Ctx,
  kept: {
    purpose: 'apns' | 'tls'
    der: Uint8Array
    chain?: readonly Uint8Array[]
    owner: store.Owner
    account?: string | null
  },
): Promise<Id<'certificate'>> {
  const certificate = parseCertificate(kept.der)
  const known = await store.findByFingerprint(ctx, fingerprint(kept.der))
  if (known && known.org !== ctx.org) throw new Problem('certificate.elsewhere')
  if (known) await store.updateCertificate(ctx, ctx.org, known.id, { state: 'active', ended_at: null })
  const id = (known?.id as Id<'certificate'> | undefined) ?? newId('certificate')
  if (!known) {
    const row = insertOf(ctx, {
      id,
      certificate,
      purpose: kept.purpose,
      issuer: null,
      owner: kept.owner,
      unitPath: '/',
      state: 'active',
      renews: null,
    })
    const chain = JSON.stringify((kept.chain ?? []).map(der => Buffer.from(der).toString('base64')))
    await store.insertCertificate(ctx, { ...row, chain })
    await record(ctx, certificateEvents.kept, aboutOf(row), { ...saying(row), account: kept.account ?? null })
  }
  if (kept.account !== undefined) await putCustody(ctx, id, { account: kept.account })
  if (ctx.org !== store.serverOrg) await enqueue(ctx, watchExpiry, {}, { dedupe: 'watch', inMs: 1 })
  return id
}

/** Takes a foreign certificate that is no longer used out of custody. */
export async function dismissForeign(ctx: Ctx, id: Id<'certificate'>): Promise<void> {
  const row = await store.findCertificate(ctx, id)
  if (row && row.state === 'active') await retire(ctx, row)
}

interface Insert {
  id: Id<'certificate'>
  certificate: Certificate
  purpose: store.Purpose
  issuer: string | null
  owner: store.Owner
  unitPath: string
  state: store.State
  renews: string | null
}

/** The row of a certificate that is about to be stored. */
export function insertOf(ctx: Ctx, of: Insert): store.CertificateRow {
  const { certificate } = of
  return {
    org: ctx.org,
    id: of.id,
    fingerprint: fingerprint(certificate.der),
    purpose: of.purpose,
    issuer: of.issuer,
    subject: nameText(certificate.subject),
    issuer_name: nameText(certificate.issuer),
    serial: certificate.serial,
    not_before: certificate.notBefore,
    not_after: certificate.notAfter,
    der: certificate.der,
    chain: null,
    key_hash: digest(certificate.spki),
    owner_kind: of.owner.kind,
    owner_id: of.owner.id,
    unit_path: of.unitPath,
    state: of.state,
    renews: of.renews,
    created_at: ctx.now,
    ended_at: null,
  }
}

/** Keeps a certificate that one of our authorities has just issued, and writes that it was. */
export async function keepIssued(
  ctx: Ctx,
  der: Uint8Array,
  of: Omit<Insert, 'id' | 'certificate' | 'renews'>,
): Promise<store.CertificateRow & { id: Id<'certificate'> }> {
  const id = newId('certificate')
  const row = insertOf(ctx, { ...of, id, certificate: parseCertificate(der), renews: null })
  await store.insertCertificate(ctx, row)
  await recordIssued(ctx, row)
  return { ...row, id }
}

/** Writes that a certificate of ours was issued. */
export async function recordIssued(ctx: Ctx, row: store.CertificateRow): Promise<void> {
  const bound = { forKind: row.owner_kind, forId: row.owner_id, renews: row.renews }
  await record(ctx, certificateEvents.issued, aboutOf(row), { ...saying(row), ...bound })
  ctx.after(() => forgetAuthorities(ctx.secrets))
}

/** A certificate as the subject of an event. */
export function aboutOf(row: Pick<store.CertificateRow, 'id' | 'unit_path'>): {
  kind: string
  id: string
  path: string
} {
  return { kind: 'certificate', id: row.id, path: row.unit_path }
}

/** What events tell of a certificate. */
export function saying(row: store.CertificateRow): {
  purpose: string
  subject: string
  serial: string
  notAfter: number
} {
  return { purpose: row.purpose, subject: row.subject, serial: row.serial, notAfter: row.not_after }
}

/** A name as people read it. */
export function nameText(name: Name): string {
  return name
    .map(([type, value]) => `${type}=${value}`)
    .join(', ')
    .slice(0, 500)
}
