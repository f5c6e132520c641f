import { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { fold } from '../../base/text.ts'
import { groupRefsOf, groupsNamed, type User, usersKnownAs, usersWith, usersWithin } from '../identity/index.ts'
import { languageOf } from './language.ts'
import {
  cellFaults,
  type Env,
  type FieldChange,
  type Planned,
  type ReadRow,
  remark,
  type Remark,
  severalIn,
  type Shift,
} from './row.ts'
import { type About, groupsWanted, type Known, placeOf, wanted } from './user-place.ts'

const email = z.email().max(254)
const attributeName = /^[\p{L}\p{N}_-]{1,40}$/u
/** The fields of a person that are kept as they are written. */
const plainFields = ['displayName', 'familyName', 'givenName', 'yomi', 'language', 'email', 'employeeNumber'] as const

/** Reads a line about a person. */
export function readUser(line: number, given: Readonly<Record<string, string>>): ReadRow {
  const cells = { ...given }
  const errors = cellFaults(cells, field => mostOf(field))
  const { id, employeeNumber, email: address, language } = cells
  const valid = address !== undefined && email.safeParse(address).success
  if (address && !valid) errors.push(remark('email-malformed', 'email', { text: address }))
  if (language) {
    const code = languageOf(language)
    if (code === null) errors.push(remark('language-unknown', 'language', { text: language }))
    else cells['language'] = code
  }
  const names = attributesIn(cells).map(([name]) => name)
  for (const name of names.filter(n => !attributeName.test(n)))
    errors.push(remark('attribute-name', `attribute.${name}`, { text: name }))
  if (names.length > 20) errors.push(remark('attributes-too-many', null, { most: 20, has: names.length }))
  const keys = [
    id ? [`id:${id}`] : [],
    employeeNumber ? [`number:${employeeNumber}`] : [],
    valid ? [`email:${fold(address)}`] : [],
  ].flat()
  if (keys.length === 0 && !address) errors.push(remark('key-missing', null))
  return { line, cells, keys, errors }
}

function mostOf(field: string): number {
  if (field === 'email') return 254
  if (field.startsWith('attribute.')) return 500
  return field === 'unit' || field === 'groups' ? 2000 : 200
}

function attributesIn(cells: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(cells).flatMap(([field, text]) =>
    field.startsWith('attribute.') ? [[field.slice('attribute.'.length), text] as [string, string]] : [],
  )
}

async function knownTo(ctx: Ctx, env: Env, rows: readonly ReadRow[]): Promise<Known> {
  const cell = (field: string): string[] => rows.flatMap(r => r.cells[field] || [])
  const named = await usersKnownAs(ctx, { numbers: cell('employeeNumber'), emails: cell('email') })
  const byId = await usersWith(ctx, [...cell('id'), ...rows.flatMap(r => r.target ?? [])])
  const users = [...new Map([...named, ...byId.values()].map(u => [String(u.id), u])).values()]
  const ids = users.map(u => u.id)
  const memberships = env.columns.has('groups') ? await groupRefsOf(ctx, ids) : new Map()
  const found = env.columns.has('groups') ? await groupsNamed(ctx, cell('groups').flatMap(severalIn)) : []
  const visible = found.filter(g => may(ctx.authority, 'users:read', g.unitPath))
  const groups = Map.groupBy(visible, g => fold(g.name))
  return { users, memberships, groups }
}

/** What lines about people would do now. */
export async function planUsers(ctx: Ctx, env: Env, rows: readonly ReadRow[]): Promise<Planned[]> {
  const known = await knownTo(ctx, env, rows)
  return rows.map(row => planUser(ctx, env, known, row))
}

function planUser(ctx: Ctx, env: Env, known: Known, row: ReadRow): Planned {
  const matched = matchOf(ctx, known, row)
  const user = 'user' in matched ? matched.user : null
  const label = row.cells['displayName'] || user?.displayName || composed(row.cells) || row.cells['email'] || ''
  const base: Planned = {
    outcome: 'error',
    target: user?.id ?? null,
    label,
    errors: [],
    notes: [],
    fields: [],
    shift: null,
  }
  if (row.line === null) return user ? leaving(base, user) : { ...base, outcome: 'same' }
  const errors: Remark[] = [...row.errors]
  if ('error' in matched) errors.push(matched.error)
  if (!user && env.mode === 'update' && errors.length === 0) errors.push(remark('unknown', null, keyFacts(row)))
  if (user && env.mode === 'add' && errors.length === 0)
    return { ...base, outcome: 'same', notes: [remark('exists', null)] }
  const wish = wishOf(ctx, env, { known, row, user })
  errors.push(...wish.errors)
  if (!user && env.mode !== 'update' && !wish.displayName) errors.push(remark('missing', 'displayName'))
  if (errors.length > 0) return { ...base, errors }
  const fields = user ? wish.fields : wish.fields.filter(f => f.after !== null)
  const outcome = user ? (fields.length === 0 ? 'same' : 'change') : 'add'
  const groups = wish.groups === null ? {} : { groups: wish.groups }
  return { ...base, outcome, fields, notes: wish.notes, shift: outcome === 'change' ? wish.shift : null, ...groups }
}

function leaving(base: Planned, user: User): Planned {
  const shift: Shift = { user: { id: user.id, from: user.unitPath, to: user.unitPath, gone: true } }
  return { ...base, outcome: 'remove', label: user.displayName, shift }
}

function keyFacts(row: ReadRow): Remark['facts'] {
  return { key: row.cells['employeeNumber'] || row.cells['email'] || row.cells['id'] || '' }
}

/** Whom a line is about: by id, else by employee number, else by address. */
function matchOf(ctx: Ctx, known: Known, row: ReadRow): { user: User } | { error: Remark } | { none: true } {
  const { id, employeeNumber, email: address } = row.cells
  const wantedId = row.target ?? id
  const holds = (u: User): boolean => address !== undefined && u.email !== null && fold(u.email) === fold(address)
  if (wantedId) {
    const user = known.users.find(u => u.id === wantedId)
    if (!user || !may(ctx.authority, 'users:read', user.unitPath))
      return { error: remark('unknown', 'id', { key: wantedId }) }
    return taken(known, user, address) ?? { user }
  }
  const numbered = known.users.filter(u => employeeNumber && u.employeeNumber === employeeNumber)
  if (numbered.length > 1) return { error: remark('key-ambiguous', 'employeeNumber', { key: employeeNumber ?? '' }) }
  const user = numbered[0] ?? known.users.find(u => address && holds(u))
  if (!user) return { none: true }
  // Someone unseen is not spoken of, but their address is taken all the same.
  if (!may(ctx.authority, 'users:write', user.unitPath)) return { error: remark('permission', null) }
  return taken(known, user, address) ?? { user }
}

function taken(known: Known, user: User, address: string | undefined): { error: Remark } | null {
  if (!address) return null
  const other = known.users.find(u => u.id !== user.id && u.email !== null && fold(u.email) === fold(address))
  return other ? { error: remark('email-taken', 'email', { text: address }) } : null
}

function composed(cells: Readonly<Record<string, string>>): string {
  const { familyName, givenName } = cells
  if (!familyName || !givenName) return familyName || givenName || ''
  const asian = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(familyName + givenName)
  return asian ? `${familyName} ${givenName}` : `${givenName} ${familyName}`
}

/** What a line wants of a person. */
export interface UserWish {
  displayName: string
  fields: FieldChange[]
  errors: Remark[]
  notes: Remark[]
  shift: Shift | null
  groups: string[] | null
}

function wishOf(ctx: Ctx, env: Env, about: About): UserWish {
  const { row, user } = about
  const errors: Remark[] = []
  const notes: Remark[] = []
  const fields: FieldChange[] = []
  const change = (field: string, before: string | null, after: string | null): void => {
    if (before !== after) fields.push({ field, before, after })
  }
  for (const field of plainFields) {
    const after = wanted(env, row, field)
    if (after !== undefined && !(field === 'displayName' && after === null)) change(field, user?.[field] ?? null, after)
  }
  const displayName = row.cells['displayName'] || (user ? user.displayName : composed(row.cells))
  if (!user && displayName && !row.cells['displayName']) change('displayName', null, displayName)
  for (const [name] of attributesIn(row.cells)) {
    const after = wanted(env, row, `attribute.${name}`)
    if (after !== undefined) change(`attribute.${name}`, user?.attributes[name] ?? null, after)
  }
  const place = placeOf(ctx, env, about)
  errors.push(...place.errors)
  notes.push(...place.notes)
  fields.push(...place.fields)
  const groups = groupsWanted(env, about)
  errors.push(...groups.errors)
  notes.push(...groups.notes)
  fields.push(...groups.fields)
  const moves = user && (place.path !== user.unitPath || groups.ids !== null)
  const to = place.path ?? user?.unitPath ?? env.unit.path
  const shift = moves
    ? { user: { id: user.id, from: user.unitPath, to, ...(groups.ids === null ? {} : { groups: groups.ids }) } }
    : null
  return { displayName, fields, errors, notes, shift, groups: groups.ids }
}

/** The people below the unit, in order of ids, after one of them. */
export async function usersInSet(
  ctx: Ctx,
  env: Env,
  after: string,
  limit: number,
): Promise<{ id: string; label: string }[]> {
  const users = await usersWithin(ctx, [env.unit.path], { after, limit })
  return users.map(u => ({ id: u.id, label: u.displayName }))
}
