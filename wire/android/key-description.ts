import { asBool, asInt, type Asn1, bool, int, octets, read, seq, set, tlv } from '../der/der.ts'
import { header, lengthAt } from '../der/header.ts'
import { Malformed } from '../malformed.ts'

/** The extension in which Android's key store says what a key is (source.android.com: Key and ID attestation). */
export const keyDescriptionOid = '1.3.6.1.4.1.11129.2.1.17'

/** Where a key is kept: by software, in the trusted part of the processor, or in a chip of its own. */
export const securityLevels = ['software', 'tee', 'strongbox'] as const
export type SecurityLevel = (typeof securityLevels)[number]

/** What the boot loader found of the system: the maker's, one signed by a key of the owner's, one that nobody vouches for, or one that failed. */
export const bootStates = ['verified', 'self-signed', 'unverified', 'failed'] as const
export type BootState = (typeof bootStates)[number]

/** How a device was started. */
export interface RootOfTrust {
  readonly bootKey: Uint8Array
  readonly locked: boolean
  readonly state: BootState
  readonly bootHash: Uint8Array | null
}

/** Who asked for the key: the packages that share its user, and the SHA-256 of the certificates they are signed with. */
export interface AttestedApp {
  readonly packages: readonly { readonly name: string; readonly version: number }[]
  readonly signers: readonly Uint8Array[]
}

/** What is said of a key in one of the two lists: the one that software keeps, or the one that hardware does. */
export interface Authorizations {
  /** 0: made where it is kept; everything else came from elsewhere. */
  readonly origin: number | null
  readonly root: RootOfTrust | null
  /** `160000` is 16.0.0. */
  readonly osVersion: number | null
  /** `202611` or `20261105`, as are the two below. */
  readonly patch: number | null
  readonly vendorPatch: number | null
  readonly bootPatch: number | null
  readonly app: AttestedApp | null
  readonly serial: string | null
}

/** What the extension says (KeyDescription). */
export interface KeyDescription {
  /** 1 to 4 of Keymaster, 100 to 400 of KeyMint. */
  readonly version: number
  readonly level: SecurityLevel
  readonly keeperVersion: number
  readonly keeperLevel: SecurityLevel
  readonly challenge: Uint8Array
  readonly software: Authorizations
  readonly hardware: Authorizations
}

/** Tags of an AuthorizationList that we read; the others are passed over. */
const tags = {
  origin: 702,
  root: 704,
  osVersion: 705,
  patch: 706,
  app: 709,
  serial: 713,
  vendorPatch: 718,
  bootPatch: 719,
} as const

const mostFields = 128

/** Reads the value of the extension; throws only `Malformed`. */
export function readKeyDescription(bytes: Uint8Array): KeyDescription {
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  const whole = header(plain, 0, plain.length, false)
  if (whole.tag !== 0x30 || whole.end !== plain.length) throw new Malformed('attestation.description')
  const parts: Uint8Array[] = []
  for (let at = whole.start; at < whole.end; ) {
    const part = header(plain, at, whole.end, false)
    if (part.end < 0 || parts.length === 8) throw new Malformed('attestation.description')
    parts.push(plain.subarray(at, part.end))
    at = part.end
  }
  const [version, level, keeperVersion, keeperLevel, challenge, unique, software, hardware] = parts
  if (!version || !level || !keeperVersion || !keeperLevel || !challenge || !unique || !software || !hardware)
    throw new Malformed('attestation.description')
  return {
    version: small(read(version)),
    level: named(securityLevels, read(level)),
    keeperVersion: small(read(keeperVersion)),
    keeperLevel: named(securityLevels, read(keeperLevel)),
    challenge: bytesOf(read(challenge)),
    software: authorizations(software),
    hardware: authorizations(hardware),
  }
}

function authorizations(list: Uint8Array): Authorizations {
  const fields = fieldsOf(list)
  const number = (tag: number): number | null => {
    const value = fields.get(tag)
    return value === undefined ? null : small(read(value))
  }
  const root = fields.get(tags.root)
  const app = fields.get(tags.app)
  const serial = fields.get(tags.serial)
  return {
    origin: number(tags.origin),
    root: root === undefined ? null : rootOf(read(root)),
    osVersion: number(tags.osVersion),
    patch: number(tags.patch),
    vendorPatch: number(tags.vendorPatch),
    bootPatch: number(tags.bootPatch),
    app: app === undefined ? null : appOf(read(bytesOf(read(app)))),
    serial: serial === undefined ? null : textOf(bytesOf(read(serial))),
  }
}

/** The fields of a list by their tag: all are explicit and of the context, and most have numbers that need more than one octet. */
function fieldsOf(list: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>()
  const whole = header(list, 0, list.length, false)
  if (whole.tag !== 0x30) throw new Malformed('attestation.list')
  for (let at = whole.start; at < whole.end; ) {
    const { number, length } = tagAt(list, at, whole.end)
    const { start, end } = lengthAt(list, length, whole.end)
    if (end < 0 || fields.has(number) || fields.size === mostFields) throw new Malformed('attestation.list')
    fields.set(number, list.subarray(start, end))
    at = end
  }
  return fields
}

/** The number of a tag, and where its length begins (X.690 §8.1.2.4). */
function tagAt(list: Uint8Array, at: number, limit: number): { number: number; length: number } {
  const first = list[at] as number
  if ((first & 0xe0) !== 0xa0) throw new Malformed('attestation.list', 'tag')
  if ((first & 0x1f) !== 0x1f) return { number: first & 0x1f, length: at + 1 }
  let number = 0
  for (let next = at + 1; next < limit && next <= at + 3; next += 1) {
    const octet = list[next] as number
    if (number === 0 && octet === 0x80) break
    number = number * 128 + (octet & 0x7f)
    if (octet < 0x80) return { number, length: next + 1 }
  }
  throw new Malformed('attestation.list', 'tag')
}

function rootOf(node: Asn1): RootOfTrust {
  const [bootKey, locked, state, hash] = node.children
  if (node.tag !== 0x30 || !bootKey || !locked || !state) throw new Malformed('attestation.root')
  return {
    bootKey: bytesOf(bootKey),
    locked: asBool(locked),
    state: named(bootStates, state),
    bootHash: hash ? bytesOf(hash) : null,
  }
}

function appOf(node: Asn1): AttestedApp {
  const [packages, signers] = node.children
  if (node.tag !== 0x30 || packages?.tag !== 0x31 || signers?.tag !== 0x31) throw new Malformed('attestation.app')
  return {
    packages: packages.children.map(({ children: [name, version] }) => {
      if (!name || !version) throw new Malformed('attestation.app')
      return { name: textOf(bytesOf(name)), version: Number(asInt(version)) }
    }),
    signers: signers.children.map(bytesOf),
  }
}

function small(node: Asn1): number {
  const value = Number(asInt(node))
  if (!(value >= 0 && value <= 0xffff_ffff)) throw new Malformed('attestation.number')
  return value
}

function named<T>(names: readonly T[], node: Asn1): T {
  const name = names[small(node)]
  if (name === undefined) throw new Malformed('attestation.number', 'nobody knows it')
  return name
}

function bytesOf(node: Asn1): Uint8Array {
  if (node.tag !== 4) throw new Malformed('der.type', 'expected OCTET STRING')
  return node.content
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes).slice(0, 255)
}

/** What a KeyDescription is to say; what is left out of a list is not in it. */
export interface NewKeyDescription extends Omit<KeyDescription, 'software' | 'hardware'> {
  readonly software: Partial<Authorizations>
  readonly hardware: Partial<Authorizations>
}

/** Writes the value of the extension. */
export function writeKeyDescription(of: NewKeyDescription): Uint8Array {
  return seq(
    int(of.version),
    enumerated(securityLevels.indexOf(of.level)),
    int(of.keeperVersion),
    enumerated(securityLevels.indexOf(of.keeperLevel)),
    octets(of.challenge),
    octets(new Uint8Array()),
    writeList(of.software),
    writeList(of.hardware),
  )
}

function writeList({ root, app, serial, ...numbers }: Partial<Authorizations>): Uint8Array {
  const fields: [number, Uint8Array][] = []
  for (const name of ['origin', 'osVersion', 'patch', 'vendorPatch', 'bootPatch'] as const) {
    const value = numbers[name]
    if (typeof value === 'number') fields.push([tags[name], int(value)])
  }
  if (root) fields.push([tags.root, writeRoot(root)])
  if (app) fields.push([tags.app, octets(writeApp(app))])
  if (typeof serial === 'string') fields.push([tags.serial, octets(new TextEncoder().encode(serial))])
  return seq(...fields.sort(([a], [b]) => a - b).map(([tag, value]) => explicit(tag, value)))
}

function writeRoot({ bootKey, locked, state, bootHash }: RootOfTrust): Uint8Array {
  const hash = bootHash === null ? [] : [octets(bootHash)]
  return seq(octets(bootKey), bool(locked), enumerated(bootStates.indexOf(state)), ...hash)
}

function writeApp({ packages, signers }: AttestedApp): Uint8Array {
  const infos = packages.map(p => seq(octets(new TextEncoder().encode(p.name)), int(p.version)))
  return seq(set(...infos), set(...signers.map(octets)))
}

function enumerated(value: number): Uint8Array {
  return tlv(10, Uint8Array.of(value))
}

/** An explicit tag of a number that does not fit into one octet. */
function explicit(tag: number, value: Uint8Array): Uint8Array {
  const [, ...rest] = tlv(0xa0, value)
  return Uint8Array.from([0xbf, 0x80 | (tag >> 7), tag & 0x7f, ...rest])
}
