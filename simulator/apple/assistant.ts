import { type AppleDevice, type Enrollment, resetDevice } from './device.ts'
import type { BirthAuthority } from './birth.ts'
import { CheckinRefused, checkIn } from './checkin.ts'
import { EnrollmentFailed, type EnrollOptions, installEnrollment } from './enroll.ts'
import { fillIn, type Person } from './form.ts'
import type { Reply } from './http.ts'
import { fetchNoted, means } from './line.ts'
import { type MachineWish, signedMachine } from './machine.ts'

/** What Apple's enrollment service tells a device that was promised to an organization, in its words. */
export interface PromisedProfile {
  url: string
  configuration_web_url?: string | undefined
  is_supervised?: boolean | undefined
  await_device_configured?: boolean | undefined
  is_mandatory?: boolean | undefined
  is_multi_user?: boolean | undefined
  auto_advance_setup?: boolean | undefined
  language?: string | undefined
  region?: string | undefined
  skip_setup_items?: readonly string[] | undefined
}

/** How a device goes through its assistant. */
export interface BootOptions extends Omit<EnrollOptions, 'profileUrl'> {
  /** What the enrollment service says of its serial; null: it belongs to nobody. */
  promised: PromisedProfile | null
  /** Who vouches for the device. */
  authority: BirthAuthority
  /** What it says of itself beside the truth. */
  wish?: MachineWish
  /** Who sits before it when it asks to sign in. */
  person?: Person
}

/**
 * Starts a device that is new or was erased: it asks who it belongs to, fetches its profile, has somebody sign in or updates first where it is told to,
 * enrolls, and then waits in Setup Assistant where its profile says so. Answers null for a device that belongs to nobody.
 */
export async function boot(device: AppleDevice, options: BootOptions): Promise<Enrollment | null> {
  const { promised } = options
  if (promised === null) return null
  device.interior.supervised = promised.is_supervised ?? false
  device.options.awaitingConfiguration = promised.await_device_configured ?? false
  device.startAgain = () => boot(device, options)
  device.interior.multiUser = promised.is_multi_user === true && device.hardware.family === 'iPad'
  device.interior.assistant = {
    by: goesAlone(device, promised) ? 'itself' : 'person',
    skipped: goesAlone(device, promised) ? 'all' : (promised.skip_setup_items ?? []),
    language: promised.language,
    region: promised.region,
  }
  const file =
    promised.configuration_web_url === undefined
      ? await fetchPromised(device, promised.url, options)
      : await fetchByPage(device, promised.configuration_web_url, options)
  return installEnrollment(device, file, { ...options, profileUrl: promised.url })
}

/**
 * Whether it goes through its assistant without anybody (Apple: Profile, auto_advance_setup): only an Apple TV and a Mac do, only with a cable, because
 * nobody is there to choose a network, and only in a language and region that they are told.
 */
function goesAlone({ hardware, options }: AppleDevice, promised: PromisedProfile): boolean {
  const can = hardware.family === 'AppleTV' || hardware.family === 'Mac'
  const told = promised.language !== undefined && promised.region !== undefined
  return promised.auto_advance_setup === true && can && options.ethernet === true && told
}

/** Erases the device by hand, so that it can be started anew. */
export function factoryReset(device: AppleDevice): void {
  resetDevice(device)
}

/** The device restarts while it waits in its assistant: it says its address again, with or without saying that it waits. */
export async function restartInSetup(device: AppleDevice, saysSo: boolean): Promise<void> {
  const { enrollment } = device
  if (enrollment === undefined) throw new Error('the device is not enrolled')
  device.interior.restarts += 1
  await checkIn(device, enrollment, {
    MessageType: 'TokenUpdate',
    Topic: enrollment.profile.mdm.topic,
    Token: enrollment.token,
    PushMagic: enrollment.magic,
    ...(saysSo && device.interior.awaitingConfiguration ? { AwaitingConfiguration: true } : {}),
  })
}

const mostUpdates = 2

/** Posts what the device says of itself; one that is told to update first does so and asks again. */
async function fetchPromised(device: AppleDevice, url: string, options: BootOptions): Promise<Uint8Array> {
  for (let updates = 0; ; updates += 1) {
    const reply = await post(device, url, await signedMachine(device, options))
    if (reply.status === 200) return reply.body
    if (updates === mostUpdates || !canUpdate(options) || !updated(device, reply)) throw refused(reply)
  }
}

async function fetchByPage(device: AppleDevice, url: string, options: BootOptions): Promise<Uint8Array> {
  const { person } = options
  const header = Buffer.from(await signedMachine(device, options)).toString('base64')
  const first = await get(device, url, { 'x-apple-aspen-deviceinfo': header })
  if (canUpdate(options) && updated(device, first)) return fetchByPage(device, url, options)
  if (first.status !== 200 || person === undefined) throw refused(first)
  const last = await fillIn(device, { url, page: first }, person)
  if (!String(last.headers['content-type']).startsWith('application/x-apple-aspen-config')) throw refused(last)
  return last.body
}

const canUpdate = ({ wish }: BootOptions): boolean => wish?.canUpdate !== false

/** Whether the answer made the device update its system. */
function updated(device: AppleDevice, reply: Reply): boolean {
  if (reply.status !== 403 || !/json/.test(String(reply.headers['content-type']))) return false
  const said = JSON.parse(Buffer.from(reply.body).toString('utf8')) as {
    code?: string
    details?: { OSVersion?: string }
  }
  const version = said.details?.OSVersion
  if (said.code !== 'com.apple.softwareupdate.required' || version === undefined) return false
  device.interior.system = { version, build: '24Z1', extra: undefined }
  device.interior.restarts += 1
  return true
}

/** Sends signed bytes as a device does before it is enrolled. */
export function post(
  device: AppleDevice,
  url: string,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return fetchNoted(device, 'profile', {
    ...means(device),
    ...careless(device),
    url,
    method: 'POST',
    headers: { 'content-type': 'application/pkcs7-signature', ...headers },
    body,
  })
}

/** Opens an address as a device does before it is enrolled. */
export function get(device: AppleDevice, url: string, headers: Record<string, string> = {}): Promise<Reply> {
  return fetchNoted(device, 'profile', { ...means(device), ...careless(device), url, method: 'GET', headers })
}

/** Why no profile came. */
export function refused(reply: Reply): EnrollmentFailed {
  return new EnrollmentFailed('profile', new CheckinRefused('the profile', reply.status))
}

const careless = ({ options }: AppleDevice): { careless?: true } =>
  options.careless === true ? { careless: true } : {}
