import { everything } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Edge } from '../../base/http.ts'
import { digest, type Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Principal } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import * as access from './access-store.ts'
import * as admins from './admin-store.ts'
import { authorityFrom } from './grant.ts'

/** Last use of sessions and keys is written at most this often. */
const seenEveryMs = 60_000

/** Who a cookie or a bearer key belongs to, with what they may do now; null without a session that still holds. Throws `key.refused`. */
export const authenticate: Edge['authenticate'] = async (base, { cookie, bearer }) => {
  if (bearer !== undefined) return byKey(base, bearer)
  return cookie === undefined || cookie.length > 100 ? null : bySession(base, cookie)
}

async function bySession(base: Base, cookie: string): Promise<Principal | null> {
  const now = base.clock.now()
  const known = await base.engine.read(async tx => {
    const session = await access.findSession({ tx }, digest(cookie))
    if (session?.state !== 'active') return null
    if (session.expires_at <= now || session.last_seen_at + session.session_idle_ms <= now) return null
    const org = session.org as Id<'org'>
    return { org, session, grants: await admins.listGrants({ tx, org }, session.admin) }
  })
  if (!known) return null
  const { org, session } = known
  if (now - session.last_seen_at >= seenEveryMs) await note(base, org, ctx => access.seenSession(ctx, session.id, now))
  const actor = { kind: 'admin', id: session.admin as Id<'admin'>, session: session.id } as const
  return { org, actor, authority: authorityFrom(known.grants) }
}

async function byKey(base: Base, bearer: string): Promise<Principal> {
  const now = base.clock.now()
  const key = /^mk_[\w-]{43}$/.test(bearer)
    ? await base.engine.read(tx => access.findKeyByHash({ tx }, digest(bearer)))
    : undefined
  // A key of an admin who was disabled rests with them.
  const rests = key !== undefined && key.admin !== null && key.admin_state !== 'active'
  if (!key || rests || (key.expires_at !== null && key.expires_at <= now)) throw new Problem('key.refused')
  const org = key.org as Id<'org'>
  if (now - (key.last_used_at ?? 0) >= seenEveryMs) await note(base, org, ctx => access.usedKey(ctx, key.id, now))
  const unit = { id: key.unit as Id<'unit'>, name: key.unit_name, path: key.unit_path }
  return { org, actor: { kind: 'key', id: key.id as Id<'key'> }, authority: authorityFrom([{ role: key.role, unit }]) }
}

async function note(base: Base, org: Id<'org'>, work: (ctx: Ctx) => Promise<void>): Promise<void> {
  await base.transact({ org, actor: { kind: 'system', id: null, what: 'access.seen' }, authority: everything }, work)
}
