import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import {
  bringBackUnit,
  changeUnit,
  hangingOn,
  keepUnit,
  type KeptUnit,
  removeUnit,
  type Unit,
  visibleUnits,
} from '../identity/index.ts'
import {
  cellFaults,
  type Done,
  type Env,
  type FieldChange,
  type Planned,
  type ReadRow,
  remark,
  type Remark,
  type RowKind,
  type Undone,
} from './row.ts'
import { partsOf } from './tree.ts'
import { asRemark, dropUnit } from './user-apply.ts'

/** What a line about a unit left behind. */
interface Kept {
  unit: KeptUnit | null
  /** Ids of units that were made for it, from above. */
  made?: string[]
}

/** Lines about units. */
export const unitRows: RowKind = {
  read: readUnit,
  plan: planUnits,
  apply: applyUnits,
  undo: undoUnits,
  set: unitsInSet,
  implied: (env, named) => {
    const above = [...named].flatMap(id => env.tree.byId(id)?.path.slice(1, -1).split('/') ?? [])
    return new Set([...named, ...above])
  },
}

function readUnit(line: number, cells: Readonly<Record<string, string>>): ReadRow {
  const errors = cellFaults(cells, field => (field === 'unit' || field === 'parent' ? 2000 : 200))
  const { id, unit } = cells
  for (const part of partsOf(unit ?? ''))
    if (part.length > 200) errors.push(remark('too-long', 'unit', { most: 200, has: part.length }))
  const path = partsOf(unit ?? '').map(fold)
  const keys = [id ? [`id:${id}`] : [], path.length > 0 ? [`path:${path.join('/')}`] : []].flat()
  if (keys.length === 0) errors.push(remark('key-missing'))
  return { line, cells, keys, errors }
}

async function planUnits(ctx: Ctx, env: Env, rows: readonly ReadRow[]): Promise<Planned[]> {
  const planned: Planned[] = []
  for (const row of rows) planned.push(await planUnit(ctx, env, row))
  return planned
}

async function planUnit(ctx: Ctx, env: Env, row: ReadRow): Promise<Planned> {
  const { id, unit: path = '' } = row.cells
  const label = path || (id ? env.tree.nameOf(id, env.unit) : '')
  const base: Planned = {
    outcome: 'error',
    target: null,
    label,
    errors: row.errors,
    notes: [],
    fields: [],
    shift: null,
  }
  const wantedId = row.target ?? id
  const found = wantedId ? { unit: env.tree.byId(wantedId) } : env.tree.exact(path, env.unit)
  if ('unit' in found && found.unit)
    return planKnown(ctx, env, { base: { ...base, target: found.unit.id }, row, unit: found.unit })
  if (row.line === null) return { ...base, outcome: 'same', errors: [] }
  if (base.errors.length > 0) return base
  if (wantedId || env.mode === 'update')
    return { ...base, errors: [remark('unknown', null, { key: wantedId ?? path })] }
  const below = 'below' in found ? found.below : env.unit
  if (!env.tree.may('units:write', below)) return { ...base, errors: [remark('permission', 'unit')] }
  return { ...base, outcome: 'add', fields: [{ field: 'unit', before: null, after: path }] }
}

interface KnownUnit {
  base: Planned
  row: ReadRow
  unit: Unit
}

async function planKnown(ctx: Ctx, env: Env, { base, row, unit }: KnownUnit): Promise<Planned> {
  const label = base.label || env.tree.nameOf(unit.id, env.unit)
  if (!env.tree.may('units:write', unit)) return { ...base, label, errors: [remark('permission')] }
  if (row.line === null) {
    // What hangs below may be left out too, and goes first.
    const held = (await hangingOn(ctx, unit.id)).filter(noun => noun !== 'units')
    const errors = held.length > 0 ? [remark('unit-not-empty', null, { holds: held.join(', ') })] : []
    return { ...base, label, errors, outcome: errors.length > 0 ? 'error' : 'remove' }
  }
  if (base.errors.length > 0) return { ...base, label }
  if (env.mode === 'add') return { ...base, label, outcome: 'same', notes: [remark('exists')] }
  const wish = wishOf(env, row, unit)
  if ('error' in wish) return { ...base, label, errors: [wish.error] }
  const fields: FieldChange[] = []
  if (wish.name !== unit.name) fields.push({ field: 'name', before: unit.name, after: wish.name })
  if (wish.parent) {
    const before = env.tree.nameOf(unit.parent ?? '', env.unit) || null
    fields.push({ field: 'parent', before, after: env.tree.nameOf(wish.parent.id, env.unit) })
  }
  const sister = env.tree.childNamed(wish.parent?.id ?? unit.parent ?? '', wish.name)
  if (fields.length > 0 && sister && sister.id !== unit.id)
    return { ...base, label, errors: [remark('unit-name-taken', 'name', { text: wish.name })] }
  const shift = wish.parent ? { unit: { from: unit.path, to: `${wish.parent.path}${unit.id}/` } } : null
  return { ...base, label, outcome: fields.length === 0 ? 'same' : 'change', fields, shift }
}

/** The name a line wants, and the parent where it wants another. A line with an id may say them by the path itself, as an export does. */
function wishOf(env: Env, row: ReadRow, unit: Unit): { name: string; parent: Unit | null } | { error: Remark } {
  const { id, unit: path, name, parent } = row.cells
  const parts = partsOf(path ?? '')
  const byPath = id !== undefined && id !== '' && parts.length > 0
  // Of an edited export the path may say another name than the column beside it, which still says the old one.
  const named = name !== unit.name ? name : undefined
  const wantedName = named || (byPath ? parts.at(-1) : undefined) || unit.name
  const above = parent || (byPath ? parts.slice(0, -1).join(' / ') : undefined)
  if (!above || unit.parent === null) return { name: wantedName, parent: null }
  const found = env.tree.find(above, env.unit)
  if ('ambiguous' in found)
    return { error: remark('unit-ambiguous', 'parent', { text: above, units: found.ambiguous }) }
  if (!('unit' in found)) return { error: remark('unit-unknown', 'parent', { text: above }) }
  if (found.unit.id === unit.parent) return { name: wantedName, parent: null }
  if (found.unit.path.startsWith(unit.path)) return { error: remark('unit-cycle', 'parent') }
  return env.tree.may('units:write', found.unit)
    ? { name: wantedName, parent: found.unit }
    : { error: remark('permission', 'parent') }
}

async function applyUnits(ctx: Ctx, env: Env, lines: readonly { row: ReadRow; planned: Planned }[]): Promise<Done[]> {
  const done: Done[] = []
  for (const { row, planned } of lines) {
    const before = planned.target === null ? null : await keepUnit(ctx, planned.target)
    const made: string[] = []
    try {
      const target = await carryOut(ctx, env, { row, planned, made })
      const after = target === null ? null : await keepUnit(ctx, target)
      const kept: Kept = { unit: before, made }
      const left: Kept = { unit: after }
      done.push({ state: 'applied', target, before: kept, after: left, errors: [], devices: [] })
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      const errors = [asRemark(problem)]
      done.push({ state: 'failed', target: planned.target, before: null, after: null, errors, devices: [] })
    }
  }
  return done
}

async function carryOut(
  ctx: Ctx,
  env: Env,
  { row, planned, made }: { row: ReadRow; planned: Planned; made: string[] },
): Promise<string | null> {
  const { outcome, target } = planned
  switch (outcome) {
    case 'add':
      return (await env.tree.ensure(ctx, row.cells['unit'] ?? '', env.unit, made))?.id ?? null
    case 'remove':
      if (target !== null) await removeUnit(ctx, target)
      return target
    case 'change': {
      const unit = target === null ? undefined : env.tree.byId(target)
      const wish = unit && wishOf(env, row, unit)
      if (!unit || !wish || 'error' in wish) throw new Problem('id.unknown')
      await changeUnit(ctx, unit.id, { name: wish.name, parent: wish.parent?.id })
      return unit.id
    }
    default:
      return target
  }
}

async function undoUnits(ctx: Ctx, rows: Parameters<RowKind['undo']>[1]): Promise<Undone[]> {
  const undone: Undone[] = []
  for (const { target, before, after } of rows) undone.push(await takeBack(ctx, target, before as Kept, after as Kept))
  return undone
}

async function takeBack(ctx: Ctx, id: string, before: Kept, after: Kept): Promise<Undone> {
  const now = await keepUnit(ctx, id)
  if (JSON.stringify(now) !== JSON.stringify(after.unit)) return { state: 'kept', errors: [remark('changed-since')] }
  try {
    if (before.unit === null) {
      for (const unit of (before.made ?? []).toReversed()) await dropUnit(ctx, unit)
      const gone = (await keepUnit(ctx, id)) === null
      return gone ? { state: 'undone', errors: [] } : { state: 'kept', errors: [remark('unit-not-empty')] }
    }
    if (now === null) await bringBackUnit(ctx, before.unit)
    else await changeUnit(ctx, id, { name: before.unit.name, parent: before.unit.parent ?? undefined })
    return { state: 'undone', errors: [] }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return { state: 'kept', errors: [asRemark(problem)] }
  }
}

/** The units below the unit, the deepest first, so that each can be removed when its turn comes. */
async function unitsInSet(ctx: Ctx, env: Env, after: string, limit: number): Promise<{ id: string; label: string }[]> {
  const depth = (unit: Unit): number => unit.path.split('/').length
  const below = (await visibleUnits(ctx)).filter(u => u.id !== env.unit.id && u.path.startsWith(env.unit.path))
  const ordered = below.sort((a, b) => depth(b) - depth(a) || (a.id < b.id ? -1 : 1))
  const from = after === '' ? 0 : ordered.findIndex(u => u.id === after) + 1
  return ordered.slice(from, from + limit).map(u => ({ id: u.id, label: env.tree.nameOf(u.id, env.unit) }))
}
