import type { Jwk } from '../acme/jws.ts'

/*
 * Our own protocol, version 1: what an agent and its server say to each other. Every message is JSON; instants are milliseconds since 1970,
 * hashes and bytes base64url without padding (certificates: base64 of their DER). docs/reference/agent says it in JSON Schema.
 */

/** How an agent holds its device. A personal device has only a work profile. */
export const agentModes = ['fully-managed', 'dedicated', 'company-profile', 'work-profile'] as const
export type AgentMode = (typeof agentModes)[number]

/** What to do now. It is said in every answer, also with errors, and nothing else decides: no status, no silence and no proxy's page ever un-enrolls. */
export type Action = 'none' | 'retry' | 'reauth' | 'unenroll'

/** Every answer of the server. */
export interface Answer {
  readonly action: Action
  /** Why, where it is not `none`; a problem code. */
  readonly code?: string
  readonly message?: string
  readonly retryAfterMs?: number
  /** The server's clock: with `code: clock` the agent keeps the difference. */
  readonly serverTime?: number
}

/** A key of the server's, by its RFC 7638 thumbprint. */
export interface ServerKey {
  readonly kid: string
  readonly jwk: Jwk
}

/** Who must have signed what cannot be undone, as the agent learns at enrollment. */
export interface Approvers {
  /** Grows with every change, so that no former set comes back; absent: 0. */
  readonly version?: number
  /** How many different ones; 0: none. */
  readonly need: number
  /** The relying party their passkeys belong to (WebAuthn §4). */
  readonly rpId: string
  readonly origins: readonly string[]
  /** Those of one person have the same `by`; where nobody says, each is somebody else's. */
  readonly keys: readonly { readonly id: string; readonly by?: string; readonly jwk: Jwk }[]
}

/** When the agent calls next by itself: after so long, and up to so much later at random. */
export interface Next {
  readonly afterMs: number
  readonly jitterMs: number
}

/** What a device says of itself when it enrolls. */
export interface Introduction {
  readonly platform: 'android' | 'linux'
  readonly mode: AgentMode
  readonly brand: string
  readonly manufacturer: string
  readonly model: string
  readonly product: string
  readonly osVersion: string
  readonly apiLevel: number
  /** The security patch level, `2026-11-05`. */
  readonly patch: string | null
  readonly build: string | null
  /** Null where the mode does not let it be read. */
  readonly serial: string | null
  /** The id that stays the same for this organization and means nothing to others. */
  readonly enrollmentId: string | null
  readonly locale: string
  readonly timeZone: string
  readonly agent: { readonly version: string; readonly code: number; readonly signer: string | null }
}

/** `POST /agent/v1/challenge` answers this. */
export interface Challenge extends Answer {
  readonly challenge: string
  readonly expiresInMs: number
  /** Whose device it becomes: from this an Android makes the id that outlives a reset, before it says who it is. */
  readonly org?: string
}

/** `POST /agent/v1/enroll`. */
export interface Enroll {
  readonly v: 1
  /** Of an invitation. */
  readonly token: string
  readonly challenge: string
  /** Of this installation; another one with the same key is a copy. */
  readonly instance: string
  /** What the hardware says of the key: its chain, leaf first; empty where it says nothing. */
  readonly attestation: readonly string[]
  readonly device: Introduction
}

/** The answer to it. */
export interface Enrolled extends Answer {
  readonly org: string
  readonly enrollment: string
  readonly device: string
  readonly certificate: string
  readonly authorities: readonly string[]
  readonly keys: readonly ServerKey[]
  readonly approvers: Approvers
  readonly next: Next
}

/** `POST /agent/v1/renew`, signed by the old key; the new one proves itself in a header of its own. */
export interface Renew {
  readonly v: 1
  /** The key that is to follow. */
  readonly jwk: Jwk
  /** Asked for by a proof instead of an invitation; good once. */
  readonly challenge?: string
  /** What the hardware says of the key that is to follow, as at enrollment. */
  readonly attestation?: readonly string[]
}

/** The answer to it. */
export interface Renewed extends Answer {
  readonly certificate: string
  readonly authorities: readonly string[]
}

/**
 * `POST /agent/v1/certify`, signed by the agent's own key; the key that is to be certified proves itself in a header of its own. For an item of the
 * document that wants a certificate of the device's own; asked again for the same key, the same is answered.
 */
export interface Certify {
  readonly v: 1
  readonly item: string
  readonly version: string
  readonly jwk: Jwk
}

/** The answer to it. */
export interface Certified extends Answer {
  readonly certificate: string
  readonly authorities: readonly string[]
  /** When another one should be asked for, for a new key. */
  readonly renewAt: number
}

/** How far an item of the document is. */
export interface ItemWord {
  readonly item: string
  readonly version: string
  readonly state: 'applied' | 'failed' | 'unsupported' | 'removed'
  /** `api-level`, `management-mode`, `permission`, … */
  readonly code?: string
  readonly detail?: string
}

/** What became of an order. */
export interface OrderResult {
  readonly order: string
  readonly status: 'done' | 'failed' | 'refused' | 'deferred' | 'expired'
  readonly code?: string
  readonly detail?: string
  readonly data?: Readonly<Record<string, unknown>>
}

/** An app on the device. */
export interface AppWord {
  readonly package: string
  readonly name: string
  readonly version: string
  readonly code: number
  /** SHA-256 of the certificate it is signed with. */
  readonly signer: string | null
  /** The package that installed it. */
  readonly installer: string | null
  readonly system: boolean
  /** The agent keeps people from opening it. */
  readonly hidden?: boolean
  /** SHA-256 of its file. */
  readonly hash?: string
  /** Those it was granted and that matter. */
  readonly permissions?: readonly string[]
}

/** A change of a list since the one with the hash `base`; with null it is whole. `hash` is that of the list afterwards. */
export interface ListDelta<T> {
  readonly base: string | null
  readonly put: readonly T[]
  readonly drop: readonly string[]
  readonly hash: string
}

/** Something that happened on the device. */
export interface AgentEvent {
  readonly id: string
  readonly at: number
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The ways an agent can be woken, as it knows them. */
export interface Reach {
  readonly mqtt?: true
  readonly fcm?: { readonly token: string }
  readonly webpush?: { readonly endpoint: string; readonly p256dh: string; readonly auth: string }
  /** `number: null`: the device does not know its own. */
  readonly sms?: { readonly number: string | null; readonly token: string | null; readonly expiresAt: number | null }
  readonly wait?: true
}

/** `POST /agent/v1/contact`: everything the agent has to say, as changes. */
export interface Contact {
  readonly v: 1
  readonly n: number
  readonly instance: string
  /** Of this start of the device. */
  readonly boot: string
  /** By which wake it calls. */
  readonly woken: { readonly channel: string; readonly nonce: string } | null
  readonly have: { readonly etag: string | null; readonly generation: number | null; readonly ordersSeen: number }
  readonly items: readonly ItemWord[]
  readonly results: readonly OrderResult[]
  readonly facts: Readonly<Record<string, unknown>>
  readonly factsHash: string
  readonly lists: { readonly apps?: ListDelta<AppWord> }
  readonly events: readonly AgentEvent[]
  readonly channels: Reach
}

/** Where and how the agent can be woken, in the order it should listen. */
export interface Channels {
  readonly order: readonly string[]
  readonly mqtt?: {
    readonly url: string
    readonly topic: string
    readonly clientId: string
    readonly username: string
    readonly password: string
  }
  readonly wait?: { readonly path: string; readonly holdMs: number }
  /** The token for text messages is used up or too old: another is to be told. */
  readonly sms?: { readonly spent: true }
  /** The key a push service knows the server by (RFC 8292). */
  readonly webpush?: { readonly key: string }
}

/** The answer to a contact. */
export interface Contacted extends Answer {
  readonly serverTime: number
  /** Signed; absent where `have.etag` is still right. */
  readonly document?: string
  readonly orders?: string
  readonly seen: { readonly results: readonly string[]; readonly events: readonly string[] }
  /** What the server has lost sight of and wants whole. */
  readonly need: readonly ('facts' | 'apps')[]
  readonly next: Next
  readonly channels: Channels
  readonly renewBy: number
}

/** A wake, whatever way it comes: it says "call home" and nothing else. */
export interface Wake {
  readonly w: 1
  readonly n: string
}
