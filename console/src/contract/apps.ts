import type { UnitRef } from '../contract.ts'

/*
 * What the pages of apps read from the API; the whole contract is api/openapi.json.
 */

export type AppKind = 'store' | 'custom' | 'file' | 'web' | 'book'
export type AppPlatform = 'ios' | 'macos' | 'tvos' | 'android'
export type AppPresence = 'required' | 'available' | 'forbidden' | 'removed'
export type AppState =
  | 'wanted'
  | 'license'
  | 'sent'
  | 'downloading'
  | 'installing'
  | 'asking'
  | 'installed'
  | 'updating'
  | 'failed'
  | 'rejected'
  | 'removed'

/** A small picture. */
export interface AppIcon {
  type: string
  data: string
}

/** An app of the catalog as lists show it. */
export interface AppRow {
  id: string
  platform: AppPlatform
  kind: AppKind
  name: string
  publisher: string
  bundle: string | null
  storeId: string | null
  address: string | null
  icon: AppIcon | null
  unit: UnitRef
  needsSeat: boolean
  version: string | null
  counts: { required: number; installed: number; pending: number; failed: number }
}

/** One installable version of an app of one's own. */
export interface Release {
  id: string
  version: string
  shortVersion: string
  minimumOs: string | null
  format: 'ipa' | 'pkg' | 'apk'
  name: string
  size: number
  signer: string | null
  signerName: string | null
  team: string | null
  expiresAt: number | null
  /** Levels: the least it runs on, the one it was made for. */
  minimum: number | null
  target: number | null
  permissions: string[] | null
  scheme: number | null
  rotated: boolean
  debuggable: boolean
  addedAt: number
  withdrawnAt: number | null
  latest: boolean
}

export type FormType = 'text' | 'whole' | 'number' | 'flag' | 'date' | 'data' | 'list' | 'group'

/** One key that an app can be told. */
export interface FormKey {
  key: string
  type: FormType
  title: string | null
  help: string | null
  default: string | number | boolean | null
  /** The only values there are; none: any. */
  options: { value: string | number; title: string }[]
  secret: boolean
  needed?: boolean
  min?: number
  max?: number
  /** What a list is of. */
  item?: Exclude<FormType, 'list'>
  /** The keys of a group, or of each group in a list. */
  keys?: FormKey[]
}

/** What an app can be tied to, and the policy that brings it. */
export interface AppTie {
  key: 'vpn' | 'contentFilter' | 'dnsProxy' | 'relay'
  ref: string
  policy: { id: string; name: string }
}

/** An app with everything known of it. */
export interface AppPageData extends AppRow {
  releases: Release[]
  /** On how many devices it is in another version than the latest. */
  otherVersions: number
  form: FormKey[] | null
  signer: string | null
  look: { state: 'asked' | 'found' | 'unknown' | 'silent'; at: number } | null
  policies: { id: string; name: string }[]
}

/** An app on one device. */
export interface DeviceApp {
  app: string
  name: string
  publisher: string
  kind: AppKind
  icon: AppIcon | null
  presence: AppPresence | ''
  state: AppState
  version: string | null
  reason: { code: string } | null
  since: number
  heardAt: number | null
  askable: boolean
}

/** A device on which an app is somewhere. */
export interface AppDevice {
  id: string
  name: string
  serial: string | null
  presence: string
  state: AppState
  version: string | null
  code: string | null
  since: number
  heardAt: number | null
}

/** A file on its way in. */
export interface Upload {
  id: string
  app: string | null
  received: number
  size: number
  partBytes: number
  state: 'coming' | 'reading' | 'done' | 'failed'
  code: string | null
}

/** One thing that a store found. */
export interface StoreFound {
  storeId: string
  bundle: string | null
  name: string
  publisher: string
  version: string | null
  platform: 'ios' | 'macos'
  kind: 'store' | 'book'
}
