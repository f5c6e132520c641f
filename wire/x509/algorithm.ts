import { constants, type KeyObject, sign, verify } from 'node:crypto'
import { type Asn1, asBits, asInt, asOid, nul, oid, read, seq } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { publicKey } from './key.ts'

/** A digest we know by name. */
export type Digest = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** How a signature is made: its usual name, the kind of key, and the digest (none for Ed25519). */
export interface SignatureAlgorithm {
  name: string
  key: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519'
  digest: Digest | undefined
  saltLength?: number
}

/** Object identifiers of the digests (RFC 5754 §2, RFC 3370 §2.1). */
export const DIGESTS: ReadonlyMap<string, Digest> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

const SIGNATURES: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['1.2.840.113549.1.1.5', { name: 'sha1WithRSA', key: 'rsa', digest: 'sha1' }],
  ['1.2.840.113549.1.1.11', { name: 'sha256WithRSA', key: 'rsa', digest: 'sha256' }],
  ['1.2.840.113549.1.1.12', { name: 'sha384WithRSA', key: 'rsa', digest: 'sha384' }],
  ['1.2.840.113549.1.1.13', { name: 'sha512WithRSA', key: 'rsa', digest: 'sha512' }],
  ['1.2.840.10045.4.1', { name: 'ecdsa-with-SHA1', key: 'ec', digest: 'sha1' }],
  ['1.2.840.10045.4.3.2', { name: 'ecdsa-with-SHA256', key: 'ec', digest: 'sha256' }],
  ['1.2.840.10045.4.3.3', { name: 'ecdsa-with-SHA384', key: 'ec', digest: 'sha384' }],
  ['1.2.840.10045.4.3.4', { name: 'ecdsa-with-SHA512', key: 'ec', digest: 'sha512' }],
  ['1.3.101.112', { name: 'Ed25519', key: 'ed25519', digest: undefined }],
])
const PSS = '1.2.840.113549.1.1.10'

/** The object identifier of a digest. */
export function digestOid(digest: Digest): string {
  for (const [id, name] of DIGESTS) if (name === digest) return id
  throw new TypeError(`unknown digest ${digest}`)
}

/** The algorithm an AlgorithmIdentifier names, when it is one of a signature with its digest. */
export function signatureAlgorithm(node: Asn1): SignatureAlgorithm | undefined {
  const [id, parameters] = node.children
  if (!id) throw new Malformed('x509.algorithm')
  const dotted = asOid(id)
  return dotted === PSS ? pss(parameters) : SIGNATURES.get(dotted)
}

/** RSASSA-PSS-params: everything has a default, and the mask's digest must be the message's (RFC 4055 §3.1). */
function pss(parameters: Asn1 | undefined): SignatureAlgorithm | undefined {
  let digest: Digest | undefined = 'sha1'
  let mask: Digest | undefined = 'sha1'
  let saltLength = 20
  for (const field of parameters?.children ?? []) {
    const inner = field.children[0]
    if (!inner) throw new Malformed('x509.algorithm', 'PSS')
    if (field.tag === 0xa0) digest = digestOf(inner)
    else if (field.tag === 0xa1) mask = inner.children[1] && digestOf(inner.children[1])
    else if (field.tag === 0xa2) saltLength = Number(asInt(inner))
  }
  if (digest === undefined || digest !== mask || !(saltLength >= 0 && saltLength <= 512)) return undefined
  return { name: `rsassa-pss-${digest}`, key: 'rsa-pss', digest, saltLength }
}

/** The digest an AlgorithmIdentifier names, if we know it. */
export function digestOf(node: Asn1): Digest | undefined {
  const id = node.children[0]
  if (!id) throw new Malformed('x509.algorithm')
  return DIGESTS.get(asOid(id))
}

/** Whether the signature over the bytes was made with the key of the SubjectPublicKeyInfo. */
export function signatureHolds(
  by: SignatureAlgorithm,
  spki: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = publicKey(spki)
  const kind = key.asymmetricKeyType
  if (kind !== by.key && !(by.key === 'rsa-pss' && kind === 'rsa')) return false
  try {
    if (by.key !== 'rsa-pss') return verify(by.digest ?? null, bytes, key, signature)
    const padding = constants.RSA_PKCS1_PSS_PADDING
    return verify(by.digest, bytes, { key, padding, saltLength: by.saltLength ?? 20 }, signature)
  } catch {
    // OpenSSL throws where the signature cannot be one at all.
    return false
  }
}

/** The AlgorithmIdentifier a key signs with: SHA-384 for P-384, SHA-512 for P-521, else SHA-256, unless one is named. */
export function signingAlgorithm(
  key: KeyObject,
  digest?: Digest,
): { algorithm: Uint8Array; digest: Digest | undefined } {
  const wanted = key.asymmetricKeyType === 'ed25519' ? undefined : (digest ?? naturalDigest(key))
  for (const [id, by] of SIGNATURES) {
    if (by.key !== key.asymmetricKeyType || by.digest !== wanted) continue
    // RFC 4055 §5: RSA carries NULL; RFC 5758 §3.2: ECDSA carries nothing.
    return { algorithm: by.key === 'rsa' ? seq(oid(id), nul()) : seq(oid(id)), digest: wanted }
  }
  throw new TypeError(`cannot sign with ${key.asymmetricKeyType} and ${wanted}`)
}

/** Signs the bytes with the key, by its usual digest unless one is named. */
export function signatureOver(bytes: Uint8Array, key: KeyObject, digest?: Digest): Uint8Array {
  return new Uint8Array(sign(signingAlgorithm(key, digest).digest ?? null, bytes, key))
}

function naturalDigest(key: KeyObject): Digest {
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (curve === 'secp384r1') return 'sha384'
  return curve === 'secp521r1' ? 'sha512' : 'sha256'
}

/** The dotted algorithm of an AlgorithmIdentifier in DER. */
export function algorithmOid(der: Uint8Array): string {
  const id = read(der).children[0]
  if (!id) throw new Malformed('x509.algorithm')
  return asOid(id)
}

/** The signature in a BIT STRING; whole bytes only, or two encodings would verify as one. */
export function signatureBits(node: Asn1): Uint8Array {
  const bytes = asBits(node)
  if (node.content[0] !== 0) throw new Malformed('x509.signature', 'not whole bytes')
  return bytes
}
