import { TLSSocket } from 'node:tls'
import { hash64, isSignedBy, isSignedByBeside, p256KeyOf } from '@muster/wire/agent/compact.ts'
import { type Proof, proofHeader, readProof } from '@muster/wire/agent/proof.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { fingerprint } from '@muster/wire/x509/certificate.ts'
import type { KeyObject } from 'node:crypto'
import * as enrollment from '../../areas/enrollment/index.ts'
import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Call } from '../../base/route.ts'
import * as store from './store.ts'

/** How a caller shows who it is: by a proof in its request, or by the certificate of its TLS connection. */
export type Shown =
  | {
      readonly by: 'proof'
      readonly proof: Proof
      /** Whether this key made it, where that was looked at already. */
      readonly judged: { readonly key: KeyObject; readonly holds: boolean } | null
    }
  | { readonly by: 'tls'; readonly fingerprint: string }

/** A device that showed who it is: the context in which it acts, its enrollment and how it showed it. */
export interface Speaker {
  readonly ctx: Ctx
  readonly enrollment: enrollment.Enrollment
  readonly certificate: Id<'certificate'>
  /** The count of its proof; null where TLS spoke for it. */
  readonly count: number | null
  /** Its identity was renewed a moment ago, and this is still the one before. */
  readonly late: boolean
}

/** Clocks of devices may be off by so much; beyond it the device is told the time and asks again. */
const skewMs = 5 * 60_000
const graceMs = 60 * 60_000

/** How the caller of a request shows who it is. A proof that is there and wrong is never passed over. */
export function shownIn(call: Call): Shown {
  if (call.headers[proofHeader] !== undefined) return { by: 'proof', proof: proofIn(call), judged: null }
  const peer = call.socket instanceof TLSSocket ? call.socket.getPeerX509Certificate() : undefined
  if (!peer) throw new Problem('device.proof-missing')
  return { by: 'tls', fingerprint: fingerprint(peer.raw) }
}

/**
 * The same, for what many ask for at once: the signature of a proof is looked at before the transaction and beside the main thread, where the
 * key is known to this process. Whom that key speaks for is still asked in the transaction, which looks itself if it finds another key.
 */
export async function judgedIn(call: Call): Promise<Shown> {
  const shown = shownIn(call)
  if (shown.by !== 'proof' || shown.proof.certificate === null) return shown
  const known = identities.get(printOf(shown))
  if (!known) return shown
  return { ...shown, judged: { key: known.key, holds: await isSignedByBeside(shown.proof.compact, known.key) } }
}

/** The proof a request came with, checked as far as it can be without knowing whose it is. */
export function proofIn(call: Call, header = proofHeader): Proof {
  const text = call.headers[header]
  if (typeof text !== 'string') throw new Problem('device.proof-missing')
  const proof = readIn(text)
  const [path] = call.url.split('?', 1)
  if (proof.method !== call.method || proof.path !== path || proof.bodyHash !== hash64(call.bytes))
    throw new Problem('device.signature-wrong', { reason: 'request' })
  return proof
}

function readIn(text: string): Proof {
  try {
    return readProof(text)
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('device.signature-wrong', { reason: cause.code }, { cause })
  }
}

/** Refuses a proof that a clock far from ours made; the answer says what time it is. */
export function demandTimely(proof: Proof, now: number): void {
  if (Math.abs(proof.at * 1000 - now) > skewMs) throw new Problem('agent.clock', { now })
}

/** The key that a newcomer proved to hold. */
export function newcomerKey(proof: Proof): KeyObject {
  if (proof.jwk === null) throw new Problem('device.proof-missing')
  const key = p256KeyOf(proof.jwk)
  if (!isSignedBy(proof.compact, key)) throw new Problem('device.signature-wrong', { reason: 'signature' })
  return key
}

/**
 * Who speaks: the certificate it shows is pinned to an enrollment, and its key made the proof or the TLS connection. To renew itself, one that is too old
 * or was followed by another may still speak; and to hear that its management has ended, every one may.
 */
export async function speakerOf(anyone: Ctx, shown: Shown, to: 'contact' | 'renewal' = 'contact'): Promise<Speaker> {
  const print = printOf(shown)
  const known = await enrollment.speaking(anyone, print, undefined)
  if (!known || known.enrollment.platform !== 'agent') throw new Problem('device.certificate-unknown')
  const { enrollment: held, certificate, pin, org } = known
  const ctx = as(anyone, { org, actor: { kind: 'device', id: held.device }, authority: everything })
  const own = await identityOf(ctx, print)
  if (shown.by === 'proof') {
    const { proof, judged } = shown
    const holds = judged?.key === own.key ? judged.holds : isSignedBy(proof.compact, own.key)
    if (!holds) throw new Problem('device.signature-wrong', { reason: 'signature' })
    demandTimely(proof, ctx.now)
  }
  const late = pin.state === 'retired'
  if (to === 'contact' && held.state !== 'ended') {
    if (late && ctx.now - pin.since > graceMs) throw new Problem('device.certificate-retired')
    if (own.notAfter + skewMs < ctx.now) throw new Problem('device.certificate-expired')
  }
  return { ctx, enrollment: held, certificate, count: shown.by === 'proof' ? shown.proof.count : null, late }
}

function printOf(shown: Shown): string {
  if (shown.by === 'tls') return shown.fingerprint
  if (shown.proof.certificate === null) throw new Problem('device.proof-missing')
  return Buffer.from(shown.proof.certificate, 'base64url').toString('hex')
}

interface Identity {
  readonly key: KeyObject
  readonly notAfter: number
}

/** What is known of certificates: it never changes, and making a key of its JWK costs more than checking a proof. Of this process. */
const identities = new Map<string, Identity>()
const mostKept = 20_000

async function identityOf(ctx: Ctx, print: string): Promise<Identity> {
  const known = identities.get(print)
  if (known) return known
  const found = await store.findIdentity(ctx, print)
  if (!found) throw new Problem('device.certificate-unknown')
  const fresh = { key: p256KeyOf(JSON.parse(found.jwk)), notAfter: found.not_after }
  if (identities.size >= mostKept) identities.clear()
  identities.set(print, fresh)
  return fresh
}
