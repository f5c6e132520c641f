import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { fold } from '../../base/text.ts'
import { addUnit, type Unit, visibleUnits } from '../identity/index.ts'

interface Node extends Unit {
  /** Folded names from the topmost unit of the org that may be seen. */
  line: readonly string[]
}

/** What a path in names leads to. */
export type Found =
  | { unit: Unit }
  | { ambiguous: number }
  /** The unit below which it would have to be made, and the names that are missing. */
  | { below: Unit; missing: readonly string[] }

/** The units an actor may see, by their paths in names. Units made meanwhile are added, so that one tree serves a whole page. */
export interface Tree {
  /** What `Sales / Tokyo` means, from this unit, from the top, or, where exactly one fits, from anywhere. */
  find(text: string, from: Unit): Found
  /** The same, only from this unit or from the top. */
  exact(text: string, from: Unit): Found
  byId(id: string): Unit | undefined
  /** The unit of this name directly below another. */
  childNamed(parent: string, name: string): Unit | undefined
  /** Its path in names from below this unit: `Sales / Tokyo`; from the top for one that is not below. */
  nameOf(id: string, from: Unit): string
  /** The unit that is meant, made with all that is missing above it. `made` gets the ids of what was made. */
  ensure(ctx: Ctx, text: string, from: Unit, made: string[]): Promise<Unit | null>
  may(permission: string, unit: Unit): boolean
}

/** Reads the tree as the actor sees it. */
export async function readTree(ctx: Ctx): Promise<Tree> {
  const units = new Map<string, Node>()
  const names = new Map<string, string>()
  const add = (unit: Unit): void => {
    names.set(unit.id, unit.name)
    const line = unit.path
      .slice(1, -1)
      .split('/')
      .flatMap(id => names.get(id) ?? [])
    units.set(unit.id, { ...unit, line: line.map(fold) })
  }
  for (const unit of await visibleUnits(ctx)) add(unit)
  const exact = (text: string, from: Unit): Found => {
    const parts = partsOf(text)
    const base = units.get(from.id)?.line ?? []
    const looked = parts.map(fold)
    const named = [[...base, ...looked], looked].map(line => [...units.values()].find(u => equal(u.line, line)))
    const unit = named.find(u => u !== undefined)
    return unit ? { unit } : missingIn([...units.values()], parts, base, from)
  }
  const find = (text: string, from: Unit): Found => {
    const id = units.get(text)
    if (id) return { unit: id }
    const straight = exact(text, from)
    if ('unit' in straight) return straight
    const looked = partsOf(text).map(fold)
    const ends = [...units.values()].filter(u => equal(u.line.slice(-looked.length), looked))
    const [only] = ends
    if (ends.length > 1) return { ambiguous: ends.length }
    return only ? { unit: only } : straight
  }
  return {
    find,
    exact,
    byId: id => units.get(id),
    childNamed: (parent, name) => [...units.values()].find(u => u.parent === parent && fold(u.name) === fold(name)),
    nameOf: (id, from) => nameFrom(units.get(id), from, names),
    may: (permission, unit) => may(ctx.authority, permission, unit.path),
    ensure: async (now, text, from, made) => {
      const found = find(text, from)
      if ('unit' in found) return found.unit
      if ('ambiguous' in found) return null
      let at = found.below
      for (const name of found.missing) {
        at = await addUnit(now, { name, parent: at.id })
        add(at)
        made.push(at.id)
      }
      return at
    },
  }
}

function nameFrom(unit: Unit | undefined, from: Unit, names: ReadonlyMap<string, string>): string {
  if (!unit) return ''
  const below = unit.path.startsWith(from.path) && unit.id !== from.id
  const path = below ? unit.path.slice(from.path.length) : unit.path.slice(1)
  return path
    .split('/')
    .flatMap(id => names.get(id) ?? [])
    .join(' / ')
}

/** The names in a path, from above: separated by `/`. */
export function partsOf(text: string): string[] {
  return text
    .split(/[/／]/)
    .map(p => p.trim())
    .filter(p => p !== '')
}

// From the top when the first name is the top's, else from the given unit; as deep as units are there.
function missingIn(units: readonly Node[], parts: readonly string[], base: readonly string[], from: Unit): Found {
  const looked = parts.map(fold)
  for (const start of [base, []]) {
    for (let known = parts.length - 1; known >= 1; known -= 1) {
      const line = [...start, ...looked.slice(0, known)]
      const below = units.find(u => equal(u.line, line))
      if (below) return { below, missing: parts.slice(known) }
    }
  }
  return { below: from, missing: parts }
}

function equal(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((part, i) => part === other[i])
}
