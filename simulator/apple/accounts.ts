import { nothingDeclared } from './declarations/declared.ts'
import { createHash, randomBytes } from 'node:crypto'
import { decode, dict, str } from '@muster/wire/plist/plist.ts'
import { CheckinRefused, checkIn, listenForWakes, sendCheckOut, updateToken } from './checkin.ts'
import { type Account, type AppleDevice, type Enrollment, openChannel, uuid } from './device.ts'
import type { Reply } from './http.ts'
import { connect } from './session.ts'

/** Who signs in. */
export interface AccountWish {
  shortName?: string
  longName?: string
  userId?: string
  /** A network or mobile account, which introduces itself with UserAuthenticate; only on Macs. */
  network?: boolean
  password?: string
}

/** Apple's fixed UserID for every user of a Shared iPad; the short name tells them apart. */
export const sharedIpadUserId = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'

/**
 * Signs a person in on an enrolled Mac or Shared iPad and opens the user channel. Returns undefined when the server
 * never offered user channels in the profile, or declines to manage this person (410).
 */
export async function signIn(device: AppleDevice, wish: AccountWish = {}): Promise<Account | undefined> {
  const { enrollment, hardware, owner } = device
  if (enrollment === undefined) throw new Error('the device is not enrolled')
  if (!enrollment.profile.mdm.capabilities.includes('com.apple.mdm.per-user-connections')) return undefined
  const shared = hardware.family === 'iPad'
  const shortName = wish.shortName ?? (shared ? `${owner.shortName}@appleid.example.com` : owner.shortName)
  const account: Account = {
    ...openChannel(),
    userId: wish.userId ?? (shared ? sharedIpadUserId : uuid()),
    shortName,
    longName: wish.longName ?? owner.fullName,
    network: wish.network ?? false,
    password: wish.password ?? randomBytes(9).toString('base64url'),
    authToken: undefined,
    profiles: new Map(),
    declared: nothingDeclared(),
  }
  if (account.network && !shared && !(await introduce(device, enrollment, account))) return undefined
  const { topic } = enrollment.profile.mdm
  listenForWakes(device, account, { topic, account: shortName, call: () => void connect(device, account) })
  try {
    await updateToken(device, enrollment, account)
  } catch (error) {
    account.registration?.remove()
    throw error
  }
  enrollment.accounts.set(shortName, account)
  if (shared) moveIn(device, shortName)
  return account
}

/** Whoever signs in to a shared iPad is the one who is signed in; when all places are taken somebody whose data is in the cloud makes room. */
function moveIn({ interior }: AppleDevice, name: string): void {
  const { residents, settings } = interior
  for (const one of residents.values()) one.signedIn = false
  const known = residents.get(name)
  if (known) {
    known.signedIn = true
    return
  }
  const configured = settings.get('SharedDeviceConfiguration')
  const most = configured === undefined ? undefined : dict(configured).ResidentUsers
  if (typeof most === 'number' && residents.size >= most) {
    const [leaves] = [...residents].find(([, one]) => !one.unsynced) ?? []
    if (leaves === undefined) throw new Error('no place is left on this iPad')
    residents.delete(leaves)
  }
  residents.set(name, { signedIn: true, unsynced: false, usedMb: 120 })
}

/** Removes the account from the device; the server is told once. */
export async function removeAccount(device: AppleDevice, account: Account): Promise<void> {
  const { enrollment } = device
  if (enrollment === undefined) return
  await sendCheckOut(device, enrollment, account)
  account.registration?.remove()
  enrollment.accounts.delete(account.shortName)
}

/** UserAuthenticate in one or two steps; false when the server answers 410. */
async function introduce(device: AppleDevice, enrollment: Enrollment, account: Account): Promise<boolean> {
  try {
    const first = await checkIn(device, enrollment, { MessageType: 'UserAuthenticate' }, account)
    const challenge = read(first, 'DigestChallenge')
    // An empty challenge lets the person in without a second step.
    if (challenge === undefined || challenge === '') return true
    const second = await checkIn(
      device,
      enrollment,
      { MessageType: 'UserAuthenticate', DigestResponse: digestResponse(challenge, account) },
      account,
    )
    account.authToken = read(second, 'AuthToken')
    return true
  } catch (error) {
    if (error instanceof CheckinRefused && error.status === 410) return false
    throw error
  }
}

function read(reply: Reply, key: string): string | undefined {
  return reply.body.length === 0 ? undefined : str(dict(decode(reply.body)), key)
}

/** Answers an HTTP digest challenge (RFC 2617); Apple leaves method and URI open, this device says PUT and /. */
export function digestResponse(challenge: string, account: { shortName: string; password: string }): string {
  const field = (name: string): string => new RegExp(`\\b${name}="?([^",]*)"?`, 'i').exec(challenge)?.[1] ?? ''
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
  const realm = field('realm')
  const nonce = field('nonce')
  const secret = md5(`${account.shortName}:${realm}:${account.password}`)
  const place = md5('PUT:/')
  const parts = { username: account.shortName, realm, nonce, uri: '/' }
  const quote = (pairs: Record<string, string>): string =>
    Object.entries(pairs)
      .map(([name, value]) => `${name}="${value}"`)
      .join(', ')
  if (field('qop') === '') return `Digest ${quote({ ...parts, response: md5(`${secret}:${nonce}:${place}`) })}`
  const cnonce = randomBytes(8).toString('hex')
  const response = md5(`${secret}:${nonce}:00000001:${cnonce}:auth:${place}`)
  return `Digest ${quote({ ...parts, cnonce, response })}, nc=00000001, qop=auth`
}
