/* What the API says about the guard and about what it holds. */
import type { Actor } from '../contract.ts'
import type { RequestOptions } from '../kit/webauthn.ts'

export type Impact = 'read' | 'reversible' | 'disruptive' | 'irreversible'
export type IntentState = 'held' | 'cooling' | 'released' | 'done' | 'denied' | 'canceled' | 'expired'
export type HeldReason =
  | 'actor-hour'
  | 'unit-day'
  | 'org-day'
  | 'org-quarter'
  | 'two-persons'
  | 'proved'
  | 'breaker'
  | 'time'
  | 'frozen'
  | 'restored'
  | 'delay'
  | 'signatures'

interface Share {
  least: number
  percent: number
}

/** How many devices a hand may reach, in what time, before others are asked. */
export interface Limits {
  perPersonHour: number
  perDay: Share
  perUnitDay: Share
  approvedPerHour: Share
  disruptivePerQuarter: Share
  twoApprovers: Share & { most: number }
  coolingFrom: number
  coolingMinutes: number
  heldHours: number
  breakerMinute: number
  breakerTenMinutes: Share
}

/** Whether the reader may lift a stop, and what stands against it. */
interface Lifting {
  lifting: { allowed: boolean; reason: string | null }
}

/** What is stopped, what the limits are and come to here. */
export interface GuardStanding {
  frozen: ({ at: number; by: string | null; reason: string | null } & Lifting) | null
  breaker: ({ at: number; acknowledged: number; minutes: number } & Lifting) | null
  restored: ({ at: number; epoch: number } & Lifting) | null
  time: ({ at: number | null; byMs: number } & Lifting) | null
  limits: Limits
  version: number
  means: {
    fleet: number
    perDay: number
    approvedPerHour: number
    disruptivePerQuarter: number
    twoApproversAbove: number
    breakerTenMinutes: number
    spared: number
  }
  left: { irreversible: number; why: HeldReason; freeInMs: number; disruptive: number }
}

/** Something that did not happen at once. */
export interface Intent {
  id: string
  action: string
  impact: Impact
  state: IntentState
  why: HeldReason
  devices: number
  sent: number
  skipped: number
  gathering: boolean
  batch: string | null
  about: { kind: string; id: string; name: string | null } | null
  summary: Record<string, string | number | boolean | null> | null
  reason: string | null
  by: Actor
  createdAt: number
  effectiveAt: number | null
  expiresAt: number
  releasedAt: number | null
  endedAt: number | null
  endedBy: Actor | null
  endedWhy: string | null
  approvals: number
  needs: number
}

/** The same with what is signed and by whom. */
export interface IntentPageData extends Intent {
  hash: string | null
  approvedBy: { id: string; name: string | null; at: number; passkey: string | null; good: boolean }[]
  signers: { id: string; name: string | null }[] | null
  approvable: { allowed: boolean; reason: string | null }
  coolingMinutes: number
}

/** A device of an intent. */
export interface IntentDevice {
  id: string
  name: string
  state: 'waiting' | 'sent' | 'skipped'
  why: string | null
  at: number | null
}

/** What a passkey is asked to sign. */
export interface SigningOffer {
  options: RequestOptions
  hash: string
  until: number
}

/** What of a batch leaves at once and what waits for whom. */
export interface Leaves {
  now: number
  later: number
  why: HeldReason | null
  approvers: number
  coolingMs: number
  perHour: number
}
