import { str } from '@muster/wire/plist/plist.ts'
import { take } from './behavior.ts'
import type { Account, AppleDevice } from './device.ts'
import { Unreachable } from './http.ts'
import { requestIdentity } from './identity.ts'
import { type Profile, ProfileRefused, readRoots, readScepPayloads } from './profile.ts'
import { refuseUnfit } from './profile-rules.ts'
import { ScepRefused } from './scep.ts'

/** By which way a profile came: it is taken away by the same. */
export type Way = 'commands' | 'declarations'

/** The profiles of a device, or of one of its accounts. */
export function shelfOf(device: AppleDevice, account: Account | undefined): Map<string, Profile> {
  return account?.profiles ?? device.interior.profiles
}

/**
 * Puts a profile on the shelf, or replaces the one with its identifier: all of it or, with `ProfileRefused`, nothing.
 * Identities are asked for from their issuer first, as the system does.
 */
export async function shelve(
  device: AppleDevice,
  account: Account | undefined,
  profile: Profile,
  way: Way,
): Promise<void> {
  const shelf = shelfOf(device, account)
  const before = shelf.get(profile.identifier)
  // A profile may pass from commands to declarations, never back. (Apple: legacy profile configuration.)
  if (before?.way === 'declarations' && way === 'commands')
    throw new ProfileRefused(4035, 'The profile is managed by a declaration.')
  const types = profile.payloads.map(payload => str(payload, 'PayloadType'))
  const planned = take(device.behavior, ['refuse-profile'], types)
  if (planned) throw new ProfileRefused(planned.code ?? 4001, planned.text ?? 'The profile could not be installed.')
  refuseUnfit(device, profile, [...shelf.values()], account !== undefined)
  if (before?.uuid === profile.uuid && before.way === way) return
  const identities = await obtain(device, profile)
  unshelve(device, account, profile.identifier)
  shelf.set(profile.identifier, { ...profile, way })
  device.interior.certificates.push(...identities.map(one => ({ ...one, by: profile.identifier })))
}

/** Takes a profile off the shelf with everything it brought; answers whether it was there. */
export function unshelve(device: AppleDevice, account: Account | undefined, identifier: string): boolean {
  const { interior } = device
  interior.certificates = interior.certificates.filter(one => one.by !== identifier)
  return shelfOf(device, account).delete(identifier)
}

/** Somebody takes a profile away on the device itself: drift. */
export function removeByHand(device: AppleDevice, identifier: string): boolean {
  return unshelve(device, undefined, identifier)
}

async function obtain(
  device: AppleDevice,
  profile: Profile,
): Promise<{ commonName: string; der: Uint8Array; identity: boolean }[]> {
  const roots = readRoots(profile)
  const found: { commonName: string; der: Uint8Array; identity: boolean }[] = roots.map(({ der, name }) => ({
    commonName: name,
    der,
    identity: false,
  }))
  for (const scep of readScepPayloads(profile)) {
    try {
      const { certificate } = await requestIdentity(device, { scep, roots: roots.map(r => r.pem) })
      found.push({ commonName: scep.name ?? 'identity', der: certificate, identity: true })
    } catch (error) {
      if (!(error instanceof ScepRefused || error instanceof Unreachable)) throw error
      throw new ProfileRefused(22_013, `The identity could not be obtained: ${error.message}`, error)
    }
  }
  return found
}
