import { isSignedBy, p256KeyOf } from '@muster/wire/agent/compact.ts'
import { hash64 } from '@muster/wire/agent/compact.ts'
import { type Proof, proofHeader, readProof } from '@muster/wire/agent/proof.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import type { KeyObject } from 'node:crypto'
import * as enrollment from '../../areas/enrollment/index.ts'
import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Call } from '../../base/route.ts'
import * as store from './store.ts'

/** A device whose proof holds: the context in which it acts, its enrollment and what it proved. */
export interface Speaker {
  readonly ctx: Ctx
  readonly enrollment: enrollment.Enrollment
  readonly certificate: Id<'certificate'>
  readonly proof: Proof
  /** Its identity was renewed a moment ago, and this is still the one before. */
  readonly late: boolean
}

/** Clocks of devices may be off by so much; beyond it the device is told the time and asks again. */
const skewMs = 5 * 60_000
const graceMs = 60 * 60_000

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

/** Who speaks: the certificate that the proof names is pinned to an enrollment, and its key made the proof. */
export async function speakerOf(anyone: Ctx, proof: Proof): Promise<Speaker> {
  if (proof.certificate === null) throw new Problem('device.proof-missing')
  const fingerprint = Buffer.from(proof.certificate, 'base64url').toString('hex')
  const known = await enrollment.speaking(anyone, fingerprint, undefined)
  if (!known || known.enrollment.platform !== 'agent') throw new Problem('device.certificate-unknown')
  const { enrollment: held, certificate, pin, org } = known
  const ctx = as(anyone, { org, actor: { kind: 'device', id: held.device }, authority: everything })
  const found = await store.findIdentity(ctx, fingerprint)
  if (!found) throw new Problem('device.certificate-unknown')
  if (!isSignedBy(proof.compact, keyOf(found))) throw new Problem('device.signature-wrong', { reason: 'signature' })
  const late = pin.state === 'retired'
  if (late && ctx.now - pin.since > graceMs) throw new Problem('device.certificate-retired')
  if (found.not_after + skewMs < ctx.now) throw new Problem('device.certificate-expired')
  demandTimely(proof, ctx.now)
  return { ctx, enrollment: held, certificate, proof, late }
}

/** Keys by certificate: making one of its JWK costs more than checking a proof. Of this process. */
const keys = new Map<string, KeyObject>()
const mostKeys = 20_000

function keyOf({ fingerprint, jwk }: store.IdentityRow): KeyObject {
  const known = keys.get(fingerprint)
  if (known) return known
  const key = p256KeyOf(JSON.parse(jwk))
  if (keys.size >= mostKeys) keys.clear()
  keys.set(fingerprint, key)
  return key
}
