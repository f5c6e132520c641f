import { type Authority, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { fold } from '../../base/text.ts'
import * as store from './store.ts'
import type { Unit } from './unit.ts'

/** A unit as lists show it; `path` is names from the topmost unit its reader may see: `Havsten / Tokyo / Sales`. */
export interface UnitRef {
  id: string
  name: string
  path: string
}

/** The units the actor may see, parents first, with their paths in names. */
export async function visibleUnits(ctx: Ctx): Promise<(Unit & { names: string })[]> {
  return named(await store.listUnits(ctx), ctx.authority)
}

/**
 * How to show any unit of the org: by id, with its path in names. One query for a whole list.
 * A unit above those the actor may see has a name but no path beyond it.
 */
export async function unitRefs(ctx: Ctx): Promise<(id: string) => UnitRef> {
  const units = await store.listUnits(ctx)
  const seen = new Map(named(units, ctx.authority).map(u => [String(u.id), u.names]))
  const names = new Map(units.map(u => [String(u.id), u.name]))
  return id => ({ id, name: names.get(id) ?? '', path: seen.get(id) ?? names.get(id) ?? '' })
}

/**
 * Paths of the units a person names in a filter: by id, by name, or by names joined with `/` (`Sales/Tokyo`), from the top or from anywhere.
 * Lists hold the answer against the actor's authority, so naming a unit reveals nothing.
 */
export async function unitPaths(ctx: Ctx, text: string): Promise<string[]> {
  const units = await store.listUnits(ctx)
  const byId = units.filter(u => u.id === text)
  if (byId.length > 0) return byId.map(u => u.path)
  const names = new Map(units.map(u => [String(u.id), fold(u.name)]))
  const wanted = text.split('/').map(fold)
  return units
    .filter(u => {
      const line = idsOf(u.path).map(id => names.get(id) ?? '')
      // A name may itself hold a slash.
      return names.get(u.id) === fold(text) || line.slice(-wanted.length).join('/') === wanted.join('/')
    })
    .map(u => u.path)
}

function named(units: readonly Unit[], authority: Authority): (Unit & { names: string })[] {
  const visible = units.filter(u => may(authority, 'units:read', u.path))
  const names = new Map(visible.map(u => [String(u.id), u.name]))
  return visible.map(u => ({
    ...u,
    names: idsOf(u.path)
      .map(id => names.get(id))
      .filter(n => n !== undefined)
      .join(' / '),
  }))
}

function idsOf(path: string): string[] {
  return path.slice(1, -1).split('/')
}
