/* What the API says about acts in a vendor's portal, and about demanded secrets. */

/** What can be done in the portal. */
export type PortalWhat = 'assign' | 'unassign' | 'assign-by' | 'change-deadline' | 'cancel-migration' | 'release'

/** How far an act, or one device of it, is. */
export type PortalState = 'held' | 'wanted' | 'asked' | 'done' | 'failed' | 'declined'

interface Named {
  id: string
  name: string
}

/** A device that the portal holds. */
export interface PortalDevice {
  serial: string
  model: string | null
  family: string | null
  server: Named | null
  migration: string | null
  deadline: number | null
  seenAt: number
}

/** Something that was ordered in the portal. */
export interface PortalAct {
  id: string
  what: PortalWhat
  server: string | null
  deadline: number | null
  state: PortalState
  answer: string | null
  nextAt: number | null
  createdAt: number
  endedAt: number | null
  reason: string | null
  by: { kind: string; id: string | null; name: string | null }
  devices: Record<PortalState | 'all', number>
}

/** One device of an act. */
export interface PortalLine {
  serial: string
  act: string
  what: PortalWhat
  server: Named | null
  deadline: number | null
  state: PortalState
  intent: string | null
  why: string | null
  answer: string | null
  createdAt: number
  endedAt: number | null
}

/** What a unit demands of the secrets of its devices. */
export interface EscrowRule {
  kinds: Record<string, { demand: boolean; everyDays: number | null }>
  afterViewMinutes: number
}

/** Every rule, and what can be demanded. */
export interface EscrowRules {
  items: { unit: { id: string; name: string; path: string }; rule: EscrowRule; changedAt: number }[]
  usual: EscrowRule
  kinds: { kind: string; platforms: string[]; always: boolean }[]
}

/** How a demanded secret stands. */
export type CoverState = 'kept' | 'waiting' | 'missing'

/** On how many devices secrets are kept. */
export interface EscrowCoverage {
  kinds: ({ kind: string } & Record<CoverState, number>)[]
  rules: { unit: string; devices: number }[]
}

/** A device of which a secret stands so. */
export interface CoveredDevice {
  id: string
  name: string
  serial: string | null
  osVersion: string | null
  unit: { id: string; name: string; path: string }
  lastSeenAt: number | null
  problem: string | null
  askedAt: number | null
}

/** Whether Apple was asked to lift an Activation Lock. */
export interface LockLifting {
  state: 'none' | 'asked' | 'lifted' | 'refused' | 'silent'
  answer: string | null
  at: number | null
  reason: string | null
  by: { id: string; name: string | null } | null
}

/** Whether a device that is erased comes back by itself. */
export interface ComingBack {
  against: string | null
  setup: Named | null
  network: boolean
  networks: Named[]
}
