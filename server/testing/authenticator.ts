import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/*
 * A software authenticator (WebAuthn level 3, ES256, attestation "none"): what a security key or a phone does, without a person.
 * It says what it is told to say, so that tests can also let it lie.
 */

/** How an authenticator is, and what it answers differently when a test wants it to. */
export interface Traits {
  /** It counts its uses, as security keys do; synced passkeys answer 0. */
  counts: boolean
  /** Its passkeys are kept in an account. */
  synced: boolean
  /** It verified the person by PIN or biometrics. */
  verifies: boolean
}

interface Credential {
  id: string
  key: KeyObject
  rpId: string
  userHandle: string
  counter: number
}

interface Creation {
  challenge: string
  rp: { id: string }
  user: { id: string }
}

interface Request {
  challenge: string
  rpId: string
  allowCredentials?: readonly { id: string }[]
}

/** Lies for one answer: another origin, RP id, verification or counter than it would have given. */
export interface Lies {
  origin?: string
  rpId?: string
  verifies?: boolean
  counter?: number
  crossOrigin?: boolean
}

/** What a passkey answers when it is made. */
export interface Attested {
  id: string
  rawId: string
  type: 'public-key'
  response: { clientDataJSON: string; attestationObject: string; transports: string[] }
}

/** What a passkey answers when it signs. */
export interface Asserted {
  id: string
  rawId: string
  type: 'public-key'
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle: string }
}

/** A software authenticator that stands on a page of `origin`. */
export interface Authenticator {
  register(options: Creation, lies?: Lies): Attested
  assert(options: Request, lies?: Lies): Asserted
  /** A second one with the same keys and counters, as a thief would have. */
  copy(): Authenticator
}

/** Makes an authenticator for a site: `authenticator('https://muster.test')`. */
export function authenticator(
  origin: string,
  traits: Partial<Traits> = {},
  credentials: Credential[] = [],
): Authenticator {
  const { counts = true, synced = false, verifies = true } = traits
  const clientData = (type: string, challenge: string, lies: Lies): Buffer =>
    Buffer.from(
      JSON.stringify({ type, challenge, origin: lies.origin ?? origin, crossOrigin: lies.crossOrigin ?? false }),
    )
  // §6.1: RP id hash, flags, counter.
  const head = (rpId: string, attested: boolean, counter: number, lies: Lies): Buffer => {
    const flags = 0x01 | ((lies.verifies ?? verifies) ? 0x04 : 0) | (synced ? 0x18 : 0) | (attested ? 0x40 : 0)
    const rest = Buffer.alloc(5)
    rest.writeUInt8(flags, 0)
    rest.writeUInt32BE(lies.counter ?? counter, 1)
    return Buffer.concat([sha256(lies.rpId ?? rpId), rest])
  }
  return {
    register: ({ challenge, rp, user }, lies = {}) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const id = randomBytes(16)
      const credential = { id: base64url(id), key: privateKey, rpId: rp.id, userHandle: user.id, counter: 0 }
      credentials.push(credential)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseOf(publicKey)])
      const authData = Buffer.concat([head(rp.id, true, 0, lies), attested])
      const object = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytes(authData),
      ])
      const clientDataJSON = base64url(clientData('webauthn.create', challenge, lies))
      const response = { clientDataJSON, attestationObject: base64url(object), transports: ['usb'] }
      return { id: credential.id, rawId: credential.id, type: 'public-key', response }
    },
    assert: ({ challenge, rpId, allowCredentials = [] }, lies = {}) => {
      const credential = credentials.find(
        c => c.rpId === rpId && (allowCredentials.length === 0 || allowCredentials.some(a => a.id === c.id)),
      )
      if (!credential) throw new Error('this authenticator holds no passkey that was asked for')
      if (counts) credential.counter += 1
      const authData = head(rpId, false, credential.counter, lies)
      const client = clientData('webauthn.get', challenge, lies)
      const signature = sign('sha256', Buffer.concat([authData, sha256(client)]), credential.key)
      return {
        id: credential.id,
        rawId: credential.id,
        type: 'public-key',
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(authData),
          signature: base64url(signature),
          userHandle: credential.userHandle,
        },
      }
    },
    copy: () =>
      authenticator(
        origin,
        traits,
        credentials.map(c => ({ ...c })),
      ),
  }
}

const base64url = (value: Uint8Array): string => Buffer.from(value).toString('base64url')
const sha256 = (value: string | Uint8Array): Buffer => createHash('sha256').update(value).digest()

/** A CBOR head: major type and argument. (RFC 8949 §3) */
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff])
}
const text = (value: string): Buffer => Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)])
const bytes = (value: Uint8Array): Buffer => Buffer.concat([cborHead(2, value.length), value])
/** Negative integers are -1-n. */
const negative = (value: number): Buffer => cborHead(1, -1 - value)

/** The public key as COSE: EC2, ES256, P-256. (RFC 9053 §7.1.1) */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const pairs: [Buffer, Buffer][] = [
    [cborHead(0, 1), cborHead(0, 2)],
    [cborHead(0, 3), negative(-7)],
    [negative(-1), cborHead(0, 1)],
    [negative(-2), bytes(Buffer.from(x, 'base64url'))],
    [negative(-3), bytes(Buffer.from(y, 'base64url'))],
  ]
  return Buffer.concat([cborHead(5, pairs.length), ...pairs.flat()])
}
