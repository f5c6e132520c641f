import { formatFilter } from '@muster/api/filter.ts'
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { compileFilter, type Fields, termsOf } from '../../base/filter.ts'
import { type ListQuery, listReply, readPage } from '../../base/page.ts'
import { unitPaths } from '../identity/index.ts'
import { type DeviceRow, deviceRows, deviceRowShape } from './device-row.ts'
import { complianceField, ruleField } from './compliance-store.ts'
import * as store from './device-store.ts'
import { kept } from './kept.ts'
import { groupField, policyField } from './policy-store.ts'

/** A page of devices. `total` is null where counting would cost too much: for words that many devices hold, combined with other conditions. */
export const deviceListReply = listReply(deviceRowShape)

// Words that match more devices than this are looked for along the order of the list instead, where matches come soon.
const fewEnough = 2000

/** What a filter text means for devices: conditions on the row, and the words to be found in its text. */
export interface DeviceQuery {
  /** On the row, the reader's scope among them. */
  conditions: Expression<SqlBool>
  words: readonly string[]
  /** True when there are no conditions but the words. */
  wordsOnly: boolean
  /** False when counting would look into the text of every device. */
  countable: boolean
}

/** Compiles a filter within what the reader may see. */
export async function deviceQuery(ctx: Ctx, filter: string): Promise<DeviceQuery> {
  const terms = termsOf(filter)
  const bare = terms.filter(t => t.field === null)
  const plain = bare.filter(t => !t.negated).map(t => t.values[0] ?? '')
  const narrowed = terms.flatMap(t =>
    t.field === null || t.negated || t.values.length > 1 ? [] : [store.textOfTerm(t.field, t.values[0] ?? '')],
  )
  const words = [...plain, ...narrowed.filter(w => w !== null)]
  const lacking = bare.filter(t => t.negated).map(t => store.textLacks(t.values[0] ?? ''))
  const fields: Fields = {
    words: [],
    fields: {
      ...store.ownFields,
      ...store.deviceFields(ctx),
      policy: policyField(ctx),
      compliance: complianceField(ctx),
      rule: ruleField(ctx),
      group: groupField(ctx),
    },
  }
  const scope = { now: ctx.now, unitPaths: (text: string) => unitPaths(ctx, text) }
  const compiled = await compileFilter(formatFilter(terms.filter(t => t.field !== null)), fields, scope)
  const paths = ctx.authority.where('devices:read')
  const parts = [store.inScope(paths), compiled, ...lacking]
  const wordsOnly = terms.length === plain.length && store.isTop(paths)
  return {
    conditions: sql<SqlBool>`(${sql.join(parts, sql` AND `)})`,
    words,
    wordsOnly,
    countable: lacking.length === 0,
  }
}

/** One page of the devices the reader may see that match the filter, and how many there are. */
export async function listDevices(
  ctx: Ctx,
  query: ListQuery,
): Promise<{ items: DeviceRow[]; next: string | null; total: number | null }> {
  const page = readPage(ctx.org, query, store.deviceSorts)
  const asked = await deviceQuery(ctx, query.filter)
  const found = await withWords(ctx, asked)
  const { items, next } = page.finish(await store.listDevices(ctx, found.conditions, page))
  const whole = next === null && query.cursor === undefined
  const total = whole ? items.length : await count(ctx, query.filter, asked, found)
  return { items: await deviceRows(ctx, items), next, total }
}

/** The same page without counting. */
export async function pageOfDevices(
  ctx: Ctx,
  query: { filter: string; sort: string | undefined; cursor: string | undefined; limit: number },
): Promise<{ items: DeviceRow[]; next: string | null }> {
  const page = readPage(ctx.org, query, store.deviceSorts)
  const found = await withWords(ctx, await deviceQuery(ctx, query.filter))
  const { items, next } = page.finish(await store.listDevices(ctx, found.conditions, page))
  return { items: await deviceRows(ctx, items), next }
}

/** How many devices match the filter; see `deviceListReply`. */
export async function countDevices(ctx: Ctx, filter: string): Promise<number | null> {
  const asked = await deviceQuery(ctx, filter)
  return count(ctx, filter, asked, await withWords(ctx, asked))
}

/** Adds the words to the conditions: as the few ids that hold them, or, when they are many, as a condition along the list. */
export async function withWords(
  ctx: Ctx,
  { conditions, words }: DeviceQuery,
): Promise<{ conditions: Expression<SqlBool>; many: boolean }> {
  if (words.length === 0) return { conditions, many: false }
  const ids = await store.devicesHolding(ctx, words, fewEnough + 1)
  const many = ids.length > fewEnough
  const held = many ? store.textHolds(words) : store.oneOf(ids)
  return { conditions: sql<SqlBool>`(${held} AND ${conditions})`, many }
}

async function count(
  ctx: Ctx,
  filter: string,
  asked: DeviceQuery,
  found: { conditions: Expression<SqlBool>; many: boolean },
): Promise<number | null> {
  const key = `devices ${filter} ${scopeOf(ctx)}`
  if (!found.many && asked.countable) return kept(ctx, key, () => store.countDevices(ctx, found.conditions))
  return asked.wordsOnly ? kept(ctx, key, () => store.countHolding(ctx, asked.words)) : null
}

/** What the meaning of a filter depends on beside its text: which devices the reader may see, and whose groups. */
function scopeOf(ctx: Ctx): string {
  return ['devices:read', 'users:read'].map(p => ctx.authority.where(p).join(' ')).join('|')
}

/** Numbers of the devices that match, by platform and by state. */
export async function deviceCounts(
  ctx: Ctx,
  filter: string,
): Promise<{ total: number; byPlatform: Record<string, number>; byState: Record<string, number> }> {
  const groups = await kept(ctx, `device counts ${filter} ${scopeOf(ctx)}`, async () => {
    const { conditions } = await withWords(ctx, await deviceQuery(ctx, filter))
    return store.groupDevices(ctx, conditions)
  })
  const sums = (of: (g: (typeof groups)[number]) => string): Record<string, number> => {
    const sum: Record<string, number> = {}
    for (const g of groups) sum[of(g)] = (sum[of(g)] ?? 0) + g.n
    return sum
  }
  return { total: groups.reduce((n, g) => n + g.n, 0), byPlatform: sums(g => g.platform), byState: sums(g => g.state) }
}
