import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type Jwk, thumbprint } from '@muster/wire/acme/jws.ts'
import { jwkOf, p256KeyOf } from '@muster/wire/agent/compact.ts'
import type { ServerKey } from '@muster/wire/agent/messages.ts'
import type { Ctx } from '../../base/ctx.ts'
import * as store from './store.ts'

/** The key that signs for the agents of an org. */
export interface Signer {
  readonly key: KeyObject
  readonly publicKey: KeyObject
}

const place = (kid: string) => ({ table: 'agent_keys', column: 'private_key', row: kid })

/** Opened keys of this process, by the row they came from. */
const opened = new WeakMap<object, Map<string, Signer>>()

/** The current signing key of the org, made on first need. */
export async function signerOf(ctx: Ctx): Promise<Signer> {
  const row = (await store.listKeys(ctx)).find(k => k.state === 'current') ?? (await make(ctx))
  const known = opened.get(ctx.secrets) ?? new Map<string, Signer>()
  opened.set(ctx.secrets, known)
  const name = `${ctx.org} ${row.kid}`
  const signer = known.get(name) ?? (await open(ctx, row))
  known.set(name, signer)
  return signer
}

async function open(ctx: Ctx, { kid, jwk, private_key }: store.KeyRow): Promise<Signer> {
  const pkcs8 = await ctx.secrets.open(ctx, place(kid), private_key)
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  return { key, publicKey: p256KeyOf(JSON.parse(jwk)) }
}

/** The keys agents should trust, the current one first; there is always one. */
export async function trustedKeys(ctx: Ctx): Promise<ServerKey[]> {
  const rows = await store.listKeys(ctx)
  const all = rows.some(k => k.state === 'current') ? rows : [await make(ctx), ...rows]
  return all
    .toSorted((a, b) => (a.state === b.state ? b.made_at - a.made_at : a.state === 'current' ? -1 : 1))
    .map(({ kid, jwk }) => ({ kid, jwk: JSON.parse(jwk) as Jwk }))
}

async function make(ctx: Ctx): Promise<store.KeyRow> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = jwkOf(publicKey)
  const kid = thumbprint(jwk)
  const sealed = await ctx.secrets.seal(ctx, place(kid), privateKey.export({ format: 'der', type: 'pkcs8' }))
  const row = { kid, jwk: JSON.stringify(jwk), private_key: sealed, state: 'current', made_at: ctx.now } as const
  if (await store.addKey(ctx, row)) return { org: ctx.org, ...row }
  const other = (await store.listKeys(ctx)).find(k => k.state === 'current')
  if (!other) throw new Error('no current key of agents')
  return other
}
