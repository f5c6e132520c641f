import { bytes, type Dict, str } from '@muster/wire/plist/plist.ts'
import { authenticate, CheckinRefused, sendCheckOut, updateToken } from '../checkin.ts'
import { complyLater } from '../declarations/sync.ts'
import { type AppleDevice, type Enrollment, forgetEnrollment } from '../device.ts'
import { Unreachable } from '../http.ts'
import { requestIdentity } from '../identity.ts'
import { noteTrouble } from '../ledger.ts'
import {
  type EnrollmentProfile,
  enrolls,
  type Profile,
  ProfileRefused,
  readEnrollmentProfile,
  readProfile,
} from '../profile.ts'
import { ScepRefused } from '../scep.ts'
import { shelfOf, shelve, unshelve } from '../shelf.ts'
import { CommandRefused, type Knowledge, type Outcome, type Place } from './order.ts'

/** Profiles: in, out, and the enrollment profile once more, which renews the identity. */
export const profileCommands: Record<string, Knowledge> = {
  InstallProfile: {
    right: 2,
    accounts: true,
    needsUnlocked: true,
    keys: { Payload: 'bytes' },
    carryOut: async (place, command) => {
      try {
        return await install(place, readProfile(bytes(command, 'Payload') ?? new Uint8Array()))
      } catch (error) {
        if (error instanceof ProfileRefused)
          throw new CommandRefused(error.code, error.message, 'MCInstallationErrorDomain')
        throw error
      }
    },
  },
  RemoveProfile: { right: 2, accounts: true, keys: { Identifier: 'text' }, carryOut: remove },
}

async function install(place: Place, profile: Profile): Promise<Outcome> {
  const { device, account } = place
  if (enrolls(profile)) {
    if (account !== undefined) throw new ProfileRefused(4001, 'an account cannot install an enrollment profile')
    return replace(place, readEnrollmentProfile(profile))
  }
  await shelve(device, account, profile, 'commands')
  complyLater(place)
  return {}
}

function remove(place: Place, command: Dict): Outcome {
  const { device, enrollment, account } = place
  const identifier = str(command, 'Identifier') ?? ''
  if (account === undefined && identifier === enrollment.profile.identifier)
    return { afterwards: () => leave(device, enrollment) }
  if (shelfOf(device, account).get(identifier)?.way === 'declarations')
    throw new CommandRefused(12_013, `The profile “${identifier}” is managed by a declaration.`)
  if (unshelve(device, account, identifier)) return {}
  if (device.hardware.family === 'Mac')
    throw new CommandRefused(89, `The profile “${identifier}” is not installed.`, 'MDMClientError')
  throw new CommandRefused(12_013, `The profile “${identifier}” is not managed.`)
}

/** The device's answer is through; now it is managed no more. */
async function leave(device: AppleDevice, enrollment: Enrollment): Promise<void> {
  if (device.enrollment !== enrollment) return
  if (enrollment.profile.mdm.checkOutWhenRemoved) await sendCheckOut(device, enrollment)
  forgetEnrollment(device)
}

/** Apple: what binds the device to the server must not change, rights may only shrink; a new identity is fetched. */
async function replace(place: Place, next: EnrollmentProfile): Promise<Outcome> {
  const { device, enrollment } = place
  refuseChanges(enrollment.profile, next)
  const identity = await renewIdentity(device, next)
  const change = (): void => {
    enrollment.identity = identity
    enrollment.profile = next
    enrollment.confirmed = false
  }
  if (device.options.renewalOrder === 'ack-first')
    return {
      afterwards: async () => {
        if (device.enrollment !== enrollment) return
        change()
        await announce(device, enrollment).catch(error => noteTrouble(device.ledger, `renewal: ${String(error)}`))
      },
    }
  const { identity: oldIdentity, profile: oldProfile } = enrollment
  change()
  try {
    await announce(device, enrollment)
  } catch (error) {
    if (!(error instanceof CheckinRefused)) throw error
    enrollment.identity = oldIdentity
    enrollment.profile = oldProfile
    enrollment.confirmed = true
    throw new ProfileRefused(4001, `the server refused the new identity: ${error.message}`, error)
  }
  return {}
}

async function announce(device: AppleDevice, enrollment: Enrollment): Promise<void> {
  if (device.options.authenticateOnRenewal === true) await authenticate(device, enrollment)
  await updateToken(device, enrollment)
}

async function renewIdentity(device: AppleDevice, next: EnrollmentProfile): ReturnType<typeof requestIdentity> {
  try {
    return await requestIdentity(device, next)
  } catch (error) {
    if (error instanceof ScepRefused || error instanceof Unreachable)
      throw new ProfileRefused(4001, `the identity could not be renewed: ${error.message}`, error)
    throw error
  }
}

function refuseChanges(old: EnrollmentProfile, next: EnrollmentProfile): void {
  if (old.identifier !== next.identifier)
    throw new CommandRefused(12_001, 'The device is enrolled with another profile already.')
  for (const key of ['topic', 'serverUrl', 'checkInUrl', 'mode'] as const)
    if (old.mdm[key] !== next.mdm[key]) throw new CommandRefused(12_012, `The new enrollment profile changes ${key}.`)
  if ((next.mdm.accessRights & ~old.mdm.accessRights) !== 0)
    throw new CommandRefused(12_009, 'The new enrollment profile adds access rights.')
  const perUser = 'com.apple.mdm.per-user-connections'
  if (old.mdm.capabilities.includes(perUser) !== next.mdm.capabilities.includes(perUser))
    throw new CommandRefused(12_012, 'The new enrollment profile changes per-user connections.')
}
