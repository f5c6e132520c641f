import {
  type Asn1,
  asBits,
  asBool,
  asInt,
  asOid,
  asText,
  bits,
  bool,
  ia5,
  implicit,
  int,
  octets,
  oid,
  read,
  seq,
  tagged,
  utf8,
} from '../der/der.ts'
import { Malformed } from '../malformed.ts'

/** An extension as it stands in a certificate or request. */
export interface Extension {
  critical: boolean
  value: Uint8Array
}

/** An extension to be written. */
export interface NewExtension {
  oid: string
  critical?: boolean
  value: Uint8Array
}

/** Names a certificate answers to, by kind. */
export interface AlternativeNames {
  dnsNames: readonly string[]
  ipAddresses: readonly string[]
  emails: readonly string[]
  uris: readonly string[]
}

/** Object identifiers of the extensions we read and write (RFC 5280 §4.2.1). */
export const EXTENSION = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const

const USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

/** Reads an Extensions sequence; the same extension twice is refused (RFC 5280 §4.2). */
export function parseExtensions(node: Asn1 | undefined): ReadonlyMap<string, Extension> {
  const out = new Map<string, Extension>()
  for (const item of node?.children ?? []) {
    const [id, ...rest] = item.children
    const value = rest.at(-1)
    if (!id || value?.tag !== 4 || rest.length > 2) throw new Malformed('x509.extension')
    const dotted = asOid(id)
    if (out.has(dotted)) throw new Malformed('x509.extension', `${dotted} twice`)
    const flag = rest.length === 2 ? rest[0] : undefined
    out.set(dotted, { critical: flag !== undefined && asBool(flag), value: value.content })
  }
  return out
}

/** Writes an Extensions sequence in the given order. */
export function extensionsDer(list: readonly NewExtension[]): Uint8Array {
  return seq(
    ...list.map(({ oid: id, critical, value }) => seq(oid(id), ...(critical ? [bool(true)] : []), octets(value))),
  )
}

/** The names of the bits set in a KeyUsage. */
export function parseKeyUsage(value: Uint8Array): readonly string[] {
  const set = asBits(read(value))
  return USAGES.filter((_, i) => (((set[i >> 3] ?? 0) << (i & 7)) & 0x80) !== 0)
}

/** A KeyUsage with the named bits, trailing zeros cut as DER asks (X.690 §11.2.2). */
export function keyUsageDer(usages: readonly string[]): Uint8Array {
  const numbers = usages.map(usage => USAGES.indexOf(usage))
  if (numbers.includes(-1) || numbers.length === 0) throw new Malformed('x509.usage', usages.join())
  const last = Math.max(...numbers)
  const bytes = new Uint8Array((last >> 3) + 1)
  for (const i of numbers) bytes[i >> 3] = (bytes[i >> 3] as number) | (0x80 >> (i & 7))
  return bits(bytes, 7 - (last & 7))
}

/** The purposes of an ExtendedKeyUsage, dotted. */
export function parseExtendedKeyUsage(value: Uint8Array): readonly string[] {
  return read(value).children.map(asOid)
}

/** What a BasicConstraints says: whether this is an authority, and how many may follow below it. */
export function parseBasicConstraints(value: Uint8Array): { isCa: boolean; pathLength?: number } {
  const fields = read(value).children
  const isCa = fields[0]?.tag === 1 && asBool(fields[0])
  const length = fields.find(field => field.tag === 2)
  if (!length) return { isCa }
  const pathLength = Number(asInt(length))
  if (!(pathLength >= 0)) throw new Malformed('x509.extension', 'path length')
  return { isCa, pathLength }
}

/** A BasicConstraints; an end entity's is empty. */
export function basicConstraintsDer(ca: { pathLength?: number } | undefined): Uint8Array {
  if (!ca) return seq()
  return seq(bool(true), ...(ca.pathLength === undefined ? [] : [int(ca.pathLength)]))
}

/** The key identifier of an AuthorityKeyIdentifier, in hex. */
export function parseAuthorityKeyId(value: Uint8Array): string | undefined {
  return read(value)
    .children.find(field => field.tag === 0x80)
    ?.content.toHex()
}

/** Reads the DNS names, addresses, mailboxes and URIs of a SubjectAltName; other kinds are passed over. */
export function parseAlternativeNames(value: Uint8Array | undefined): AlternativeNames {
  const names = value === undefined ? [] : read(value).children
  const texts = (tag: number) => names.filter(name => name.tag === tag).map(asText)
  const ipAddresses = names.filter(name => name.tag === 0x87).map(name => addressText(name.content))
  return { emails: texts(0x81), dnsNames: texts(0x82), uris: texts(0x86), ipAddresses }
}

/** The name of an account, in Microsoft's directories (szOID_NT_PRINCIPAL_NAME). */
const principalName = '1.3.6.1.4.1.311.20.2.3'

/** Writes a SubjectAltName, or nothing when there is no name. */
export function alternativeNamesDer(
  names: Partial<AlternativeNames> & { principalNames?: readonly string[] },
): Uint8Array | undefined {
  const text = (tag: number, list: readonly string[] = []) => list.map(name => implicit(tag, read(ia5(name)).content))
  const parts = [
    ...(names.principalNames ?? []).map(name =>
      implicit(0, read(seq(oid(principalName), tagged(0, utf8(name)))).content, true),
    ),
    ...text(1, names.emails),
    ...text(2, names.dnsNames),
    ...text(6, names.uris),
    ...(names.ipAddresses ?? []).map(address => implicit(7, addressBytes(address))),
  ]
  return parts.length === 0 ? undefined : seq(...parts)
}

function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  if (bytes.length !== 16) throw new Malformed('x509.extension', 'IP address')
  const words = Array.from({ length: 8 }, (_, i) =>
    (((bytes[i * 2] as number) << 8) | (bytes[i * 2 + 1] as number)).toString(16),
  )
  // The URL parser writes the canonical short form (RFC 5952).
  return new URL(`http://[${words.join(':')}]`).hostname.slice(1, -1)
}

function addressBytes(address: string): Uint8Array {
  if (/^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/.test(address)) {
    const parts = address.split('.').map(Number)
    if (parts.every(part => part < 256)) return Uint8Array.from(parts)
  }
  const url = address.includes(':') ? URL.parse(`http://[${address}]`) : null
  if (!url) throw new Malformed('x509.extension', 'IP address')
  const [left = '', right] = url.hostname.slice(1, -1).split('::')
  const words = (text: string | undefined) => (text ? text.split(':') : [])
  const [head, tail] = [words(left), words(right)]
  const all = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail]
  return Uint8Array.fromHex(all.map(word => word.padStart(4, '0')).join(''))
}
