import type { Ctx } from '../../base/ctx.ts'
import { newPair, type Pair } from './sealed.ts'
import * as store from './store.ts'

const place = (org: string, id: string) => ({ table: 'location_keys', column: 'private_key', row: `${org} ${id}` })

/** The public key that fixes are sealed to now, made at the first fix of the org. */
export async function sealingKey(ctx: Ctx): Promise<{ id: string; publicKey: Uint8Array }> {
  const known = await store.findKey(ctx, null)
  if (known) return { id: known.id, publicKey: known.public_key }
  const pair = newPair()
  const id = '1'
  const private_key = await ctx.secrets.seal(ctx, place(ctx.org, id), pair.privateKey)
  await store.addKey(ctx, { org: ctx.org, id, public_key: pair.publicKey, private_key, created_at: ctx.now })
  return { id, publicKey: pair.publicKey }
}

/** The whole pair with this id. Only `opened` in fix.ts may ask for it. */
export async function openingPair(ctx: Ctx, id: string): Promise<Pair> {
  const row = await store.findKey(ctx, id)
  if (!row) throw new Error(`the key ${id} that a fix was sealed to is gone`)
  return {
    publicKey: row.public_key,
    privateKey: await ctx.secrets.open(ctx, place(ctx.org, id), row.private_key),
  }
}
