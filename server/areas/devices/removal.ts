import * as guard from '../guard/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, isId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { demanded, tagsOf } from './change.ts'
import { about, find } from './device.ts'
import { deviceEvents } from './events.ts'
import * as store from './store.ts'

/** The act of forgetting a device. */
export const removeAction = 'device.remove'

/**
 * Forgets a device whose management has ended, with all it said; its events stay. With it go the secrets that open it, so the guard is asked:
 * answers the intent in which it waits, or null when it is gone.
 */
export async function remove(ctx: Ctx, id: string): Promise<Id<'intent'> | null> {
  const device = await demanded(ctx, id, 'devices:write')
  if (device.state !== 'ended') throw new Problem('device.in-use', { state: device.state })
  const { name, unit, unitPath } = device
  const admitted = await guard.admit(ctx, {
    action: removeAction,
    door: removeAction,
    impact: 'irreversible',
    device: { id, name, unit, unitPath, tags: await tagsOf(ctx, id) },
  })
  if (guard.isHeld(admitted)) return admitted.held
  await removeNow(ctx, admitted, id)
  return null
}

async function removeNow(ctx: Ctx, permit: guard.Permit, id: string): Promise<void> {
  guard.demandPermit(permit, removeAction, id)
  const device = await demanded(ctx, id, 'devices:write')
  await store.removeDevice(ctx, id)
  await record(ctx, deviceEvents.removed, about(device), { name: device.name, serial: device.serial })
}

/** How the guard lets a held removal go: it is looked at again whether the device is still ended. */
export const heldRemovals: guard.Door = {
  device: async (ctx, permit, { device: id }) => {
    const device = isId('device', id) ? await find(ctx, id) : undefined
    if (!device) return { skipped: 'id.unknown' }
    if (device.state !== 'ended') return { skipped: 'device.in-use' }
    await removeNow(ctx, permit, id)
    return 'sent'
  },
}
