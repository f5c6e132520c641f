import { everything, nothing } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Edge, visitCookie } from '../../base/http.ts'
import { digest, type Id, newId, newSecret } from '../../base/id.ts'
import { pace } from '../../base/pace.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { type User, userOf } from '../identity/index.ts'
import { portalEvents } from './events.ts'
import { aboutUser } from './link.ts'
import * as store from './store.ts'

const minuteMs = 60_000
/** A visit ends after half an hour of rest, and after twelve hours whatever happens. */
const idleMs = 30 * minuteMs
const mostMs = 12 * 60 * minuteMs

/** What one visit may ask for: enough for someone who reads, too little to walk through anything. */
const paces = new WeakMap<object, ReturnType<typeof pace>>()

/** Whose visit a cookie carries; null when it is none or over. A person holds no permission at all: what they may see hangs on being themselves. */
export const visiting: NonNullable<Edge['visiting']> = async (base, { cookie }) => {
  if (cookie === undefined || cookie.length > 100) return null
  const now = base.clock.now()
  const visit = await base.engine.read(tx => store.findVisitByHash({ tx }, digest(cookie)))
  if (!visit || visit.expires_at <= now || visit.last_seen_at + idleMs <= now) return null
  const buckets = paces.get(base.secrets) ?? pace({ burst: 120, perSecond: 2 })
  paces.set(base.secrets, buckets)
  const waitMs = buckets.take(visit.id, base.clock.monotonic())
  if (waitMs > 0) throw new Problem('request.too-many', { retryAfter: Math.ceil(waitMs / 1000) })
  const org = visit.org as Id<'org'>
  if (now - visit.last_seen_at >= minuteMs) {
    const actor = { kind: 'system', id: null, what: 'portal.seen' } as const
    await base.transact({ org, actor, authority: everything }, ctx =>
      store.changeVisit(ctx, visit.id, { last_seen_at: now }),
    )
  }
  const actor = { kind: 'user', id: visit.user_id as Id<'user'>, visit: visit.id } as const
  return { org, actor, authority: nothing }
}

/** Opens a personal link: it is used up, and a visit begins. Answers the Set-Cookie header that carries it. Throws `link.unknown`. */
export async function enter(
  base: Base,
  token: string,
  from: { address: string; agent: string; request: string },
): Promise<{ cookie: string }> {
  const hash = digest(token)
  const link = await base.engine.read(tx => store.findLink({ tx }, hash))
  if (!link || link.expires_at <= base.clock.now()) throw new Problem('link.unknown')
  const actor = { kind: 'system', id: null, what: 'portal.enter' } as const
  const scope = { org: link.org as Id<'org'>, actor, authority: nothing, request: from.request }
  return base.transact(scope, async ctx => {
    if (!(await store.useLink(ctx, hash))) throw new Problem('link.unknown')
    const secret = newSecret()
    const id = newId('visit')
    const { address } = from
    const times = { created_at: ctx.now, last_seen_at: ctx.now, expires_at: ctx.now + mostMs, proven_at: null }
    const who = { user_id: link.user_id, sent: link.sent, address, agent: from.agent.slice(0, 300) }
    await store.putVisit(ctx, { org: ctx.org, id, hash: digest(secret), ...who, ...times })
    await store.removeEnded(ctx, ctx.now)
    const user = await userOf(ctx, link.user_id)
    const self = as(ctx, { ...scope, actor: { kind: 'user', id: user.id, visit: id } })
    await record(self, portalEvents.entered, aboutUser(user), { user: user.id, sent: link.sent, address })
    return { cookie: cookieOf(secret, mostMs / 1000) }
  })
}

/** The person whose visit this is, and the visit. */
export async function visitor(ctx: Ctx): Promise<{ user: User; visit: store.VisitRow }> {
  if (ctx.actor.kind !== 'user') throw new Problem('session.missing')
  const visit = await store.findVisit(ctx, ctx.actor.visit)
  if (!visit) throw new Problem('session.missing')
  return { user: await userOf(ctx, ctx.actor.id), visit }
}

/** Ends the visit this is. */
export async function leave(ctx: Ctx): Promise<void> {
  const { user, visit } = await visitor(ctx)
  await store.removeVisits(ctx, user.id, visit.id)
  await record(ctx, portalEvents.left, aboutUser(user), { user: user.id })
}

/** The Set-Cookie header that takes the cookie away. */
export const noCookie = (): string => cookieOf('', 0)

/** The secret a request carries its visit with; nobody keeps it. */
export function secretIn(cookies: string | undefined): string {
  const pair = (cookies ?? '').split(/;\s*/).find(c => c.startsWith(`${visitCookie}=`))
  return pair?.slice(visitCookie.length + 1) ?? ''
}

function cookieOf(value: string, seconds: number): string {
  return `${visitCookie}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${seconds}`
}
