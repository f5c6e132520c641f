import { Malformed } from '@muster/wire/malformed.ts'
import { type Certificate, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import type { Finding, Json } from '../kind.ts'
import { fault, isValues, warning } from './define.ts'

/** The certificates in a value, as DER: one from bytes, any number from PEM text. Throws only `Malformed`. */
export function certificatesIn(value: Json): { der: Uint8Array; read: Certificate }[] {
  return dersIn(value).map(der => ({ der, read: parseCertificate(der) }))
}

function dersIn(value: Json): Uint8Array[] {
  if (isValues(value)) {
    const bytes = Buffer.from(String(value['$data'] ?? ''), 'base64')
    const text = bytes.subarray(0, 11).toString('latin1') === '-----BEGIN ' ? bytes.toString('latin1') : null
    return text === null ? [new Uint8Array(bytes)] : dersIn(text)
  }
  const blocks = fromPem(typeof value === 'string' ? value : '')
  return blocks.filter(b => b.label.endsWith('CERTIFICATE')).map(b => b.der)
}

/** What is wrong with a certificate that devices should trust. */
export function checkAnchor(value: Json | undefined, path: string): Finding[] {
  if (value === undefined) return []
  if (typeof value === 'string' && value.includes('PRIVATE KEY')) return [fault('certificate.private-key', path)]
  try {
    const found = certificatesIn(value)
    if (found.length === 0) return [fault('certificate.unreadable', path)]
    return found.flatMap(({ read }) => (read.isCa ? [] : [warning('certificate.not-authority', path)]))
  } catch (problem) {
    if (problem instanceof Malformed) return [fault('certificate.unreadable', path)]
    throw problem
  }
}
