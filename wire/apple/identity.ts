import { Malformed } from '../malformed.ts'
import { type Dict, str } from '../plist/plist.ts'

/** What speaks on the channel: a device, or one account of it. */
export type Speaker = 'device' | 'account'

/** Who a message says it is from. Nothing here is proved; the certificate does that. */
export interface Identity {
  /** The whole channel: the device's key, and for an account its own behind a colon. */
  readonly key: string
  /** The device's part of the key. */
  readonly device: string
  readonly speaker: Speaker
  /** How the device is managed: by hardware id, or only for work data (User Enrollment). */
  readonly by: 'udid' | 'enrollment-id'
  readonly udid?: string
  readonly enrollmentId?: string
  /** The account's part of the key: absent on the device channel. */
  readonly account?: string
  readonly sharedIpad: boolean
  readonly shortName?: string
  readonly longName?: string
}

/** The UserID that every account of a Shared iPad carries (Apple: TokenUpdate). */
export const sharedIpadUser = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'

const longest = 255

/**
 * Reads who a check-in or a report is from. UDID goes before EnrollmentID; accounts are UDID:UserID, on a Shared iPad UDID:UserShortName,
 * in User Enrollment EnrollmentID:EnrollmentUserID. Hardware ids compare without regard to case.
 */
export function readIdentity(message: Dict): Identity {
  const udid = name(message, 'UDID')
  const enrollmentId = name(message, 'EnrollmentID')
  const shortName = name(message, 'UserShortName')
  const longName = name(message, 'UserLongName')
  const id = udid ?? enrollmentId
  if (id === undefined) throw new Malformed('checkin.identity', 'neither UDID nor EnrollmentID')
  const by = udid === undefined ? 'enrollment-id' : 'udid'
  const userId = name(message, udid === undefined ? 'EnrollmentUserID' : 'UserID')
  // A colon would let one device's key pass for an account of another.
  if (id.includes(':')) throw new Malformed('checkin.identity', 'a colon in the id')
  const device = id.toUpperCase()
  const sharedIpad = by === 'udid' && userId?.toUpperCase() === sharedIpadUser
  if (sharedIpad && shortName === undefined)
    throw new Malformed('checkin.identity', 'a Shared iPad account without name')
  const account = userId === undefined ? undefined : sharedIpad ? shortName : userId.toUpperCase()
  return {
    key: account === undefined ? device : `${device}:${account}`,
    device,
    speaker: account === undefined ? 'device' : 'account',
    by,
    sharedIpad,
    ...(udid === undefined ? {} : { udid }),
    ...(enrollmentId === undefined ? {} : { enrollmentId }),
    ...(account === undefined ? {} : { account }),
    ...(shortName === undefined || account === undefined ? {} : { shortName }),
    ...(longName === undefined || account === undefined ? {} : { longName }),
  }
}

/** The text of an identifying key; empty counts as absent, as devices send `UserLongName` empty on the device channel. */
function name(from: Dict, key: string): string | undefined {
  const value = str(from, key)?.trim()
  if (value === undefined || value === '') return undefined
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
  if (value.length > longest || /[\u0000-\u001f\u007f]/.test(value)) throw new Malformed('checkin.identity', key)
  return value
}
