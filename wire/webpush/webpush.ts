import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  randomBytes,
  sign,
} from 'node:crypto'
import { Malformed } from '../malformed.ts'

/** Whom a push is for, as the receiver gave it: its P-256 point and the secret it shares with whoever may push (RFC 8291 §3.2). */
export interface Receiver {
  readonly p256dh: Uint8Array
  readonly auth: Uint8Array
}

/** A key pair of P-256, raw: the private number and the uncompressed point. */
export interface RawKey {
  readonly secret: Uint8Array
  readonly point: Uint8Array
}

/** Makes one. */
export function newRawKey(): RawKey {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  // One number of 256 is given with a byte less, and a JWK has all 32 (RFC 7518 §6.2.2.1).
  const number = ecdh.getPrivateKey()
  return { secret: Buffer.concat([Buffer.alloc(32 - number.length), number]), point: ecdh.getPublicKey() }
}

const recordBytes = 4096
const pointBytes = 65

/** Encrypts what is pushed, so that only the receiver reads it and the push service does not (RFC 8291, RFC 8188). */
export function encryptPush(plain: Uint8Array, to: Receiver, own = newRawKey(), salt = randomBytes(16)): Uint8Array {
  if (to.p256dh.length !== pointBytes || to.auth.length !== 16)
    throw new Malformed('webpush.message', 'a receiver without keys')
  if (plain.length > recordBytes - 103) throw new Malformed('webpush.message', 'more than one record')
  const shared = sharedOf(own.secret, to.p256dh)
  const { key, nonce } = keysOf(shared, { auth: to.auth, receiver: to.p256dh, sender: own.point, salt })
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  // One record and the last: the delimiter is 2 (RFC 8188 §2).
  const sealed = Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.from([2])])), cipher.final()])
  const head = Buffer.alloc(21)
  head.set(salt, 0)
  head.writeUInt32BE(recordBytes, 16)
  head.writeUInt8(own.point.length, 20)
  return Buffer.concat([head, own.point, sealed, cipher.getAuthTag()])
}

/** Decrypts it, as a receiver does. */
export function decryptPush(body: Uint8Array, own: RawKey, auth: Uint8Array): Uint8Array {
  const all = Buffer.from(body)
  if (all.length < 21 + pointBytes + 17 || all[20] !== pointBytes) throw new Malformed('webpush.message', 'no message')
  const [salt, sender, sealed] = [all.subarray(0, 16), all.subarray(21, 21 + pointBytes), all.subarray(21 + pointBytes)]
  const { key, nonce } = keysOf(sharedOf(own.secret, sender), { auth, receiver: own.point, sender, salt })
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  const end = padded.lastIndexOf(2)
  if (end < 0) throw new Malformed('webpush.message', 'no delimiter')
  return new Uint8Array(padded.subarray(0, end))
}

function sharedOf(secret: Uint8Array, point: Uint8Array): Buffer {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(Buffer.from(secret))
  try {
    return ecdh.computeSecret(Buffer.from(point))
  } catch (cause) {
    throw new Malformed('webpush.message', 'a point that is not on the curve', cause)
  }
}

const mac = (key: Uint8Array, ...parts: (Uint8Array | string)[]): Buffer => {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

function keysOf(
  shared: Uint8Array,
  of: { auth: Uint8Array; receiver: Uint8Array; sender: Uint8Array; salt: Uint8Array },
): { key: Buffer; nonce: Buffer } {
  const input = mac(mac(of.auth, shared), 'WebPush: info\0', of.receiver, of.sender, '\u0001')
  const prk = mac(of.salt, input)
  return {
    key: mac(prk, 'Content-Encoding: aes128gcm\0\u0001').subarray(0, 16),
    nonce: mac(prk, 'Content-Encoding: nonce\0\u0001').subarray(0, 12),
  }
}

/** The `Authorization` by which a push service knows who pushes (RFC 8292): a token for its origin, signed, and the key. */
export function vapidHeader(
  { secret, point }: RawKey,
  claims: { readonly origin: string; readonly contact: string; readonly expiresAtSeconds: number },
): string {
  const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url')
  const said = { aud: claims.origin, exp: claims.expiresAtSeconds, sub: claims.contact }
  const head = `${b64(JSON.stringify({ typ: 'JWT', alg: 'ES256' }))}.${b64(JSON.stringify(said))}`
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  const key = createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: b64(x), y: b64(y), d: b64(secret) },
  })
  const signature = sign('sha256', Buffer.from(head), { key, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${head}.${b64(signature)}, k=${b64(point)}`
}
