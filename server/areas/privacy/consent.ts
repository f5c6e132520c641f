import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './consent-store.ts'
import { privacyEvents } from './events.ts'

const answerableMs = 24 * 3_600_000

/** An order that a person is asked about. */
export interface Consent {
  id: string
  device: string
  user: string
  action: string
  reason: string
  by: { kind: string; id: string }
  state: store.ConsentRow['state']
  at: number
  until: number
}

/** Asks the person who has the device whether this may be ordered once. The answer holds for a day. */
export async function askConsent(
  ctx: Ctx,
  device: { id: string; unitPath: string; user: string | null },
  { action, reason }: { action: string; reason: string },
): Promise<string> {
  if (device.user === null) throw new Problem('privacy.nobody-to-ask')
  const id = newId('ask')
  const by_id = ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id
  const row = { id, device: device.id, user_id: device.user, action, reason, by_kind: ctx.actor.kind, by_id }
  await store.addConsent(ctx, { ...row, until: ctx.now + answerableMs })
  await record(ctx, privacyEvents.consentAsked, aboutDevice(device), { action, reason })
  return id
}

/** The person answers; only who was asked can, and only once. */
export async function answerConsent(
  ctx: Ctx,
  device: { id: string; unitPath: string },
  answer: { id: string; user: string; agrees: boolean },
): Promise<void> {
  const row = await store.findConsent(ctx, answer.id)
  if (row?.user_id !== answer.user || row.device !== device.id) throw new Problem('id.unknown')
  if (row.state !== 'asked' || row.until <= ctx.now) throw new Problem('privacy.ask-over')
  await store.changeConsent(ctx, row.id, { state: answer.agrees ? 'given' : 'refused', answered_at: ctx.now })
  const { action } = row
  await record(ctx, privacyEvents.consentAnswered, aboutDevice(device), { action, agrees: answer.agrees })
}

/** Uses the consent to this order up; refuses when there is none. */
export async function demandConsent(ctx: Ctx, device: string, action: string): Promise<void> {
  const given = (await store.listConsents(ctx, { device })).find(c => c.action === action && c.state === 'given')
  if (!given) throw new Problem('privacy.consent-needed', { action })
  await store.changeConsent(ctx, given.id, { state: 'used' })
}

/** What a person is asked, or was lately, newest first. */
export async function consentsOf(ctx: Ctx, of: { device: string } | { user: string }): Promise<Consent[]> {
  return (await store.listConsents(ctx, of)).map(r => ({
    id: r.id,
    device: r.device,
    user: r.user_id,
    action: r.action,
    reason: r.reason,
    by: { kind: r.by_kind, id: r.by_id },
    state: r.state,
    at: r.at,
    until: r.until,
  }))
}

function aboutDevice(device: { id: string; unitPath: string }): { kind: 'device'; id: string; path: string } {
  return { kind: 'device', id: device.id, path: device.unitPath }
}
