import { randomInt } from 'node:crypto'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { digest } from '../../base/id.ts'
import { sendMail } from '../../base/mail.ts'
import { Problem } from '../../base/problem.ts'
import { languageOf } from '../../base/say.ts'
import { ownOrg, type User } from '../identity/index.ts'
import { portalEvents } from './events.ts'
import { aboutUser, demandMail } from './link.ts'
import * as store from './store.ts'
import { say } from './texts.ts'
import { visitor } from './visit.ts'

const minuteMs = 60_000
/** How long a code may be typed, and how long a visit counts as proven after it was. */
export const codeMs = 10 * minuteMs
const mostTries = 5
/** Codes that one person is mailed in an hour, and the least time between two. */
const mostAnHour = 5
const leastMs = 30_000
/** Wrong codes that strangers may type for one person in a day: more would find the right one in the end, by asking for one after another. */
const mostWrong = 15
const dayMs = 24 * 60 * minuteMs

/** Mails the person a code of six digits for this visit; an older one ends. Throws `portal.no-mail`, `portal.no-address`, `request.too-many`. */
export async function mailCode(ctx: Ctx, secret: string): Promise<{ to: string; until: number }> {
  const { user, visit } = await visitor(ctx)
  return sendCode(ctx, user, { visit: visit.id, secret })
}

/** Where a code is asked for and typed: a visit, or another page on which somebody proves who they are. `secret` is known to that page alone. */
export interface CodePlace {
  readonly visit: string
  readonly secret: string
  /** Whoever is there only says to be the person; a visit was begun by a link of theirs. */
  readonly stranger?: boolean
}

/** The same for any page that asks who somebody is. */
export async function sendCode(
  ctx: Ctx,
  user: User,
  { visit, secret, stranger = false }: CodePlace,
): Promise<{ to: string; until: number }> {
  demandMail(ctx, user)
  const before = await store.findCode(ctx, user.id)
  const wrong = wrongIn(before, ctx.now)
  const counted = before && ctx.now - before.sent_since < 60 * minuteMs ? before : null
  const free = Math.max(
    before ? before.sent_at + leastMs : 0,
    counted && counted.sent_times >= mostAnHour ? counted.sent_since + 60 * minuteMs : 0,
    stranger && wrong.wrong_times >= mostWrong ? wrong.wrong_since + dayMs : 0,
  )
  if (free > ctx.now) throw new Problem('request.too-many', { retryAfter: Math.ceil((free - ctx.now) / 1000) })
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const until = ctx.now + codeMs
  await store.putCode(ctx, {
    org: ctx.org,
    user_id: user.id,
    visit,
    hash: hashOf(secret, code),
    tries: 0,
    expires_at: until,
    sent_since: counted?.sent_since ?? ctx.now,
    sent_times: (counted?.sent_times ?? 0) + 1,
    sent_at: ctx.now,
    ...wrong,
  })
  const org = await ownOrg(ctx)
  const language = languageOf(user.language ?? org.language)
  await sendMail(ctx, {
    to: user.email ?? '',
    subject: say(language, 'code.subject', { org: org.name }),
    text: say(language, 'code.text', { code, org: org.name }),
    language,
    about: { kind: 'user', id: user.id },
    until,
  })
  await record(ctx, portalEvents.coded, aboutUser(user), { user: user.id })
  return { to: masked(user.email ?? ''), until }
}

/**
 * Proves a visit by the mailed code, for ten minutes. Answers null for a wrong one, so that its counting stays; after five it is worth nothing.
 */
export async function prove(ctx: Ctx, secret: string, code: string): Promise<{ until: number } | null> {
  const { user, visit } = await visitor(ctx)
  if (!(await takeCode(ctx, user, { visit: visit.id, secret }, code))) return null
  await store.changeVisit(ctx, visit.id, { proven_at: ctx.now })
  return { until: ctx.now + codeMs }
}

/** Whether this is the code that was mailed to the person for this place; a right one is used up. Never throws for a wrong one, so that its counting stays. */
export async function takeCode(ctx: Ctx, user: User, place: CodePlace, code: string): Promise<boolean> {
  const { visit, secret, stranger = false } = place
  const row = await store.findCode(ctx, user.id)
  const wrong = wrongIn(row, ctx.now)
  if (stranger && wrong.wrong_times >= mostWrong) return false
  const open = row && row.visit === visit && row.hash !== null && row.expires_at > ctx.now
  if (!row || !open) return false
  if (row.hash !== hashOf(secret, code)) {
    const tries = row.tries + 1
    const once = {
      wrong_since: wrong.wrong_times === 0 ? ctx.now : wrong.wrong_since,
      wrong_times: wrong.wrong_times + 1,
    }
    const counted = stranger ? once : wrong
    await store.putCode(ctx, { ...row, ...counted, tries, hash: tries >= mostTries ? null : row.hash })
    await record(ctx, portalEvents.refused, aboutUser(user), { user: user.id })
    return false
  }
  await store.putCode(ctx, { ...row, hash: null })
  await record(ctx, portalEvents.proven, aboutUser(user), { user: user.id })
  return true
}

/** How often strangers were wrong within a day. */
function wrongIn(row: store.CodeRow | undefined, now: number): Pick<store.CodeRow, 'wrong_since' | 'wrong_times'> {
  return row && now - row.wrong_since < dayMs
    ? { wrong_since: row.wrong_since, wrong_times: Number(row.wrong_times) }
    : { wrong_since: 0, wrong_times: 0 }
}

/** Until when a visit counts as proven; null when it does not. */
export function provenUntil(ctx: Pick<Ctx, 'now'>, visit: store.VisitRow): number | null {
  const until = (visit.proven_at ?? 0) + codeMs
  return visit.proven_at !== null && until > ctx.now ? until : null
}

/** Refuses with `portal.code-needed` unless a mailed code was typed within ten minutes in this visit. */
export async function demandProof(ctx: Ctx): Promise<void> {
  const { visit } = await visitor(ctx)
  if (provenUntil(ctx, visit) === null) throw new Problem('portal.code-needed')
}

/**
 * Whether this visit may see what admins see only after giving a reason: it began from the person's own mail, or a mailed code was typed in it.
 * A link that an admin was shown could be in that admin's hands.
 */
export function trusted(visit: store.VisitRow): boolean {
  return visit.sent === 'mail' || visit.proven_at !== null
}

const hashOf = (secret: string, code: string): string => digest(`${secret}\n${code.replaceAll(/\s/g, '')}`)

/** An address as its owner knows it again and nobody else learns it. */
function masked(address: string): string {
  const [name = '', host = ''] = address.split('@')
  return `${name.slice(0, 1)}…@${host}`
}
