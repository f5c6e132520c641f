import { type AppleDevice, clockOf } from './device.ts'
import { fetchNoted, means } from './line.ts'
import type { EnrollmentProfile } from './profile.ts'
import { type Identity, obtainIdentity } from './scep.ts'

/** Asks the profile's issuer for a certificate for a new key. */
export async function requestIdentity(
  device: AppleDevice,
  profile: Pick<EnrollmentProfile, 'scep' | 'roots'>,
): Promise<Identity> {
  const key = await device.keys.take(profile.scep.bits)
  const trust = [...(device.options.trust ?? []), ...profile.roots]
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
