import type { Ctx } from '../../base/ctx.ts'
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
export type SeatAnswer =
  | { readonly ready: true }
  | {
      readonly ready: false
      readonly why: 'asked' | 'none-left' | 'refused' | 'no-program'
      readonly facts: Readonly<Record<string, string | number | boolean | null>>
    }

/**
 * Before an app is sent, in the transaction in which it would be: whether the right to it is there, asking for it where it is not.
 * Whoever answers `ready: false` has the device considered anew (`reconcile.reconsider`) when that has changed.
 */
export async function seatReady(ctx: Ctx, asked: SeatAsked): Promise<SeatAnswer> {
  const held = await seatsHeld(ctx, { device: asked.device, user: asked.user, apps: [asked.app] })
  return held.has(asked.app) ? { ready: true } : { ready: false, why: 'no-program', facts: {} }
}

/** Which of these apps may be sent to the device now. Only looks: it is asked wherever what a device should have is shown or compiled. */
export async function seatsHeld(
  ctx: Ctx,
  asked: { device: string; user: string | null; apps: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await store.appsAmong(ctx, asked.apps)
  return new Set(rows.filter(r => Number(r.needs_seat) === 0).map(r => r.id))
}
