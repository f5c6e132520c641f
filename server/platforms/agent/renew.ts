import { jwkOf, p256KeyOf } from '@muster/wire/agent/compact.ts'
import type { Renewed } from '@muster/wire/agent/messages.ts'
import { newProofHeader } from '@muster/wire/agent/proof.ts'
import { fingerprint } from '@muster/wire/x509/certificate.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { Problem } from '../../base/problem.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { judgesOf, noteAttestation } from './attest.ts'
import { anyone, demandChallenge, keepKey, renewAt, useUp } from './enroll.ts'
import { demandTimely, newcomerKey, proofIn, shownIn, type Speaker, speakerOf } from './proof.ts'
import type { Renewing } from './shapes.ts'
import * as store from './store.ts'

/**
 * Certifies a new key in the place of the one that asks, which may have expired: what is pinned decides, and a device that was in a drawer is not lost for
 * that. The old key signed which key is to follow it, and the new one proved itself too. Asked again for the same key it answers the same. What the chip says of the
 * new key is judged as at enrollment.
 */
export async function renew(base: Base, read: () => Renewing, call: Call): Promise<Renewed> {
  const shown = shownIn(call)
  const proof = proofIn(call, newProofHeader)
  const key = newcomerKey(proof)
  demandTimely(proof, base.clock.now())
  const { jwk, challenge, attestation } = read()
  const text = JSON.stringify(jwkOf(key))
  if (JSON.stringify(jwkOf(p256KeyOf(jwk))) !== text) throw new Problem('device.signature-wrong', { reason: 'key' })
  const { org } = (await base.read(anyone(call), ctx => speakerOf(ctx, shown, 'renewal'))).ctx
  const issuer = await certificates.deviceIssuer(base, org)
  const judges = await judgesOf(base.config)
  return base.transact(anyone(call), async anyCtx => {
    const speaker = await speakerOf(anyCtx, shown, 'renewal')
    const { ctx, enrollment: held } = speaker
    if (held.state === 'ended') throw new Problem('enrollment.ended')
    const again = await answeredBefore(speaker, text)
    if (again) return again
    if (speaker.late) throw new Problem('device.certificate-retired')
    const spki = key.export({ format: 'der', type: 'spki' })
    if (challenge !== undefined) await demandChallenge(ctx, challenge, held.id, spki)
    const { path } = await enrollment.aboutDevice(ctx, held)
    const identity = await certificates.certifyDevice(ctx, issuer, { spki, enrollment: held.id, unitPath: path })
    await enrollment.pin(ctx, held, { certificate: identity.id, fingerprint: identity.fingerprint })
    await keepKey(ctx, held.id, identity, key)
    await store.changeStanding(ctx, held.id, { renew_at: renewAt(ctx.now, identity.notAfter) })
    if (challenge !== undefined) await useUp(ctx, challenge, spki, held.id)
    const device = await devices.get(ctx, held.device)
    if (device.platform === 'android') {
      const shown = { chain: challenge === undefined ? [] : attestation, challenge: challenge ?? '', spki }
      await noteAttestation(ctx, device, held.id, shown, judges)
    }
    return answerOf(speaker, identity.der)
  })
}

/** The answer that was lost on its way, when the key that speaks now is the one that is asked for. */
async function answeredBefore(speaker: Speaker, jwk: string): Promise<Renewed | null> {
  const { ctx, enrollment: held } = speaker
  const pinned = await enrollment.pinned(ctx, held.id)
  const known = pinned === null ? null : await certificates.find(ctx, pinned)
  if (!known?.der) return null
  const identity = await store.findIdentity(ctx, fingerprint(known.der))
  return identity?.jwk === jwk ? answerOf(speaker, known.der) : null
}

async function answerOf({ ctx }: Speaker, der: Uint8Array): Promise<Renewed> {
  const authorities = await certificates.trustedDeviceCas(ctx)
  return {
    action: 'none',
    certificate: Buffer.from(der).toString('base64'),
    authorities: authorities.map(a => Buffer.from(a).toString('base64')),
  }
}
