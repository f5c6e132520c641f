import type { Ctx } from '../../base/ctx.ts'
import { digest, newSecret } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './access-store.ts'
import * as admins from './admin-store.ts'
import { authorityFrom, covers } from './grant.ts'

const pages = { setup: '/setup', 'sign-in': '/sign-in/link', accept: '/accept' } as const

/** What a one-time link is for. */
export type Purpose = keyof typeof pages

/** Makes a link that opens once; only its hash is stored. */
export async function putLink(ctx: Ctx, purpose: Purpose, admin: string | null, lastsMs: number): Promise<string> {
  const token = newSecret()
  const key = ctx.actor.kind === 'key' ? await store.findKey(ctx, ctx.actor.id) : undefined
  const made_by = ctx.actor.kind === 'admin' ? ctx.actor.id : (key?.admin ?? null)
  const times = { created_at: ctx.now, expires_at: ctx.now + lastsMs }
  await store.putLink(ctx, { org: ctx.org, hash: digest(token), purpose, admin, made_by, ...times })
  return `${ctx.config.url}${pages[purpose]}?token=${token}`
}

/** The link this token opens, without using it up. Throws `link.unknown` for one used, expired or of another purpose. */
export async function getLink(ctx: Pick<Ctx, 'tx' | 'now'>, token: string, purpose: Purpose): Promise<store.LinkRow> {
  const link = await store.findLink(ctx, digest(token))
  if (!link || link.purpose !== purpose || link.expires_at <= ctx.now) throw new Problem('link.unknown')
  return link
}

/**
 * Uses the link up: of two who open it at once, one is refused. Refused too is a link whose maker could not hand out any more
 * what its admin holds by now: otherwise who invites someone small could wait until they are made great.
 */
export async function useLink(
  ctx: Pick<Ctx, 'tx' | 'now' | 'org'>,
  token: string,
  purpose: Purpose,
): Promise<store.LinkRow> {
  const link = await getLink(ctx, token, purpose)
  if (link.made_by !== null) {
    const maker = await admins.findAdmin(ctx, link.made_by)
    const authority = authorityFrom(await admins.listGrants(ctx, link.made_by))
    const held = await admins.listGrants(ctx, link.admin ?? '')
    if (maker?.state !== 'active' || !held.every(g => covers(authority, g.role, g.unit.path)))
      throw new Problem('link.unknown')
  }
  if (!(await store.useLink(ctx, link.hash))) throw new Problem('link.unknown')
  return link
}
