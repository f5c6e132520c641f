import type { Ctx } from '../../base/ctx.ts'
import type { Json } from '../policies/index.ts'
import * as devices from '../devices/index.ts'
import type { Expected } from './status.ts'
import * as statuses from './status-store.ts'
import { appsAmong } from './store.ts'
import { type SeatWish, wishSeats } from './seat-wish.ts'
import { devicesWishing } from './seat-wish-store.ts'

/** In whose name the seat is that a value of the kind `app` asks for. Pure. */
export function seatIn(value: Json): 'device' | 'user' {
  const said = typeof value === 'object' && value !== null && 'seat' in value ? value.seat : 'device'
  return said === 'user' ? 'user' : 'device'
}

/** Keeps the seats of devices in step with what they should have now: asked for what is required, or offered and asked for; given back for the rest. */
export async function expectSeats(ctx: Ctx, all: readonly Expected[]): Promise<void> {
  const ids = [...new Set(all.flatMap(e => [...e.apps.keys()]))]
  const needing = new Map(
    (await appsAmong(ctx, ids))
      .filter(a => Number(a.needs_seat) === 1 && a.store_id !== null)
      .map(a => [a.id, { storeId: a.store_id ?? '', platform: a.platform }]),
  )
  const had = await devicesWishing(
    ctx,
    all.map(e => e.device),
  )
  for (const { device: id, apps, forPerson } of all) {
    if (![...apps.keys()].some(a => needing.has(a)) && !had.has(id)) continue
    const device = await devices.find(ctx, id)
    if (!device) continue
    const offered = [...apps].some(([app, presence]) => presence === 'available' && needing.has(app))
    const asked = new Set(offered ? await statuses.wishedOn(ctx, id) : [])
    const wanted = [...apps].flatMap(([app, presence]): SeatWish[] => {
      const need = needing.get(app)
      const counts = presence === 'required' || (presence === 'available' && asked.has(app))
      // What cannot run there is not paid for there.
      if (need?.platform !== devices.appsOf(device.platform) || !counts) return []
      return [{ app, storeId: need.storeId, seat: forPerson?.has(app) ? 'user' : 'device' }]
    })
    await wishSeats(ctx, device, wanted)
  }
}

/** The management of a device has ended: its seats go back. */
export async function endSeats(ctx: Ctx, device: string): Promise<void> {
  await wishSeats(ctx, { id: device as devices.Device['id'], serial: null, user: null }, [])
}
