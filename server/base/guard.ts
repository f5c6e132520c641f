import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from './config.ts'
import { Problem } from './problem.ts'

/** Headers of every answer to a person: nothing may be framed, sniffed, cached or run that we did not ship. Pages add their own policy. */
export function secured(reply: FastifyReply): void {
  reply.header(
    'content-security-policy',
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  )
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'no-referrer')
  reply.header('cross-origin-opener-policy', 'same-origin')
  reply.header('cross-origin-resource-policy', 'same-origin')
  reply.header('cache-control', 'no-store')
  reply.header('strict-transport-security', 'max-age=31536000')
}

/** The policy of the console's page; `nonce` lets its own style sheets in, and `tiles` the pictures a map is made of. */
export function consolePolicy(nonce: string, tiles: string | null): string {
  const pictures = tiles === null ? '' : ` ${new URL(tiles).origin}`
  return `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:${pictures}; connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`
}

/** A change by cookie must come from our own pages: by Sec-Fetch-Site, or by Origin in browsers without it. */
export function sameSite(config: Config, request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin') return
  const origin = request.headers.origin
  const own = [config.url, `${request.protocol}://${request.host}`]
  if (site === undefined && origin !== undefined && own.includes(origin)) return
  throw new Problem('request.foreign-origin')
}

const deepest = 64
const text = new TextDecoder('utf-8', { fatal: true })

/** The JSON of a body; throws when it is none, is not UTF-8, or nested more than 64 deep, which would exhaust the stack of whoever walks it. */
export function readJson(body: Uint8Array): unknown {
  let depth = 0
  let quoted = false
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at]
    if (quoted && byte === 0x5c) at += 1
    else if (byte === 0x22) quoted = !quoted
    else if (quoted) continue
    else if (byte === 0x5b || byte === 0x7b) depth += 1
    else if (byte === 0x5d || byte === 0x7d) depth -= 1
    if (depth > deepest) throw new SyntaxError('nested too deep')
  }
  return JSON.parse(text.decode(body)) as unknown
}
