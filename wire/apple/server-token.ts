import type { KeyObject } from 'node:crypto'
import { open } from '../cms/enveloped.ts'
import { Malformed } from '../malformed.ts'
import type { Certificate } from '../x509/certificate.ts'

/** What a server says with at Apple's service for automated enrollment. (Apple: Device Assignment, Authenticating) */
export interface ServerToken {
  consumerKey: string
  consumerSecret: string
  accessToken: string
  accessSecret: string
  /** Unix ms. */
  expiresAt: number
}

const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)
const base64Only = /^[A-Za-z0-9+/\s]+={0,2}\s*$/
/** A real file has about 3 KiB. */
const mostBytes = 256 * 1024

/**
 * The CMS envelope of a server token file, in every form it is met in: S/MIME with its headers (CRLF or LF, folded), PEM, bare base64, base64 of one
 * of these, or DER. Throws `token.form`.
 */
export function envelopeOf(file: Uint8Array): Uint8Array {
  let bytes = file
  if (bytes.length > mostBytes) throw new Malformed('token.size')
  // At most: base64 of S/MIME of base64.
  for (let depth = 0; depth < 4; depth += 1) {
    if (bytes[0] === 0x30) return bytes
    const text = latin(bytes)
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .replaceAll('\r\n', '\n')
      .trim()
    const body = bodyOf(text)
    if (!base64Only.test(body)) throw new Malformed('token.form')
    bytes = new Uint8Array(Buffer.from(body, 'base64'))
  }
  throw new Malformed('token.form')
}

/** Without the lines around it. */
function bodyOf(text: string): string {
  const pem = /-----BEGIN [A-Z0-9 ]+-----\n([\s\S]*?)\n-----END/.exec(text)
  if (pem?.[1] !== undefined) return pem[1]
  if (!/^[A-Za-z-]+:/.test(text)) return text
  const end = text.indexOf('\n\n')
  if (end < 0) throw new Malformed('token.form', 'headers without an end')
  return text.slice(end + 2)
}

/** Opens a server token file with the key whose certificate was uploaded. Throws `cms.recipient` for another certificate's, `token.…` for what is no token. */
export function openServerToken(file: Uint8Array, ours: { certificate: Certificate; key: KeyObject }): ServerToken {
  return readServerToken(open(envelopeOf(file), { ...ours, legacy: false }))
}

/** Reads what was inside the envelope: JSON between markers, in a MIME part or bare. */
export function readServerToken(content: Uint8Array): ServerToken {
  let text = new TextDecoder()
    .decode(content)
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
  if (/^content-transfer-encoding:\s*base64/im.test(text)) {
    const body = text.slice(text.indexOf('\n\n') + 2)
    text = Buffer.from(body, 'base64').toString('utf8')
  }
  const marked = /-----BEGIN MESSAGE-----([\s\S]*?)-----END MESSAGE-----/.exec(text)
  const inner = marked?.[1] ?? text
  const json = inner.slice(inner.indexOf('{'), inner.lastIndexOf('}') + 1)
  const found = parsed(json)
  const get = (name: string): string => {
    const value = found[name]
    if (typeof value !== 'string' || value === '' || value.length > 500) throw new Malformed('token.field', name)
    return value
  }
  const expiresAt = Date.parse(get('access_token_expiry'))
  if (Number.isNaN(expiresAt)) throw new Malformed('token.field', 'access_token_expiry')
  return {
    consumerKey: get('consumer_key'),
    consumerSecret: get('consumer_secret'),
    accessToken: get('access_token'),
    accessSecret: get('access_secret'),
    expiresAt,
  }
}

function parsed(json: string): Record<string, unknown> {
  try {
    // Mail programs break long lines wherever they like; no value of a token holds a line end.
    return JSON.parse(json.replaceAll('\n', '')) as Record<string, unknown>
  } catch (cause) {
    throw new Malformed('token.json', cause instanceof Error ? cause.message : 'unreadable')
  }
}
