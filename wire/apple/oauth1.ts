import { createHmac } from 'node:crypto'

/** Everything one signed request says of itself. (RFC 5849) */
export interface OAuthRequest {
  method: string
  url: string
  consumerKey: string
  consumerSecret: string
  token: string
  tokenSecret: string
  /** Seconds. */
  timestamp: number
  nonce: string
  realm?: string
}

/** RFC 5849 §3.6: everything but unreserved characters, in upper-case hex. */
export function percent(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** RFC 5849 §3.4.1: what is signed. */
export function baseString(
  method: string,
  address: string,
  parameters: readonly (readonly [string, string])[],
): string {
  const url = new URL(address)
  const all = [...url.searchParams, ...parameters].map(([k, v]) => [percent(k), percent(v)] as const)
  const sorted = all.toSorted(([ak, av], [bk, bv]) => (ak === bk ? compare(av, bv) : compare(ak, bk)))
  const normal = sorted.map(([k, v]) => `${k}=${v}`).join('&')
  return [method.toUpperCase(), percent(`${url.protocol}//${url.host}${url.pathname}`), percent(normal)].join('&')
}

/** The Authorization header of a request signed with HMAC-SHA1. */
export function authorization(request: OAuthRequest): string {
  const parameters: [string, string][] = [
    ['oauth_consumer_key', request.consumerKey],
    ['oauth_nonce', request.nonce],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', String(request.timestamp)],
    ['oauth_token', request.token],
    ['oauth_version', '1.0'],
  ]
  const key = `${percent(request.consumerSecret)}&${percent(request.tokenSecret)}`
  const signature = createHmac('sha1', key)
    .update(baseString(request.method, request.url, parameters))
    .digest('base64')
  const said = [...parameters, ['oauth_signature', signature] as const].map(([k, v]) => `${k}="${percent(v)}"`)
  return `OAuth ${[...(request.realm === undefined ? [] : [`realm="${request.realm}"`]), ...said].join(', ')}`
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
