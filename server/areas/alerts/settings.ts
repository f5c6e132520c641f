import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import { digestOf } from './digest.ts'
import { alertEvents } from './events.ts'
import { type AlertType, alertType, alertTypes, kinds, severities, type Way, ways } from './kinds.ts'
import { sendDigests } from './later.ts'
import * as readers from './reader-store.ts'
import * as counts from './count-store.ts'
import * as store from './store.ts'
import { wayOf } from './tell.ts'

/** What the org has decided about each type of alert. */
export const rulesShape = z.object({
  items: z.array(
    z.object({
      type: z.string(),
      severity: z.enum(severities),
      opens: z.boolean(),
      /** Null: it is no matter of the device's person. */
      toPerson: z.boolean().nullable(),
      /** Told to every admin at once; cannot be changed. */
      everyone: z.boolean(),
    }),
  ),
})

/** How the signed-in admin hears of alerts. */
export const notificationsShape = z.object({
  email: z.string(),
  zone: z.string().nullable(),
  /** The hour of the local day at which the digest comes; null: none. */
  digestHour: z.number().int().min(0).max(23).nullable(),
  items: z.array(z.object({ type: z.string(), way: z.enum(ways), usual: z.enum(ways), fixed: z.boolean() })),
})

/** What may be changed of it. */
export const notificationsChange = z.object({
  digestHour: z.number().int().min(0).max(23).nullable().optional(),
  ways: z.record(z.string(), z.enum(ways)).optional(),
})

/** What may be changed of a type. */
export const ruleChange = z.object({
  type: z.string(),
  opens: z.boolean().optional(),
  toPerson: z.boolean().optional(),
})

/** Every type, as it is decided or usual. */
export async function rules(ctx: Ctx): Promise<z.input<typeof rulesShape>> {
  const decided = await readers.rules(ctx)
  return {
    items: alertTypes.map(type => {
      const { severity, everyone, person } = kinds[type]
      const rule = decided.get(type)
      const toPerson = person === null ? null : (rule?.toPerson ?? person)
      return { type, severity, opens: everyone || (rule?.opens ?? true), toPerson, everyone }
    }),
  }
}

/** Decides about a type, for the whole org. */
export async function changeRule(ctx: Ctx, change: z.output<typeof ruleChange>): Promise<void> {
  demandWhole(ctx.authority, 'alerts:write')
  const type = demandType(change.type)
  const { everyone, person } = kinds[type]
  if (everyone) throw new Problem('alert.always-told')
  const before = (await readers.rules(ctx)).get(type) ?? { opens: true, toPerson: person === true }
  const opens = change.opens ?? before.opens
  const toPerson = person !== null && (change.toPerson ?? before.toPerson)
  if (opens === before.opens && toPerson === before.toPerson) return
  await readers.putRule(ctx, type, { opens, toPerson })
  await record(ctx, alertEvents.rulesChanged, null, { type, opens, toPerson })
}

function demandType(name: string): AlertType {
  const type = alertType(name)
  if (type === undefined) throw new Problem('id.unknown')
  return type
}

async function own(ctx: Ctx) {
  if (ctx.actor.kind !== 'admin') throw new Problem('session.missing')
  const { id } = ctx.actor
  const admin = (await identity.activeAdmins(ctx)).find(a => a.id === id)
  if (!admin) throw new Problem('session.missing')
  return admin
}

/** How the actor hears of alerts. */
export async function notifications(ctx: Ctx): Promise<z.input<typeof notificationsShape>> {
  const admin = await own(ctx)
  const [chosen, kept] = [(await readers.allWays(ctx)).get(admin.id), await readers.reader(ctx, admin.id)]
  return {
    email: admin.email,
    zone: admin.zone,
    digestHour: kept === undefined ? readers.usualHour : kept.digest_hour,
    items: alertTypes.map(type => {
      const { way: usual, everyone: fixed } = kinds[type]
      return { type, way: wayOf(chosen, type), usual, fixed }
    }),
  }
}

/** Changes how the actor hears of alerts. */
export async function changeNotifications(ctx: Ctx, change: z.output<typeof notificationsChange>): Promise<void> {
  const admin = await own(ctx)
  for (const [name, way] of Object.entries(change.ways ?? {})) {
    const type = demandType(name)
    if (kinds[type].everyone) {
      if (way !== 'now') throw new Problem('alert.always-told')
    } else await readers.putWay(ctx, admin.id, type, way === kinds[type].way ? null : (way satisfies Way))
  }
  if (change.digestHour === undefined) return
  const { told } = await store.newsOf(ctx)
  await readers.putReader(ctx, admin.id, { digest_hour: change.digestHour }, { told })
  await enqueue(ctx, sendDigests, {}, { dedupe: 'org' })
}

const dayMs = 24 * 3_600_000

/** The digest of the last day as the actor would get it now; null when there would be none. */
export async function previewDigest(ctx: Ctx): Promise<{ subject: string; text: string } | null> {
  const found = await digestOf(ctx, await own(ctx), ctx.now - dayMs)
  return found === null ? null : { subject: found.letter.subject, text: found.letter.text }
}

/** How many alerts the actor has not had on their screen yet, and that they have them now. */
export async function unseen(ctx: Ctx): Promise<number> {
  const kept = ctx.actor.kind === 'admin' ? await readers.reader(ctx, ctx.actor.id) : undefined
  return counts.countUnseen(ctx, ctx.authority.where('alerts:read'), kept?.seen ?? 0, 100)
}

/** The actor has them on their screen now. */
export async function markSeen(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'admin') throw new Problem('session.missing')
  const { news, told } = await store.newsOf(ctx)
  await readers.putReader(ctx, ctx.actor.id, { seen: news }, { told })
}
