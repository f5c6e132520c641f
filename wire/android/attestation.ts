import { Malformed } from '../malformed.ts'
import { type Certificate, parseCertificate, verifyIssued } from '../x509/certificate.ts'
import { EXTENSION } from '../x509/extensions.ts'
import { type KeyDescription, keyDescriptionOid, readKeyDescription, type RootOfTrust } from './key-description.ts'

/** Why a chain does not prove what it should. */
export type AttestationFlaw =
  /** It cannot be read. */
  | 'malformed'
  /** It does not lead to an authority that is believed. */
  | 'untrusted'
  /** A certificate above the key's is out of its time. */
  | 'expired'
  /** The maker took a certificate back: its key has leaked. */
  | 'revoked'
  /** A certificate was appended to a chain that ended before it. */
  | 'extended'
  | 'other-key'
  /** It was made for another question. */
  | 'stale'
  /** The key was brought along and not made there. */
  | 'imported'
  /** Another app, or one signed by somebody else, asked for it. */
  | 'other-app'
  | 'other-device'
  /** How the device was started is not said. */
  | 'boot-unknown'
  | 'boot-unlocked'
  | 'boot-self-signed'
  | 'boot-unverified'
  | 'boot-failed'

/** Why there is nothing to judge: no chain, or one that only software vouches for. */
export type AttestationLack = 'absent' | 'software'

/** What a chain proves. `said` is there once the chain is the maker's and about this very key, whatever else is wrong. */
export type KeyVerdict =
  | { readonly verdict: 'passed'; readonly why: null; readonly said: KeyDescription }
  | { readonly verdict: 'failed'; readonly why: AttestationFlaw; readonly said: KeyDescription | null }
  | { readonly verdict: 'none'; readonly why: AttestationLack; readonly said: null }

/** What was asked, and whose word counts. */
export interface KeyQuestion {
  readonly roots: readonly Certificate[]
  readonly at: number
  readonly challenge: Uint8Array
  readonly spki: Uint8Array
  /** Who must have asked for the key; null: whoever. */
  readonly app: { readonly name: string; readonly signers: readonly Uint8Array[] } | null
  /** Compared where the chain names one. */
  readonly serial: string | null
  /** Whether the certificate with this number (hex, no leading zeros) was taken back. */
  readonly revoked: (serial: string) => boolean
}

const longestChain = 8
const skewMs = 15 * 60_000

/** Judges a chain as the device's key store gave it, the key's certificate first. */
export function judgeKey(chain: readonly Uint8Array[], question: KeyQuestion): KeyVerdict {
  if (chain.length === 0) return { verdict: 'none', why: 'absent', said: null }
  const failed = (why: AttestationFlaw, said: KeyDescription | null = null): KeyVerdict => ({
    verdict: 'failed',
    why,
    said,
  })
  try {
    const certificates = readChain(chain)
    const [leaf] = certificates
    const described = certificates.findLastIndex(c => c.extensions.has(keyDescriptionOid))
    // Hardware describes a key once. What follows was signed by that key, which anybody may have made who holds the device.
    if (described > 0) return failed('extended')
    const value = leaf?.extensions.get(keyDescriptionOid)?.value
    if (!leaf || value === undefined) return failed('malformed')
    const said = readKeyDescription(value)
    if (said.level === 'software' || said.keeperLevel === 'software')
      return { verdict: 'none', why: 'software', said: null }
    const broken = pathFlaw(certificates, question)
    if (broken !== null) return failed(broken)
    if (Buffer.compare(leaf.spki, question.spki) !== 0) return failed('other-key')
    const flaw = descriptionFlaw(said, question)
    return flaw === null ? { verdict: 'passed', why: null, said } : failed(flaw, said)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return failed('malformed')
  }
}

function readChain(chain: readonly Uint8Array[]): Certificate[] {
  if (chain.length > longestChain) throw new Malformed('attestation.chain')
  return chain.map(der => parseCertificate(der))
}

/**
 * Each certificate must be issued by the next, and the last by a root. The validity of the first is what the device's own clock said and counts for
 * nothing; that of the others counts. A root may stand in the chain in another edition of the same name and key, so these two decide.
 */
function pathFlaw(certificates: readonly Certificate[], { roots, at, revoked }: KeyQuestion): AttestationFlaw | null {
  const isRoot = (one: Certificate): boolean =>
    roots.some(root => same(root.subjectDer, one.subjectDer) && same(root.spki, one.spki))
  const end = certificates.findIndex(isRoot)
  const path = end < 0 ? certificates : certificates.slice(0, end)
  const last = path.at(-1)
  const anchor = roots.find(root => last !== undefined && issued(last, root))
  if (!anchor) return 'untrusted'
  if (!path.every((one, i) => i === path.length - 1 || issued(one, path[i + 1]))) return 'untrusted'
  if (path.slice(1).some(one => at + skewMs < one.notBefore || at - skewMs > one.notAfter)) return 'expired'
  if (path.some(one => revoked(one.serial.replace(/^0+(?=.)/, '')))) return 'revoked'
  return null
}

/** Chains of old say less of their authorities than RFC 5280 asks; what they do say counts. */
function issued(subject: Certificate, issuer: Certificate | undefined): boolean {
  if (!issuer || !same(issuer.subjectDer, subject.issuerDer)) return false
  const { extensions, isCa, keyUsage } = issuer
  if (extensions.has(EXTENSION.basicConstraints) && !isCa) return false
  if (extensions.has(EXTENSION.keyUsage) && !keyUsage.includes('keyCertSign')) return false
  return verifyIssued(subject, issuer)
}

function descriptionFlaw(said: KeyDescription, question: KeyQuestion): AttestationFlaw | null {
  const { challenge, software, hardware } = said
  if (!same(challenge, question.challenge)) return 'stale'
  if (hardware.origin !== 0) return 'imported'
  if (question.app && !isOf(software.app ?? hardware.app, question.app)) return 'other-app'
  if (hardware.serial !== null && question.serial !== null && hardware.serial !== question.serial) return 'other-device'
  return bootFlaw(hardware.root)
}

function isOf(app: KeyDescription['software']['app'], wanted: NonNullable<KeyQuestion['app']>): boolean {
  if (!app?.packages.some(p => p.name === wanted.name)) return false
  return app.signers.length > 0 && app.signers.every(one => wanted.signers.some(known => same(one, known)))
}

function bootFlaw(root: RootOfTrust | null): AttestationFlaw | null {
  if (root === null) return 'boot-unknown'
  if (root.state === 'failed') return 'boot-failed'
  if (root.state === 'unverified') return 'boot-unverified'
  if (!root.locked) return 'boot-unlocked'
  return root.state === 'self-signed' ? 'boot-self-signed' : null
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
