import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import { askSeat, type Readiness } from './seat-wish.ts'
import { heldOn } from './seat-wish-store.ts'
import * as store from './store.ts'

/** Whom a seat is needed for, and of which app. */
export interface SeatAsked {
  device: string
  /** The person who uses the device. */
  user: string | null
  app: string
  /** Whose the seat is to be; the device's unless said. */
  holder?: 'device' | 'user'
}

/** Whether an app may be sent; why not yet, or not at all. */
export type SeatAnswer = Readiness

/**
 * Before an app is sent, in the transaction in which it would be: whether the right to it is there, asking for it where it is not.
 * Whoever answers `ready: false` has the device considered anew (`reconcile.reconsider`) when that has changed.
 */
export async function seatReady(
  ctx: Ctx,
  { device: id, user, app, holder = 'device' }: SeatAsked,
): Promise<SeatAnswer> {
  const [row] = await store.appsAmong(ctx, [app])
  if (!row || Number(row.needs_seat) === 0 || row.store_id === null) return { ready: true }
  const { serial } = await devices.get(ctx, id)
  const whose = { id: id as devices.Device['id'], serial, user: user as devices.Device['user'] }
  return askSeat(ctx, whose, { app, storeId: row.store_id, seat: holder })
}

/** Which of these apps may be sent to the device now. Only looks: it is asked wherever what a device should have is shown or compiled. */
export async function seatsHeld(
  ctx: Ctx,
  asked: { device: string; user: string | null; apps: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await store.appsAmong(ctx, asked.apps)
  const free = rows.filter(r => Number(r.needs_seat) === 0 || r.store_id === null).map(r => r.id)
  if (free.length === rows.length) return new Set(free)
  const held = await heldOn(ctx, asked.device)
  return new Set([...free, ...rows.map(r => r.id).filter(id => held.has(id))])
}
