import { demand } from '../../base/authority.ts'
import * as commands from '../../areas/commands/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { asId } from '../../base/id.ts'
import { forget } from './checkin.ts'
import { profileIdentifier } from './profile.ts'

/** The enrollment with this id, when the actor may do this to its device. */
export async function demanded(ctx: Ctx, id: string, permission: string): Promise<enrollment.Enrollment> {
  const held = await enrollment.get(ctx, asId('enrollment', id))
  const { path } = await enrollment.aboutDevice(ctx, held)
  demand(ctx.authority, permission, path, 'devices:read')
  return held
}

/**
 * Ends the management of a device: it is told to remove its enrollment profile, and when it calls after that, it is un-enrolled.
 * One that never finished enrolling, or was asked before and did not go, is over at once. The guard may hold it until others agree.
 */
export async function endManagement(ctx: Ctx, id: string): Promise<'asked' | 'ended' | 'held'> {
  const held = await demanded(ctx, id, 'devices:write')
  if (held.state === 'ended') return 'ended'
  if (held.state === 'pending' || held.endingAt !== null) {
    await endNow(ctx, held)
    return 'ended'
  }
  if (await commands.waitsHeld(ctx, held.device, 'enrollment.leave')) return 'held'
  const identifier = profileIdentifier(ctx.org)
  const order = { device: held.device, kind: 'enrollment.leave', args: { identifier } }
  const command = await commands.send(ctx, order)
  return (await commands.isHeld(ctx, command)) ? 'held' : 'asked'
}

/** The enrollment is over from our side; if the device calls again it is told that it is not known. */
export async function endNow(ctx: Ctx, held: enrollment.Enrollment): Promise<void> {
  await forget(ctx, held, 'enrollment.ended')
  await enrollment.end(ctx, held.id, 'admin')
}
