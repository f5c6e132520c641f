/* What the API says about devices and commands. */
import type { DataType } from './privacy.ts'
import type { Actor, UnitRef } from '../contract.ts'

export type Platform = 'ios' | 'ipados' | 'macos' | 'tvos' | 'android' | 'windows' | 'linux'
export type FormFactor = 'phone' | 'tablet' | 'laptop' | 'desktop' | 'tv'
export type DeviceState = 'enrolling' | 'active' | 'silent' | 'lost' | 'ended'
export type Ownership = 'company' | 'personal' | 'unknown'
export type Tone = 'ok' | 'attention' | 'danger' | 'pending' | 'unknown'

/** One line of the device list. */
export interface DeviceRow {
  id: string
  name: string
  platform: Platform
  formFactor: FormFactor
  model: string | null
  modelName: string | null
  osVersion: string | null
  serial: string | null
  udid: string | null
  imei: string | null
  ownership: Ownership
  supervised: boolean | null
  unit: UnitRef
  user: { id: string; displayName: string } | null
  state: DeviceState
  stateReason: string | null
  enrolledAt: number | null
  lastSeenAt: number | null
  waiting: number
  assetTag: string | null
  tags: string[]
  /** Alerts about it that have not ended; null when there are none. */
  alerts: { count: number; severity: 'caution' | 'warning' | 'critical' } | null
  /** How many things it should have, failed, wait or are not possible on it; null where it is not managed. */
  policy: { items: number; failed: number; waiting: number; unsupported: number } | null
  compliance: { state: string; violating: number; severity: string | null } | null
}

/** One thing a device reported about itself, with when. */
export interface Fact {
  key: string
  value: unknown
  at: number
  group: 'identity' | 'os' | 'storage' | 'battery' | 'network' | 'cellular' | 'security' | 'other'
}

/** One period of management. */
export interface Enrollment {
  id: string
  state: 'pending' | 'active' | 'ended'
  kind: string
  startedAt: number | null
  endedAt: number | null
  endReason: string | null
  certificate: { serial: string; notAfter: number } | null
  accounts: unknown[]
}

/** A command this device can or cannot take now, and the problem code when it cannot. */
export interface DeviceAction {
  kind: string
  label?: string | null
  allowed: boolean
  reason: string | null
  destructive: boolean
}

/** The device page's own answer. */
export interface Device extends DeviceRow {
  sentence: { tone: Tone; code: string; facts: Record<string, unknown> }
  identifiers: { kind: string; value: string; slot?: number | null; current?: boolean; seenAt: number | null }[]
  facts: Fact[]
  /** What of it is read with a purpose only, and what is never collected. */
  gated: DataType[]
  never: DataType[]
  held: { reason: string; at: number } | null
  push: {
    channel: string
    state: 'ready' | 'rejected' | 'dead' | 'none'
    reason: string | null
    lastPushedAt: number | null
    lastContactAt: number | null
    latencyMs: number | null
  } | null
  enrollments: Enrollment[]
  actions: DeviceAction[]
}

/** One entry of a device's timeline. */
export interface TimelineEntry {
  id: string
  at: number
  type: string
  actor: Actor
  data: Record<string, unknown> | null
  command?: { id: string; kind: string; state: CommandState; pushedAt?: number | null } | null
}

export type CommandState = 'held' | 'queued' | 'sent' | 'done' | 'failed' | 'expired' | 'canceled' | 'superseded'
export type StepName =
  | 'held'
  | 'queued'
  | 'pushed'
  | 'fetched'
  | 'not-now'
  | 'acknowledged'
  | 'error'
  | 'expired'
  | 'canceled'

/** One step of a command's way, with its time once it happened. */
export interface CommandStep {
  step: StepName
  at: number | null
  count?: number | null
}

/** A one-off order to an enrollment. */
export interface Command {
  id: string
  device: { id: string; name: string }
  enrollment: string | null
  account: string | null
  kind: string
  args: unknown
  state: CommandState
  notNow: { count: number; lastAt: number } | null
  priority: 'high' | 'normal' | 'low'
  createdAt: number
  pushedAt: number | null
  sentAt: number | null
  answeredAt: number | null
  expiresAt: number | null
  nextAt: number | null
  next: 'push' | 'contact' | 'unlock' | 'retry' | null
  by: Actor
  reason: string | null
  error: { code: number | null; domain: string | null; message: string | null; explained: string | null } | null
  push: { apnsId: string | null; status: number | null; reason: string | null } | null
  steps: CommandStep[]
  endReason?: string | null
  cancelable?: boolean
  /** What it waits in, or left from. */
  intent?: string | null
  result?: unknown
  resultAbsent?: 'withheld' | 'cut' | 'undecodable' | 'gated' | null
}
