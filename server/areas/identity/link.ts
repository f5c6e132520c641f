import type { Ctx } from '../../base/ctx.ts'
import { digest, newSecret } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './access-store.ts'

const pages = { setup: '/setup', 'sign-in': '/sign-in/link', accept: '/accept' } as const

/** What a one-time link is for. */
export type Purpose = keyof typeof pages

/** Makes a link that opens once; only its hash is stored. */
export async function putLink(ctx: Ctx, purpose: Purpose, admin: string | null, lastsMs: number): Promise<string> {
  const token = newSecret()
  const times = { created_at: ctx.now, expires_at: ctx.now + lastsMs }
  await store.putLink(ctx, { org: ctx.org, hash: digest(token), purpose, admin, ...times })
  return `${ctx.config.url}${pages[purpose]}?token=${token}`
}

/** The link this token opens, without using it up. Throws `link.unknown` for one used, expired or of another purpose. */
export async function getLink(ctx: Pick<Ctx, 'tx' | 'now'>, token: string, purpose: Purpose): Promise<store.LinkRow> {
  const link = await store.findLink(ctx, digest(token))
  if (!link || link.purpose !== purpose || link.expires_at <= ctx.now) throw new Problem('link.unknown')
  return link
}

/** Uses the link up: of two who open it at once, one is refused. */
export async function useLink(ctx: Pick<Ctx, 'tx' | 'now'>, token: string, purpose: Purpose): Promise<store.LinkRow> {
  const link = await getLink(ctx, token, purpose)
  if (!(await store.useLink(ctx, link.hash))) throw new Problem('link.unknown')
  return link
}
