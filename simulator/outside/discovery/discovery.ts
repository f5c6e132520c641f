import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { type Heard, type Said, startWeb, type Web } from '../web/web.ts'

/** A person whom the issuer knows. */
export interface Known {
  email: string
  /** More claims of their tokens. */
  claims?: Record<string, unknown>
}

/** The domain of people's addresses, and the issuer they sign in with, as one small server. */
export interface Discovery extends Web {
  /** As the issuer names itself. */
  issuer: string
  /** What the domain answers devices that ask for their server; null: it knows of none. */
  answer(servers: readonly { Version: string; BaseURL: string }[] | null): void
  /** Sends devices on to another server's answer, as domains do that do not want to keep one of their own. */
  redirect(url: string): void
  /** Signs with another key from now on; the one before is forgotten. */
  changeKey(): void
  /** A token, as the issuer would sign it; `change` falsifies it. */
  token(person: Known, change?: TokenChange): string
  /** Goes through the issuer's own pages as a device does (RFC 6749 §4.1 with PKCE) and answers the token. */
  signIn(person: Known, challenge: Readonly<Record<string, string>>): Promise<string>
}

/** How a token differs from an honest one. */
export interface TokenChange {
  issuer?: string
  audience?: string
  expiresInSeconds?: number
  /** Signs with a key that the issuer does not publish, under the same name. */
  foreignKey?: boolean
  algorithm?: string
}

interface Key {
  kid: string
  privateKey: KeyObject
  publicKey: KeyObject
}

const clientId = 'muster'

/** Starts it on loopback. */
export async function startDiscovery(): Promise<Discovery> {
  let key = freshKey()
  let servers: readonly { Version: string; BaseURL: string }[] | null = null
  let elsewhere: string | null = null
  const codes = new Map<string, { person: Known; challenge: string; redirect: string }>()
  const people = new Map<string, Known>()
  const web = await startWeb(heard => routed(heard))
  const issuer = web.url

  function routed(heard: Heard): Said {
    switch (heard.path) {
      case '/.well-known/com.apple.remotemanagement':
        if (elsewhere !== null) return { status: 302, headers: { location: `${elsewhere}?${heard.query}` } }
        return servers === null ? { status: 404 } : { body: { Servers: servers } }
      case '/.well-known/openid-configuration':
        return {
          body: {
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/keys`,
          },
        }
      case '/keys':
        return {
          body: { keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, use: 'sig', alg: 'RS256' }] },
        }
      case '/authorize':
        return authorize(heard.query)
      case '/token':
        return exchange(new URLSearchParams(Buffer.from(heard.body).toString('utf8')))
      default:
        return { status: 404 }
    }
  }

  function authorize(query: URLSearchParams): Said {
    const person = people.get(query.get('login_hint') ?? '')
    const redirect = query.get('redirect_uri') ?? ''
    if (query.get('client_id') !== clientId || !person || query.get('response_type') !== 'code') return { status: 400 }
    const code = randomBytes(16).toString('base64url')
    codes.set(code, { person, challenge: query.get('code_challenge') ?? '', redirect })
    return { status: 302, headers: { location: `${redirect}?code=${code}&state=${query.get('state') ?? ''}` } }
  }

  function exchange(form: URLSearchParams): Said {
    const held = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!held || held.challenge !== proof || held.redirect !== form.get('redirect_uri'))
      return { status: 400, body: { error: 'invalid_grant' } }
    return { body: { access_token: tokenFor(held.person), token_type: 'Bearer', expires_in: 3600 } }
  }

  function tokenFor(person: Known, change: TokenChange = {}): string {
    const now = Math.floor(Date.now() / 1000)
    const signer = change.foreignKey === true ? freshKey().privateKey : key.privateKey
    const header = { alg: change.algorithm ?? 'RS256', typ: 'at+jwt', kid: key.kid }
    const claims = {
      iss: change.issuer ?? issuer,
      aud: change.audience ?? clientId,
      sub: person.email,
      email: person.email,
      iat: now,
      exp: now + (change.expiresInSeconds ?? 3600),
      ...person.claims,
    }
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signed = `${part(header)}.${part(claims)}`
    return `${signed}.${sign('sha256', Buffer.from(signed), signer).toString('base64url')}`
  }

  return {
    ...web,
    issuer,
    answer: said => {
      servers = said
    },
    redirect: url => {
      elsewhere = url
    },
    changeKey: () => {
      key = freshKey()
    },
    token: tokenFor,
    signIn: async (person, challenge) => {
      people.set(person.email, person)
      const verifier = randomBytes(32).toString('base64url')
      const redirect = challenge['redirect-url'] ?? ''
      const back = authorize(
        new URLSearchParams({
          response_type: 'code',
          client_id: challenge['client-id'] ?? '',
          scope: challenge['scope'] ?? '',
          redirect_uri: redirect,
          login_hint: person.email,
          code_challenge: createHash('sha256').update(verifier).digest('base64url'),
          code_challenge_method: 'S256',
        }),
      )
      const code = new URL(back.headers?.['location'] ?? 'none:').searchParams.get('code') ?? ''
      const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirect }
      const given = exchange(new URLSearchParams(form)).body
      if (typeof given !== 'object' || !('access_token' in given)) throw new Error('the issuer gives no token')
      return String(given.access_token)
    },
  }
}

function freshKey(): Key {
  return { kid: randomBytes(6).toString('hex'), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) }
}
