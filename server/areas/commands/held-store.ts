import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'

/** An order that the guard holds, as it is stored. */
export interface HeldRow {
  org: string
  id: string
  intent: string
  device: string
  account: string
  enrollment: string
  unit_path: string
  kind: string
  args: string
  sealed_args: Uint8Array | null
  priority: number
  expires_in_ms: number | null
  reason: string | null
  batch: string | null
  grants: string | null
  by_kind: string
  by_id: string | null
  created_at: number
}

interface Tables {
  held_orders: HeldRow
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** Keeps an order beside the queue; the same order of the same intent is kept once. */
export async function putHeld(ctx: Ctx, row: Omit<HeldRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('held_orders')
    .values({ ...row, org: ctx.org })
    .onConflict(c => c.columns(['org', 'intent', 'device', 'account']).doNothing())
    .execute()
}

export async function findHeld(ctx: Ctx, id: string): Promise<HeldRow | undefined> {
  return db(ctx)
    .selectFrom('held_orders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The newest orders that were ever held for a device and did not join the queue. */
export async function heldOfDevice(ctx: Ctx, device: string): Promise<HeldRow[]> {
  return db(ctx)
    .selectFrom('held_orders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}

/** The orders that an intent holds for a device. */
export async function heldFor(ctx: Ctx, intent: string, device: string): Promise<HeldRow[]> {
  return db(ctx)
    .selectFrom('held_orders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intent', '=', intent)
    .where('device', '=', device)
    .execute()
}

/** Takes an order out of what is held: it has become a command. */
export async function removeHeld(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('held_orders').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Keeps stored paths in step when a unit moves. */
export async function moveHeld(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('held_orders')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where(within('unit_path', [from]))
    .execute()
}
