import type { Ctx, Scope } from '../../base/ctx.ts'
import { sendMail } from '../../base/mail.ts'
import { languageOf } from '../../base/say.ts'
import { headOf } from '../../base/seal.ts'
import type { Base } from '../../base/transact.ts'
import { dayOf, instantAt, wallTime } from '../../base/zone.ts'
import * as identity from '../identity/index.ts'
import { alertTypes } from './kinds.ts'
import { digestLetter } from './letter.ts'
import * as readers from './reader-store.ts'
import * as counts from './count-store.ts'
import * as store from './store.ts'
import { type Reader, wayOf } from './tell.ts'

const dayMs = 24 * 3_600_000
const shown = 25
const most = 1000
/** A digest of a day whose hour passed while nobody was there to send it comes at most so late. */
const lateMs = 12 * 3_600_000

/** The newest instant, not after now, at which a wall in this zone showed this hour, and the day of that. Skipped hours come when clocks jump. */
export function newestHour(now: number, hour: number, zone: string): { at: number; day: string } {
  const { year, month, day } = wallTime(now, zone)
  const today = instantAt({ year, month, day, hour, minute: 0 }, zone)
  if (today <= now) return { at: today, day: dayOf(now, zone) }
  const before = wallTime(instantAt({ year, month, day, hour: 12, minute: 0 }, zone) - dayMs, zone)
  const at = instantAt({ ...before, hour, minute: 0 }, zone)
  return { at, day: dayOf(at, zone) }
}

/** Sends every digest whose hour has come; answers in how many ms the next is due. */
export async function sendDue(base: Base, scope: Scope): Promise<number> {
  const admins = await base.read(scope, identity.activeAdmins)
  let wait = dayMs
  for (const admin of admins) wait = Math.min(wait, await base.transact(scope, ctx => sendOne(ctx, admin)))
  return Math.max(wait, 1000)
}

/** The digest of one admin if its hour has come and it was not sent; the day is noted in the same transaction. Answers until the next hour. */
async function sendOne(ctx: Ctx, admin: Reader): Promise<number> {
  const known = await readers.reader(ctx, admin.id)
  const hour = known === undefined ? readers.usualHour : known.digest_hour
  if (hour === null) return dayMs
  const zone = admin.zone ?? 'UTC'
  const newest = newestHour(ctx.now, hour, zone)
  // An hour earlier than it needs to be, where the next day is shorter: the caller only looks again.
  const next = newest.at + dayMs - 3_600_000 - ctx.now
  const wait = next > 0 ? next : 10 * 60_000
  const days = known?.digest_day ?? ''
  if (ctx.now - newest.at > lateMs || days >= newest.day) return wait
  const { told } = await store.newsOf(ctx)
  await readers.putReader(ctx, admin.id, { digest_day: newest.day, digest_at: ctx.now }, { told })
  // The first hour is the next one, not one that had passed before anybody looked.
  if (days === '') return wait
  const since = known?.digest_at ?? ctx.now - dayMs
  const words = await digestOf(ctx, admin, since)
  if (words !== null) await sendMail(ctx, { ...words.letter, to: admin.email, language: words.language })
  return wait
}

/** The digest of an admin as it would be now, with what has happened since an instant; null when there is nothing to say. */
export async function digestOf(ctx: Ctx, admin: Reader, since: number) {
  const chosen = (await readers.allWays(ctx)).get(admin.id)
  const types = alertTypes.filter(type => wayOf(chosen, type) !== 'off')
  const paths = admin.authority.where('alerts:read')
  if (paths.length === 0 || types.length === 0) return null
  const fresh = await counts.gravest(ctx, paths, { types, openedAfter: since, most })
  const open = await counts.gravest(ctx, paths, { types, openedBefore: since, most })
  if (fresh.length + open.length === 0) return null
  const language = languageOf(admin.locale)
  const head = await headOf(ctx.tx, ctx.org)
  const letter = digestLetter(
    {
      at: ctx.now,
      fresh: fresh.slice(0, shown),
      freshCount: fresh.length,
      open: open.slice(0, shown),
      openCount: open.length,
      ended: await counts.countEnded(ctx, paths, { types, after: since, most }),
      anchor: head === null ? null : { seq: head.seq, hash: head.hash },
    },
    { language, zone: admin.zone ?? 'UTC', org: (await identity.ownOrg(ctx)).name, url: ctx.config.url },
  )
  return { letter, language }
}
