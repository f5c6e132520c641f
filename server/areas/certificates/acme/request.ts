import { type Jwk, type Jws, jwkOf, jwsHolds, readJws, thumbprint } from '@muster/wire/acme/jws.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { everything } from '../../../base/authority.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import { digest, type Id, isId, newSecret } from '../../../base/id.ts'
import type { Call } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { AcmeFault } from './fault.ts'
import * as store from './store.ts'

/** A request whose signature holds, and who made it. */
export interface Asked {
  org: Id<'org'>
  jws: Jws
  jwk: Jwk
  /** Null where the request came with its key, as when an account is made. */
  account: store.AccountRow | null
  /** The payload as JSON; null for POST-as-GET (RFC 8555 §6.3). */
  payload: Record<string, unknown> | null
}

/** For how long an unused nonce is good. */
const nonceMs = 3_600_000

/** Who acts when clients ask: nobody who holds a permission; what they may is decided by their account. */
export const scopeOf = (org: Id<'org'>, request?: string): Scope => ({
  org,
  actor: { kind: 'system', id: null, what: 'acme' },
  authority: everything,
  ...(request === undefined ? {} : { request }),
})

/** The root of an org's certificate server. */
export function acmeUrl(base: { config: { url: string } }, org: Id<'org'>): string {
  return `${base.config.url}/acme/${org}`
}

/** A fresh nonce, kept until it is used. */
export async function freshNonce(base: Base, org: Id<'org'>): Promise<string> {
  const nonce = newSecret()
  await base.transact(scopeOf(org), ctx => store.addNonce(ctx, digest(nonce), ctx.now + nonceMs))
  return nonce
}

/** The org in an address, when it exists. */
export async function orgOf(base: Base, named: string): Promise<Id<'org'>> {
  if (isId('org', named) && (await base.engine.read(tx => store.orgExists({ tx }, named)))) return named
  throw new AcmeFault('malformed', 'There is no such certificate server.', 404)
}

/**
 * Reads a request, finds its key and judges the signature before anything else is looked at (RFC 8555 §6). Its nonce is used up, whatever
 * comes of the request.
 */
export async function admitted(base: Base, named: string, call: Call, by: 'jwk' | 'kid' | 'either'): Promise<Asked> {
  const org = await orgOf(base, named)
  const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/jose+json') throw new AcmeFault('malformed', 'Send application/jose+json.', 415)
  const jws = reading(() => readJws(call.bytes))
  const algorithms = ['ES256', 'ES384', 'RS256', 'EdDSA']
  if (!algorithms.includes(jws.algorithm))
    throw new AcmeFault('badSignatureAlgorithm', `Sign with one of ${algorithms.join(', ')}.`)
  if (by !== 'either' && (by === 'jwk') !== (jws.jwk !== null))
    throw new AcmeFault('malformed', `This takes ${by === 'jwk' ? 'the key itself (jwk)' : 'an account (kid)'}.`)
  const account = jws.kid === null ? null : await accountOf(base, org, jws.kid)
  const jwk = account ? jwkOf(JSON.parse(account.jwk)) : reading(() => jwkOf(jws.jwk))
  if (!reading(() => jwsHolds(jws, jwk))) throw new AcmeFault('malformed', 'The signature does not hold.')
  // RFC 8555 §6.4: what was signed for one address is good for no other.
  if (jws.url !== `${base.config.url}${call.url}`)
    throw new AcmeFault('unauthorized', 'The request was signed for another address.')
  const nonce = jws.nonce ?? ''
  if (!(await base.transact(scopeOf(org), ctx => store.takeNonce(ctx, digest(nonce)))))
    throw new AcmeFault('badNonce', 'The nonce is not one of ours, or was used. Take the one that came with this.')
  return { org, jws, jwk, account, payload: payloadOf(jws) }
}

async function accountOf(base: Base, org: Id<'org'>, kid: string): Promise<store.AccountRow> {
  const start = `${acmeUrl(base, org)}/accounts/`
  const id = kid.startsWith(start) ? kid.slice(start.length) : ''
  const found = await base.read(scopeOf(org), ctx => store.findAccount(ctx, id))
  if (!found) throw new AcmeFault('accountDoesNotExist', 'There is no such account.')
  if (found.state !== 'valid') throw new AcmeFault('unauthorized', `The account is ${found.state}.`)
  return found
}

/** What a request says; null where it says nothing. */
export function payloadOf(jws: Pick<Jws, 'payload'>): Record<string, unknown> | null {
  if (jws.payload.length === 0) return null
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(jws.payload))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Said below.
  }
  throw new AcmeFault('malformed', 'The payload is not a JSON object.')
}

/** What wire refuses, in the client's protocol. */
export function reading<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    throw new AcmeFault(error.code === 'jws.jwk' ? 'badPublicKey' : 'malformed', error.message)
  }
}

/** The account again, as it is in this transaction: it may have ended meanwhile. */
export async function standing(ctx: Ctx, asked: Asked): Promise<store.AccountRow> {
  const account = asked.account ? await store.findAccount(ctx, asked.account.id) : undefined
  if (account?.state !== 'valid') throw new AcmeFault('unauthorized', 'The account is over.')
  return account
}

export { thumbprint }
