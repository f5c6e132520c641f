import type { Ctx } from '../../base/ctx.ts'
import { versionKey } from '../../base/filter.ts'
import { searchable } from '../../base/text.ts'
import { get, refreshText } from './device.ts'
import { describe } from './described.ts'
import { currentValue, type Identifier, identifiersOf, remember } from './identifiers.ts'
import { keepable } from './keeping.ts'
import { type FormFactor, formFactorOf, formFactors, modelKey, platforms, type Platform } from './platform.ts'
import * as facts from './fact-store.ts'
import * as past from './past-store.ts'
import { fieldsIn } from './row.ts'
import * as store from './store.ts'
import { retag } from './tagging.ts'

/** What JSON can say. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** The groups facts are shown in: the first part of a fact's key, or `other`. */
export const factGroups = ['identity', 'os', 'storage', 'battery', 'network', 'cellular', 'security', 'other'] as const
export type FactGroup = (typeof factGroups)[number]

/** One thing a device said about itself, with when. */
export interface Fact {
  key: string
  value: JsonValue
  source: string
  /** When it was last said. */
  at: number
  /** When it last became what it is. */
  changedAt: number
}

const mostFacts = 800
const longestKey = 120
const longestValue = 16_384

/** The group of a fact: `battery.level` is in `battery`; keys we have no place for are in `other`. */
export function groupOf(key: string): FactGroup {
  const first = key.split('.', 1)[0] ?? ''
  return factGroups.find(g => g === first) ?? 'other'
}

/**
 * Takes in what a device said. Every value gets a fresh time, history grows only where a value changed, and keys nobody knows are kept.
 * What the charter does not let be stored is dropped before anything is.
 * Values over 16 KiB are kept as `{ "truncated": length }`; a device keeps at most 800 facts.
 * `identity.*`, `os.version` and the SIM slots also go to the device's row and its identifiers.
 */
export async function learn(
  ctx: Ctx,
  id: string,
  source: string,
  all: Record<string, JsonValue | undefined>,
): Promise<void> {
  const device = await get(ctx, id)
  const said = await keepable(ctx, device, all)
  const known = new Map((await facts.listFacts(ctx, id)).map(f => [f.key, f]))
  const fresh = Object.entries(said)
    .filter((pair): pair is [string, JsonValue] => pair[1] !== undefined && pair[0] !== '')
    .map(([key, value]) => ({ key: key.slice(0, longestKey), value: bounded(value) }))
  let room = mostFacts - known.size
  const changed = fresh.filter(f => {
    const before = known.get(f.key)
    return before ? before.text !== f.value : room-- > 0
  })
  const same = fresh.filter(f => known.get(f.key)?.text === f.value).map(f => f.key)
  if (same.length > 0) await facts.refreshFacts(ctx, id, source, same)
  if (changed.length > 0) await facts.putFacts(ctx, id, source, changed)
  const identifiers = identifiersIn(said)
  const row = { ...columnsOf(said, device), ...(identifiers.length > 0 ? await shown(ctx, id, identifiers) : {}) }
  const now = columnsNow(device)
  const differing = Object.fromEntries(Object.entries(row).filter(([column, value]) => value !== now[column]))
  const looked = [...fieldsIn(differing), ...changed.map(f => `fact.${f.key.toLowerCase()}`)]
  if (Object.keys(differing).length === 0) return retag(ctx, id, looked)
  await store.changeDevice(ctx, id, row)
  await retag(ctx, id, looked)
  if ('name' in row || identifiers.length > 0) await refreshText(ctx, id)
  await describe(ctx, device, row)
}

/** What the device last said about itself, by key. */
export async function factsOf(ctx: Ctx, id: string): Promise<Fact[]> {
  const all = await facts.listFacts(ctx, id)
  return all.map(({ text, ...fact }) => ({ ...fact, value: JSON.parse(text) as JsonValue }))
}

/** What the device last said about itself, as a record of plain values for truth tables. */
export async function factRecord(ctx: Ctx, id: string): Promise<Record<string, JsonValue>> {
  return Object.fromEntries((await factsOf(ctx, id)).map(f => [f.key, f.value]))
}

/** What a fact has been, newest first. */
export function historyOf(ctx: Ctx, id: string, key: string): Promise<{ value: JsonValue; at: number }[]> {
  return facts.listHistory(ctx, id, key)
}

/** How long what devices were is kept. */
export const pastMs = 400 * 24 * 3_600_000

/** Forgets what facts, rows and tags were more than 400 days ago; what held then is still known. */
export async function forgetHistory(ctx: Ctx): Promise<void> {
  await facts.removeHistoryBefore(ctx, ctx.now - pastMs)
  await past.removePastBefore(ctx, ctx.now - pastMs)
}

function bounded(value: JsonValue): string {
  const text = JSON.stringify(value)
  return text.length <= longestValue ? text : JSON.stringify({ truncated: text.length })
}

const identifierKeys: Readonly<Record<string, string>> = {
  'identity.serial': 'serial',
  'identity.udid': 'udid',
  'identity.enrollmentId': 'enrollment-id',
  'cellular.imei': 'imei',
  'cellular.meid': 'meid',
  'cellular.eid': 'eid',
  'cellular.iccid': 'iccid',
  'network.wifiMac': 'wifi-mac',
  'network.bluetoothMac': 'bluetooth-mac',
  'network.ethernetMac': 'ethernet-mac',
}

/** Identifiers among facts: one value, or an array with one per SIM slot. */
function identifiersIn(said: Record<string, JsonValue | undefined>): Identifier[] {
  return Object.entries(identifierKeys).flatMap(([key, kind]) =>
    [said[key]].flat().flatMap((value, slot) => (typeof value === 'string' ? [{ kind, value, slot }] : [])),
  )
}

async function shown(ctx: Ctx, id: string, identifiers: readonly Identifier[]): Promise<Partial<store.DeviceRow>> {
  await remember(ctx, id, identifiers)
  const all = await identifiersOf(ctx, id as Parameters<typeof identifiersOf>[1])
  const value = (kind: string): string => currentValue(all, kind) ?? ''
  return { serial: value('serial'), udid: value('udid'), imei: value('imei') }
}

function columnsOf(
  said: Record<string, JsonValue | undefined>,
  device: Awaited<ReturnType<typeof get>>,
): Partial<store.DeviceRow> {
  const text = (key: string): string | null => {
    const value = said[key]
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : null
  }
  const row: Partial<store.DeviceRow> = {}
  const name = text('identity.name')
  if (name !== null && device.namedBy === 'device') Object.assign(row, { name, name_key: searchable(name) })
  const model = text('identity.model')
  if (model !== null) row.model = model
  const modelName = text('identity.modelName')
  if (modelName !== null) row.model_name = modelName
  if (model !== null || modelName !== null)
    row.model_key = modelKey(model ?? device.model ?? '', modelName ?? device.modelName ?? '')
  const version = text('os.version')
  if (version !== null) Object.assign(row, { os_version: version, os_key: versionKey(version) })
  const platform = platforms.find(p => p === said['identity.platform'])
  if (platform) row.platform = platform
  const form = formOf(said, platform ?? device.platform, modelName ?? device.modelName)
  if (form) row.form_factor = form
  if (typeof said['identity.supervised'] === 'boolean') row.supervised = said['identity.supervised'] ? 1 : 0
  return row
}

function formOf(
  said: Record<string, JsonValue | undefined>,
  platform: Platform,
  modelName: string | null,
): FormFactor | null {
  const told = formFactors.find(f => f === said['identity.formFactor'])
  const hinted = 'identity.platform' in said || 'identity.modelName' in said
  return told ?? (hinted ? formFactorOf(platform, modelName ?? '') : null)
}

function columnsNow(device: Awaited<ReturnType<typeof get>>): Record<string, unknown> {
  return {
    name: device.name,
    name_key: searchable(device.name),
    model: device.model ?? '',
    model_name: device.modelName ?? '',
    model_key: modelKey(device.model ?? '', device.modelName ?? ''),
    os_version: device.osVersion ?? '',
    os_key: versionKey(device.osVersion ?? ''),
    platform: device.platform,
    form_factor: device.formFactor,
    supervised: device.supervised === null ? null : Number(device.supervised),
    serial: device.serial ?? '',
    udid: device.udid ?? '',
    imei: device.imei ?? '',
  }
}
