import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import * as devices from '../devices/index.ts'
import { type User, usersKnownAs, usersNamed, usersWith } from '../identity/index.ts'
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
  severalIn,
  type Shift,
  type Undone,
} from './row.ts'
import { asRemark } from './user-apply.ts'
import { wanted } from './user-place.ts'

/** What an admin decides about a device, as it is kept to be put back. */
interface Kept {
  name: string
  namedBy: devices.Device['namedBy']
  unit: string
  user: string | null
  ownership: devices.Ownership
  shared: boolean
  assetTag: string | null
  tags: string[]
}

/** Lines about devices. Devices come by enrollment: a file neither adds nor removes one. To «add» fills what is empty; what a whole file leaves out loses its user. */
export const deviceRows: RowKind = {
  read: readDevice,
  plan: planDevices,
  apply: applyDevices,
  undo: undoDevices,
  set: async (ctx, env, after, limit) => {
    const page = await devices.devicesWithin(ctx, [env.unit.path], { after, limit })
    return page.map(d => ({ id: d.id, label: d.serial ?? d.name }))
  },
}

const ownershipWords: Readonly<Record<devices.Ownership, readonly string[]>> = {
  company: ['company', 'entreprise', 'företag', '会社', '法人', '社用'],
  personal: ['personal', 'personnel', 'privat', '個人', '私物'],
  unknown: ['unknown', 'inconnu', 'inconnue', 'okänd', '不明'],
}
const yes = ['yes', 'true', '1', 'oui', 'ja', 'はい', '共用']
const no = ['no', 'false', '0', 'non', 'nej', 'いいえ']

function readDevice(line: number, given: Readonly<Record<string, string>>): ReadRow {
  const cells = { ...given }
  const errors = cellFaults(cells, field =>
    field === 'asset' ? 100 : field === 'tags' || field === 'unit' ? 2000 : 200,
  )
  const { id, serial, ownership, shared, tags } = cells
  if (ownership) {
    const known = devices.ownerships.find(o => ownershipWords[o].includes(fold(ownership)))
    if (known) cells['ownership'] = known
    else errors.push(remark('ownership-unknown', 'ownership', { text: ownership }))
  }
  if (shared) {
    const said = yes.includes(fold(shared)) ? 'yes' : no.includes(fold(shared)) ? 'no' : null
    if (said) cells['shared'] = said
    else errors.push(remark('yes-or-no', 'shared', { text: shared }))
  }
  const labels = severalIn(tags ?? '')
  if (labels.length > 50) errors.push(remark('tags-too-many', 'tags', { most: 50, has: labels.length }))
  for (const tag of labels) if (tag.length > 60) errors.push(remark('too-long', 'tags', { most: 60, has: tag.length }))
  const keys = [id ? [`id:${id}`] : [], serial ? [`serial:${devices.matchKey('serial', serial)}`] : []].flat()
  if (keys.length === 0) errors.push(remark('key-missing'))
  return { line, cells, keys, errors }
}

interface Known {
  devices: readonly devices.Device[]
  users: readonly User[]
  tags: ReadonlyMap<string, string[]>
}

async function knownTo(ctx: Ctx, rows: readonly ReadRow[]): Promise<Known> {
  const cell = (field: string): string[] => rows.flatMap(r => r.cells[field] || [])
  const ids = [...cell('id'), ...rows.flatMap(r => r.target ?? [])]
  const serials = cell('serial').map(s => devices.matchKey('serial', s))
  const found = await devices.devicesAmong(ctx, { ids, serials })
  const named = cell('user')
  const users = [
    ...(await usersKnownAs(ctx, { numbers: named, emails: named })),
    ...(await usersNamed(ctx, named)),
    ...(await usersWith(ctx, named)).values(),
  ]
  const tags = new Map<string, string[]>()
  if (rows.some(r => r.cells['tags'] !== undefined))
    for (const d of found) tags.set(d.id, await devices.handTagsOf(ctx, d.id))
  return { devices: found, users: [...new Map(users.map(u => [String(u.id), u])).values()], tags }
}

async function planDevices(ctx: Ctx, env: Env, rows: readonly ReadRow[]): Promise<Planned[]> {
  const known = await knownTo(ctx, rows)
  return rows.map(row => planDevice(ctx, env, known, row))
}

function planDevice(ctx: Ctx, env: Env, known: Known, row: ReadRow): Planned {
  const { id, serial } = row.cells
  const base: Planned = {
    outcome: 'error',
    target: null,
    label: serial || id || '',
    errors: row.errors,
    notes: [],
    fields: [],
    shift: null,
  }
  const device = deviceOf(ctx, known, row)
  if ('error' in device)
    return row.line === null
      ? { ...base, outcome: 'same', errors: [] }
      : { ...base, errors: [...row.errors, device.error] }
  const found = { ...base, target: device.id, label: base.label || device.name }
  if (!may(ctx.authority, 'devices:write', device.unitPath))
    return { ...found, errors: [...row.errors, remark('permission')] }
  if (row.line === null) return orphaned(found, device)
  const wish = wishOf(env, known, row, device)
  const errors = [...row.errors, ...wish.errors]
  if (errors.length > 0) return { ...found, errors }
  const { fields, notes } = wish
  return { ...found, outcome: fields.length === 0 ? 'same' : 'change', fields, notes, shift: wish.shift }
}

function orphaned(found: Planned, device: devices.Device): Planned {
  if (device.user === null || device.state === 'ended') return { ...found, outcome: 'same', errors: [] }
  const fields = [{ field: 'user', before: device.userName, after: null }]
  return { ...found, outcome: 'remove', errors: [], fields, shift: { device: { id: device.id, user: null } } }
}

function deviceOf(ctx: Ctx, known: Known, row: ReadRow): devices.Device | { error: Remark } {
  const wantedId = row.target ?? row.cells['id']
  const key = devices.matchKey('serial', row.cells['serial'] ?? '')
  const seen = known.devices.filter(d => may(ctx.authority, 'devices:read', d.unitPath))
  const matching = wantedId
    ? seen.filter(d => d.id === wantedId)
    : seen.filter(d => key !== '' && devices.matchKey('serial', d.serial ?? '') === key)
  // Of several with one serial number the one in use is meant.
  const used = matching.filter(d => d.state !== 'ended')
  const [only] = used.length > 0 ? used : matching
  if (used.length > 1) return { error: remark('key-ambiguous', 'serial', { key: row.cells['serial'] ?? '' }) }
  return only ?? { error: remark('device-unknown', null, { key: wantedId ?? row.cells['serial'] ?? '' }) }
}

interface Wish {
  fields: FieldChange[]
  errors: Remark[]
  notes: Remark[]
  shift: Shift | null
}

function wishOf(env: Env, known: Known, row: ReadRow, device: devices.Device): Wish {
  const wish: Wish = { fields: [], errors: [], notes: [], shift: null }
  const shift: NonNullable<Shift['device']> = { id: device.id }
  const set = (field: string, before: string | null, after: string | null, filled: boolean): boolean => {
    if (before === after || (env.mode === 'add' && filled)) return false
    wish.fields.push({ field, before, after })
    return true
  }
  const place = placeOf(env, row, device)
  if ('error' in place) wish.errors.push(place.error)
  else if (place.path !== null && set('unit', place.before, place.after, true)) shift.path = place.path
  const holder = holderOf(env, known, row, device)
  if ('error' in holder) wish.errors.push(holder.error)
  else if (holder.user !== undefined && set('user', device.userName, holder.name, device.user !== null))
    shift.user = holder.user
  const ownership = wanted(env, row, 'ownership')
  if (ownership && set('ownership', device.ownership, ownership, device.ownership !== 'unknown'))
    shift.ownership = ownership
  const shared = row.cells['shared']
  if (shared) set('shared', device.shared ? 'yes' : 'no', shared, true)
  const asset = wanted(env, row, 'asset')
  if (asset !== undefined) set('asset', device.assetTag, asset, device.assetTag !== null)
  const name = row.cells['name']
  if (name) set('name', device.name, name, true)
  const tags = wanted(env, row, 'tags')
  const held = known.tags.get(device.id) ?? []
  const labels = tags === undefined ? held : tags === null ? [] : severalIn(tags)
  const sorted = (all: readonly string[]): string => [...all].map(fold).sort().join('; ')
  if (
    sorted(labels) !== sorted(held) &&
    set('tags', held.join('; ') || null, labels.join('; ') || null, held.length > 0)
  )
    shift.tags = {
      add: labels.filter(l => !held.some(h => fold(h) === fold(l))).map(fold),
      remove: held.filter(h => !labels.some(l => fold(l) === fold(h))).map(fold),
    }
  return { ...wish, shift: Object.keys(shift).length > 1 ? { device: shift } : null }
}

function placeOf(
  env: Env,
  row: ReadRow,
  device: devices.Device,
): { path: string | null; before: string | null; after: string | null } | { error: Remark } {
  const text = row.cells['unit']
  if (!text) return { path: null, before: null, after: null }
  const found = env.tree.find(text, env.unit)
  if ('ambiguous' in found) return { error: remark('unit-ambiguous', 'unit', { text, units: found.ambiguous }) }
  if (!('unit' in found)) return { error: remark('unit-unknown', 'unit', { text }) }
  if (!env.tree.may('devices:write', found.unit)) return { error: remark('permission', 'unit') }
  const name = (id: string): string => env.tree.nameOf(id, env.unit)
  return { path: found.unit.path, before: name(device.unit), after: name(found.unit.id) }
}

/** Whose a line says it is: by employee number, address, id, or, where exactly one bears it, by name. */
function holderOf(
  env: Env,
  known: Known,
  row: ReadRow,
  device: devices.Device,
): { user: string | null | undefined; name: string | null } | { error: Remark } {
  const text = wanted(env, row, 'user')
  if (text === undefined) return { user: undefined, name: null }
  if (text === null) return { user: null, name: null }
  if (device.userName !== null && fold(device.userName) === fold(text)) return { user: undefined, name: null }
  const exact = known.users.filter(
    u => u.id === text || u.employeeNumber === text || (u.email !== null && fold(u.email) === fold(text)),
  )
  const named = exact.length > 0 ? exact : known.users.filter(u => fold(u.displayName) === fold(text))
  const [only] = named
  if (!only) return { error: remark('user-unknown', 'user', { text }) }
  if (named.length > 1) return { error: remark('user-ambiguous', 'user', { text, users: named.length }) }
  const shared = row.cells['shared'] ? row.cells['shared'] === 'yes' : device.shared
  if (shared) return { error: remark('device-shared', 'user') }
  return only.id === device.user ? { user: undefined, name: null } : { user: only.id, name: only.displayName }
}

async function applyDevices(ctx: Ctx, env: Env, lines: readonly { row: ReadRow; planned: Planned }[]): Promise<Done[]> {
  const done: Done[] = []
  for (const { row, planned } of lines) {
    const { target, outcome, errors } = planned
    const base = { target, before: null, after: null, devices: [] }
    if (target === null || outcome === 'error') done.push({ ...base, state: 'failed', errors })
    else
      try {
        const before = await keep(ctx, target)
        await devices.change(ctx, target, changeFor(env, { row, planned }))
        done.push({ state: 'applied', target, before, after: await keep(ctx, target), errors: [], devices: [target] })
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem
        done.push({ ...base, state: 'failed', errors: [asRemark(problem)] })
      }
  }
  return done
}

function changeFor(
  env: Env,
  { row, planned }: { row: ReadRow; planned: Planned },
): Parameters<typeof devices.change>[2] {
  const now = new Map(planned.fields.map(f => [f.field, f.after]))
  const found = now.has('unit') ? env.tree.find(row.cells['unit'] ?? '', env.unit) : null
  const ownership = devices.ownerships.find(o => o === now.get('ownership'))
  return {
    ...(found && 'unit' in found ? { unit: found.unit.id } : {}),
    ...(planned.shift?.device?.user === undefined ? {} : { user: planned.shift.device.user }),
    ...(ownership ? { ownership } : {}),
    ...(now.has('shared') ? { shared: now.get('shared') === 'yes' } : {}),
    ...(now.has('asset') ? { assetTag: now.get('asset') ?? null } : {}),
    ...(now.has('name') ? { name: now.get('name') ?? null } : {}),
    ...(now.has('tags') ? { tags: severalIn(now.get('tags') ?? '') } : {}),
  }
}

async function keep(ctx: Ctx, id: string): Promise<Kept | null> {
  const device = await devices.find(ctx, id)
  if (!device) return null
  const { name, namedBy, unit, user, ownership, shared, assetTag } = device
  return { name, namedBy, unit, user, ownership, shared, assetTag, tags: await devices.handTagsOf(ctx, id) }
}

async function undoDevices(ctx: Ctx, rows: Parameters<RowKind['undo']>[1]): Promise<Undone[]> {
  const undone: Undone[] = []
  for (const { target, before, after } of rows) {
    const now = await keep(ctx, target)
    if (JSON.stringify(now) !== JSON.stringify(after)) undone.push({ state: 'kept', errors: [remark('changed-since')] })
    else
      try {
        const { name, namedBy, ...rest } = before as Kept
        await devices.change(ctx, target, rest)
        await devices.renameBack(ctx, target, name, namedBy)
        undone.push({ state: 'undone', errors: [] })
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem
        undone.push({ state: 'kept', errors: [asRemark(problem)] })
      }
  }
  return undone
}
