import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Malformed } from '@muster/wire/malformed.ts'
import { type Signed, verify } from '@muster/wire/cms/signed.ts'
import { type Certificate, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { signatureHolds } from '@muster/wire/x509/algorithm.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import type { Config } from '../../../base/config.ts'
import { Problem } from '../../../base/problem.ts'

/**
 * The public key of the authority that Apple certifies its devices with before they are managed (CN=Apple iPhone Device CA). Its own certificate
 * expired in 2014 and signs on; what Apple asks to be checked is the key (Apple: Profile Service, phase 2).
 */
const appleKey =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDxlErJ6rpaGGCty6JNTU5UGWkXWQdmy5foZppHX0auZ3q1SnNUscsE9r02uAxVOIqEgzFSZfkz4Zd3nCtMJrAlP+kyqnsIdJTswUs4HWdOCFKUWotZo1zXk/Sg/lWFu0xGl15usndFL2dcvAsYv1m5bIb3KnV20hlx9CljuSULrwIDAQAB'

const read = new Map<string, readonly Uint8Array[]>()

/** Public keys of the authorities that devices are known by before they enroll. */
function keysOf({ appleDeviceCa }: Config): readonly Uint8Array[] {
  if (appleDeviceCa === null) return [Buffer.from(appleKey, 'base64')]
  const known = read.get(appleDeviceCa)
  if (known) return known
  const keys = fromPem(readFileSync(appleDeviceCa, 'utf8'))
    .filter(({ label }) => label === 'CERTIFICATE')
    .map(({ der }) => parseCertificate(der).spki)
  read.set(appleDeviceCa, keys)
  return keys
}

/** What a device signed, whoever vouches for it. */
export interface DeviceSigned {
  readonly content: Uint8Array
  readonly signer: Certificate
  readonly signedAt: number | null
  /** SHA-256 of the whole message, hex. */
  readonly digest: string
}

/** Opens what a device signed once the signature holds. Old systems sign with SHA-1. Throws `device.signature-wrong`. */
export function openSigned(body: Uint8Array): DeviceSigned {
  const { content, signer, signingTime } = opened(body)
  const digest = createHash('sha256').update(body).digest('hex')
  return { content, signer, signedAt: signingTime ?? null, digest }
}

/**
 * Whether the authority of Apple's devices vouches for the signer: by its key, whatever the dates and names in the chain say, because Apple's own
 * have long expired. An authority itself does not speak for a device.
 */
export function isAppleDevice(config: Config, signer: Certificate): boolean {
  const { signedBy, tbsDer, signature, isCa } = signer
  if (isCa || signedBy === undefined) return false
  return keysOf(config).some(key => holds(() => signatureHolds(signedBy, key, tbsDer, signature)))
}

function opened(body: Uint8Array): Signed {
  try {
    return verify(body, { legacySha1: true })
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('device.signature-wrong', { reason: cause.code }, { cause })
  }
}

/** A key of another kind than the signature's says no by throwing. */
function holds(check: () => boolean): boolean {
  try {
    return check()
  } catch (error) {
    if (error instanceof Malformed || error instanceof TypeError) return false
    throw error
  }
}
