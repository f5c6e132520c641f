import { may } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { mailReady, sendMail } from '../../base/mail.ts'
import { languageOf } from '../../base/say.ts'
import type { Base } from '../../base/transact.ts'
import * as identity from '../identity/index.ts'
import { step } from './alert.ts'
import { alertEvents } from './events.ts'
import { alertType, kinds, type Way } from './kinds.ts'
import { newsLetter, personLetter } from './letter.ts'
import * as readers from './reader-store.ts'
import * as store from './store.ts'

/** An admin who can be written to, with what they may see. */
export type Reader = Awaited<ReturnType<typeof identity.activeAdmins>>[number]

/** Between two mails at once to the same admin, so that many alerts are one mail; what everyone is told does not wait. */
const paceMs = 120_000
const atOnce = 500

/** How an admin hears of a type. */
export function wayOf(chosen: ReadonlyMap<string, Way> | undefined, type: string): Way {
  const known = alertType(type)
  if (known === undefined) return 'digest'
  return kinds[known].everyone ? 'now' : (chosen?.get(type) ?? kinds[known].way)
}

/** Writes to everyone who is to hear at once of what is new. Answers in how many ms somebody's next mail is due; null when nobody waits. */
export async function tellAdmins(base: Base, scope: Scope): Promise<number | null> {
  const { admins, news } = await base.read(scope, async ctx => ({
    admins: await identity.activeAdmins(ctx),
    news: (await store.newsOf(ctx)).news,
  }))
  let wait: number | null = null
  for (const admin of admins) {
    const left = await base.transact(scope, ctx => tellOne(ctx, admin))
    if (left !== null) wait = Math.min(wait ?? left, left)
  }
  await base.transact(scope, ctx => store.putTold(ctx, news))
  return wait
}

/** One mail with all that is new for this admin, noted in the same transaction; or how long it must wait. */
async function tellOne(ctx: Ctx, admin: Reader): Promise<number | null> {
  const { told: begin } = await store.newsOf(ctx)
  const known = await readers.reader(ctx, admin.id)
  const place = known?.told ?? begin
  const page = await store.newsAfter(ctx, place, atOnce)
  const last = page.at(-1)
  if (!last) return null
  const chosen = (await readers.allWays(ctx)).get(admin.id)
  const due = page.filter(a => concerns(ctx, a, admin, chosen))
  const since = ctx.now - (known?.told_at ?? 0)
  const pressing = due.some(a => everyone(a.type))
  if (due.length > 0 && since < paceMs && !pressing) return paceMs - since
  const told = { told: last.news, ...(due.length > 0 ? { told_at: ctx.now } : {}) }
  await readers.putReader(ctx, admin.id, told, { told: begin })
  if (due.length > 0) await write(ctx, admin, due)
  return page.length === atOnce ? 0 : null
}

const everyone = (type: string): boolean => {
  const known = alertType(type)
  return known !== undefined && kinds[known].everyone
}

/** Whom the end of something in custody concerns by now: its owner, the admins who may see it, everyone. */
function levelOf(alert: store.AlertRow): { level: string; owner: string } | null {
  if (alert.type !== 'expiring') return null
  const { level, owner } = JSON.parse(alert.facts) as Record<string, string>
  return { level: level ?? 'admins', owner: owner ?? '' }
}

/** Whether an admin is to hear of it at once. What everyone hears of they hear of though it has ended meanwhile: whoever did it may have ended it. */
function concerns(
  ctx: Pick<Ctx, 'now'>,
  alert: store.AlertRow,
  admin: Reader,
  chosen: ReadonlyMap<string, Way> | undefined,
): boolean {
  if (everyone(alert.type)) return true
  const asleep = alert.snoozed_until !== null && alert.snoozed_until > ctx.now
  if (alert.state === 'resolved' || asleep) return false
  const ends = levelOf(alert)
  // The last day of what the fleet depends on: whoever is here hears of it, whatever they chose.
  if (ends?.level === 'everyone') return true
  if (!may(admin.authority, 'alerts:read', alert.unit_path)) return false
  if (ends?.level === 'owner') return ends.owner === admin.id
  const way = wayOf(chosen, alert.type)
  return way === 'now' || (way === 'digest' && alert.urgent === 1)
}

async function write(ctx: Ctx, admin: Reader, alerts: readonly store.AlertRow[]): Promise<void> {
  const org = await identity.ownOrg(ctx)
  const language = languageOf(admin.locale)
  const frame = { language, zone: admin.zone ?? 'UTC', org: org.name, url: ctx.config.url }
  const [first] = alerts
  await sendMail(ctx, {
    ...newsLetter(alerts, frame),
    to: admin.email,
    language,
    ...(first && alerts.length === 1 ? { about: { kind: 'alert', id: first.id } } : {}),
  })
}

/** Writes to the people whose devices something is the matter with: one mail each, in their language. Answers whether there may be more. */
export async function tellPeople(ctx: Ctx, most: number): Promise<boolean> {
  const people = await store.peopleDue(ctx, most)
  for (const person of people) {
    const alerts = await store.dueTo(ctx, person)
    const told = await writeTo(ctx, person, alerts)
    for (const alert of alerts) {
      await store.change(ctx, alert.id, { person_due: 0, ...(told ? { person_told_at: ctx.now } : {}) })
      if (told) await step(ctx, alert, alertEvents.told, { what: 'person-told', text: person, data: { what: 'told' } })
    }
  }
  return people.length === most
}

/** Mails a person what is the matter with a device of theirs; answers whether there was somewhere to send it. */
export async function writeTo(
  ctx: Ctx,
  person: string,
  alerts: readonly Pick<store.AlertRow, 'id' | 'type' | 'facts'>[],
): Promise<boolean> {
  const user = (await identity.usersWith(ctx, [person])).get(person)
  if (!user || user.email === null || !mailReady(ctx.config)) return false
  const org = await identity.ownOrg(ctx)
  const language = languageOf(user.language ?? org.language)
  const frame = { language, zone: 'UTC', org: org.name, url: ctx.config.url, name: user.displayName }
  const words = personLetter(alerts, frame)
  const [first] = alerts
  if (words === null || !first) return false
  const about = { kind: 'alert', id: first.id }
  return (await sendMail(ctx, { ...words, to: user.email, language, about })) !== null
}
