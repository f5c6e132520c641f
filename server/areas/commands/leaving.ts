import type { Ctx } from '../../base/ctx.ts'
import * as enrollment from '../enrollment/index.ts'
import { isHeld, waitsHeld } from './held.ts'
import { send } from './send.ts'

const order = 'enrollment.leave'

/** How a road lets devices go. */
export interface Leaving {
  /** What the order to leave says on this road; absent: nothing. */
  readonly args?: (ctx: Ctx) => Readonly<Record<string, unknown>>
  /** Takes away what only makes sense while the enrollment lasts. */
  forget(ctx: Ctx, held: enrollment.Enrollment, why: string): Promise<void>
  /** Whether one that was asked and has not gone can be over from our side; absent: yes. */
  readonly mayGiveUp?: (ctx: Ctx, held: enrollment.Enrollment) => Promise<boolean>
}

const roads = new Map<string, Leaving>()

/** Main says how devices of a road are let go. */
export function leaveBy(road: string, leaving: Leaving): void {
  roads.set(road, leaving)
}

/**
 * Ends the management of a device in the way of its road: it is told to leave, and what the org brought goes; nothing is erased. One that never finished
 * enrolling, or was asked before and did not go, is over at once. The guard may hold it until others agree.
 */
export async function endManagement(ctx: Ctx, id: string): Promise<'asked' | 'ended' | 'held'> {
  const held = await enrollment.demanded(ctx, id, 'devices:write')
  if (held.state === 'ended') return 'ended'
  const leaving = roads.get(held.platform)
  if (held.state === 'pending' || held.endingAt !== null) {
    const over = held.state === 'pending' || (await (leaving?.mayGiveUp?.(ctx, held) ?? true))
    if (!over) return 'asked'
    await endNow(ctx, held)
    return 'ended'
  }
  if (await waitsHeld(ctx, held.device, order)) return 'held'
  const command = await send(ctx, { device: held.device, kind: order, args: { ...leaving?.args?.(ctx) } })
  return (await isHeld(ctx, command)) ? 'held' : 'asked'
}

/** The enrollment is over from our side; if the device calls again it is told so in the way of its road. */
export async function endNow(ctx: Ctx, held: enrollment.Enrollment): Promise<void> {
  await roads.get(held.platform)?.forget(ctx, held, 'enrollment.ended')
  await enrollment.end(ctx, held.id, 'admin')
}
