import { formatFilter } from '@muster/api/filter.ts'
import { type Expression, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { compileFilter, termsOf } from '../../base/filter.ts'
import { type ListQuery, listReply, readPage } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { endOfDay, instantAt, isZone } from '../../base/zone.ts'
import { unitPaths, unitRefs } from '../identity/index.ts'
import { complianceThen } from './compliance-store.ts'
import { deviceRowShape, ownColumns } from './device-row.ts'
import { inScope } from './device-store.ts'
import * as store from './past-store.ts'

/** A device as it was; what is only true of the present is left out. */
export const pastRowShape = deviceRowShape.omit({ waiting: true, alerts: true })

export type PastRow = z.output<typeof pastRowShape>

/** A page of devices as they were. */
export const pastListReply = listReply(pastRowShape).extend({ asOf: z.number(), keptFrom: z.number().nullable() })

/** When something is asked as of: a day, meaning its end in the zone, or an instant; now when nothing is said. */
export const asOfQuery = z.object({
  asOf: z.string().min(1).max(40).optional(),
  zone: z.string().max(60).default('UTC'),
})

const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

/** The instant that is meant: of a day its end in the zone. Today means now; what lies ahead or is not kept is refused. */
export async function readAsOf(
  ctx: Ctx,
  text: string | undefined,
  zone: string,
): Promise<{ at: number; keptFrom: number | null }> {
  if (text === undefined) return { at: ctx.now, keptFrom: await store.pastBegins(ctx) }
  if (!isZone(zone)) throw new Problem('past.unread', { zone })
  const wanted = endOfDay(text, zone) ?? (zoned.test(text) ? Date.parse(text) : Number.NaN)
  if (Number.isNaN(wanted)) throw new Problem('past.unread', { asOf: text })
  const today = endOfDay(text, zone) !== undefined && wanted - ctx.now < 86_400_000
  if (wanted > ctx.now && !today) throw new Problem('past.ahead')
  const keptFrom = await store.pastBegins(ctx)
  if (keptFrom !== null && wanted < keptFrom) throw new Problem('past.not-kept', { keptFrom })
  return { at: Math.min(wanted, ctx.now), keptFrom }
}

/** What a filter means for devices as they were, within the units the reader may see devices of. */
export async function pastConditions(ctx: Ctx, filter: string, at: number): Promise<Expression<SqlBool>> {
  const terms = termsOf(filter)
  const bare = terms.filter(t => t.field === null)
  const words = bare.map(t => {
    const holds = store.wordHolds(t.values[0] ?? '')
    return t.negated ? sql<SqlBool>`NOT ${holds}` : holds
  })
  const scope = { now: at, unitPaths: (text: string) => unitPaths(ctx, text) }
  const rest = formatFilter(terms.filter(t => t.field !== null))
  const compiled = await compileFilter(rest, store.pastFields(ctx, at), scope)
  return sql<SqlBool>`(${sql.join([inScope(ctx.authority.where('devices:read')), compiled, ...words], sql` AND `)})`
}

/** One page of devices as they were at the end of an instant; each is seen by those who may see devices of the unit it was in. */
export async function listPast(
  ctx: Ctx,
  query: ListQuery & z.output<typeof asOfQuery>,
): Promise<z.input<typeof pastListReply>> {
  const { at, keptFrom } = await readAsOf(ctx, query.asOf, query.zone)
  const { items, next } = await pageOfPast(ctx, at, query)
  const whole = next === null && query.cursor === undefined
  const total = whole ? items.length : await countPast(ctx, at, query.filter)
  return { items, next, total, asOf: at, keptFrom }
}

/** The same page without counting, with the paths of the units the devices were in. */
export async function pageOfPast(
  ctx: Ctx,
  at: number,
  query: { filter: string; sort?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: PastRow[]; next: string | null; paths: ReadonlyMap<string, string> }> {
  const bound = { ...query, filter: `${at} ${query.filter}` }
  const page = readPage(ctx.org, { ...bound, sort: query.sort, cursor: query.cursor }, store.pastSorts)
  const conditions = await pastConditions(ctx, query.filter, at)
  const { items, next } = page.finish(await store.listPast(ctx, at, conditions, page))
  return { items: await pastRows(ctx, at, items), next, paths: new Map(items.map(i => [i.id, i.unit_path])) }
}

/** How many devices matched then. */
export async function countPast(ctx: Ctx, at: number, filter: string): Promise<number> {
  return store.countPast(ctx, at, await pastConditions(ctx, filter, at))
}

/** Rows as lists show them: with the names of their units, their tags and how far their policies were. */
export async function pastRows(ctx: Ctx, at: number, rows: readonly store.PastDevice[]): Promise<PastRow[]> {
  if (rows.length === 0) return []
  const unit = await unitRefs(ctx)
  const ids = rows.map(r => r.id)
  const tags = await store.pastTags(ctx, at, ids)
  const items = Map.groupBy(await store.pastItems(ctx, at, ids), i => i.device)
  const verdicts = await complianceThen(ctx, at, ids)
  return rows.map(r => ({
    ...ownColumns(r, unit),
    tags: tags.get(r.id) ?? [],
    policy: standingOf(items.get(r.id)),
    compliance: verdicts.get(r.id) ?? null,
  }))
}

function standingOf(items: readonly store.PastItem[] | undefined): PastRow['policy'] {
  if (!items) return null
  const of = (...states: string[]): number => items.filter(i => states.includes(i.state)).length
  return {
    items: items.length,
    failed: of('failed', 'blocked'),
    waiting: of('pending'),
    unsupported: of('unsupported'),
  }
}

/** Refuses a filter that cannot be read for the past. */
export async function checkPastFilter(ctx: Ctx, filter: string, at: number): Promise<void> {
  await pastConditions(ctx, filter, at)
}

/** The end of a period that is asked for: of a day its end in the zone, never after now. */
export function readEnd(ctx: Ctx, text: string | undefined, zone: string): number {
  return text === undefined ? ctx.now : Math.min(ctx.now, instantIn(text, zone, 'end'))
}

/** The beginning of a period that is asked for: of a day its beginning in the zone. */
export function readBegin(text: string, zone: string): number {
  return instantIn(text, zone, 'begin')
}

function instantIn(text: string, zone: string, which: 'begin' | 'end'): number {
  if (!isZone(zone)) throw new Problem('past.unread', { zone })
  const end = endOfDay(text, zone)
  if (end !== undefined) {
    if (which === 'end') return end
    const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
    return instantAt({ year, month, day, hour: 0, minute: 0 }, zone) - 1
  }
  if (!zoned.test(text)) throw new Problem('past.unread', { asOf: text })
  return Date.parse(text)
}
