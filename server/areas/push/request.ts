import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { readPushRequest, type SignedPushRequest } from '@muster/wire/apple/push-request.ts'
import { open } from '@muster/wire/cms/enveloped.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { type Certificate, issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import { buildRequest } from '@muster/wire/x509/request.ts'
import { Problem } from '../../base/problem.ts'

const generate = promisify(generateKeyPair)
const day = 86_400_000
/** How long a signing service may take to answer by mail. */
const openingMs = 365 * day

/** A fresh key with the request for its certificate, and what signing services encrypt their answer to. */
export interface MadeRequest {
  name: string
  email: string
  key: KeyObject
  request: Uint8Array
  opening: Uint8Array
  openingKey: KeyObject
}

/** Makes a key of RSA-2048, the only kind the portal takes, and the request for it. Slow on purpose of the numbers: never inside a transaction. */
export async function makeRequest(of: { name: string; email: string }, now: number): Promise<MadeRequest> {
  const [{ privateKey: key }, { privateKey: openingKey }] = await Promise.all([rsa(), rsa()])
  const { name, email } = of
  const request = buildRequest({
    subject: [
      ['CN', name],
      ['emailAddress', email],
    ],
    key,
  })
  const opening = issueCertificate({
    subject: [['CN', 'Answers to Muster']],
    spki: spkiOf(openingKey),
    notBefore: now - day,
    notAfter: now + openingMs,
    issuer: { key: openingKey },
    keyUsage: ['keyEncipherment'],
  })
  return { name, email, key, request, opening, openingKey }
}

const rsa = (): Promise<{ privateKey: KeyObject }> => generate('rsa', { modulusLength: 2048 })

/** Whom an answer is read for: our request, and what opens an encrypted one. */
export interface Reader {
  request: Uint8Array
  opening: Uint8Array
  openingKey: Uint8Array
}

/**
 * Reads what a vendor or signing service gave back: the signed request in base64 or as it is, or the same encrypted for us, as PEM, hex, base64
 * or DER in base64. Throws `push.signed-unreadable` for anything else, and `push.signed-other` for a request that is not ours.
 */
export function readSigned(text: string, reader: Reader): SignedPushRequest {
  const signed = tried(text) ?? tried(openedText(text, reader))
  if (!signed) throw new Problem('push.signed-unreadable')
  if (Buffer.compare(signed.request, reader.request) !== 0) throw new Problem('push.signed-other')
  return signed
}

function tried(text: string | null): SignedPushRequest | null {
  if (text === null) return null
  try {
    return readPushRequest(text)
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

function openedText(text: string, reader: Reader): string | null {
  const bytes = envelopeOf(text.trim())
  if (bytes === null) return null
  const key = createPrivateKey({ key: Buffer.from(reader.openingKey), format: 'der', type: 'pkcs8' })
  try {
    const certificate: Certificate = parseCertificate(reader.opening)
    return Buffer.from(open(bytes, { certificate, key })).toString('utf8')
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

function envelopeOf(text: string): Uint8Array | null {
  if (text.includes('-----BEGIN')) return firstBlock(text)
  const packed = text.replaceAll(/\s/g, '')
  if (packed.length === 0) return null
  if (/^(?:[0-9a-f]{2})+$/i.test(packed)) return new Uint8Array(Buffer.from(packed, 'hex'))
  return /^[A-Za-z0-9+/]+={0,2}$/.test(packed) ? new Uint8Array(Buffer.from(packed, 'base64')) : null
}

function firstBlock(text: string): Uint8Array | null {
  try {
    return fromPem(text)[0]?.der ?? null
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}
