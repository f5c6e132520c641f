import { asText, read } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { verifyChain } from '../x509/chain.ts'
import { readCbor } from './cbor.ts'

/** An attestation as a client answers `device-attest-01` with it (draft-acme-device-attest §5; WebAuthn §6.5.4). */
export interface Attestation {
  readonly format: string
  /** The chain, leaf first, as it came. */
  readonly chain: readonly Certificate[]
}

/** What the maker of a device says of it and of its key, in the leaf of an attestation. */
export interface Attested {
  readonly serial: string | null
  readonly udid: string | null
  readonly osVersion: string | null
  readonly sepVersion: string | null
  /** What proves that it was made for this question: the SHA-256 of the token or the nonce; null where the device gave none. */
  readonly freshness: Uint8Array | null
  /** The attested public key. */
  readonly spki: Uint8Array
}

/** Extensions of attestation certificates (Apple: Managed Device Attestation). */
export const attestationOids = {
  serial: '1.2.840.113635.100.8.9.1',
  udid: '1.2.840.113635.100.8.9.2',
  osVersion: '1.2.840.113635.100.8.10.1',
  sepVersion: '1.2.840.113635.100.8.10.2',
  freshness: '1.2.840.113635.100.8.11.1',
} as const

const longestChain = 6

/** Reads an attestation object; throws only `Malformed`. */
export function readAttestation(bytes: Uint8Array): Attestation {
  const whole = readCbor(bytes)
  if (!(whole instanceof Map)) throw new Malformed('attestation.form')
  const format: unknown = whole.get('fmt')
  const statement: unknown = whole.get('attStmt')
  if (typeof format !== 'string' || !(statement instanceof Map)) throw new Malformed('attestation.form')
  const chain: unknown = statement.get('x5c')
  if (!Array.isArray(chain)) throw new Malformed('attestation.chain')
  return { format, chain: readChain(chain) }
}

/** Reads a chain of certificates in DER, leaf first; throws only `Malformed`. */
export function readChain(chain: readonly unknown[]): Certificate[] {
  if (chain.length === 0 || chain.length > longestChain) throw new Malformed('attestation.chain')
  return chain.map(der => {
    if (!(der instanceof Uint8Array)) throw new Malformed('attestation.chain')
    return parseCertificate(der)
  })
}

/** What the leaf of a chain attests, once the chain leads to one of the roots. Throws `Malformed` with the reason it does not. */
export function verifyAttested(chain: readonly Certificate[], roots: readonly Certificate[], at: number): Attested {
  const [leaf, ...intermediates] = chain
  if (!leaf) throw new Malformed('attestation.chain')
  verifyChain(leaf, { intermediates, roots, at, skewMs: 15 * 60_000 })
  return attestedBy(leaf)
}

/** What a leaf says; nothing has been verified. */
export function attestedBy(leaf: Certificate): Attested {
  const value = (oid: string): Uint8Array | null => leaf.extensions.get(oid)?.value ?? null
  return {
    serial: words(value(attestationOids.serial)),
    udid: words(value(attestationOids.udid)),
    osVersion: words(value(attestationOids.osVersion)),
    sepVersion: words(value(attestationOids.sepVersion)),
    freshness: value(attestationOids.freshness),
    spki: leaf.spki,
  }
}

/** The value is the plain text, or a DER string around it: both have been seen. */
function words(value: Uint8Array | null): string | null {
  if (value === null || value.length === 0) return null
  const tag = value[0] ?? 0
  if ([0x0c, 0x13, 0x16].includes(tag) && value[1] === value.length - 2) return asText(read(value))
  const text = new TextDecoder('utf-8').decode(value)
  return /^[\x20-\x7e]{1,200}$/.test(text) ? text : null
}

/** Statement formats whose chain says what `Attested` holds. */
export const attestableFormats: readonly string[] = ['apple']
