/** What is known of a program beside the program itself. */
export interface EnterpriseRow {
  org: string
  program: string
  project: string
  topic: string
  pusher: string
  hook: string
  signup: string | null
  signup_url: string | null
  signup_mark: string | null
  signup_at: number | null
  came_back: Uint8Array | null
  enterprise: string | null
  said: string
  ready_at: number | null
  checked_at: number | null
  wait_until: number | null
  settings: string
  heard_at: number | null
  turned_at: number | null
  check_asked_at: number | null
  listed_at: number | null
  closing_at: number | null
}

/** An enrollment token. */
export interface TokenRow {
  org: string
  id: string
  program: string
  invitation: string
  mode: string
  name: string | null
  content: Uint8Array
  state: 'wanted' | 'there' | 'refused'
  problem: string | null
  expires_at: number
  made_at: number | null
  ending_at: number | null
  gone_at: number | null
}

/** A policy as Google has it. */
export interface PolicyRow {
  org: string
  program: string
  id: string
  hash: string
  version: number
  made_at: number
  unused_at: number | null
}

/** What only an enrollment through Google has. */
export interface DeviceRow {
  org: string
  enrollment: string
  program: string
  device: string
  name: string
  mode: string
  policy: string
  hash: string
  version: number
  wanted: string
  report: string | null
  reported_at: number | null
  due_at: number | null
  ended_at: number | null
}

/** An order that Google has. */
export interface OperationRow {
  org: string
  command: string
  program: string
  enrollment: string
  device: string
  type: string
  name: string | null
  sent_at: number
  look_at: number | null
}

/** How many requests of a project are left. */
export interface ShareRow {
  org: string
  project: string
  thousandths: number
  at: number
}

/** An app of the catalog as Google knows it. */
export interface StoreAppRow {
  org: string
  program: string
  app: string
  package: string
  said: string
  state: string
  problem: string | null
  read_at: number | null
}

export interface Tables {
  android_enterprises: EnterpriseRow
  android_tokens: TokenRow
  android_policies: PolicyRow
  android_contents: { org: string; hash: string; content: string }
  android_devices: DeviceRow
  android_operations: OperationRow
  android_notices: { org: string; program: string; message: string; at: number }
  android_shares: ShareRow
  android_store_apps: StoreAppRow
  android_signers: { org: string; kid: string; jwk: string; seen_at: number }
}
