import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** A pair of keys in the forms they are stored in. */
export interface Pair {
  publicKey: Uint8Array
  privateKey: Uint8Array
}

/** Where a sealed fix belongs: moved to another org, device or row it does not open. */
export interface Belonging {
  org: string
  device: string
  row: string
}

/** A sealed fix that does not belong where it was found, was altered, or was sealed to another key. */
export class FixBroken extends Error {}

const version = 1
const pointLength = 32
const info = Buffer.from('muster fix 1')

/** A fresh pair (RFC 7748, X25519). */
export function newPair(): Pair {
  const pair = generateKeyPairSync('x25519')
  return {
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }),
    privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
  }
}

/** Seals to a public key: a key pair of its own for each value, X25519, HKDF-SHA-256 (RFC 5869), AES-256-GCM. Whoever seals cannot open. */
export function sealTo(publicKey: Uint8Array, to: Belonging, plain: Uint8Array): Uint8Array {
  const recipient = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' })
  const once = generateKeyPairSync('x25519')
  const point = pointOf(once.publicKey)
  const key = keyFrom(diffieHellman({ privateKey: once.privateKey, publicKey: recipient }), point, pointOf(recipient))
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad(to))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([version]), point, iv, cipher.getAuthTag(), body])
}

/** The plain bytes; throws FixBroken when the bytes, the place or the key are not the ones sealed with. */
export function openWith(pair: Pair, from: Belonging, sealed: Uint8Array): Uint8Array {
  const bytes = Buffer.from(sealed)
  if (bytes.length < 61 || bytes[0] !== version) throw new FixBroken('not a sealed fix of a known version')
  const point = bytes.subarray(1, 33)
  const own = createPrivateKey({ key: Buffer.from(pair.privateKey), format: 'der', type: 'pkcs8' })
  const recipient = createPublicKey({ key: Buffer.from(pair.publicKey), format: 'der', type: 'spki' })
  try {
    const once = createPublicKey({ key: Buffer.concat([prefix, point]), format: 'der', type: 'spki' })
    const key = keyFrom(diffieHellman({ privateKey: own, publicKey: once }), point, pointOf(recipient))
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(33, 45))
      .setAAD(aad(from))
      .setAuthTag(bytes.subarray(45, 61))
    return Buffer.concat([decipher.update(bytes.subarray(61)), decipher.final()])
  } catch (cause) {
    throw new FixBroken('the fix does not belong where it was found, or was altered', { cause })
  }
}

/** What stands before the 32 bytes of an X25519 key in its SPKI form (RFC 8410 §4). */
const prefix = Buffer.from('302a300506032b656e032100', 'hex')

function pointOf(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-pointLength)
}

/** Both public keys are mixed in, so that a shared secret serves one value for one recipient. */
function keyFrom(shared: Buffer, once: Buffer, recipient: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([once, recipient]), info, 32))
}

function aad({ org, device, row }: Belonging): Buffer {
  return Buffer.from(JSON.stringify(['fixes', org, device, row]))
}
