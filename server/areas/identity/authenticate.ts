import { type Authority, everything, nothing } from '../../base/authority.ts'
import type { Actor, Ctx } from '../../base/ctx.ts'
import type { Tx } from '../../base/db.ts'
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
  const now = base.clock.now()
  if (bearer !== undefined) {
    const known = /^mk_[\w-]{43}$/.test(bearer)
    const key = known ? await base.engine.read(tx => access.findKeyByHash({ tx }, digest(bearer))) : undefined
    const principal = keyPrincipal(key, now)
    if (!key || !principal) throw new Problem('key.refused')
    if (now - (key.last_used_at ?? 0) >= seenEveryMs)
      await note(base, principal.org, ctx => access.usedKey(ctx, key.id, now))
    return principal
  }
  if (cookie === undefined || cookie.length > 100) return null
  const found = await base.engine.read(async tx => {
    const session = await access.findSession({ tx }, digest(cookie))
    return session && { session, principal: await sessionPrincipal(tx, session, now) }
  })
  if (!found?.principal) return null
  const { session, principal } = found
  if (now - session.last_seen_at >= seenEveryMs)
    await note(base, principal.org, ctx => access.seenSession(ctx, session.id, now))
  return principal
}

/** The same person or program again, with what they may do by now; null when their session or key has ended. It does not count as use. */
export async function again(base: Base, { org, actor }: Principal): Promise<Principal | null> {
  const now = base.clock.now()
  return base.engine.read(async tx => {
    if (actor.kind === 'key') return keyPrincipal(await access.findKey({ tx, org }, actor.id), now)
    if (actor.kind !== 'admin') return null
    const session = await access.findSessionById({ tx, org }, actor.session)
    return session ? sessionPrincipal(tx, session, now) : null
  })
}

/** What an admin or a key may do by now, for work that goes on after their request; nothing once they are disabled, removed or revoked. */
export async function authorityNow(ctx: Ctx, actor: Actor): Promise<Authority> {
  if (actor.kind === 'system') return everything
  if (actor.kind === 'key') return keyPrincipal(await access.findKey(ctx, actor.id), ctx.now)?.authority ?? nothing
  const admin = actor.kind === 'admin' ? await admins.findAdmin(ctx, actor.id) : undefined
  return admin?.state === 'active' ? authorityFrom(await admins.listGrants(ctx, admin.id)) : nothing
}

async function sessionPrincipal(
  tx: Tx,
  session: NonNullable<Awaited<ReturnType<typeof access.findSession>>>,
  now: number,
): Promise<Principal | null> {
  if (session.state !== 'active') return null
  if (session.expires_at <= now || session.last_seen_at + session.session_idle_ms <= now) return null
  const org = session.org as Id<'org'>
  const actor = { kind: 'admin', id: session.admin as Id<'admin'>, session: session.id } as const
  return { org, actor, authority: authorityFrom(await admins.listGrants({ tx, org }, session.admin)) }
}

function keyPrincipal(key: access.FullKeyRow | undefined, now: number): Principal | null {
  // A key of an admin who was disabled rests with them.
  const rests = key !== undefined && key.admin !== null && key.admin_state !== 'active'
  if (
    !key ||
    rests ||
    key.suspended_at !== null ||
    key.waits_for !== null ||
    (key.expires_at !== null && key.expires_at <= now)
  )
    return null
  const unit = { id: key.unit as Id<'unit'>, name: key.unit_name, path: key.unit_path }
  const actor = { kind: 'key', id: key.id as Id<'key'> } as const
  return { org: key.org as Id<'org'>, actor, authority: authorityFrom([{ role: key.role, unit }]) }
}

async function note(base: Base, org: Id<'org'>, work: (ctx: Ctx) => Promise<void>): Promise<void> {
  await base.transact({ org, actor: { kind: 'system', id: null, what: 'access.seen' }, authority: everything }, work)
}
