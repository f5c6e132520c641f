import type { Follower } from '../../base/follow.ts'
import * as devices from '../devices/index.ts'
import { forgetLicenses, wakeWorker } from './license.ts'
import { endSeats } from './seat-expect.ts'
import { forgetPeople, retirePerson } from './seat-holder.ts'
import { wishSeats } from './seat-wish.ts'
import { wishesOf } from './seat-wish-store.ts'
import type { Ctx } from '../../base/ctx.ts'

const wanted = new Set(['device.assigned', 'device.removed', 'enrollment.ended', 'user.removed', 'program.removed'])

/** What happens elsewhere and decides whose seats there are: a device changes hands, leaves or is removed, a person leaves, a program is given up. */
export const seatFollower: Follower = {
  name: 'apps.seats',
  from: 'beginning',
  wants: type => wanted.has(type),
  take: async (ctx, events) => {
    for (const { type, about } of events) {
      const id = about?.id ?? ''
      if (type === 'device.assigned') await rehold(ctx, id)
      if (type === 'device.removed') await endSeats(ctx, id)
      if (type === 'enrollment.ended') await leftBy(ctx, id)
      if (type === 'user.removed') await retirePerson(ctx, id)
      if (type === 'program.removed') {
        await forgetLicenses(ctx, id)
        await forgetPeople(ctx, id)
        // Its worker has things of its own to forget.
        await wakeWorker(ctx, id)
      }
    }
  },
}

/** The device may have been enrolled again meanwhile. */
async function leftBy(ctx: Ctx, id: string): Promise<void> {
  const device = await devices.find(ctx, id)
  if (!device || device.state === 'ended') await endSeats(ctx, id)
}

/** Seats in a person's name follow the person who has the device. */
async function rehold(ctx: Ctx, id: string): Promise<void> {
  const wishes = await wishesOf(ctx, id)
  const device = wishes.some(w => w.seat_for === 'user') ? await devices.find(ctx, id) : undefined
  if (!device) return
  await wishSeats(
    ctx,
    device,
    wishes.map(w => ({ app: w.app, storeId: w.store_id, seat: w.seat_for })),
  )
}
