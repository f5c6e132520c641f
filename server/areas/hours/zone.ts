import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { unitFor, userFor } from '../identity/index.ts'
import { isZone } from '../policies/index.ts'
import { hourEvents } from './events.ts'
import * as store from './zone-store.ts'

/** The zone of those for whom nobody has said another. */
export const lastZone = 'UTC'

/** A zone, and where it comes from; `unit` null: nobody has said one. */
export interface ZoneOf {
  readonly zone: string
  readonly own: boolean
  /** The unit that it is inherited from. */
  readonly from: string | null
}

/** The zone that counts at a path of units: that of the nearest unit with one of its own. Pure. */
export function zoneAt(zones: ReadonlyMap<string, string>, path: string): ZoneOf {
  const units = path.split('/').filter(part => part !== '')
  const from = units.findLast(unit => zones.has(unit))
  if (from === undefined) return { zone: lastZone, own: false, from: null }
  return { zone: zones.get(from) ?? lastZone, own: from === units.at(-1), from }
}

/** The zone of a unit. */
export async function unitZone(ctx: Ctx, id: string): Promise<ZoneOf> {
  const unit = await unitFor(ctx, id, 'hours:read')
  return zoneAt(await store.unitZones(ctx), unit.path)
}

/** Every zone that is some unit's own, and the one of those without. */
export async function zonesOfUnits(ctx: Ctx): Promise<string[]> {
  return [...new Set([lastZone, ...(await store.unitZones(ctx)).values()])]
}

/** The zone at a path of units, whoever asks. */
export async function unitZoneOf(ctx: Ctx, path: string): Promise<ZoneOf> {
  return zoneAt(await store.unitZones(ctx), path)
}

/** The zones at paths of units, read once for any number of them. */
export async function zonesByPath(ctx: Ctx): Promise<(path: string) => string> {
  const zones = await store.unitZones(ctx)
  const known = new Map<string, string>()
  return path => {
    const zone = known.get(path) ?? zoneAt(zones, path).zone
    known.set(path, zone)
    return zone
  }
}

/** The zones of those of these people who have one of their own. */
export async function zonesOfPeople(ctx: Ctx, users: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return store.userZones(ctx, users)
}

/** The zone of a person: their own, or that of their unit. */
export async function userZone(ctx: Ctx, id: string): Promise<ZoneOf> {
  const user = await userFor(ctx, id, 'hours:read')
  const own = (await store.userZones(ctx, [user.id])).get(user.id)
  const of = zoneAt(await store.unitZones(ctx), user.unitPath)
  return own === undefined ? { ...of, own: false } : { zone: own, own: true, from: null }
}

/** Gives a unit a zone of its own; null: that of the unit above. Devices whose working time follows it are computed anew. */
export async function setUnitZone(ctx: Ctx, id: string, zone: string | null): Promise<ZoneOf> {
  demandZone(zone)
  const unit = await unitFor(ctx, id, 'hours:write')
  const before = (await store.unitZones(ctx)).get(unit.id) ?? null
  if (before !== zone) {
    await store.putUnitZone(ctx, unit.id, zone)
    await record(ctx, hourEvents.zoneChanged, { kind: 'unit', id: unit.id, path: unit.path }, { zone })
  }
  return unitZone(ctx, id)
}

/** Gives a person a zone of their own; null: that of their unit. */
export async function setUserZone(ctx: Ctx, id: string, zone: string | null): Promise<ZoneOf> {
  demandZone(zone)
  const user = await userFor(ctx, id, 'hours:write')
  const before = (await store.userZones(ctx, [user.id])).get(user.id) ?? null
  if (before !== zone) {
    await store.putUserZone(ctx, user.id, zone)
    await record(ctx, hourEvents.zoneChanged, { kind: 'user', id: user.id, path: user.unitPath }, { zone })
  }
  return userZone(ctx, id)
}

function demandZone(zone: string | null): void {
  if (zone !== null && !isZone(zone)) throw new Problem('hours.zone-unknown', { zone })
}
