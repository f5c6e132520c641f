import type { AppleChoices, SetupBody, SetupShared, WifiWish } from '../../contract/roster.ts'

/** What somebody has chosen so far. `wifi` absent leaves the network, null takes it away. */
export interface AppleDraft extends Omit<AppleChoices, 'wifi' | 'network'> {
  wifi?: WifiWish | null | undefined
}

/** What a setup decides where nobody decided. */
export const usualChoices: AppleChoices = {
  primary: 'usual',
  prefill: false,
  lockNames: false,
  admin: null,
  shared: null,
  wifi: false,
  network: null,
}

/** How an iPad is shared as it comes. */
export const plainShared: SetupShared = {
  users: null,
  quotaMb: null,
  guestsOnly: false,
  signOutMinutes: null,
  guestMinutes: null,
  domains: [],
  offlineDays: null,
}

/** Choices as the beginning of a draft: the network stays what it is. */
export function draftOf({ wifi: _, network: __, ...choices }: AppleChoices): AppleDraft {
  return choices
}

/** What is sent: how an iPad is shared is nothing to a setup that is not for sharing. */
export function sentOf(draft: AppleDraft, body: SetupBody): AppleDraft {
  return {
    ...draft,
    lockNames: draft.prefill && draft.lockNames,
    shared: body.sharedDevice ? draft.shared : null,
  }
}

/** A field that cannot stay as it is. */
export type AppleFault =
  | 'account'
  | 'shortName'
  | 'fullName'
  | 'users'
  | 'quotaMb'
  | 'signOutMinutes'
  | 'guestMinutes'
  | 'domains'
  | 'offlineDays'
  | 'network'
  | 'password'
  | 'file'

const domain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/
const beyond = (n: number | null, least: number, most: number): boolean => n !== null && (n < least || n > most)

/** What is wrong with a draft, before the server is asked. */
export function faultsOf(draft: AppleDraft, body: SetupBody): ReadonlySet<AppleFault> {
  const { admin, primary, wifi } = draft
  const shared = body.sharedDevice ? draft.shared : null
  const all: [AppleFault, boolean][] = [
    ['account', primary === 'none' && admin === null],
    ['shortName', admin !== null && !/^[a-z_][a-z0-9_-]{0,30}$/.test(admin.shortName)],
    ['fullName', admin !== null && admin.fullName.trim() === ''],
    ['file', wifi === ''],
    ['network', typeof wifi === 'object' && wifi !== null && !fitsNetwork(wifi.network)],
    ['password', typeof wifi === 'object' && wifi !== null && wifi.password !== null && !fitsPassword(wifi.password)],
    ...(shared === null
      ? []
      : ([
          ['users', beyond(shared.users, 1, 99)],
          ['quotaMb', beyond(shared.quotaMb, 1024, 1_048_576)],
          ['signOutMinutes', beyond(shared.signOutMinutes, 0, 1440)],
          ['guestMinutes', beyond(shared.guestMinutes, 0, 1440)],
          ['domains', shared.domains.length > 3 || shared.domains.some(one => !domain.test(one))],
          ['offlineDays', beyond(shared.offlineDays, 0, 365)],
        ] satisfies [AppleFault, boolean][])),
  ]
  return new Set(all.flatMap(([fault, is]) => (is ? [fault] : [])))
}

/** A network's name is at most 32 bytes long (IEEE 802.11). */
const fitsNetwork = (name: string): boolean => name !== '' && new TextEncoder().encode(name).length <= 32
const fitsPassword = (password: string): boolean => password.length >= 8 && password.length <= 63
