import { generateKeyPairSync } from 'node:crypto'
import { obtainAttested } from './acme.ts'
import { type AppleDevice, clockOf } from './device.ts'
import { fetchNoted, means } from './line.ts'
import type { EnrollmentProfile } from './profile.ts'
import { type Identity, obtainIdentity, ScepRefused } from './scep.ts'

/** Asks the profile's issuer for a certificate for a new key. */
export async function requestIdentity(
  device: AppleDevice,
  profile: Pick<EnrollmentProfile, 'scep' | 'acme' | 'roots'>,
): Promise<Identity> {
  const trust = [...(device.options.trust ?? []), ...profile.roots]
  if (profile.acme) return attestedIdentity(device, profile.acme, trust)
  if (!profile.scep) throw new ScepRefused('the profile names no issuer')
  const key = await device.keys.take(profile.scep.bits)
  return obtainIdentity({
    payload: profile.scep,
    key,
    now: clockOf(device),
    line: (operation, request) =>
      fetchNoted(device, `scep:${operation}`, {
        ...means(device),
        ...request,
        trust,
        headers: request.body === undefined ? {} : { 'content-type': 'application/x-pki-message' },
      }),
  })
}

async function attestedIdentity(
  device: AppleDevice,
  payload: NonNullable<EnrollmentProfile['acme']>,
  trust: readonly string[],
): Promise<Identity> {
  const { maker } = device.options
  if (!maker) throw new ScepRefused('this device has no chip that vouches for keys')
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const { serial, udid } = device.hardware
  return obtainAttested({
    payload,
    key,
    attest: freshness => maker.attest({ key, serial, udid, osVersion: device.interior.system.version, freshness }),
    line: request =>
      fetchNoted(device, `acme:${new URL(request.url).pathname.split('/')[3] ?? ''}`, {
        ...means(device),
        ...request,
        trust,
      }),
  })
}
