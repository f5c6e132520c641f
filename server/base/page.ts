import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { digest } from './id.ts'
import { Problem } from './problem.ts'

/** What every list takes. */
export const listQuery = z.object({
  filter: z.string().max(2000).default(''),
  sort: z.string().max(60).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export type ListQuery = z.output<typeof listQuery>

/** What every list answers: `total` is null where counting would cost more than it tells. */
export function listReply<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().nullable() })
}

/** A column a list may be sorted by. Declare `nullable` only for columns that can be NULL: those rows come last in both directions. */
export interface SortColumn {
  column: string
  type: 'text' | 'number'
  nullable?: boolean
}

/** What a list may be sorted by; `default` as in the address (`-lastSeenAt`). The id column makes the order total. */
export interface Sorts {
  /** The name of the list: a cursor of one list does not open another. */
  list: string
  id: string
  default: string
  columns: Readonly<Record<string, SortColumn>>
}

interface Query<O> {
  where(expression: Expression<SqlBool>): this
  orderBy(expression: RawBuilder<unknown>): this
  limit(limit: number): this
  execute(): Promise<O[]>
}

/** One page of a sorted list: lays itself over a query, then cuts the rows and makes the next cursor. */
export interface Page {
  readonly limit: number
  /** Adds the place of the cursor, the order and the limit (one more than asked, to see whether there is more). */
  apply<Q extends Query<unknown>>(query: Q): Q
  /** Rows as they came. They must carry the sort column and the id column, by their unqualified names. */
  finish<O>(rows: readonly O[]): { items: O[]; next: string | null }
}

const cursorShape = z.tuple([z.string(), z.union([z.string(), z.number(), z.null()]), z.string()])

/**
 * Reads `sort` and `cursor` of a list. A cursor is bound to the list, its org, its filter and its order;
 * it holds only the place, so it never widens what its bearer may see. Throws `cursor.unknown` and `sort.unknown`.
 */
export function readPage(org: string, query: Omit<ListQuery, 'filter'> & { filter?: string }, sorts: Sorts): Page {
  const asked = query.sort ?? sorts.default
  const down = asked.startsWith('-')
  const sort = Object.hasOwn(sorts.columns, down ? asked.slice(1) : asked)
    ? sorts.columns[down ? asked.slice(1) : asked]
    : undefined
  if (!sort) throw new Problem('sort.unknown', { known: Object.keys(sorts.columns) })
  const bound = digest(JSON.stringify([org, sorts.list, query.filter ?? '', asked])).slice(0, 16)
  const place = query.cursor === undefined ? null : readCursor(query.cursor, bound, sort)
  return {
    limit: query.limit,
    apply: q =>
      ordered(place === null ? q : q.where(beyond(sort, sorts.id, place, down)), sort, sorts.id, down).limit(
        query.limit + 1,
      ),
    finish: rows => {
      const items = rows.slice(0, query.limit)
      const last = items.at(-1) as Record<string, unknown> | undefined
      if (rows.length <= query.limit || last === undefined) return { items, next: null }
      const value = last[unqualified(sort.column)] as string | number | null
      const cursor = [bound, value, String(last[unqualified(sorts.id)])]
      return { items, next: Buffer.from(JSON.stringify(cursor)).toString('base64url') }
    },
  }
}

interface Place {
  value: string | number | null
  id: string
}

function readCursor(text: string, bound: string, sort: SortColumn): Place {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch (cause) {
    throw new Problem('cursor.unknown', {}, { cause })
  }
  const cursor = cursorShape.safeParse(parsed)
  if (!cursor.success || cursor.data[0] !== bound) throw new Problem('cursor.unknown')
  const [, value, id] = cursor.data
  const fits =
    value === null
      ? sort.nullable === true
      : sort.type === 'number'
        ? Number.isSafeInteger(value)
        : typeof value === 'string'
  if (!fits) throw new Problem('cursor.unknown')
  return { value, id }
}

function ordered<Q extends Query<unknown>>(q: Q, sort: SortColumn, id: string, down: boolean): Q {
  const way = sql.raw(down ? 'DESC' : 'ASC')
  const nulls = sql.raw(sort.nullable ? ' NULLS LAST' : '')
  const first = q.orderBy(sql`${sql.ref(sort.column)} ${way}${nulls}`)
  return sort.column === id ? first : first.orderBy(sql`${sql.ref(id)} ${way}`)
}

function beyond(sort: SortColumn, id: string, { value, id: last }: Place, down: boolean): Expression<SqlBool> {
  const column = sql.ref(sort.column)
  const than = sql.raw(down ? '<' : '>')
  if (sort.column === id) return sql<SqlBool>`${column} ${than} ${last}`
  if (value === null) return sql<SqlBool>`(${column} IS NULL AND ${sql.ref(id)} ${than} ${last})`
  const after = sql<SqlBool>`(${column}, ${sql.ref(id)}) ${than} (${value}, ${last})`
  return sort.nullable ? sql<SqlBool>`(${after} OR ${column} IS NULL)` : after
}

function unqualified(column: string): string {
  return column.slice(column.lastIndexOf('.') + 1)
}
