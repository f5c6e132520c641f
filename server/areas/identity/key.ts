import { digest, type Id, newId, newSecret } from '../../base/id.ts'
import type { Ctx } from '../../base/ctx.ts'
import * as store from './access-store.ts'
import type { Role } from './permissions.ts'
import type { Unit } from './unit.ts'

/** How a new key is asked for. */
export interface KeyOrder {
  name: string
  role: Role
  unit: Pick<Unit, 'id' | 'path'>
  /** Whose authority it descends from: it dies with that admin. null for keys made on the server itself. */
  admin: Id<'admin'> | null
  expiresAt: number | null
}

/** Stores a key and answers its text, which is kept nowhere. */
export async function putKey(ctx: Ctx, order: KeyOrder): Promise<{ id: Id<'key'>; key: string }> {
  const id = newId('key')
  const key = `mk_${newSecret(32)}`
  await store.putKey(ctx, {
    org: ctx.org,
    id,
    hash: digest(key),
    prefix: key.slice(0, 9),
    name: order.name,
    role: order.role,
    unit: order.unit.id,
    admin: order.admin,
    created_by_kind: ctx.actor.kind,
    created_by_id: ctx.actor.id,
    created_at: ctx.now,
    expires_at: order.expiresAt,
    last_used_at: null,
  })
  return { id, key }
}
