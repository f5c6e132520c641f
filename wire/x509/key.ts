import { createPublicKey, type KeyObject } from 'node:crypto'
import { Malformed } from '../malformed.ts'

const CAPACITY = 2048
const CURVES: readonly (string | undefined)[] = ['prime256v1', 'secp384r1', 'secp521r1']
/** Making a KeyObject costs as much as a verification, and devices come back with the same key. */
const keys = new Map<string, KeyObject>()
const encodings = new WeakMap<KeyObject, Uint8Array>()

/** The public key of a SubjectPublicKeyInfo; refuses algorithms and sizes that are weak or a burden. */
export function publicKey(spki: Uint8Array): KeyObject {
  const name = Buffer.from(spki.buffer, spki.byteOffset, spki.length).toString('latin1')
  const known = keys.get(name)
  if (known) keys.delete(name)
  const key = known ?? create(spki)
  keys.set(name, key)
  if (keys.size > CAPACITY) keys.delete(keys.keys().next().value ?? '')
  return key
}

function create(spki: Uint8Array): KeyObject {
  // 8192 bits of RSA and its wrapping; anything longer is no key we would ever accept.
  if (spki.length > 1200) throw new Malformed('x509.key', 'too large')
  let key: KeyObject
  try {
    key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch (cause) {
    throw new Malformed('x509.key', 'not a public key', cause)
  }
  if (!acceptable(key)) throw new Malformed('x509.key', 'unsupported algorithm or size')
  return key
}

function acceptable(key: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n, namedCurve } = key.asymmetricKeyDetails ?? {}
  switch (key.asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss':
      // A huge exponent makes every verification as dear as a signature.
      return modulusLength >= 1024 && modulusLength <= 8192 && publicExponent < 2n ** 64n
    case 'ec':
      return CURVES.includes(namedCurve)
    case 'ed25519':
      return true
    default:
      return false
  }
}

/** The SubjectPublicKeyInfo of a key, public or private. */
export function spkiOf(key: KeyObject): Uint8Array {
  const known = encodings.get(key)
  if (known) return known
  const open = key.type === 'private' ? createPublicKey(key) : key
  const spki = new Uint8Array(open.export({ type: 'spki', format: 'der' }))
  encodings.set(key, spki)
  return spki
}
