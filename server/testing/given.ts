import { type GivenCertificates, givenCertificates } from './given-certificates.ts'
import { type GivenCommands, givenCommands } from './given-commands.ts'
import { type GivenDevices, givenDevices } from './given-devices.ts'
import { type GivenEnrollment, givenEnrollment } from './given-enrollment.ts'
import { type GivenIdentity, givenIdentity } from './given-identity.ts'
import { type GivenPolicies, givenPolicies } from './given-policies.ts'
import { type GivenPortal, givenPortal } from './given-portal.ts'
import { type GivenPush, givenPush } from './given-push.ts'
import { type GivenRoster, givenRoster } from './given-roster.ts'
import { type GivenUpdates, givenUpdates } from './given-updates.ts'
import type { House } from './house.ts'

/** Arranges the nouns that a test begins with; each area adds its own in `given-<area>.ts`. */
export interface Given
  extends GivenIdentity,
    GivenCertificates,
    GivenPush,
    GivenDevices,
    GivenCommands,
    GivenEnrollment,
    GivenPolicies,
    GivenPortal,
    GivenRoster,
    GivenUpdates {}

/** The givens of a house. */
export function given(house: House): Given {
  const { device } = givenDevices(house)
  const certificates = givenCertificates(house)
  const push = givenPush(house)
  return {
    ...givenIdentity(house),
    ...certificates,
    ...push,
    device,
    ...givenCommands(house, device),
    ...givenPolicies(house),
    ...givenPortal(house),
    ...givenRoster(house),
    ...givenUpdates(house),
    ...givenEnrollment(house, { ...certificates, ...push }),
  }
}
