import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import * as devices from '../devices/index.ts'
import { aboutLicense, findLicense, type License, licensesIn, wakeWorker } from './license.ts'
import { licenseEvents, seatEvents } from './license-events.ts'
import * as holders from './seat-holder-store.ts'
import { hold, leave, tell } from './seat-work.ts'
import * as store from './seat-store.ts'
import * as wishes from './seat-wish-store.ts'

/** A seat as the vendor's list shows it. `holder` is a serial, or our name for a person. */
export interface Shown {
  storeId: string
  pricing: 'standard' | 'plus'
  by: 'device' | 'user'
  holder: string
}

/** An event that says nothing for so long is told of, and after so long no longer waited for. */
export const slowMs = 15 * 60_000
export const lostMs = 2 * 3_600_000

/** Keeps one page of the vendor's list of seats: what it shows is held, whatever we thought. Answers the devices that may go on now. */
export async function syncSeats(ctx: Ctx, program: string, page: readonly Shown[]): Promise<string[]> {
  const licenses = new Map((await licensesIn(ctx, program)).map(l => [`${l.storeId} ${l.pricing}`, l]))
  const people = await holders.holdersCalled(
    ctx,
    program,
    page.filter(s => s.by === 'user').map(s => s.holder),
  )
  const users = new Map(people.map(p => [p.client, p.user_id]))
  const named = page.flatMap(shown => {
    const license = licenses.get(`${shown.storeId} ${shown.pricing}`)
    const holder = shown.by === 'device' ? shown.holder : (users.get(shown.holder) ?? shown.holder)
    return license ? [{ license, holder, by: shown.by }] : []
  })
  const ready: store.SeatRow[] = []
  for (const [license, own] of Map.groupBy(named, n => n.license)) {
    const known = new Map(
      (
        await store.seatsHeldBy(
          ctx,
          [license.id],
          own.map(o => o.holder),
        )
      ).map(s => [s.holder, s]),
    )
    const seen = own.flatMap(o => known.get(o.holder) ?? [])
    await store.changeSeats(
      ctx,
      seen.map(s => s.id),
      { seen_at: ctx.now },
    )
    ready.push(...seen.filter(s => s.state !== 'held' && s.state !== 'returning'))
    await addFound(
      ctx,
      license,
      own.filter(o => !known.has(o.holder)),
    )
  }
  return hold(ctx, ready)
}

/** Seats that the vendor shows and nobody here asked for: held, and unused until somebody wishes for them. */
async function addFound(
  ctx: Ctx,
  license: License,
  found: readonly { holder: string; by: 'device' | 'user' }[],
): Promise<void> {
  const serials = found.filter(f => f.by === 'device').map(f => f.holder)
  const byKey = new Map<string, string>()
  for (let from = 0; from < serials.length; from += 500)
    for (const d of await devices.devicesAmong(ctx, {
      serials: serials.slice(from, from + 500).map(s => devices.matchKey('serial', s)),
    }))
      if (d.serial) byKey.set(d.serial, d.id)
  for (const { holder, by } of new Map(found.map(f => [f.holder, f])).values())
    await store.addSeat(ctx, {
      org: ctx.org,
      id: newId('seat'),
      license: license.id,
      program: license.program,
      holder_kind: by,
      holder,
      device: by === 'device' ? (byKey.get(holder) ?? null) : null,
      state: 'held',
      event: null,
      reason: null,
      attempts: 0,
      not_before: null,
      since: ctx.now,
      at: ctx.now,
      seen_at: ctx.now,
    })
}

const pageSize = 200

/**
 * The vendor's whole list, begun then, is read: what it did not show is not held. Seats that are wished for are wanted again, those on their way back
 * are back, and those that were handed over without hearing an answer were never taken. Answers whether there may be more; repeat until it says no.
 */
export async function settleUnseen(ctx: Ctx, program: string, begun: number): Promise<boolean> {
  const rows = await store.unseenSeats(ctx, program, begun, pageSize)
  const by = (state: store.SeatState): store.SeatRow[] => rows.filter(r => r.state === state)
  await leave(ctx, by('returning'))
  const lost = by('held')
  const wished = await wishes.wishersOf(
    ctx,
    lost.map(l => l.id),
  )
  await tell(ctx, lost, 'lost')
  await store.removeSeats(
    ctx,
    lost.filter(l => !wished.has(l.id)).map(l => l.id),
  )
  const again = [...lost.filter(l => wished.has(l.id)), ...by('asked')].map(s => s.id)
  await store.changeSeats(ctx, again, { state: 'wanted', event: null, reason: 'lost', at: ctx.now, not_before: null })
  return rows.length === pageSize
}

/** Looks at events of which the vendor has said nothing for long: says so once, and after longer still asks again. Answers whether the list should be read. */
export async function settleSlow(ctx: Ctx, program: string): Promise<boolean> {
  const slow = (await store.eventsOf(ctx, program)).filter(e => e.since <= ctx.now - slowMs)
  for (const { event, since } of slow) {
    const rows = await store.seatsOfEvent(ctx, program, event)
    const fresh = rows.filter(r => r.reason !== 'event-slow')
    await store.changeSeats(
      ctx,
      fresh.map(r => r.id),
      { reason: 'event-slow' },
    )
    for (const [license, own] of Map.groupBy(fresh, r => r.license))
      await record(ctx, seatEvents.slow, aboutLicense({ id: license as License['id'] }), {
        license,
        program,
        seats: own.length,
      })
    if (since > ctx.now - lostMs) continue
    for (const state of ['asked', 'returning'] as const)
      await store.changeSeats(
        ctx,
        rows.filter(r => r.state === state).map(r => r.id),
        {
          state: state === 'asked' ? 'wanted' : 'returning',
          event: null,
          reason: 'event-lost',
          at: ctx.now,
        },
      )
  }
  return slow.length > 0
}

/** Asks back seats of a license that nobody uses, at most so many. Answers how many. */
export async function reclaim(ctx: Ctx, license: string, limit: number): Promise<number> {
  const found = await findLicense(ctx, license)
  if (!found?.revocable) return 0
  const rows = await store.unusedSeats(ctx, license, limit)
  await store.changeSeats(
    ctx,
    rows.map(r => r.id),
    {
      state: 'returning',
      event: null,
      reason: null,
      attempts: 0,
      not_before: null,
      at: ctx.now,
    },
  )
  if (rows.length === 0) return 0
  const name = found.name === '' ? found.storeId : found.name
  await record(ctx, licenseEvents.reclaimed, aboutLicense(found), { license, name, seats: rows.length })
  await wakeWorker(ctx, found.program)
  return rows.length
}
