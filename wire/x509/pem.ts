import { Malformed } from '../malformed.ts'

/** One block of a PEM text. */
export interface PemBlock {
  label: string
  der: Uint8Array
}

const BEGIN = '-----BEGIN '
const DASHES = '-----'

/** Writes one PEM block, 64 characters to the line (RFC 7468 §3). */
export function toPem(label: string, der: Uint8Array): string {
  const lines = der.toBase64().match(/.{1,64}/g) ?? []
  return [`${BEGIN}${label}${DASHES}`, ...lines, `-----END ${label}${DASHES}`, ''].join('\n')
}

/** Reads every block of a PEM text, whatever stands between them; headers inside a block are passed over. */
export function fromPem(text: string): PemBlock[] {
  const out: PemBlock[] = []
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
    const labelEnd = text.indexOf(DASHES, at + BEGIN.length)
    const label = text.slice(at + BEGIN.length, labelEnd)
    if (labelEnd < 0 || !/^[A-Z0-9#. ]{1,64}$/.test(label)) throw new Malformed('pem.label')
    const end = `-----END ${label}${DASHES}`
    const bodyEnd = text.indexOf(end, labelEnd)
    if (bodyEnd < 0) throw new Malformed('pem.truncated', label)
    out.push({ label, der: body(text.slice(labelEnd + DASHES.length, bodyEnd)) })
    at = bodyEnd + end.length
  }
  return out
}

function body(text: string): Uint8Array {
  // RFC 1421 headers end at the first empty line.
  const blank = text.includes(':') ? text.search(/\n\r?\n/) : -1
  try {
    return Uint8Array.fromBase64(blank < 0 ? text : text.slice(blank))
  } catch (cause) {
    throw new Malformed('pem.base64', undefined, cause)
  }
}
