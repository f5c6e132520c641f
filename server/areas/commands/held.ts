import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import * as guard from '../guard/index.ts'
import type { Occupant } from '../identity/index.ts'
import * as store from './held-store.ts'
import type { AnyCommandKind, Subject } from './kind.ts'
import { grantsOf } from './maker.ts'
import { ranks } from './rank.ts'
import { sealArgs } from './sealing.ts'
import type { Order } from './send.ts'

/** An order that was found right and is not let go yet. */
export interface Holding {
  order: Order
  kind: AnyCommandKind
  subject: Subject
  given: Record<string, unknown>
}

/** Keeps an order beside the queue, with the id its command will have, until the guard lets it go. */
export async function hold(
  ctx: Ctx,
  { order, kind, subject, given }: Holding,
  { id, intent }: { id: Id<'command'>; intent: string },
): Promise<void> {
  const permissions = ['devices:read', kind.permission, ...(kind.demands?.(given).permissions ?? [])]
  await store.putHeld(ctx, {
    id,
    intent,
    device: subject.device.id,
    account: subject.account,
    enrollment: subject.enrollment.id,
    unit_path: subject.device.unitPath,
    kind: kind.kind,
    ...(await sealArgs(ctx, kind, id, given, 'held_orders')),
    priority: ranks[order.priority ?? kind.priority ?? 'normal'],
    expires_in_ms: order.expiresInMs ?? kind.expiresInMs,
    reason: order.reason ?? null,
    batch: order.batch ?? null,
    grants: ctx.actor.kind === 'system' ? null : JSON.stringify(grantsOf(ctx.authority, permissions)),
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    created_at: ctx.now,
  })
}

/** Whether the order with this id is held, or ended without ever joining the queue. */
export async function isHeld(ctx: Ctx, command: string): Promise<boolean> {
  return (await store.findHeld(ctx, command)) !== undefined
}

/** Whether an order of this kind for the device is held and may still be let go. */
export async function waitsHeld(ctx: Ctx, device: string, kind: string): Promise<boolean> {
  for (const row of await store.heldOfDevice(ctx, device)) {
    const fate = row.kind === kind ? await guard.fateOf(ctx, row.intent, device) : undefined
    if (fate && fate.intent.ended_at === null && fate.state === 'waiting') return true
  }
  return false
}

/** What an approver agrees to of the arguments: all of them but the name of the one device. */
export function detailOf(kind: AnyCommandKind, given: Record<string, unknown>): string {
  const { confirm: _, ...args } = given
  return guard.detailOf(args, kind.secret)
}

/** What identity asks of what is held below its units. */
export const heldOccupant: Occupant = { noun: 'held-orders', moved: store.moveHeld, hangsOn: async () => false }
