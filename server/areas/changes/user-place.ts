import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { fold } from '../../base/text.ts'
import type { Group, User } from '../identity/index.ts'
import { type Env, type FieldChange, type ReadRow, remark, type Remark, severalIn } from './row.ts'
import type { Found } from './tree.ts'

/** Everything of the org that the lines of one page are held against. */
export interface Known {
  users: readonly User[]
  /** Groups by user, as far as the actor may see them; the others stay out of it. */
  memberships: ReadonlyMap<string, readonly { id: string; name: string }[]>
  groups: ReadonlyMap<string, readonly Group[]>
}

/** One line, and whom it is about. */
export interface About {
  known: Known
  row: ReadRow
  user: User | null
}

/** What a cell wants of its field: undefined keeps, null clears. An empty cell clears only where the file is all there is. */
export function wanted(env: Pick<Env, 'mode'>, row: ReadRow, field: string): string | null | undefined {
  const text = row.cells[field]
  if (text === undefined) return undefined
  if (text !== '') return text
  return env.mode === 'replace' ? null : undefined
}

/** Where a line wants a person. */
export interface Place {
  path: string | null
  errors: Remark[]
  notes: Remark[]
  fields: FieldChange[]
}

/** Where a line wants a person to hang: the unit it names, or the one below which the file belongs. */
export function placeOf(ctx: Ctx, env: Env, { row, user }: About): Place {
  const none: Place = { path: user?.unitPath ?? env.unit.path, errors: [], notes: [], fields: [] }
  const text = row.cells['unit']
  if (!text && user) {
    return may(ctx.authority, 'users:write', user.unitPath) ? none : { ...none, errors: [remark('permission', null)] }
  }
  const found: Found = text ? env.tree.find(text, env.unit) : { unit: env.unit }
  if ('ambiguous' in found)
    return { ...none, errors: [remark('unit-ambiguous', 'unit', { text: text ?? '', units: found.ambiguous })] }
  if ('below' in found && env.mode === 'update')
    return { ...none, errors: [remark('unit-unknown', 'unit', { text: text ?? '' })] }
  const over = 'unit' in found ? found.unit : found.below
  const needed = 'unit' in found ? ['users:write'] : ['users:write', 'units:write']
  const allowed =
    needed.every(p => env.tree.may(p, over)) && (!user || may(ctx.authority, 'users:write', user.unitPath))
  if (!allowed) return { ...none, errors: [remark('permission', 'unit')] }
  const path =
    'unit' in found ? found.unit.path : `${found.below.path}${found.missing.map(n => `${fold(n)}/`).join('')}`
  const notes = 'unit' in found ? [] : [remark('unit-made', 'unit', { text: text ?? '' })]
  const before = user ? env.tree.nameOf(user.unit, env.unit) : null
  const after = 'unit' in found ? env.tree.nameOf(found.unit.id, env.unit) : (text ?? '')
  if (user && user.unitPath === path) return none
  if (user && env.devicesFollow) notes.push(remark('devices-follow', 'unit'))
  return { path, errors: [], notes, fields: [{ field: 'unit', before, after }] }
}

/** In which groups a line wants a person. */
export interface Groups {
  /** Null: they stay. Those to be made are named `new:name`. */
  ids: string[] | null
  errors: Remark[]
  notes: Remark[]
  fields: FieldChange[]
}

/** In which groups a line wants a person to be. */
export function groupsWanted(env: Env, { known, row, user }: About): Groups {
  const none: Groups = { ids: null, errors: [], notes: [], fields: [] }
  const text = wanted(env, row, 'groups')
  if (text === undefined) return none
  const names = text === null ? [] : severalIn(text)
  const errors: Remark[] = []
  const notes: Remark[] = []
  const ids = names.flatMap(name => {
    const found = known.groups.get(fold(name)) ?? []
    const [only] = found.length > 1 ? found.filter(g => g.unit === env.unit.id) : found
    if (only) return [String(only.id)]
    if (found.length > 1) errors.push(remark('group-ambiguous', 'groups', { text: name, groups: found.length }))
    else if (env.mode === 'update') errors.push(remark('group-unknown', 'groups', { text: name }))
    else notes.push(remark('group-made', 'groups', { text: name }))
    return found.length > 1 || env.mode === 'update' ? [] : [`new:${name}`]
  })
  const now = user ? (known.memberships.get(user.id) ?? []) : []
  if (errors.length > 0) return { ...none, errors }
  if (now.length === ids.length && ids.every(id => now.some(g => g.id === id))) return none
  const before = now.length === 0 ? null : now.map(g => g.name).join('; ')
  return {
    ids,
    errors,
    notes,
    fields: [{ field: 'groups', before, after: names.length === 0 ? null : names.join('; ') }],
  }
}
