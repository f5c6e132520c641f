import { Malformed } from '../malformed.ts'
import { signatureHolds } from './algorithm.ts'
import type { Certificate } from './certificate.ts'
import { EXTENSION } from './extensions.ts'

/** What a chain is judged by: who is trusted, who may stand between, the instant and the purpose. */
export interface ChainOptions {
  intermediates: readonly Certificate[]
  roots: readonly Certificate[]
  /** Unix milliseconds. */
  at: number
  /** Dotted purpose; every certificate below the root must allow it. */
  extendedKeyUsage?: string
  /** How far clocks may be apart. */
  skewMs?: number
  /** Accepts SHA-1 below the root, for vendor chains of old. */
  legacySha1?: boolean
}

const MAX_LENGTH = 8
const MAX_CHECKS = 64
const ANY_PURPOSE = '2.5.29.37.0'
const UNDERSTOOD: readonly string[] = Object.values(EXTENSION)

/** Whether the issuer's key made the signature of the certificate. */
export function verifyIssued(certificate: Certificate, issuer: Certificate): boolean {
  const { signedBy, tbsDer, signature } = certificate
  return signedBy !== undefined && signatureHolds(signedBy, issuer.spki, tbsDer, signature)
}

/**
 * The path from the leaf to a root it hangs on (RFC 5280 §6, without policies, name constraints and revocation).
 * Throws `Malformed('x509.…')` with the reason the most promising path failed.
 */
export function verifyChain(leaf: Certificate, options: ChainOptions): readonly Certificate[] {
  const search: Search = { options, checks: 0, reason: new Malformed('x509.untrusted', 'no path to a root') }
  const path = extend([leaf], search)
  if (!path) throw search.reason
  return path
}

interface Search {
  options: ChainOptions
  checks: number
  reason: Malformed
}

function extend(path: readonly Certificate[], search: Search): readonly Certificate[] | undefined {
  const last = path.at(-1)
  if (!last || path.length > MAX_LENGTH) return undefined
  const flaw = flawOf(last, path.length - 1, search.options)
  if (flaw) {
    search.reason = flaw
    return undefined
  }
  const { roots, intermediates } = search.options
  if (roots.some(root => Buffer.compare(root.der, last.der) === 0)) return path
  for (const root of roots) {
    if (!mayIssue(root, last) || !linked(last, root, search)) continue
    const rootFlaw = flawOf(root, path.length, { ...search.options, legacySha1: true })
    if (!rootFlaw) return [...path, root]
    search.reason = rootFlaw
  }
  for (const next of intermediates) {
    if (path.some(seen => Buffer.compare(seen.der, next.der) === 0)) continue
    if (!mayIssue(next, last) || !linked(last, next, search)) continue
    const found = extend([...path, next], search)
    if (found) return found
  }
  return undefined
}

function mayIssue(issuer: Certificate, subject: Certificate): boolean {
  if (Buffer.compare(issuer.subjectDer, subject.issuerDer) !== 0) return false
  return !subject.authorityKeyId || !issuer.subjectKeyId || subject.authorityKeyId === issuer.subjectKeyId
}

function linked(subject: Certificate, issuer: Certificate, search: Search): boolean {
  // Many look-alike intermediates must not buy many verifications.
  if (++search.checks > MAX_CHECKS) throw new Malformed('x509.untrusted', 'too many candidates')
  if (!search.options.legacySha1 && subject.signedBy?.digest === 'sha1') {
    search.reason = new Malformed('x509.weak', 'signed with SHA-1')
    return false
  }
  if (verifyIssued(subject, issuer)) return true
  search.reason = new Malformed('x509.signature')
  return false
}

/** Why a certificate cannot stand at its place in the path: 0 is the leaf. */
function flawOf(certificate: Certificate, place: number, options: ChainOptions): Malformed | undefined {
  const { at, skewMs = 0, extendedKeyUsage } = options
  if (at + skewMs < certificate.notBefore) return new Malformed('x509.notYetValid')
  if (at - skewMs > certificate.notAfter) return new Malformed('x509.expired')
  const purposes = certificate.extendedKeyUsage
  const fits = purposes.length === 0 || purposes.includes(ANY_PURPOSE)
  if (extendedKeyUsage && !fits && !purposes.includes(extendedKeyUsage)) return new Malformed('x509.usage')
  for (const [id, extension] of certificate.extensions) {
    if (extension.critical && !UNDERSTOOD.includes(id)) return new Malformed('x509.critical', id)
  }
  return place === 0 ? undefined : authorityFlaw(certificate, place)
}

function authorityFlaw(certificate: Certificate, place: number): Malformed | undefined {
  const { isCa, keyUsage, pathLength, extensions } = certificate
  if (!isCa) return new Malformed('x509.authority', 'not a CA')
  if (extensions.has(EXTENSION.keyUsage) && !keyUsage.includes('keyCertSign'))
    return new Malformed('x509.authority', 'usage')
  // The path length counts the authorities below, not the leaf.
  return pathLength !== undefined && place - 1 > pathLength ? new Malformed('x509.pathLength') : undefined
}
