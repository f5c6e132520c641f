import { type Authority, both, everything } from '../../base/authority.ts'
import { type Actor, as, type Ctx, type Scope } from '../../base/ctx.ts'
import { asId } from '../../base/id.ts'
import { authorityNow } from '../identity/index.ts'

/** Who gave an order that is carried out later, with what they were allowed when they gave it. */
export interface Maker {
  by_kind: string
  by_id: string | null
  /** JSON: permission → paths; null: everything, being the server itself. */
  grants: string | null
}

/** What an order keeps of what its maker may do. */
export function grantsOf(authority: Authority, permissions: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries([...new Set(permissions)].map(p => [p, authority.where(p)]))
}

/** The maker as they were when they gave it. */
export function scopeOf(scope: Scope, maker: Maker): Scope {
  return { ...scope, actor: actorOf(maker), authority: authorityOf(maker) }
}

/** The same transaction in the name of the maker: with what they were allowed then, less what they have lost since. */
export async function asMaker(ctx: Ctx, maker: Maker): Promise<Ctx> {
  const actor = actorOf(maker)
  const authority = both(authorityOf(maker), await authorityNow(ctx, actor))
  return as(ctx, { org: ctx.org, actor, authority })
}

function authorityOf({ grants }: Maker): Authority {
  if (grants === null) return everything
  const held = JSON.parse(grants) as Record<string, string[]>
  return { where: permission => (Object.hasOwn(held, permission) ? (held[permission] ?? []) : []) }
}

function actorOf({ by_kind, by_id }: Maker): Actor {
  if (by_kind === 'key' && by_id) return { kind: 'key', id: asId('key', by_id) }
  if (by_kind === 'admin' && by_id) return { kind: 'admin', id: asId('admin', by_id), session: '' }
  return { kind: 'system', id: null, what: by_id ?? 'batch.send' }
}
