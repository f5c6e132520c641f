import type { KeyObject } from 'node:crypto'
import { type Asn1, asOid, asText, bits, implicit, int, oid, read, seq, set, text } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { signatureAlgorithm, signatureBits, signatureHolds, signatureOver, signingAlgorithm } from './algorithm.ts'
import {
  type AlternativeNames,
  alternativeNamesDer,
  EXTENSION,
  type Extension,
  extensionsDer,
  type NewExtension,
  parseAlternativeNames,
  parseExtensions,
} from './extensions.ts'
import { spkiOf } from './key.ts'
import { type Name, nameDer, parseName } from './name.ts'

/** A certification request as it says of itself; `verified` tells whether its own key signed it. */
export interface Csr extends AlternativeNames {
  der: Uint8Array
  subject: Name
  subjectDer: Uint8Array
  spki: Uint8Array
  challenge?: string
  extensions: ReadonlyMap<string, Extension>
  signatureAlgorithm: string
  verified: boolean
}

/** What a request shall say. */
export interface RequestOptions {
  subject: Name
  key: KeyObject
  challenge?: string
  dnsNames?: readonly string[]
  extensions?: readonly NewExtension[]
}

const CHALLENGE = '1.2.840.113549.1.9.7'
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
const MICROSOFT_EXTENSION_REQUEST = '1.3.6.1.4.1.311.2.1.14'
const MAX_BYTES = 64 * 1024

/** Reads a PKCS#10 request (RFC 2986 §4) and checks its signature; throws only `Malformed`. */
export function parseRequest(der: Uint8Array): Csr {
  if (der.length > MAX_BYTES) throw new Malformed('x509.size')
  const whole = read(new Uint8Array(der))
  const [body, algorithm, signature] = whole.children
  const [version, subject, spki, attributes] = body?.children ?? []
  if (!body || !algorithm || !signature || version?.tag !== 2 || !subject || spki?.tag !== 0x30) {
    throw new Malformed('x509.request')
  }
  const signedBy = signatureAlgorithm(algorithm)
  const { challenge, extensions } = attributesOf(attributes)
  return {
    der: whole.raw,
    subject: parseName(subject),
    subjectDer: subject.raw,
    spki: spki.raw,
    ...(challenge !== undefined && { challenge }),
    extensions,
    ...parseAlternativeNames(extensions.get(EXTENSION.alternativeNames)?.value),
    signatureAlgorithm: signedBy?.name ?? 'unknown',
    verified: signedBy !== undefined && signatureHolds(signedBy, spki.raw, body.raw, signatureBits(signature)),
  }
}

function attributesOf(node: Asn1 | undefined): { challenge?: string; extensions: ReadonlyMap<string, Extension> } {
  const values = new Map<string, Asn1>()
  for (const attribute of node?.children ?? []) {
    const [id, set] = attribute.children
    const value = set?.children[0]
    if (!id || !set) throw new Malformed('x509.request', 'attribute')
    const dotted = asOid(id)
    if (values.has(dotted)) throw new Malformed('x509.request', `${dotted} twice`)
    if (value) values.set(dotted, value)
  }
  const challenge = values.get(CHALLENGE)
  return {
    ...(challenge && { challenge: asText(challenge) }),
    extensions: parseExtensions(values.get(EXTENSION_REQUEST) ?? values.get(MICROSOFT_EXTENSION_REQUEST)),
  }
}

/** Writes a PKCS#10 request signed by the key. */
export function buildRequest(options: RequestOptions): Uint8Array {
  const { subject, key, challenge } = options
  const names = alternativeNamesDer(options)
  const wanted = [...(names ? [{ oid: EXTENSION.alternativeNames, value: names }] : []), ...(options.extensions ?? [])]
  const attributes = [
    ...(challenge === undefined ? [] : [seq(oid(CHALLENGE), set(text(challenge)))]),
    ...(wanted.length === 0 ? [] : [seq(oid(EXTENSION_REQUEST), set(extensionsDer(wanted)))]),
  ]
  const sorted = read(set(...attributes)).content
  const body = seq(int(0), nameDer(subject), spkiOf(key), implicit(0, sorted, true))
  return seq(body, signingAlgorithm(key).algorithm, bits(signatureOver(body, key)))
}
