import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Ctx } from '../../base/ctx.ts'
import * as privacy from '../privacy/index.ts'
import { keepApps } from './app.ts'
import { listedAmong } from './app-store.ts'
import { get } from './device.ts'
import type { JsonValue } from './fact.ts'
import { type May, mayStore, storing, stripped } from './keeping.ts'
import * as facts from './fact-store.ts'
import { told } from './watch.ts'

/** The last whole answer of a device to one kind of question. */
export interface Report {
  source: string
  at: number
  value: JsonValue
  /** Bytes of JSON before anything was left out. */
  size: number
  /** True when the answer was too long: arrays lost their ends, or all is `{ truncated }`. */
  truncated: boolean
}

/** Kinds of things a device lists, told apart from raw answers by their source. */
export const listKinds = ['apps', 'profiles', 'certificates'] as const
export type ListKind = (typeof listKinds)[number]

const longest = 1024 * 1024

/**
 * Keeps what the device answered, as it came but for what the charter does not let be stored, in place of its last answer to the same question.
 * Over 1 MiB its longest lists are cut and it is marked.
 */
export async function report(ctx: Ctx, id: string, source: string, value: JsonValue): Promise<void> {
  const may = await mayStore(ctx, await get(ctx, id))
  const kept = stripped(source, value, may)
  if (kept !== null || value === null) await put(ctx, id, source, kept)
}

/** Whether this is the name of a kind of list. */
export function isListKind(text: string): text is ListKind {
  return listKinds.some(k => k === text)
}

/** Writes an answer in place of the last one; `at` when it was given, if that was not now. */
export async function put(ctx: Ctx, id: string, source: string, value: JsonValue, at = ctx.now): Promise<void> {
  const text = JSON.stringify(value)
  const kept = text.length <= longest ? text : JSON.stringify(cut(value, text.length))
  const row = { device: id, source: source.slice(0, 100), size: text.length, truncated: kept !== text }
  await facts.putReport(ctx, { ...row, at, value: deflateRawSync(kept, { level: 1 }) })
}

/**
 * Keeps a list the device gave, in the form the device page shows: apps, profiles or certificates, without what the charter does not let be stored.
 * Where only what the org manages may be known, an entry must be marked as managed. Answers what was kept.
 */
export async function reportList(ctx: Ctx, id: string, kind: ListKind, items: JsonValue[]): Promise<JsonValue[]> {
  const place = await privacy.placeOf(ctx, await get(ctx, id))
  const may = storing(await privacy.collecting(ctx, place))
  const kept = items.filter(i => mayList(kind, i, { may, personal: privacy.ownedAs(place) === 'personal' }))
  if (kept.length < items.length) await privacy.dropped(ctx, id, [privacy.typeOfList(kind)])
  const first = (await listedAmong(ctx, [id], kind)).size === 0
  await put(ctx, id, `list:${kind}`, kept)
  const changed = kind === 'apps' ? await keepApps(ctx, id, kept) : true
  if (first || changed) await told(ctx, id, [`list.${kind}`])
  return kept
}

/** Whether an entry of a list may be stored. What is not the org's on a device of somebody is not its business. */
export function mayList(kind: ListKind, item: JsonValue, { may, personal }: { may: May; personal: boolean }): boolean {
  const managed = item !== null && typeof item === 'object' && !Array.isArray(item) && item.managed === true
  if (kind === 'apps') return may(managed ? 'managed-apps' : 'apps')
  if (kind === 'profiles' && personal && !managed) return false
  return may(privacy.typeOfList(kind))
}

/** The last list of this kind, with when it was given; null when the device never gave one. */
export async function listOf(ctx: Ctx, id: string, kind: ListKind): Promise<Report | null> {
  const [row] = await facts.listReports(ctx, id, `list:${kind}`)
  return row ? opened(row) : null
}

/** The last raw answers of the device, by source. */
export async function reportsOf(ctx: Ctx, id: string): Promise<Report[]> {
  const rows = await facts.listReports(ctx, id)
  return rows.filter(r => !r.source.startsWith('list:')).map(opened)
}

/** A stored report as it was said. */
export function opened({ value, ...row }: Awaited<ReturnType<typeof facts.listReports>>[number]): Report {
  return {
    ...row,
    value: JSON.parse(inflateRawSync(value, { maxOutputLength: 8 * longest }).toString('utf8')) as JsonValue,
  }
}

/** Shortens the longest array, wherever it is, until the whole fits; what has no array is replaced by its length. */
function cut(value: JsonValue, size: number): JsonValue {
  const keep = (longest * 0.8) / size
  const shortened = shorten(value, keep)
  return JSON.stringify(shortened).length <= longest ? shortened : { truncated: size }
}

function shorten(value: JsonValue, keep: number): JsonValue {
  if (Array.isArray(value) && value.length > 20) return value.slice(0, Math.max(20, Math.floor(value.length * keep)))
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner, keep)]))
}
