import { as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { sessionCookie } from '../../base/http.ts'
import { digest, newId, newSecret } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './access-store.ts'
import * as ending from './ending-store.ts'
import { type Admin, aboutAdmin } from './admin.ts'
import * as admins from './admin-store.ts'
import { accessEvents, adminEvents } from './events.ts'
import { ownOrg } from './org.ts'
import { rootUnit } from './unit.ts'

/** Where a request came from. */
export interface From {
  address: string
  agent: string
}

const proofs: readonly string[] = ['code', 'recovery-code', 'passkey']

/** Signs the admin in: a fresh session, always. Answers the Set-Cookie header that carries it. */
export async function openSession(
  ctx: Ctx,
  admin: Admin,
  from: From,
  how: 'password' | 'code' | 'recovery-code' | 'passkey' | 'link' | 'setup',
): Promise<string> {
  const secret = newSecret()
  const { sessionMaxMs } = await ownOrg(ctx)
  const id = newId('session')
  const row = {
    org: ctx.org,
    id,
    hash: digest(secret),
    admin: admin.id,
    address: from.address,
    agent: from.agent.slice(0, 300),
  }
  await store.putSession(ctx, {
    ...row,
    created_at: ctx.now,
    last_seen_at: ctx.now,
    expires_at: ctx.now + sessionMaxMs,
    proven_at: proofs.includes(how) ? ctx.now : null,
  })
  await admins.changeAdmin(ctx, admin.id, { last_sign_in_at: ctx.now })
  await store.removeEndedSessions(ctx, ctx.now)
  await store.removeOldLinks(ctx, ctx.now)
  await store.removeOldAttempts(ctx, ctx.now)
  await record(bySelf(ctx, admin, id), adminEvents.signedIn, aboutAdmin(admin), { how, address: from.address })
  return cookieOf(secret, Math.floor(sessionMaxMs / 1000))
}

/** The same transaction as done by the admin: who has just proved who they are acts for themselves. */
export function bySelf(ctx: Ctx, admin: Admin, session = ''): Ctx {
  return as(ctx, { org: ctx.org, actor: { kind: 'admin', id: admin.id, session }, authority: ctx.authority })
}

/** The Set-Cookie header that takes the cookie away. */
export function noCookie(): string {
  return cookieOf('', 0)
}

/** The sessions of an admin that still hold, newest use first. */
export async function sessionsOf(ctx: Ctx, admin: string): Promise<store.SessionRow[]> {
  const { sessionIdleMs } = await ownOrg(ctx)
  const rows = await store.listSessions(ctx, admin)
  return rows.filter(r => r.expires_at > ctx.now && r.last_seen_at + sessionIdleMs > ctx.now)
}

/** Ends one session of the admin, or all; no request with its cookie is let in from the commit on. */
export async function revokeSessions(ctx: Ctx, admin: Admin, id?: string): Promise<void> {
  const removed = await store.removeSessions(ctx, admin.id, id)
  if (removed.length === 0 && id !== undefined) throw new Problem('id.unknown')
  if (removed.length > 0) await record(ctx, accessEvents.sessionRevoked, aboutAdmin(admin), { sessions: removed })
}

/**
 * Ends every session of the org but one, every link nobody has opened yet, and suspends all API keys: for when someone may have got in.
 * Keys go on when someone lets them, one by one.
 */
export async function endAllSessions(ctx: Ctx, { except = '' }: { except?: string } = {}): Promise<void> {
  const sessions = await ending.removeOtherSessions(ctx, except)
  const keys = await ending.suspendKeys(ctx, ctx.now)
  await ending.removeLinks(ctx)
  const { path } = await rootUnit(ctx)
  await record(ctx, accessEvents.allEnded, { kind: 'org', id: ctx.org, path }, { sessions, keys })
}

/** Ends the actor's own session. */
export async function signOut(ctx: Ctx, admin: Admin, session: string): Promise<void> {
  await store.removeSessions(ctx, admin.id, session)
  await record(ctx, adminEvents.signedOut, aboutAdmin(admin), {})
}

function cookieOf(value: string, seconds: number): string {
  return `${sessionCookie}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${seconds}`
}
