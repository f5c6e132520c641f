import type { Ctx } from '../../base/ctx.ts'
import { newId } from '../../base/id.ts'
import * as devices from '../devices/index.ts'
import * as roster from '../roster/index.ts'
import { type License, freeOf, toLicense, wakeWorker } from './license.ts'
import * as licenses from './license-store.ts'
import * as store from './seat-store.ts'
import * as wishes from './seat-wish-store.ts'

/** That a device should have an app, and in whose name the seat is. */
export interface SeatWish {
  app: string
  /** What the store calls the app. */
  storeId: string
  seat: 'device' | 'user'
}

/** Whether an app may be sent to a device now; if not, why. */
export type Readiness =
  | { ready: true }
  | { ready: false; why: 'asked' | 'none-left' | 'refused' | 'no-program'; facts: Record<string, string | number> }

type Holding = Pick<devices.Device, 'id' | 'serial' | 'user'>

/**
 * Brings the seats of a device in step with the apps it should have: what is new is asked for, what is not wished for any more is given back.
 * A seat that two wishes share, as two devices of one person do, stays until the last of them goes.
 */
export async function wishSeats(ctx: Ctx, device: Holding, wanted: readonly SeatWish[]): Promise<void> {
  const had = await wishes.wishesOf(ctx, device.id)
  const left = new Map(had.map(w => [w.app, w]))
  const released: string[] = []
  for (const wish of wanted) {
    const before = left.get(wish.app)
    left.delete(wish.app)
    const holder = holderOf(device, wish.seat)
    const met = before?.seat !== null || holder === nobody
    if (before?.holder === holder && met && before.store_id === wish.storeId) continue
    if (before?.seat) released.push(before.seat)
    await put(ctx, device, wish, holder)
  }
  for (const gone of left.values()) await takeBack(ctx, gone, released)
  await release(ctx, released)
}

/** Wishes for one more seat of a device, and says whether its app may be sent already. Safe to repeat. */
export async function askSeat(ctx: Ctx, device: Holding, wish: SeatWish): Promise<Readiness> {
  const holder = holderOf(device, wish.seat)
  const before = await wishes.findWish(ctx, device.id, wish.app)
  const same = before?.holder === holder && before.store_id === wish.storeId
  if (!same || before?.seat === null) {
    await put(ctx, device, wish, holder)
    if (before?.seat && !same) await release(ctx, [before.seat])
  }
  if (holder === nobody) return { ready: false, why: 'refused', facts: { reason: noHolder(wish.seat) } }
  return standing(ctx, await wishes.findWish(ctx, device.id, wish.app))
}

/** Takes back the wish of a device for one app; its seat goes back when nobody else wishes for it. */
export async function returnSeat(ctx: Ctx, device: string, app: string): Promise<void> {
  const wish = await wishes.findWish(ctx, device, app)
  if (!wish) return
  const released: string[] = []
  await takeBack(ctx, wish, released)
  await release(ctx, released)
}

async function takeBack(ctx: Ctx, wish: wishes.WishRow, released: string[]): Promise<void> {
  await wishes.removeWish(ctx, wish.device, wish.app)
  if (wish.seat !== null) released.push(wish.seat)
}

/** Whoever is to hold the seat is not known yet: a device that nobody has, or that never said its serial. The wish stays. */
const nobody = ''

function holderOf(device: Holding, seat: 'device' | 'user'): string {
  return (seat === 'device' ? device.serial : device.user) ?? nobody
}

const noHolder = (seat: 'device' | 'user'): string => (seat === 'device' ? 'no-serial' : 'no-person')

async function standing(ctx: Ctx, wish: wishes.WishRow | undefined): Promise<Readiness> {
  if (!wish?.seat) {
    const any = (await roster.programs(ctx, { kind: 'content' })).length > 0
    return any
      ? { ready: false, why: 'none-left', facts: { reason: 'not-licensed' } }
      : { ready: false, why: 'no-program', facts: {} }
  }
  const seat = await store.findSeat(ctx, wish.seat)
  if (!seat) return { ready: false, why: 'asked', facts: {} }
  if (seat.state === 'held') return { ready: true }
  if (seat.state === 'refused') return { ready: false, why: 'refused', facts: { reason: seat.reason ?? '' } }
  if (seat.reason === 'none-left') return { ready: false, why: 'none-left', facts: { reason: 'none-left' } }
  return { ready: false, why: 'asked', facts: seat.reason === null ? {} : { reason: seat.reason } }
}

async function put(ctx: Ctx, device: Holding, wish: SeatWish, holder: string): Promise<void> {
  const license = holder === nobody ? null : await chosen(ctx, wish, holder)
  const seat = license ? await ensured(ctx, license, { device, holder, kind: wish.seat }) : null
  await wishes.putWish(ctx, {
    org: ctx.org,
    device: device.id,
    app: wish.app,
    store_id: wish.storeId,
    seat_for: wish.seat,
    holder,
    seat,
    since: ctx.now,
  })
  if (license) await wakeWorker(ctx, license.program)
}

/** The license a holder gets its seat from: where it has one already, else where most is free. */
async function chosen(ctx: Ctx, wish: Pick<SeatWish, 'storeId' | 'seat'>, holder: string): Promise<License | null> {
  const all = (await licenses.licensesOf(ctx, [wish.storeId])).map(toLicense)
  const fit = all.filter(l => wish.seat === 'user' || l.toDevices)
  const [only] = fit
  if (fit.length <= 1) return only ?? null
  const ids = fit.map(l => l.id)
  const [own] = await store.seatsHeldBy(ctx, ids, [holder])
  const mine = own && fit.find(l => l.id === own.license)
  if (mine) return mine
  const tallies = await licenses.talliesOf(ctx, ids)
  const left = (l: License): number => {
    const tally = tallies.get(l.id)
    return tally ? freeOf(l, tally) - tally.wanted : l.available
  }
  return [...fit].sort((a, b) => left(b) - left(a))[0] ?? null
}

async function ensured(
  ctx: Ctx,
  license: License,
  { device, holder, kind }: { device: Holding; holder: string; kind: 'device' | 'user' },
): Promise<string> {
  const [seat] = await store.seatsHeldBy(ctx, [license.id], [holder])
  if (seat) {
    // What was on its way back and was not handed over yet stays; what was comes back first.
    if (seat.state === 'returning' && seat.event === null)
      await store.changeSeat(ctx, seat.id, { state: 'held', reason: null, at: ctx.now })
    if (kind === 'device' && seat.device !== device.id) await store.changeSeat(ctx, seat.id, { device: device.id })
    return seat.id
  }
  const id = newId('seat')
  await store.addSeat(ctx, {
    org: ctx.org,
    id,
    license: license.id,
    program: license.program,
    holder_kind: kind,
    holder,
    device: kind === 'device' ? device.id : null,
    state: 'wanted',
    event: null,
    reason: null,
    attempts: 0,
    not_before: null,
    since: ctx.now,
    at: ctx.now,
    seen_at: null,
  })
  return id
}

/** Gives back the seats among these that nobody wishes for any more. */
export async function release(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const wishers = await wishes.wishersOf(ctx, ids)
  const known = new Map<string, License>()
  for (const id of new Set(ids)) {
    if ((wishers.get(id)?.length ?? 0) > 0) continue
    const seat = await store.findSeat(ctx, id)
    if (!seat) continue
    if (seat.state === 'wanted' || seat.state === 'refused') await store.removeSeats(ctx, [id])
    if (seat.state !== 'held') continue
    const license = known.get(seat.license) ?? (await licenseOf(ctx, seat.license))
    if (!license) continue
    known.set(license.id, license)
    if (!license.revocable) {
      await store.changeSeat(ctx, id, { reason: 'not-revocable' })
      continue
    }
    await store.changeSeat(ctx, id, {
      state: 'returning',
      event: null,
      reason: null,
      attempts: 0,
      not_before: null,
      at: ctx.now,
    })
    await wakeWorker(ctx, seat.program)
  }
}

async function licenseOf(ctx: Ctx, id: string): Promise<License | undefined> {
  const row = await licenses.findLicense(ctx, id)
  return row && toLicense(row)
}

/** Gives wishes that found no license of these items one that has come meanwhile. Answers how many. */
export async function meetWishes(ctx: Ctx, storeIds: readonly string[], limit = 200): Promise<number> {
  let met = 0
  for (const storeId of storeIds) {
    if (met >= limit) break
    for (const wish of await wishes.unmetWishes(ctx, storeId, limit - met)) {
      const device = await devices.find(ctx, wish.device)
      if (!device) {
        await wishes.removeWish(ctx, wish.device, wish.app)
        continue
      }
      if ((await chosen(ctx, { storeId, seat: wish.seat_for }, wish.holder)) === null) continue
      await put(ctx, device, { app: wish.app, storeId, seat: wish.seat_for }, wish.holder)
      met += 1
    }
  }
  return met
}
