import * as devices from '../devices/index.ts'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId, type Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { about, ended } from './deliver.ts'
import { commandEvents } from './events.ts'
import { keeper } from './keeper.ts'
import { findKind } from './kind.ts'
import * as store from './store.ts'

/** While a device may be carrying a command out, canceling it would only hide that. */
const underWayMs = 120_000

/** Withdraws a command that the device has not got. One it has fetched without answering can be withdrawn two minutes later. */
export async function cancel(ctx: Ctx, command: string): Promise<void> {
  const row = await store.find(ctx, asId('command', command))
  if (!row) throw new Problem('id.unknown')
  const device = await devices.get(ctx, row.device)
  demand(ctx.authority, 'commands:cancel', device.unitPath, 'commands:read')
  if (row.ended_at !== null) throw new Problem('command.ended', { state: row.state })
  if (row.state === 'sent' && ctx.now - (row.sent_at ?? 0) < underWayMs)
    throw new Problem('command.under-way', { retryAfter: 120 })
  const told = await store.endUnanswered(ctx, row.id, { state: 'canceled', end_reason: 'canceled' })
  if (told) await tellCanceled(ctx, told, 'canceled')
}

/** Cancels every open command of an enrollment, or only those of one account: it has ended, begun anew, or been erased. */
export async function cancelAll(
  ctx: Ctx,
  enrollment: Id<'enrollment'>,
  why: string,
  account: Id<'account'> | null = null,
): Promise<void> {
  for (const told of await store.cancelOpen(ctx, enrollment, why, account)) await tellCanceled(ctx, told, why)
}

/** Ends a command whose time is over. */
export async function expire(ctx: Ctx, command: string): Promise<void> {
  const told = await store.endUnanswered(ctx, command, { state: 'expired', end_reason: null })
  if (!told) return
  await letGo(ctx, told)
  await ended(ctx, told, async () => {
    if (told.quiet === 0) await record(ctx, commandEvents.expired, about(told), { command: told.id, kind: told.kind })
  })
}

/** The secret it carried was not confirmed. A device that had it already may have taken it all the same, so it is not forgotten. */
async function letGo(ctx: Ctx, told: store.Told): Promise<void> {
  if (findKind(told.kind, told.road)?.keeps) await keeper().refuse(ctx, told.id)
}

async function tellCanceled(ctx: Ctx, told: store.Told, why: string): Promise<void> {
  await letGo(ctx, told)
  await ended(ctx, told, async () => {
    if (told.quiet === 0)
      await record(ctx, commandEvents.canceled, about(told), { command: told.id, kind: told.kind, why })
  })
}
