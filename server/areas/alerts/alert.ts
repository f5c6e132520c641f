import type { About, EventType } from '../../base/events.ts'
import { record } from '../../base/events.ts'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { asId, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import { alertEvents } from './events.ts'
import { severities } from './kinds.ts'
import { tellNews, wakeSnoozed } from './later.ts'
import * as store from './store.ts'

type Alert = store.AlertRow

const longestSnoozeMs = 90 * 24 * 3_600_000

/** Whose admins may see what is said of an alert. */
export function about(alert: Pick<Alert, 'id' | 'unit_path'>): About {
  return { kind: 'alert', id: alert.id, path: alert.unit_path }
}

/** What every event of an alert says. */
export function saying(alert: Pick<Alert, 'type' | 'severity' | 'device'>) {
  return { type: alert.type, severity: severities[alert.severity - 1] ?? 'caution', device: alert.device }
}

/** Notes a step in an alert's history and records it; `text` stays with the alert. */
export async function step(
  ctx: Ctx,
  alert: Alert,
  of: EventType,
  more: { what: string; text?: string | null; data?: Record<string, unknown> },
): Promise<void> {
  await store.addStep(ctx, { id: newId('event'), alert: alert.id, what: more.what, text: more.text ?? null })
  await record(ctx, of, about(alert), { ...saying(alert), ...more.data })
}

/** The alert, which the actor may see. */
export async function seen(ctx: Ctx, id: string): Promise<Alert> {
  const alert = await store.find(ctx, asId('alert', id))
  if (!alert) throw new Problem('id.unknown')
  demand(ctx.authority, 'alerts:read', alert.unit_path, 'alerts:read')
  return alert
}

/** The alert, which the actor may change. */
async function held(ctx: Ctx, id: string): Promise<Alert> {
  const alert = await seen(ctx, id)
  demand(ctx.authority, 'alerts:write', alert.unit_path, 'alerts:read')
  return alert
}

async function living(ctx: Ctx, id: string): Promise<Alert> {
  const alert = await held(ctx, id)
  if (alert.state === 'resolved') throw new Problem('alert.resolved')
  return alert
}

/** Someone has seen it and takes care; doing so again changes nothing. */
export async function acknowledge(ctx: Ctx, id: string): Promise<void> {
  const alert = await living(ctx, id)
  if (alert.state === 'acknowledged') return
  await store.change(ctx, id, { state: 'acknowledged', acknowledged_at: ctx.now })
  await step(ctx, alert, alertEvents.acknowledged, { what: 'acknowledged' })
}

/** Ends it by hand, with a note if there is something to say; ending it again changes nothing. */
export async function resolve(ctx: Ctx, id: string, note: string | null): Promise<void> {
  const alert = await held(ctx, id)
  if (alert.state === 'resolved') return
  await end(ctx, alert, 'by hand', note)
}

/** Ends it. */
export async function end(
  ctx: Ctx,
  alert: Alert,
  how: 'settled' | 'by hand',
  note: string | null = null,
): Promise<void> {
  await store.change(ctx, alert.id, {
    state: 'resolved',
    resolved_at: ctx.now,
    resolved_how: how,
    snoozed_until: null,
    person_due: 0,
  })
  await step(ctx, alert, alertEvents.resolved, { what: 'resolved', text: note, data: { how } })
}

/** Opens an alert again that had ended, unless the same is open already. */
export async function reopen(ctx: Ctx, id: string): Promise<void> {
  const alert = await held(ctx, id)
  if (alert.state !== 'resolved') return
  if (await store.findOpen(ctx, alert.type, alert.dedupe)) throw new Problem('alert.open-already')
  await begin(ctx, alert)
}

/** What ending has set is taken back, and it is news. */
export async function begin(ctx: Ctx, alert: Alert, more: Partial<Alert> = {}): Promise<void> {
  const news = await store.nextNews(ctx)
  const back = { state: 'open', resolved_at: null, resolved_how: null, acknowledged_at: null, news } as const
  await store.change(ctx, alert.id, { ...back, ...more })
  await step(ctx, { ...alert, ...more }, alertEvents.reopened, { what: 'reopened' })
  await enqueue(ctx, tellNews, {}, { dedupe: 'org' })
}

/** Gives it to an admin who may see it, or to nobody. */
export async function assign(ctx: Ctx, id: string, admin: string | null): Promise<Alert> {
  const alert = await living(ctx, id)
  if (alert.assignee === admin) return alert
  if (admin !== null) {
    const able = await identity.adminsHolding(ctx, 'alerts:read', alert.unit_path)
    if (!able.some(a => a.id === admin)) throw new Problem('alert.assignee-unknown')
  }
  await store.change(ctx, id, { assignee: admin })
  await step(ctx, alert, alertEvents.assigned, { what: 'assigned', text: admin, data: { to: admin } })
  return { ...alert, assignee: admin }
}

/** Lets it rest until an instant, at most 90 days; null ends the rest. */
export async function snooze(ctx: Ctx, id: string, until: number | null): Promise<void> {
  const alert = await living(ctx, id)
  if (until !== null && (until <= ctx.now || until > ctx.now + longestSnoozeMs))
    throw new Problem('alert.snooze-out-of-range')
  if (alert.snoozed_until === until) return
  await store.change(ctx, id, { snoozed_until: until })
  await step(ctx, alert, alertEvents.snoozed, {
    what: until === null ? 'woken' : 'snoozed',
    text: until === null ? null : String(until),
    data: { until },
  })
  if (until !== null) await enqueue(ctx, wakeSnoozed, { alert: id }, { dedupe: id, inMs: until - ctx.now })
}

/** The rest of an alert is over: it is news again. Answers how long it still rests, when someone has made it longer. */
export async function wake(ctx: Ctx, id: string): Promise<number | null> {
  const alert = await store.find(ctx, id)
  if (!alert || alert.state === 'resolved' || alert.snoozed_until === null) return null
  if (alert.snoozed_until > ctx.now) return alert.snoozed_until - ctx.now
  await store.change(ctx, id, { snoozed_until: null, news: await store.nextNews(ctx) })
  await step(ctx, alert, alertEvents.snoozed, { what: 'woken', data: { until: null } })
  await enqueue(ctx, tellNews, {}, { dedupe: 'org' })
  return null
}

/** Writes something beside an alert. */
export async function comment(ctx: Ctx, id: string, text: string): Promise<void> {
  const alert = await held(ctx, id)
  await step(ctx, alert, alertEvents.commented, { what: 'commented', text })
}
