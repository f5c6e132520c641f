/*
 * The shapes the console reads from the public API (`/api/v1`), named by the vocabulary.
 * They hold only what a screen uses; the whole contract is api/openapi.json.
 */

import type { Breaks } from './contract/custody.ts'
import type { DeviceState, FormFactor, Ownership, Platform, Tone } from './contract/devices.ts'

export type * from './contract/devices.ts'

/** A page of a list: `next` is the cursor of the following page, `total` is null when counting would cost too much. */
export interface Page<T> {
  items: T[]
  next: string | null
  total: number | null
}

/** A unit as it is named beside something that belongs to it. */
export interface UnitRef {
  id: string
  name: string
  path: string
}

/** A node of the org's tree with what hangs on it. */
export interface Unit extends UnitRef {
  parent: string | null
  devices: number
  users: number
}

/** Who did something. */
export interface Actor {
  kind: 'admin' | 'key' | 'device' | 'system' | 'user'
  id: string | null
  name: string | null
}

export type Locale = 'en' | 'fr' | 'sv' | 'ja'
export type Scheme = 'light' | 'dark' | 'system'

/** The signed-in admin, their org and what they may do. */
export interface Session {
  admin: {
    id: string
    name: string
    email: string
    locale: Locale
    theme: Scheme
    contrast: 'normal' | 'more' | null
    totp: boolean
    passkeys: number
    zone: string | null
  }
  org: { id: string; name: string }
  units: UnitRef[]
  permissions: string[]
  version: string
}

/** A credential this server holds, who answers for it and what breaks when it lapses. */
export interface Certificate {
  id: string
  purpose: string
  subject: string
  issuer: string
  serial: string
  notBefore: number
  notAfter: number
  state: 'valid' | 'expiring' | 'expired'
  owner: string | null
  account: string | null
  contact: string | null
  breaks: { code: string; devices: number } | null
  renewable: 'itself' | 'upload' | 'none'
  chain: { subject: string; issuer?: string; notAfter?: number }[]
  topic?: string | null
}

/** The Apple push connection. */
export interface ApplePush {
  state: 'missing' | 'ready' | 'expired'
  topic: string | null
  notAfter: number | null
  account: string | null
  environment: string | null
}

/** A line of the one append-only log. */
export interface LogEvent {
  id: string
  seq: number
  at: number
  type: string
  actor: Actor
  about: { kind: string; id: string; name: string | null } | null
  data: Record<string, unknown> | null
}

/** Whether the log is whole. */
export interface Integrity {
  sealed: number
  head: { seq: number; hash: string; signature: string; at: number } | null
  unsealed: number
  verified: boolean
  brokenAt: number | null
}

/** Something a person should decide. */
export interface Decision {
  code: string
  tone: Tone
  since: number | null
  facts: Record<string, unknown>
  link: string | null
  due: number | null
}

export type StateCounts = Record<DeviceState, number>

/** The answer of Home. */
export interface HomeAnswer {
  at: number
  decisions: Decision[]
  fleet: {
    at: number
    states: StateCounts
    byPlatform: (StateCounts & { platform: Platform; formFactor: FormFactor; total: number })[]
    byUnit: (StateCounts & { unit: UnitRef; total: number })[]
  }
  expiry: {
    id: string
    purpose: string
    subject: string
    notAfter: number
    refused: boolean
    breaks: Breaks | null
  }[]
  push: { histogram: { upToMs: number | null; count: number }[]; p50Ms: number | null; p95Ms: number | null }
}

/** A right to enroll. */
export interface Invitation {
  id: string
  platform: string
  name: string | null
  unit: UnitRef
  user: { id: string; displayName: string } | null
  ownership: Ownership
  uses: number | null
  used: number
  createdAt: number
  openedAt: number | null
  expiresAt: number
  revokedAt: number | null
  enrollments?: InvitationProgress[]
}

/** The answer to making an invitation: its link and code, told only once. */
export interface InvitationLink {
  id: string
  url: string
  profileUrl: string
  qrSvg: string
  expiresAt: number
  /** How Android devices are held by it, as it was asked for where it was made. */
  mode?: 'fully-managed' | 'dedicated' | 'company-profile' | 'work-profile'
}

/** How far one device that uses an invitation has come. */
export interface InvitationProgress {
  id: string
  device: { id: string; name: string } | null
  steps: { step: string; at: number | null; cause?: string | null }[]
}

/** Someone who uses devices. */
export interface User {
  id: string
  displayName: string
  familyName: string | null
  givenName: string | null
  email: string | null
  language: string | null
  unit: UnitRef
  devices: number
  employeeNumber: string | null
}

export type Role = 'owner' | 'admin' | 'help-desk' | 'operator' | 'auditor' | 'read-only'

/** Someone who signs in to this console. */
export interface Admin {
  id: string
  name: string
  email: string
  state: 'invited' | 'active' | 'disabled'
  totp: boolean
  passkeys: number
  lastSignInAt: number | null
  grants: { id: string; role: Role; unit: UnitRef }[]
}

/** A set of permissions that can be granted on a unit. */
export interface RoleRow {
  id: Role
  permissions: string[]
  admins: number
}

/** A key for the API; its secret was shown once. */
export interface ApiKey {
  id: string
  name: string
  role: Role
  unit: UnitRef
  createdAt: number
  createdBy: Actor | null
  expiresAt: number | null
  lastUsedAt: number | null
  prefix: string
  /** Refused since then, until someone lets it go on. */
  suspendedAt: number | null
  /** The intent that decides whether it ever opens anything. */
  waitsFor: string | null
}

/** One of my sign-ins. */
export interface MySession {
  id: string
  current: boolean
  createdAt: number
  lastSeenAt: number
  address: string | null
  agent: string | null
}

/** A saved view of the device list. */
export interface SavedView {
  id: string
  name: string
  filter: string
  sort: string | null
  columns: string[] | null
  shared: boolean
  count: number | null
}

/** What search found, at most five of each. */
export interface SearchAnswer {
  devices: { id: string; name: string; serial?: string | null; formFactor?: FormFactor; unit?: UnitRef }[]
  users: { id: string; displayName: string; email?: string | null }[]
  commands: { id: string; kind: string; device?: { id: string; name: string } }[]
  units: UnitRef[]
  policies: { id: string; name: string; kind: string }[]
  rules: { id: string; name: string; kind: string }[]
  blueprints: { id: string; name: string }[]
  groups: { id: string; name: string }[]
  tags: string[]
}
