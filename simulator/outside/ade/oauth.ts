import { createHmac, timingSafeEqual } from 'node:crypto'

/** What an Authorization header of OAuth 1.0a says; null when it is none. */
export function readAuthorization(header: string | undefined): Map<string, string> | null {
  if (header === undefined || !/^OAuth\s/i.test(header)) return null
  const found = new Map<string, string>()
  for (const part of header.slice(6).split(',')) {
    const match = /^\s*([a-z_]+)="([^"]*)"\s*$/i.exec(part)
    if (!match) return null
    found.set(match[1] ?? '', decodeURIComponent(match[2] ?? ''))
  }
  return found
}

/** Whether the header signs this request with these secrets (RFC 5849 §3.4.2), computed here anew and not with the server's code. */
export function signs(
  said: ReadonlyMap<string, string>,
  request: { method: string; url: string },
  secrets: { consumer: string; token: string },
): boolean {
  const escaped = (text: string): string =>
    [...new TextEncoder().encode(text)]
      .map(byte => {
        const sign = String.fromCharCode(byte)
        return /[A-Za-z0-9\-._~]/.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
      })
      .join('')
  const parameters = [...said]
    .filter(([name]) => name !== 'realm' && name !== 'oauth_signature')
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
  const base = [request.method, escaped(request.url), escaped(parameters.join('&'))].join('&')
  const expected = createHmac('sha1', `${escaped(secrets.consumer)}&${escaped(secrets.token)}`)
    .update(base)
    .digest()
  const shown = Buffer.from(said.get('oauth_signature') ?? '', 'base64')
  return shown.length === expected.length && timingSafeEqual(shown, expected)
}
