import type { Ctx } from '../../base/ctx.ts'
import type { Json } from '../policies/index.ts'
import { holidaysIn } from './calendar.ts'
import { grantedTo, type ExceptionRow } from './exception-store.ts'
import * as store from './look-store.ts'
import { type Around, offBetween, type Phase, phaseAt } from './phase.ts'
import type { Span } from './windows.ts'
import { type WorkTime, workTimeOf } from './work-time.ts'
import { zoneAt } from './zone.ts'
import { unitZones, userZones } from './zone-store.ts'

/** What of a device decides whether it is working time for it, beside the policy. */
export interface Place {
  readonly id: string
  /** Of units. */
  readonly path: string
  readonly user: string | null
}

/** The phase of one device, and in which zone it was found. */
export interface DevicePhase extends Phase {
  readonly zone: string
}

/** Asks about many devices at once: each with the merged value of its policies. */
export interface Asked {
  readonly place: Place
  readonly value: Json
}

/** What decides beside the policies, for these devices: read once for all of them. */
export async function openSurroundings(
  ctx: Ctx,
  asked: readonly Asked[],
): Promise<(one: Asked) => { value: WorkTime; around: Around }> {
  const values = new Map<Json, WorkTime>()
  for (const { value } of asked) if (!values.has(value)) values.set(value, workTimeOf(value))
  const places = asked.map(a => a.place)
  const users = [...new Set(places.flatMap(p => p.user ?? []))]
  const [ofUnits, ofUsers] = [await unitZones(ctx), await userZones(ctx, users)]
  const units = new Set(places.flatMap(p => partsOf(p.path)))
  const granted = Map.groupBy(
    await grantedTo(ctx, [...places.map(p => p.id), ...users, ...units]),
    row => row.subject_id,
  )
  const calendars = await holidaysIn(
    ctx,
    [...values.values()].flatMap(v => v.calendars),
  )
  const days = new Map<WorkTime, Around['holidays']>()
  return ({ place, value: json }) => {
    const value = values.get(json) ?? workTimeOf(json)
    const holidays =
      days.get(value) ??
      new Map([
        ...value.calendars.flatMap(id => [...(calendars.get(id) ?? [])]),
        ...value.holidays.map(d => [d, ''] as const),
      ])
    days.set(value, holidays)
    const unit = zoneAt(ofUnits, place.path).zone
    const zone =
      value.zone === 'unit'
        ? unit
        : value.zone === 'person'
          ? ((place.user === null ? undefined : ofUsers.get(place.user)) ?? unit)
          : value.zone
    const subjects = [place.id, ...(place.user === null ? [] : [place.user]), ...partsOf(place.path)]
    return { value, around: { zone, holidays, exceptions: subjects.flatMap(s => (granted.get(s) ?? []).map(release)) } }
  }
}

/** Whether it is working time for each of these devices at this instant, by device. */
export async function phasesOf(ctx: Ctx, asked: readonly Asked[]): Promise<ReadonlyMap<string, DevicePhase>> {
  if (asked.length === 0) return new Map()
  const surroundings = await openSurroundings(ctx, asked)
  const known = new Map<WorkTime, Map<string, DevicePhase>>()
  return new Map(
    asked.map(one => {
      const { value, around } = surroundings(one)
      const { zone } = around
      // Without exceptions of their own, all of one value and zone are in one phase.
      if (around.exceptions.length > 0) return [one.place.id, { ...phaseAt(value, around, ctx.now), zone }] as const
      const byZone = known.get(value) ?? new Map<string, DevicePhase>()
      known.set(value, byZone)
      const phase = byZone.get(zone) ?? { ...phaseAt(value, around, ctx.now), zone }
      byZone.set(zone, phase)
      return [one.place.id, phase] as const
    }),
  )
}

/** The times between two instants that are no working time for a device. */
export async function offTimes(ctx: Ctx, one: Asked, { from, to }: Span): Promise<Span[]> {
  const { value, around } = (await openSurroundings(ctx, [one]))(one)
  return offBetween(value, around, from, to)
}

const minuteMs = 60_000
/** Where no boundary is in sight, it is looked again all the same: holidays are entered year by year. */
const farMs = 30 * 24 * 60 * minuteMs
/** A device that was taken up and never computed (a process died between the two) is taken up again. */
const takenMs = 5 * minuteMs
/** Over how long at most the devices of one boundary are spread, and how much each device with working time adds to that. */
const mostSpreadMs = 20_000
const eachMs = 10

/** Keeps what was computed for devices; null for those without working time. Answers the first instant at which one of them is to be looked at. */
export async function remember(ctx: Ctx, found: ReadonlyMap<string, DevicePhase | null>): Promise<number | null> {
  const before = await store.looksOf(ctx, [...found.keys()])
  const gone: string[] = []
  const rows: Omit<store.LookRow, 'org'>[] = []
  for (const [device, phase] of found) {
    const row = before.get(device)
    if (phase === null) {
      if (row) gone.push(device)
      continue
    }
    const said = JSON.stringify(phase)
    const look_at = phase.until ?? ctx.now + farMs
    const same =
      row?.said === said &&
      (row.look_at === look_at || (phase.until === null && row.look_at !== null && row.look_at > ctx.now + takenMs))
    if (same) continue
    const since = row?.phase === phase.phase ? row.since : ctx.now
    rows.push({ device, phase: phase.phase, said, since, look_at, slot: slotOf(device) })
  }
  await store.removeLooks(ctx, gone)
  await store.putLooks(ctx, rows)
  return rows.length === 0 ? null : Math.min(...rows.map(r => r.look_at ?? Number.POSITIVE_INFINITY))
}

/**
 * Takes up devices whose boundary has come: at most a page, and where there are many spread over some seconds, so that they do not all call
 * at once. `next`: when there is more to take, null: not in sight. What is taken is not answered again, and must be computed anew by whoever took it.
 */
export async function takeDue(ctx: Ctx, limit: number): Promise<{ devices: string[]; next: number | null }> {
  const { count, since, all } = await store.dueNow(ctx)
  if (count === 0 || since === null) return { devices: [], next: await store.firstLook(ctx) }
  const spread = Math.min(mostSpreadMs, all * eachMs)
  const share = (ctx.now - since + 1000) / Math.max(spread, 1)
  const devices = await store.dueBelow(ctx, Math.ceil(Math.min(1, share) * 1000), limit)
  await store.putOff(ctx, devices, ctx.now + takenMs)
  const left = count - devices.length
  if (left === 0) return { devices, next: await store.firstLook(ctx) }
  return { devices, next: devices.length === limit ? ctx.now : ctx.now + 500 }
}

/** What was last computed of these devices, of those that have working time. */
export async function rememberedPhases(ctx: Ctx, devices: readonly string[]): Promise<Map<string, DevicePhase>> {
  const rows = await store.looksOf(ctx, devices)
  return new Map([...rows].map(([device, row]): [string, DevicePhase] => [device, JSON.parse(row.said)]))
}

/** What was last computed of a device's working time; null where it has none. */
export async function phaseOf(ctx: Ctx, device: string): Promise<(DevicePhase & { since: number }) | null> {
  const row = await store.findLook(ctx, device)
  if (!row) return null
  const said: DevicePhase = JSON.parse(row.said)
  return { ...said, since: row.since }
}

function release({ id, from_at: from, until_at: to }: ExceptionRow) {
  return { id, from, to }
}

function partsOf(path: string): string[] {
  return path.split('/').filter(part => part !== '')
}

/** From the random end of the id, so that devices of one unit or one day are no neighbors. */
function slotOf(device: string): number {
  return Number.parseInt(device.slice(-6), 16) % 1000
}
