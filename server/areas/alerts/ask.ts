import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { mailReady } from '../../base/mail.ts'
import { Problem } from '../../base/problem.ts'
import { seen, step } from './alert.ts'
import { alertEvents } from './events.ts'
import { personTypes } from './kinds.ts'
import * as store from './store.ts'
import { writeTo } from './tell.ts'

const dayMs = 24 * 3_600_000

/** Asks the person of the device, by mail in their language; at most once a day. */
export async function ask(ctx: Ctx, id: string): Promise<void> {
  const alert = await seen(ctx, id)
  demand(ctx.authority, 'alerts:write', alert.unit_path, 'alerts:read')
  if (alert.state === 'resolved') throw new Problem('alert.resolved')
  if (!mailReady(ctx.config)) throw new Problem('mail.not-set-up')
  if (alert.person_told_at !== null && ctx.now - alert.person_told_at < dayMs) throw new Problem('alert.asked-already')
  const personal = personTypes.some(t => t === alert.type)
  const told = personal && alert.user_id !== null && (await writeTo(ctx, alert.user_id, [alert]))
  if (!told) throw new Problem('alert.nobody-to-ask')
  await store.change(ctx, alert.id, { person_told_at: ctx.now, person_due: 0 })
  await step(ctx, alert, alertEvents.told, { what: 'person-asked', text: alert.user_id, data: { what: 'asked' } })
}
