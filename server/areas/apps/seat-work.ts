import type { Ctx } from '../../base/ctx.ts'
import { type Entry, recordAll } from '../../base/events.ts'
import * as devices from '../devices/index.ts'
import { freeOf, type License, licensesById, licensesIn } from './license.ts'
import { seatEvents } from './license-events.ts'
import { talliesOf } from './license-store.ts'
import { release } from './seat-wish.ts'
import { knownAs } from './seat-holder.ts'
import * as holders from './seat-holder-store.ts'
import * as store from './seat-store.ts'
import * as wishes from './seat-wish-store.ts'

/** One seat that the vendor is to be told of. */
export interface SeatTask {
  seat: string
  storeId: string
  pricing: 'standard' | 'plus'
  /** What the vendor calls the holder: a serial, or our name for a person. */
  holder: string
  by: 'device' | 'user'
}

/** What became of the work of one event: why each of some seats was not done, by seat. */
export type Undone = ReadonlyMap<string, string>

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** How long a refused seat is waited with before the vendor is asked again. */
function waitMs(attempts: number): number {
  return Math.min(dayMs, 5 * minuteMs * 2 ** Math.min(attempts, 12))
}

/** Seats that are to be given back now. */
export async function tasksBack(ctx: Ctx, program: string, limit: number): Promise<SeatTask[]> {
  const rows = await store.seatsAmong(ctx, { program, state: 'returning', sent: false, due: ctx.now, limit })
  return tasksOf(ctx, program, rows)
}

/** Seats that are to be asked for now: no more of a license than is free, oldest wish first. The others say why they wait. */
export async function tasksOut(ctx: Ctx, program: string, limit: number): Promise<SeatTask[]> {
  const licenses = await licensesIn(ctx, program)
  const tallies = await talliesOf(
    ctx,
    licenses.map(l => l.id),
  )
  const tasks: SeatTask[] = []
  for (const license of licenses) {
    const tally = tallies.get(license.id)
    if (!tally || tally.wanted === 0 || tasks.length >= limit) continue
    const free = Math.min(freeOf(license, tally), limit - tasks.length)
    const rows = await store.seatsAmong(ctx, {
      program,
      state: 'wanted',
      license: license.id,
      due: ctx.now,
      limit: free + 500,
    })
    const { ready, waiting } = await readyOnes(ctx, program, rows)
    const out = ready.slice(0, free)
    const short = ready.slice(free).filter(s => s.reason !== 'none-left')
    if (short.length > 0)
      await store.changeSeats(
        ctx,
        short.map(s => s.id),
        { reason: 'none-left' },
      )
    for (const [reason, ids] of waiting) await store.changeSeats(ctx, ids, { reason })
    tasks.push(...(await tasksOf(ctx, program, out, new Map([[license.id, license]]))))
  }
  return tasks
}

/** Seats of devices can be asked for at once; those of people once the person has joined. */
async function readyOnes(
  ctx: Ctx,
  program: string,
  rows: readonly store.SeatRow[],
): Promise<{ ready: store.SeatRow[]; waiting: Map<string, string[]> }> {
  const waiting = new Map<string, string[]>()
  const ready: store.SeatRow[] = []
  for (const row of rows) {
    if (row.holder_kind === 'device') {
      ready.push(row)
      continue
    }
    const person = await knownAs(ctx, program, row.holder)
    if (person.state === 'associated') {
      ready.push(row)
      continue
    }
    const reason = person.state === 'registered' ? 'invited' : (person.reason ?? 'not-invited')
    if (row.reason !== reason) waiting.set(reason, [...(waiting.get(reason) ?? []), row.id])
  }
  return { ready, waiting }
}

async function tasksOf(
  ctx: Ctx,
  program: string,
  rows: readonly store.SeatRow[],
  known?: ReadonlyMap<string, License>,
): Promise<SeatTask[]> {
  const licenses =
    known ??
    (await licensesById(
      ctx,
      rows.map(r => r.license),
    ))
  const people = rows.filter(r => r.holder_kind === 'user' && r.holder.startsWith('usr_')).map(r => r.holder)
  const clients = new Map((await holders.holdersAmong(ctx, program, people)).map(h => [h.user_id, h.client]))
  return rows.flatMap(row => {
    const license = licenses.get(row.license)
    const holder = row.holder_kind === 'device' ? row.holder : (clients.get(row.holder) ?? row.holder)
    return license
      ? [{ seat: row.id, storeId: license.storeId, pricing: license.pricing, holder, by: row.holder_kind }]
      : []
  })
}

/** The vendor is about to be told of these. Until its answer is kept, nobody knows whether it was: its own list will say. */
export async function handOver(ctx: Ctx, seats: readonly string[], state: 'asked' | 'returning'): Promise<void> {
  await store.changeSeats(ctx, seats, { state, event: '', reason: null, at: ctx.now })
}

/** What the vendor calls the work on these seats. */
export async function noteEvent(ctx: Ctx, seats: readonly string[], event: string): Promise<void> {
  await store.changeSeats(ctx, seats, { event })
}

/** The vendor would not even begin: these are as they were, and asked for again later. */
export async function handBack(
  ctx: Ctx,
  seats: readonly string[],
  reason: string,
  undo: 'asked' | 'returning',
  waitingMs = 0,
): Promise<void> {
  const state = undo === 'asked' ? 'wanted' : 'returning'
  const not_before = waitingMs > 0 ? ctx.now + waitingMs : null
  await store.changeSeats(ctx, seats, { state, event: null, reason, not_before, at: ctx.now })
}

/**
 * Keeps what became of an event: asked seats are held, returning ones gone, the undone ones as their reason says. Answers the devices that may go on now.
 * An event that is told twice, or late, finds nothing to do.
 */
export async function finishEvent(
  ctx: Ctx,
  program: string,
  event: string,
  undone: Undone = new Map(),
): Promise<string[]> {
  const rows = await store.seatsOfEvent(ctx, program, event)
  const done = rows.filter(r => !undone.has(r.id))
  await refuse(
    ctx,
    rows.filter(r => undone.has(r.id)),
    undone,
  )
  const gained = done.filter(r => r.state === 'asked')
  const gone = done.filter(r => r.state === 'returning')
  const ready = await hold(ctx, gained)
  await leave(ctx, gone)
  return ready
}

/** Seats that the vendor gave: held, and on their way back at once where nobody wishes for them any more. Answers whose apps may go now. */
export async function hold(ctx: Ctx, rows: readonly store.SeatRow[]): Promise<string[]> {
  if (rows.length === 0) return []
  await store.changeSeats(
    ctx,
    rows.map(r => r.id),
    { state: 'held', event: null, reason: null, attempts: 0, not_before: null, at: ctx.now, seen_at: ctx.now },
  )
  await tell(ctx, rows, 'held')
  const wishers = await wishes.wishersOf(
    ctx,
    rows.map(r => r.id),
  )
  await release(
    ctx,
    rows.map(r => r.id),
  )
  return [...new Set([...wishers.values()].flat())]
}

/** Seats that are back: gone, unless somebody wishes for them again. */
export async function leave(ctx: Ctx, rows: readonly store.SeatRow[]): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(r => r.id)
  const again = await wishes.wishersOf(ctx, ids)
  await tell(ctx, rows, 'returned')
  await store.changeSeats(
    ctx,
    ids.filter(id => again.has(id)),
    {
      state: 'wanted',
      event: null,
      reason: null,
      attempts: 0,
      not_before: null,
      at: ctx.now,
      seen_at: null,
    },
  )
  await store.removeSeats(
    ctx,
    ids.filter(id => !again.has(id)),
  )
}

/** Reasons for which a seat waits rather than being refused: it is asked for again when there are more. */
const waits = new Set(['none-left'])

async function refuse(ctx: Ctx, rows: readonly store.SeatRow[], undone: Undone): Promise<void> {
  const refused: store.SeatRow[] = []
  for (const row of rows) {
    const reason = undone.get(row.id) ?? 'unknown'
    const attempts = row.attempts + 1
    const not_before = waits.has(reason) ? null : ctx.now + waitMs(attempts)
    const state = row.state === 'returning' ? 'returning' : waits.has(reason) ? 'wanted' : 'refused'
    await store.changeSeat(ctx, row.id, { state, event: null, reason, attempts, not_before, at: ctx.now })
    if (state === 'refused') refused.push({ ...row, reason })
  }
  await tell(ctx, refused, 'refused')
}

/** Refused seats whose wait is over are wanted again. Answers how many. */
export async function reviveRefused(ctx: Ctx, program: string): Promise<number> {
  const rows = await store.seatsAmong(ctx, { program, state: 'refused', due: ctx.now, limit: 500 })
  await store.changeSeats(
    ctx,
    rows.filter(r => r.not_before !== null).map(r => r.id),
    { state: 'wanted', at: ctx.now },
  )
  return rows.length
}

type Said = 'held' | 'returned' | 'refused' | 'lost'

/** Says so in the log of the device that needs the seat; what nobody here knows is about the license's own. */
export async function tell(ctx: Ctx, rows: readonly store.SeatRow[], what: Said): Promise<void> {
  const licenses = await licensesById(
    ctx,
    rows.map(r => r.license),
  )
  const ids = [...new Set(rows.flatMap(r => r.device ?? []))]
  const paths = new Map<string, string>()
  for (let from = 0; from < ids.length; from += 500)
    for (const row of await devices.targetRows(ctx, { ids: ids.slice(from, from + 500), limit: 500 }))
      paths.set(row.id, row.path)
  const entries = rows.flatMap((row): Entry[] => {
    const license = licenses.get(row.license)
    if (!license) return []
    const path = paths.get(row.device ?? '')
    const about =
      path === undefined
        ? { kind: 'license', id: license.id, path: '/' }
        : { kind: 'device', id: row.device ?? '', path }
    const data = {
      license: license.id,
      name: license.name === '' ? license.storeId : license.name,
      seat: row.id,
      reason: row.reason ?? '',
    }
    return [{ of: seatEvents[what], about, data }]
  })
  await recordAll(ctx, entries)
}

/** The seats of one event as the vendor knows them, with what it was asked to do. */
export async function tasksOfEvent(
  ctx: Ctx,
  program: string,
  event: string,
): Promise<(SeatTask & { way: 'asked' | 'returning' })[]> {
  const rows = await store.seatsOfEvent(ctx, program, event)
  const ways = new Map(rows.map(r => [r.id, r.state === 'returning' ? ('returning' as const) : ('asked' as const)]))
  return (await tasksOf(ctx, program, rows)).map(t => ({ ...t, way: ways.get(t.seat) ?? 'asked' }))
}
