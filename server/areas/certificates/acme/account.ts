import { bindingHolds, type Jwk, jwkOf, jwsHolds, readJws, thumbprint } from '@muster/wire/acme/jws.ts'
import { demandWhole } from '../../../base/authority.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import { type Id, newId, newSecret } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import type { Base } from '../../../base/transact.ts'
import { certificateEvents } from '../events.ts'
import { AcmeFault } from './fault.ts'
import { acmeUrl, type Asked, payloadOf, reading, scopeOf, standing } from './request.ts'
import * as store from './store.ts'

/** A right to an account at the certificate server, as admins see it. */
export interface Binding {
  id: Id<'binding'>
  name: string
  names: string[]
  port: number
  state: 'unused' | 'used' | 'revoked'
  createdAt: number
  usedAt: number | null
  lastIssuedAt: number | null
}

const hostName =
  /^(?:\*\.)?(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/

/** Gives away a right to ask certificates for these names. The secret is answered here and never again. */
export async function bind(
  ctx: Ctx,
  wish: { name: string; names: readonly string[]; port: number },
): Promise<{ binding: Binding; secret: string }> {
  demandWhole(ctx.authority, 'certificates:write')
  const names = [...new Set(wish.names.map(name => name.trim().toLowerCase()))]
  const wrong = names.find(name => !hostName.test(name))
  if (wrong !== undefined) throw new Problem('acme.name-malformed', { name: wrong })
  const own = new URL(ctx.config.url).hostname
  if (names.some(name => allows(name, own))) throw new Problem('acme.name-ours', { name: own })
  const secret = newSecret(32)
  const id = newId('binding')
  await store.addBinding(ctx, {
    org: ctx.org,
    id,
    name: wish.name,
    secret: await ctx.secrets.seal(ctx, place(id), secret),
    names: JSON.stringify(names),
    port: wish.port,
    created_at: ctx.now,
    used_at: null,
    revoked_at: null,
  })
  await record(ctx, certificateEvents.bound, about(id), { name: wish.name, names })
  const row = await store.findBinding(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return { binding: shown(row, null), secret }
}

/** Newest first: the rights that were given away. */
export async function bindings(ctx: Ctx, before: string | null, limit: number): Promise<Binding[]> {
  demandWhole(ctx.authority, 'certificates:read')
  const rows = await store.listBindings(ctx, before, limit)
  const last = await store.lastIssued(
    ctx,
    rows.map(row => row.id),
  )
  return rows.map(row => shown(row, last.get(row.id) ?? null))
}

/** Takes a right back: its accounts end at once. Certificates they have stay valid until they expire. */
export async function unbind(ctx: Ctx, id: string): Promise<void> {
  demandWhole(ctx.authority, 'certificates:write')
  const row = await store.findBinding(ctx, id)
  if (!row) throw new Problem('id.unknown')
  if (row.revoked_at !== null) return
  await store.changeBinding(ctx, id, { revoked_at: ctx.now })
  await store.revokeAccountsOf(ctx, id)
  await record(ctx, certificateEvents.unbound, about(id), { name: row.name })
}

/** Whether a pattern of a right covers this name. */
export function allows(pattern: string, name: string): boolean {
  return pattern.startsWith('*.')
    ? name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1
    : pattern === name
}

/** Makes an account for a key, or answers the one it has (RFC 8555 §7.3). */
export async function openAccount(base: Base, asked: Asked): Promise<{ status: number; account: store.AccountRow }> {
  const { org, jwk, payload } = asked
  const print = thumbprint(jwk)
  return base.transact(scopeOf(org), async ctx => {
    const known = await store.accountByKey(ctx, print)
    if (known) {
      if (known.state !== 'valid') throw new AcmeFault('unauthorized', `The account is ${known.state}.`)
      return { status: 200, account: known }
    }
    if (payload?.onlyReturnExisting === true) throw new AcmeFault('accountDoesNotExist', 'This key has no account.')
    const binding = payload?.externalAccountBinding === undefined ? null : await bound(ctx, asked)
    const account: store.AccountRow = {
      org,
      id: newId('acmeAccount'),
      thumbprint: print,
      jwk: JSON.stringify(jwk),
      contacts: JSON.stringify(contactsOf(payload?.contact)),
      binding,
      state: 'valid',
      created_at: ctx.now,
    }
    await store.addAccount(ctx, account)
    return { status: 201, account }
  })
}

async function bound(ctx: Ctx, { jwk, payload }: Asked): Promise<string> {
  const binding = reading(() => readJws(JSON.stringify(payload?.externalAccountBinding)))
  const row = binding.kid === null ? undefined : await store.findBinding(ctx, binding.kid)
  const refused = new AcmeFault('unauthorized', 'The external account binding does not hold.')
  if (!row || row.revoked_at !== null) throw refused
  // Clients take the secret as base64url and decode it (RFC 8555 §7.3.4).
  const secret = Buffer.from(
    Buffer.from(await ctx.secrets.open(ctx, place(row.id), row.secret)).toString(),
    'base64url',
  )
  if (binding.url !== `${acmeUrl(ctx, ctx.org)}/new-account` || !reading(() => bindingHolds(binding, secret, jwk)))
    throw refused
  // One right, one account: who reads the secret later cannot make another.
  if (row.used_at !== null) throw new AcmeFault('unauthorized', 'This external account binding was used.')
  await store.changeBinding(ctx, row.id, { used_at: ctx.now })
  return row.id
}

function contactsOf(contact: unknown): string[] {
  if (contact === undefined) return []
  if (!Array.isArray(contact) || contact.length > 10) throw new AcmeFault('invalidContact', 'contact is a short list.')
  return contact.map((one: unknown) => {
    if (typeof one !== 'string' || one.length > 300 || !/^mailto:[^\s,?]+@[^\s,?]+$/.test(one))
      throw new AcmeFault('invalidContact', 'Only mailto: addresses are kept.')
    return one
  })
}

/** Changes or ends an account (RFC 8555 §7.3.2, §7.3.6). */
export async function changeAccount(base: Base, asked: Asked, id: string): Promise<store.AccountRow> {
  const { payload } = asked
  if (asked.account?.id !== id) throw new AcmeFault('unauthorized', 'This is another account.')
  return base.transact(scopeOf(asked.org), async ctx => {
    const account = await standing(ctx, asked)
    const change = {
      ...(payload?.contact === undefined ? {} : { contacts: JSON.stringify(contactsOf(payload.contact)) }),
      ...(payload?.status === 'deactivated' ? { state: 'deactivated' as const } : {}),
    }
    if (Object.keys(change).length > 0) await store.changeAccount(ctx, id, change)
    return { ...account, ...change }
  })
}

/** Gives an account another key, which both keys ask for (RFC 8555 §7.3.5). */
export async function changeKey(base: Base, asked: Asked, url: string): Promise<store.AccountRow> {
  const inner = reading(() => readJws(JSON.stringify(asked.payload)))
  const fresh: Jwk = reading(() => jwkOf(inner.jwk))
  if (inner.url !== url || !reading(() => jwsHolds(inner, fresh)))
    throw new AcmeFault('malformed', 'The new key did not sign the request.')
  const said = new Map(Object.entries(payloadOf(inner) ?? {}))
  return base.transact(scopeOf(asked.org), async ctx => {
    const account = await standing(ctx, asked)
    if (said.get('account') !== `${acmeUrl(base, asked.org)}/accounts/${account.id}`)
      throw new AcmeFault('malformed', 'The new key names another account.')
    if (thumbprint(reading(() => jwkOf(said.get('oldKey')))) !== account.thumbprint)
      throw new AcmeFault('malformed', 'That is not the key of the account.')
    const print = thumbprint(fresh)
    if (await store.accountByKey(ctx, print)) throw new AcmeFault('malformed', 'The new key has an account.', 409)
    const change = { jwk: JSON.stringify(fresh), thumbprint: print }
    await store.changeAccount(ctx, account.id, change)
    return { ...account, ...change }
  })
}

/** An account as clients see it. */
export function accountDocument(base: Base, account: store.AccountRow): Record<string, unknown> {
  const url = `${acmeUrl(base, account.org as Id<'org'>)}/accounts/${account.id}`
  return { status: account.state, contact: JSON.parse(account.contacts), orders: `${url}/orders` }
}

function shown(row: store.BindingRow, lastIssuedAt: number | null): Binding {
  return {
    id: row.id as Id<'binding'>,
    name: row.name,
    names: JSON.parse(row.names),
    port: row.port,
    state: row.revoked_at === null ? (row.used_at === null ? 'unused' : 'used') : 'revoked',
    createdAt: row.created_at,
    usedAt: row.used_at,
    lastIssuedAt,
  }
}

const place = (row: string): { table: string; column: string; row: string } => ({
  table: 'acme_bindings',
  column: 'secret',
  row,
})

const about = (id: string): { kind: string; id: string; path: string } => ({ kind: 'binding', id, path: '/' })
