import { createHash } from 'node:crypto'
import { type Dict, encode, type Plist } from '@muster/wire/plist/plist.ts'
import type { Json } from '../../../areas/policies/index.ts'
import type { AppSpec } from '../apps/spec.ts'

/** One thing a device should have, as it comes out of the kernel with its variables filled in. */
export interface Item {
  /** `kind`, or `kind#instance`. */
  readonly item: string
  readonly kind: string
  readonly instance: string | null
  /** Variables are filled in; secrets are still `{"$secret": id}`. */
  readonly value: Json
  /** What people read on the device; the item's own name where none is given. */
  readonly name?: string
}

/** Declarations that say what an item says. Assets and configurations refer to each other by the names given here. */
export interface DeclarationSet {
  readonly configuration: readonly { readonly name: string; readonly type: string; readonly payload: Json }[]
  readonly assets: readonly { readonly name: string; readonly type: string; readonly payload: Json }[]
}

/** A key that was left out, and why: the code of a reason. */
export interface LeftOut {
  readonly key: string
  readonly reason: string
}

/** The command by which an app comes or goes. */
export interface AppOrder {
  /** Its id in the catalog. */
  readonly app: string
  /** `look`: nothing is known of the app yet, it is only asked where it would go. */
  readonly does: 'install' | 'remove' | 'look'
  readonly command: Dict
}

/** What an item becomes on one device: one profile, and the declarations that say the same where there are any. */
export interface Artifact {
  readonly form: 'profile'
  readonly item: string
  readonly channel: 'device' | 'user'
  /** PayloadIdentifier: the same on every device and for every version, so that a newer one replaces an older in place. */
  readonly identifier: string
  /** PayloadUUID: another one exactly when what the profile says is another. Secrets count by their version, challenges not at all. */
  readonly uuid: string
  readonly displayName: string
  /** Empty where only declarations can say it; then `native` is set. */
  readonly payloads: readonly Dict[]
  /** Says all that `payloads` say. Absent where no declaration does, or the device does not know it. */
  readonly native?: DeclarationSet
  /** What must be declared beside `payloads` because no profile says it; absent where `native` is there, which then says it too. */
  readonly beside?: DeclarationSet
  /** Of an app: the command that brings or takes it where no declaration does. */
  readonly order?: AppOrder
  readonly needsSupervision: boolean
  readonly leftOut: readonly LeftOut[]
}

/** The item cannot be said to this device; the code of the reason. */
export interface Refused {
  readonly refused: string
}

/** Whether compiling ended in a refusal. */
export function isRefused(what: Artifact | Refused): what is Refused {
  return 'refused' in what
}

/** What is prepared outside before an item can be compiled for delivery. */
export interface Resources {
  /** Opened secrets by id. */
  readonly secrets: ReadonlyMap<string, { readonly value: string; readonly version: number }>
  /** What is known of the app that the item is about; null: it is not to be had; absent: nobody has looked. */
  readonly app?: AppSpec | null
  /** Where this device gets a certificate of its own from our authority. */
  readonly identity?: {
    readonly scepUrl: string
    /** Good for one certificate. */
    readonly challenge: string
    readonly authorityName: string
    /** DER of the authority, for its fingerprint. */
    readonly caCertificate?: Uint8Array
    /** Who the certificate names where the policy does not say. */
    readonly subject: string
  }
  /** DER of the certificate that recovery keys are encrypted for. */
  readonly recipient?: Uint8Array
}

/** The property list of an artifact's profile, unsigned. */
export function profileOf(artifact: Artifact, about: { organization?: string } = {}): Uint8Array {
  return encode({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: artifact.identifier,
    PayloadUUID: artifact.uuid,
    PayloadDisplayName: artifact.displayName,
    ...(about.organization ? { PayloadOrganization: about.organization } : {}),
    PayloadScope: artifact.channel === 'user' ? 'User' : 'System',
    PayloadRemovalDisallowed: true,
    PayloadContent: [...artifact.payloads],
  })
}

/** The PayloadIdentifier of an item's profile. */
export function identifierOf(item: string): string {
  return `muster.item.${createHash('sha256').update(item).digest('hex').slice(0, 24)}`
}

/** A UUID that is a name for content (RFC 9562 §5.8): equal content, equal UUID. */
export function uuidOf(content: Plist): string {
  const bytes = createHash('sha256').update(encode(content)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex').toUpperCase()
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
