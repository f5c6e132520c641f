import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { toPem } from '@muster/wire/x509/pem.ts'
import { setBootstrapToken } from './bootstrap.ts'
import { authenticate, CheckinRefused, listenForWakes, sendCheckOut, updateToken } from './checkin.ts'
import { type AppleDevice, type Enrollment, forgetEnrollment, openChannel, resetDevice, uuid } from './device.ts'
import { Unreachable } from './http.ts'
import { fetchNoted, means } from './line.ts'
import { type EnrollmentProfile, readEnrollmentProfile, readProfile } from './profile.ts'
import { requestIdentity } from './identity.ts'
import { type Identity, ScepRefused } from './scep.ts'
import { connect } from './session.ts'

/** How to enroll. */
export interface EnrollOptions {
  /** Where the .mobileconfig is; http and https. */
  profileUrl: string
  /** How often each step is tried when the server cannot be reached or answers 5xx; 1 when absent. */
  attempts?: number
  /** Pause between the attempts. */
  pauseMs?: number
  /** Accepts a profile without signature. */
  unsigned?: boolean
  /** Uses this identity instead of asking the issuer: for cloned and foreign identities. */
  identity?: Identity
}

/** Enrollment stopped; `step` says where, as the invitation's page counts them. */
export class EnrollmentFailed extends Error {
  override readonly name = 'EnrollmentFailed'
  readonly step: 'profile' | 'certificate' | 'authenticate' | 'token-update'
  /** HTTP status when the server answered. */
  readonly status: number | undefined

  constructor(step: EnrollmentFailed['step'], cause: unknown) {
    super(`enrollment failed at ${step}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.step = step
    this.status = cause instanceof CheckinRefused ? cause.status : undefined
  }
}

/**
 * Enrolls the device: profile, identity, Authenticate, TokenUpdate. A device that is enrolled already forgets that
 * without a CheckOut, as after a restore. Afterwards it waits for pushes.
 */
export async function enroll(device: AppleDevice, options: EnrollOptions): Promise<Enrollment> {
  forgetEnrollment(device)
  const file = await step('profile', options, () => download(device, options.profileUrl))
  return installEnrollment(device, file, options)
}

/** Enrolls with a .mobileconfig already at hand, as from a mail or a cable. */
export async function installEnrollment(
  device: AppleDevice,
  file: Uint8Array,
  options: Omit<EnrollOptions, 'profileUrl'> & { profileUrl?: string },
): Promise<Enrollment> {
  const profile = await step('profile', options, async () => {
    const read = readEnrollmentProfile(readProfile(file))
    if (read.signer === undefined && options.unsigned !== true) throw new Error('the profile is not signed')
    return read
  })
  const identity = options.identity ?? (await step('certificate', options, () => requestIdentity(device, profile)))
  const enrollment = begin(device, { profile, identity, source: options.profileUrl ?? '' })
  try {
    await step('authenticate', options, () => authenticate(device, enrollment))
    await step('token-update', options, () => updateToken(device, enrollment))
  } catch (error) {
    // Apple: when a check-in fails during installation the profile is not installed at all.
    if (device.enrollment === enrollment) forgetEnrollment(device)
    throw error
  }
  await setBootstrapToken(device)
  return enrollment
}

/** Gives the device a new push address, as after a restore or an update of the system, and tells the server. */
export async function changeToken(device: AppleDevice): Promise<void> {
  const { enrollment } = device
  if (enrollment === undefined) throw new Error('the device is not enrolled')
  const { token, magic } = openChannel()
  Object.assign(enrollment, { token, magic, confirmed: false })
  listenForWakes(device, enrollment, {
    topic: enrollment.profile.mdm.topic,
    account: undefined,
    call: () => void connect(device),
  })
  await updateToken(device, enrollment)
}

/** Removes the enrollment profile; tells the server once if it asked to be told. */
export async function unenroll(device: AppleDevice): Promise<void> {
  const { enrollment } = device
  if (enrollment === undefined) return
  if (enrollment.profile.mdm.checkOutWhenRemoved) await sendCheckOut(device, enrollment)
  forgetEnrollment(device)
}

/** Erases the device by hand: nothing is said to the server, and everything but the hardware is forgotten. */
export function eraseByHand(device: AppleDevice): void {
  resetDevice(device)
}

/** PEM of the certificate the device shows at present; undefined when it is not enrolled. */
export function identityPem(device: AppleDevice): string | undefined {
  const { enrollment } = device
  return enrollment === undefined ? undefined : toPem('CERTIFICATE', enrollment.identity.certificate)
}

function begin(
  device: AppleDevice,
  { profile, identity, source }: { profile: EnrollmentProfile; identity: Identity; source: string },
): Enrollment {
  const { family } = device.hardware
  const enrollment: Enrollment = {
    ...openChannel(),
    profile,
    source,
    identity,
    enrollmentId: profile.mdm.mode === 'BYOD' ? uuid() : undefined,
    // Only systems with a passcode that can be cleared have something to unlock.
    unlockToken: family === 'iPhone' || family === 'iPad' ? randomBytes(1540) : undefined,
    accounts: new Map(),
  }
  device.enrollment = enrollment
  device.interior.awaitingConfiguration = device.options.awaitingConfiguration ?? false
  listenForWakes(device, enrollment, {
    topic: profile.mdm.topic,
    account: undefined,
    call: () => void connect(device),
  })
  return enrollment
}

async function download(device: AppleDevice, url: string): Promise<Uint8Array> {
  const { careless } = device.options
  const reply = await fetchNoted(device, 'profile', {
    ...means(device),
    url,
    method: 'GET',
    ...(careless === true ? { careless } : {}),
  })
  if (reply.status !== 200) throw new CheckinRefused('the profile', reply.status)
  return reply.body
}

async function step<T>(
  name: EnrollmentFailed['step'],
  { attempts = 1, pauseMs = 250 }: Pick<EnrollOptions, 'attempts' | 'pauseMs'>,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= attempts || !transient(error)) throw new EnrollmentFailed(name, error)
      await sleep(pauseMs * attempt)
    }
  }
}

function transient(error: unknown): boolean {
  if (error instanceof CheckinRefused) return error.status >= 500 || error.status === 429
  return error instanceof Unreachable || (error instanceof ScepRefused && /with 5\d\d$|with 429$/.test(error.message))
}
