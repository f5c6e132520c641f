import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { digest, newSecret } from '../../base/id.ts'
import { mailReady, sendMail } from '../../base/mail.ts'
import { Problem } from '../../base/problem.ts'
import { languageOf } from '../../base/say.ts'
import { qrSvg } from '../enrollment/index.ts'
import { ownOrg, type User, userOf } from '../identity/index.ts'
import { portalEvents } from './events.ts'
import * as store from './store.ts'
import { say } from './texts.ts'

const hourMs = 3_600_000
/** How long a link waits to be opened. One that somebody else has seen waits as long as it takes to hand it over. */
const lastsMs: Readonly<Record<store.Sent, number>> = { mail: 72 * hourMs, show: hourMs }

/** What making a link answers: the link itself where it is to be shown. */
export interface MadeLink {
  url: string | null
  /** The same as a picture for the camera of a phone. */
  qrSvg: string | null
  /** Where it was sent. */
  to: string | null
  expiresAt: number
}

/** The user, if the actor may do this for them; as if there were none when they may not see them. */
export async function userFor(ctx: Ctx, id: string, permission: string): Promise<User> {
  const user = await userOf(ctx, id)
  demand(ctx.authority, permission, user.unitPath, 'users:read')
  return user
}

/** What events of a person's page are about. */
export const aboutUser = (user: Pick<User, 'id' | 'unitPath'>): About => ({
  kind: 'user',
  id: user.id,
  path: user.unitPath,
})

/**
 * Makes a link that opens the page of one user once, and mails or answers it; older links of theirs end. The secret is behind the `#`,
 * which browsers tell no server. Throws `portal.no-mail` and `portal.no-address` where it cannot be mailed.
 */
export async function makeLink(ctx: Ctx, id: string, sent: store.Sent): Promise<MadeLink> {
  const user = await userFor(ctx, id, 'portal:invite')
  if (sent === 'mail') demandMail(ctx, user)
  const token = newSecret()
  const expiresAt = ctx.now + lastsMs[sent]
  const made = { made_by_kind: ctx.actor.kind, made_by_id: ctx.actor.id, created_at: ctx.now, expires_at: expiresAt }
  await store.putLink(ctx, { org: ctx.org, hash: digest(token), user_id: user.id, sent, ...made })
  await record(ctx, portalEvents.linked, aboutUser(user), { user: user.id, sent, until: expiresAt })
  const url = `${ctx.config.url}/my#${token}`
  if (sent === 'show') return { url, qrSvg: qrSvg(url), to: null, expiresAt }
  const language = languageOf(user.language ?? (await ownOrg(ctx)).language)
  const values = { name: user.displayName, org: (await ownOrg(ctx)).name, url }
  await sendMail(ctx, {
    to: user.email ?? '',
    subject: say(language, 'link.subject', values),
    text: say(language, 'link.text', values),
    language,
    about: { kind: 'user', id: user.id },
    until: expiresAt,
  })
  return { url: null, qrSvg: null, to: user.email, expiresAt }
}

/** Refuses where no mail can reach this person. */
export function demandMail(ctx: Ctx, user: User): void {
  if (!mailReady(ctx.config)) throw new Problem('portal.no-mail')
  if (user.email === null) throw new Problem('portal.no-address')
}

/** How a user's page stands: a link that waits, and the visits of the last hours. */
export interface Standing {
  mail: 'ready' | 'no-mail' | 'no-address'
  link: { sent: store.Sent; createdAt: number; expiresAt: number } | null
  visits: { id: string; sent: store.Sent; address: string; agent: string; createdAt: number; lastSeenAt: number }[]
}

/** How the page of a user stands, for admins who may see them. */
export async function standingOf(ctx: Ctx, id: string): Promise<Standing> {
  const user = await userFor(ctx, id, 'users:read')
  const link = await store.linkOf(ctx, user.id)
  const visits = (await store.listVisits(ctx, user.id)).filter(v => v.expires_at > ctx.now)
  return {
    mail: mailReady(ctx.config) ? (user.email === null ? 'no-address' : 'ready') : 'no-mail',
    link:
      link && link.expires_at > ctx.now
        ? { sent: link.sent, createdAt: link.created_at, expiresAt: link.expires_at }
        : null,
    visits: visits.map(v => ({
      id: v.id,
      sent: v.sent,
      address: v.address,
      agent: v.agent,
      createdAt: v.created_at,
      lastSeenAt: v.last_seen_at,
    })),
  }
}

/** Ends the link that waits and every visit of a user. */
export async function endAll(ctx: Ctx, id: string): Promise<void> {
  const user = await userFor(ctx, id, 'portal:invite')
  await store.removeLinks(ctx, user.id)
  const visits = await store.removeVisits(ctx, user.id)
  await record(ctx, portalEvents.ended, aboutUser(user), { user: user.id, visits })
}
