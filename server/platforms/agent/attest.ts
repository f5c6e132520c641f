import {
  type AttestationFlaw,
  type AttestationLack,
  judgeKey,
  type KeyVerdict,
} from '@muster/wire/android/attestation.ts'
import { parseCertificate } from '@muster/wire/x509/certificate.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as devices from '../../areas/devices/index.ts'
import type { Config } from '../../base/config.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { agentEvents } from './events.ts'
import { agentComponent, agentPackage } from './package.ts'
import { revokedBy } from './status-list.ts'

/** What attestations are judged by that stands in files of the operator's: read before a transaction. */
export interface Judges {
  /** Null: the list of revoked certificates cannot be read. */
  readonly revoked: ((serial: string) => boolean) | null
  /** Null: this server has no agent of its own, so any agent counts. */
  readonly app: { readonly name: string; readonly signers: readonly Uint8Array[] } | null
}

/** A key, with what its device says of it. */
export interface Shown {
  /** Base64 of DER, the key's certificate first. */
  readonly chain: readonly string[]
  readonly challenge: string
  readonly spki: Uint8Array
}

/** Why a key is not vouched for; null: it is. */
type Why = AttestationFlaw | AttestationLack | 'no-root' | 'no-status' | 'dropped'

/** Reads what attestations are judged by. */
export async function judgesOf(config: Pick<Config, 'attestationStatus' | 'androidApk'>): Promise<Judges> {
  return { revoked: await revokedBy(config), app: await agentOf(config) }
}

async function agentOf(config: Pick<Config, 'androidApk'>): Promise<Judges['app']> {
  const [name = ''] = agentComponent.split('/')
  try {
    const { signer } = await agentPackage(config)
    return { name, signers: [new Uint8Array(Buffer.from(signer, 'base64url'))] }
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/**
 * Judges what the chip of a device says of the key it came with, and keeps the verdict among the facts of the device. Nobody is turned away by it: a device
 * that cannot attest is managed too, and rules of compliance say what its word is worth. One that could and no longer does is not believed.
 */
export async function noteAttestation(
  ctx: Ctx,
  device: devices.Device,
  enrollment: string,
  shown: Shown,
  judges: Judges,
): Promise<void> {
  const known = await devices.factRecord(ctx, device.id)
  const found = await judgedKey(ctx, device.serial, shown, judges)
  const couldBefore = known['security.attested'] === 'passed' || known['security.attestedWhy'] === 'dropped'
  const dropped = couldBefore && (found.why === 'absent' || found.why === 'software')
  const verdict = dropped ? 'failed' : found.verdict
  const why: Why | null = dropped ? 'dropped' : found.why
  await devices.learn(ctx, device.id, 'attestation', {
    'security.attested': verdict,
    'security.attestedWhy': why,
    ...detailsOf(found.said),
  })
  const was = known['security.attested'] ?? 'none'
  const same = was === verdict && (verdict === 'none' || known['security.attestedWhy'] === why)
  if (!same) await record(ctx, agentEvents.attested, devices.about(device), { verdict, why, enrollment })
}

/** What a chip says of a key, of which nothing else is known. */
export async function judgedKey(
  ctx: Ctx,
  serial: string | null,
  { chain, challenge, spki }: Shown,
  { revoked, app }: Judges,
): Promise<{ verdict: KeyVerdict['verdict']; why: Why | null; said: KeyVerdict['said'] }> {
  const roots = (await certificates.attestationRoots(ctx)).map(der => parseCertificate(der))
  if (chain.length > 0 && roots.length === 0) return { verdict: 'none', why: 'no-root', said: null }
  if (chain.length > 0 && revoked === null) return { verdict: 'none', why: 'no-status', said: null }
  const bytes = chain.map(one => new Uint8Array(Buffer.from(one, 'base64')))
  return judgeKey(bytes, {
    roots,
    at: ctx.now,
    challenge: new TextEncoder().encode(challenge),
    spki,
    app,
    serial,
    revoked: revoked ?? (() => true),
  })
}

/** What hardware says of the device, where its word is the maker's; what it said before is not left standing. */
function detailsOf(said: KeyVerdict['said']): Record<string, devices.JsonValue> {
  const root = said?.hardware.root
  const os = said?.hardware.osVersion ?? 0
  return {
    'security.attestedOs': os === 0 ? null : [os / 10_000, (os / 100) % 100, os % 100].map(Math.floor).join('.'),
    'security.attestation.level': said?.level ?? null,
    'security.attestation.boot': root?.state ?? null,
    'security.attestation.bootKey': root ? Buffer.from(root.bootKey).toString('hex') : null,
    'security.attestation.locked': root?.locked ?? null,
    'security.attestation.patch': monthOf(said?.hardware.patch ?? null),
  }
}

/** `202611` and `20261105` are 2026-11. */
function monthOf(patch: number | null): string | null {
  const match = /^(\d{4})(\d\d)(?:\d\d)?$/.exec(String(patch ?? ''))
  return match ? `${match[1]}-${match[2]}` : null
}
