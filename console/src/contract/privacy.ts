/* What the API says about the privacy charter and about what is read with a purpose. */
import type { RequestOptions } from '../kit/webauthn.ts'

export const dataTypes = [
  'location',
  'phone-number',
  'apps',
  'managed-apps',
  'network',
  'identifiers',
  'cellular',
  'accounts',
  'certificates',
  'profiles',
  'secrets',
  'contact',
  'hardware',
  'system',
  'security',
  'usage',
] as const
export type DataType = (typeof dataTypes)[number]
export const owned = ['company', 'personal', 'unknown'] as const
export type Owned = (typeof owned)[number]
export const collects = ['never', 'sealed', 'hidden', 'shown'] as const
export type Collect = (typeof collects)[number]
export const commandings = ['allow', 'consent', 'two-persons', 'never'] as const
export type Commanding = (typeof commandings)[number]
export const actions = [
  'wipe',
  'enrollment.end',
  'lock',
  'clear-passcode',
  'lost-mode.enable',
  'location.query',
  'restart',
  'shutdown',
  'raw',
  '*',
] as const
export type Action = (typeof actions)[number]

interface Where {
  ownership: Owned
  mode: string | null
  unit: string | null
}
export type CollectRule = { type: DataType; collect: Collect } & Where
export type CommandRule = { action: Action; commanding: Commanding } & Where

/** What an org has agreed to collect and to order. */
export interface Rules {
  collect: CollectRule[]
  command: CommandRule[]
  retention: Record<DataType, number | null>
  apps: string[]
}

export type Difference = { loosens: boolean } & (
  | ({ of: 'collect'; type: DataType; before: Collect; now: Collect } & Where)
  | ({ of: 'command'; action: Action; before: Commanding; now: Commanding } & Where)
  | { of: 'retention'; type: DataType; before: number | null; now: number | null }
  | { of: 'app' | 'cosigner'; name: string; before: boolean; now: boolean }
)

interface By {
  kind: string
  id: string | null
  name: string | null
}
interface Signature {
  admin: string
  name: string
  passkey: string
  at: number
}

export interface CharterChange {
  id: string
  state: 'open' | 'applied' | 'refused' | 'withdrawn' | 'outdated'
  reason: string | null
  hash: string
  why: string
  at: number
  by: By
  effectiveAt: number | null
  differences: Difference[]
  signers: { id: string; name: string; able: boolean }[]
  signatures: Signature[]
  mine: boolean
}

export interface Charter {
  id: string | null
  version: number
  hash: string
  at: number | null
  rules: Rules
  cosigners: { id: string; name: string; able: boolean }[]
  floors: {
    collect: { type: DataType; ownership: Owned; most: Collect }[]
    command: { action: Action; ownership: Owned }[]
  }
  choices: Record<DataType, Collect[]>
  change: CharterChange | null
}

export interface CharterVersion {
  id: string
  version: number
  hash: string
  why: string
  at: number
  by: By
  signatures: Signature[]
}

export interface Look {
  id: string
  device: { id: string; name: string }
  what: string
  purpose: string
  incident: string | null
  by: { kind: string; id: string; name: string | null }
  at: number
  until: number
}

export interface PrivacyCheck {
  at: number
  results: { id: string; holds: boolean; found: string | null }[]
}

export type CharterSigning = RequestOptions
