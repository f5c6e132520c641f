/** An address that the fleet depends on, as it was last looked at. */
export interface Noticed {
  address: string
  trouble: 'personal' | 'free' | 'deactivated' | 'malformed' | null
  since: number
  verifiedAt: number | null
  askedAt: number | null
}

/** What stops without something, and how much of it there is. */
export interface Breaks {
  code: string
  devices: number
  promised: number
  licenses: number
}

/** One thing in custody: who answers for it, when it ends, what stops then. */
export interface Keeping {
  ref: string
  what: 'push' | 'certificate' | 'program' | 'vendor' | 'channel'
  kind: string
  name: string
  startsAt: number | null
  endsAt: number | null
  checkedAt: number | null
  state: 'good' | 'ending' | 'over' | 'troubled'
  trouble: { code: string; text: string } | null
  breaks: Breaks
  renewable: 'itself' | 'upload' | 'none'
  certificate: string | null
  subject: string | null
  issuer: string | null
  serial: string | null
  topic: string | null
  owner: { id: string; name: string } | null
  team: string | null
  account: string | null
  contact: string | null
  addresses: Noticed[]
  announced: number | null
  /** Where exactly it is renewed. */
  renewAt: string | null
}

export const vendorServices = [
  'push',
  'business',
  'school',
  'content',
  'developer',
  'google',
  'microsoft',
  'other',
] as const

/** An account at a vendor; without an id it is only known from what was made with it. */
export interface ExternalAccount {
  id: string | null
  address: string
  service: (typeof vendorServices)[number]
  purpose: string
  team: string | null
  contact: string | null
  note: string | null
  trouble: Noticed | null
  contactTrouble: Noticed | null
  uses: { ref: string; kind: string; name: string }[]
}

/** The way to a new push certificate. */
export interface PushRenewal {
  state: 'none' | 'made' | 'signing' | 'mailed' | 'signed' | 'offered'
  name: string | null
  email: string | null
  madeAt: number | null
  way: 'vendor' | 'service' | 'upload' | null
  signedAt: number | null
  problem: { code: string; text: string } | null
  offered: { topic: string; notAfter: number; serial: string; account: string; replaces: number; at: number } | null
  trial: {
    state: 'asked' | 'accepted' | 'answered' | 'refused' | 'silent'
    device: { id: string; name: string } | null
    reason: string | null
    at: number
    endedAt: number | null
  } | null
}

/** A way in which requests are signed here. */
export interface PushSigner {
  way: 'vendor' | 'service'
  url: string | null
  email: string | null
  secret: boolean
  subject: string | null
  notAfter: number | null
}

/** A push certificate that was replaced and can be gone back to. */
export interface PastPush {
  fingerprint: string
  serial: string
  account: string
  notAfter: number
  replacedAt: number
  until: number
}

/** How the server is set up, as it was last checked. */
export interface SetupCheckAnswer {
  askedAt: number | null
  endedAt: number | null
  checks: {
    code: 'reach' | 'tls' | 'push' | 'clock' | 'mail' | 'backup' | 'custody'
    state: 'ok' | 'attention' | 'danger' | 'unknown'
    why: string
    facts: Record<string, string | number | null>
    checkedAt: number | null
  }[]
}
