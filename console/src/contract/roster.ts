/* What the API says about programs, promised devices and setups. */

/** How a program stands with its vendor. */
export type ProgramState = 'new' | 'good' | 'terms' | 'refused' | 'expired' | 'throttled' | 'silent' | 'elsewhere'

/** What is wrong, by code, with the vendor's own words. */
export interface Trouble {
  code: string
  text?: string
}

interface Named {
  id: string
  name: string
}

/** An account at a vendor. */
export interface Program {
  id: string
  platform: string
  kind: 'devices' | 'content' | 'portal'
  name: string
  state: ProgramState
  stateAt: number
  problem: Trouble | null
  account: string | null
  orgName: string | null
  expiresAt: number | null
  syncedAt: number | null
  facts: { serverName?: string | null; refusedSetups?: { setup: string; text: string | null }[] }
  setup: Named | null
  unit: { id: string; name: string; path: string }
  counts: { promised: number; enrolled: number; gone: number; waiting: number; failed: number }
}

/** How far a setup is with the vendor. */
export type Assigned = 'none' | 'wanted' | 'assigned' | 'delivered' | 'removed' | 'failed'

/** A promised device. */
export interface Entry {
  id: string
  program: Named
  serial: string
  model: string | null
  family: string | null
  state: 'promised' | 'enrolled' | 'gone'
  device: string | null
  setup: Named | null
  assigned: Assigned
  problem: Trouble | null
  nextAt: number | null
  unit: { id: string; name: string; path: string }
  user: { id: string; displayName: string } | null
  migrationDeadline: number | null
}

/** Every choice of a setup. */
export interface SetupBody {
  supervised: boolean
  mandatory: boolean
  removable: boolean
  awaits: boolean
  awaitMinutes: number
  autoAdvance: boolean
  language: string | null
  region: string | null
  sharedDevice: boolean
  returnToService: boolean
  pairing: boolean
  freshFromBackup: boolean
  minimumOs: { version: string; mode: 'always' | 'when-possible' } | null
  signIn: 'none' | 'web'
  skip: string[]
  support: { phone: string; email: string; department: string }
}

/** How promised devices are received. */
export interface Setup {
  id: string
  name: string
  unit: { id: string; name: string; path: string }
  changedAt: number
  devices: number
  programs: number
  body: SetupBody
}

/** The administrator that a Mac gets in its assistant. */
export interface SetupAdmin {
  shortName: string
  fullName: string
  hidden: boolean
}

/** How an iPad is shared. */
export interface SetupShared {
  users: number | null
  quotaMb: number | null
  guestsOnly: boolean
  signOutMinutes: number | null
  guestMinutes: number | null
  domains: string[]
  offlineDays: number | null
}

/** What a setup decides that only Apple devices have. */
export interface AppleChoices {
  primary: 'usual' | 'standard' | 'none'
  prefill: boolean
  lockNames: boolean
  admin: SetupAdmin | null
  shared: SetupShared | null
  /** Whether there is a network by which erased devices come back; its password is never told. */
  wifi: boolean
  network: string | null
}

/** A network as it is given: a name and a password, or a profile in base64. */
export type WifiWish = string | { network: string; password: string | null; hidden: boolean }

/** A change of every promised device that a filter matches, as far as it has come. */
export interface RosterBulk {
  id: string
  filter: string
  state: 'running' | 'done' | 'failed'
  problem: string | null
  devices: number
  changed: number
}
