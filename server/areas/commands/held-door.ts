import * as devices from '../devices/index.ts'
import type * as guard from '../guard/index.ts'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { asId, isId } from '../../base/id.ts'
import { demandAllowed } from './charter.ts'
import { type HeldRow, heldFor, removeHeld } from './held-store.ts'
import { asMaker } from './maker.ts'
import { priorities } from './rank.ts'
import { openArgs } from './sealing.ts'
import { call, kindFor, type Order, queue } from './send.ts'
import { subjectOf } from './subject.ts'

/** How the guard lets held orders go: they are judged again as if they were given now, by who gave them, and join the queue under their old ids. */
export const heldOrders: guard.Door = {
  device: async (ctx, permit, { intent, device }) => {
    const rows = await heldFor(ctx, intent, device)
    let outcome: guard.Outcome = { skipped: 'id.unknown' }
    for (const row of rows) outcome = await letGo(ctx, permit, row)
    return outcome
  },
}

async function letGo(server: Ctx, permit: guard.Permit, row: HeldRow): Promise<guard.Outcome> {
  const ctx = await asMaker(server, row)
  const device = await devices.find(ctx, row.device)
  if (!device) return { skipped: 'id.unknown' }
  const kind = await kindFor(ctx, row.kind, device.id)
  const given = await openArgs(ctx, row, 'held_orders')
  const demands = kind.demands?.(given) ?? { permissions: [], wipes: kind.destructive }
  for (const p of [kind.permission, ...demands.permissions]) demand(ctx.authority, p, device.unitPath, 'devices:read')
  const account = isId('account', row.account) ? row.account : ''
  const subject = await subjectOf(ctx, device, kind, account)
  if (!subject) return { skipped: 'command.not-enrolled' }
  // Whoever enrolled the device anew since is not whom it was meant for.
  if (subject.enrollment.id !== row.enrollment) return { skipped: 'enrollment.ended' }
  const eligible = kind.eligible(subject)
  if (eligible !== true) return { skipped: eligible }
  await demandAllowed(ctx, kind, subject, { args: given, wipes: demands.wipes })
  const args = kind.prepare ? await kind.prepare(ctx, subject, given) : given
  const order: Order = {
    device: device.id,
    kind: row.kind,
    reason: row.reason ?? undefined,
    batch: row.batch ?? undefined,
    priority: priorities[row.priority],
    ...(row.expires_in_ms === null ? {} : { expiresInMs: row.expires_in_ms }),
  }
  const id = asId('command', row.id)
  await removeHeld(ctx, row.id)
  await queue(ctx, order, { id, permit, kind, subject, args, wipes: demands.wipes })
  await call(ctx, subject, row.priority === 0)
  return 'sent'
}
