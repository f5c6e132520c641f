import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { compileFilter, type Fields } from '../../base/filter.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import type { LineRow } from './line-store.ts'

const sorts: Sorts = {
  list: 'intake-lines',
  id: 'n',
  default: 'n',
  columns: {
    n: { column: 'n', type: 'number' },
    serial: { column: 'serial', type: 'text' },
    since: { column: 'since', type: 'number' },
    state: { column: 'state', type: 'text' },
  },
}

const states = ['blocked', 'expected', 'unboxed', 'enrolled', 'configuring', 'ready', 'stuck'] as const

const fields: Fields = {
  words: [],
  fields: {
    state: { kind: 'set', column: 'state', values: states },
    cause: { kind: 'set', column: 'cause' },
    serial: { kind: 'text', column: 'serial' },
    asset: { kind: 'text', column: 'asset_tag' },
    person: { kind: 'text', column: 'person' },
    user: { kind: 'set', column: 'user_id' },
    device: { kind: 'set', column: 'device' },
    fault: { kind: 'custom', match: value => sql<SqlBool>`faults LIKE ${`%"${value.replaceAll(/[^a-z-]/g, '')}"%`}` },
    faulty: {
      kind: 'custom',
      match: value => (value === 'no' ? sql<SqlBool>`faults = '[]'` : sql<SqlBool>`faults <> '[]'`),
    },
    since: { kind: 'instant', column: 'since' },
  },
}

/** One page of the lines of an intake. */
export async function list(
  ctx: Ctx,
  intake: string,
  query: ListQuery,
): Promise<{ items: LineRow[]; next: string | null }> {
  // A cursor of one intake opens no other.
  const page = readPage(ctx.org, { ...query, filter: `${intake} ${query.filter}` }, sorts)
  const matching: Expression<SqlBool> = await compileFilter(query.filter, fields, { now: ctx.now })
  const rows = own<{ intake_lines: LineRow }>(ctx.tx)
    .selectFrom('intake_lines')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intake', '=', intake)
    .where(matching)
  return page.finish(await page.apply(rows).execute())
}
