import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { type House, house } from '../testing/house.ts'
import { own } from './db.ts'
import { compileFilter, type Fields, versionKey } from './filter.ts'
import { searchable } from './text.ts'
import { type ListQuery, readPage, type Sorts } from './page.ts'

const day = 86_400_000

interface Row {
  id: string
  name: string
  search: string
  kind: string
  size: number | null
  version: string
  at: number | null
  whole: number
  path: string
}

const known: Fields = {
  fields: {
    name: { kind: 'text', column: 'name' },
    kind: { kind: 'set', column: 'kind', values: ['ios', 'macos'] },
    size: { kind: 'number', column: 'size' },
    os: { kind: 'version', column: 'version' },
    seen: { kind: 'instant', column: 'at' },
    whole: { kind: 'flag', column: 'whole' },
    unit: { kind: 'unit', column: 'path' },
  },
  words: ['search'],
}

const sorts: Sorts = {
  list: 'things',
  id: 'id',
  default: 'name',
  columns: { name: { column: 'name', type: 'text' }, seenAt: { column: 'at', type: 'number', nullable: true } },
}

async function things(t: Parameters<typeof house>[0]): Promise<House> {
  const h = await house(t)
  const now = h.now()
  const rows: Row[] = [
    {
      id: 'a',
      name: 'Alpha',
      search: searchable('Älpha ガラス'),
      kind: 'ios',
      size: 5,
      version: versionKey('18.2'),
      at: now - 20 * day,
      whole: 1,
      path: '/r/t/',
    },
    {
      id: 'b',
      name: 'Beta_1',
      search: 'beta 100%',
      kind: 'macos',
      size: 50,
      version: versionKey('18.10.1'),
      at: now - day,
      whole: 0,
      path: '/r/t/s/',
    },
    {
      id: 'c',
      name: 'Gamma',
      search: 'gamma',
      kind: 'ios',
      size: null,
      version: versionKey('9'),
      at: null,
      whole: 0,
      path: '/r/p/',
    },
    {
      id: 'd',
      name: 'Gamma',
      search: "o'hara",
      kind: 'ios',
      size: 7,
      version: versionKey('17.7.2'),
      at: null,
      whole: 1,
      path: '/r/p/',
    },
  ]
  await h.base.engine.script([
    'CREATE TABLE things (id TEXT PRIMARY KEY, name TEXT NOT NULL, search TEXT NOT NULL, kind TEXT NOT NULL, size BIGINT, version TEXT NOT NULL, at BIGINT, whole BIGINT NOT NULL, path TEXT NOT NULL)',
  ])
  await h.run(ctx => own<{ things: Row }>(ctx.tx).insertInto('things').values(rows).execute())
  return h
}

async function matching(h: House, filter: string): Promise<string> {
  return h.run(async ctx => {
    const unitPaths = async (text: string): Promise<string[]> => (text === 'T' ? ['/r/t/'] : [])
    const where = await compileFilter(filter, known, { now: ctx.now, unitPaths })
    const rows = await own<{ things: Row }>(ctx.tx)
      .selectFrom('things')
      .select('id')
      .where(where)
      .orderBy('id')
      .execute()
    return rows.map(r => r.id).join('')
  })
}

test('a filter means what its fields declare', async t => {
  const h = await things(t)
  const cases: [string, string][] = [
    ['', 'abcd'],
    ['name:ALPH', 'a'],
    ['name:ａｌｐｈ', 'a'],
    ['ｶﾞﾗｽ', 'a'],
    ['がらす', 'a'],
    ['alpha', 'a'],
    ['100%', 'b'],
    ['name:a_1', 'b'],
    ['name:%', ''],
    ["o'hara", 'd'],
    ['kind:ios,macos', 'abcd'],
    ['-kind:ios', 'b'],
    ['size:5,7', 'ad'],
    ['size>=7', 'bd'],
    ['-size>=7', 'ac'],
    ['size:none', 'c'],
    ['os<18.2', 'cd'],
    ['os>18.2', 'b'],
    ['os:18', 'ab'],
    ['seen>14d', 'a'],
    ['seen<14d', 'b'],
    ['seen:2d', 'b'],
    ['seen:none', 'cd'],
    ['seen<2026-11-01', 'a'],
    ['seen:2026-11-19', 'b'],
    ['whole:yes -name:alpha', 'd'],
    ['unit:T', 'ab'],
    ['unit:nowhere', ''],
    ['-unit:T', 'cd'],
  ]
  for (const [filter, ids] of cases) assert.equal(await matching(h, filter), ids, filter)
})

test('a filter that cannot be read says where and why', async t => {
  const h = await things(t)
  const refused = (filter: string, facts: object): Promise<void> =>
    assert.rejects(matching(h, filter), error => {
      assert.partialDeepStrictEqual((error as { facts: object }).facts, facts)
      return true
    })
  await refused('name:"open', { reason: 'filter.quote-open' })
  await refused('colour:red', { field: 'colour', known: Object.keys(known.fields) })
  await refused('constructor:red', { field: 'constructor' })
  await refused('kind:vms', { reason: 'filter.value-unknown', known: ['ios', 'macos'] })
  await refused('kind>ios', { reason: 'filter.not-comparable' })
  await refused('size:big', { reason: 'filter.not-a-number' })
  await refused('size>1.5', { reason: 'filter.not-a-number' })
  await refused('seen>yesterday', { reason: 'filter.not-a-time' })
  await refused('seen:2026-02-31x', { reason: 'filter.not-a-time' })
  await refused('whole:maybe', { reason: 'filter.not-yes-or-no' })
})

async function pages(h: House, query: Partial<ListQuery>): Promise<string[]> {
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = readPage(h.org, { limit: 1, ...query, ...(cursor ? { cursor } : {}) }, sorts)
    const rows = await h.run(ctx => page.apply(own<{ things: Row }>(ctx.tx).selectFrom('things').selectAll()).execute())
    const { items, next } = page.finish(rows)
    found.push(items.map(r => r.id).join(''))
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return found
}

test('pages follow one another without gap or repetition, with equal and absent values, both ways', async t => {
  const h = await things(t)
  assert.deepEqual(await pages(h, {}), ['a', 'b', 'c', 'd'])
  assert.deepEqual(await pages(h, { sort: '-name' }), ['d', 'c', 'b', 'a'])
  assert.deepEqual(await pages(h, { sort: 'seenAt' }), ['a', 'b', 'c', 'd'])
  assert.deepEqual(await pages(h, { sort: '-seenAt' }), ['b', 'a', 'd', 'c'])
  assert.deepEqual(await pages(h, { limit: 3 }), ['abc', 'd'])
  assert.deepEqual(await pages(h, { limit: 4 }), ['abcd'])
})

test('a cursor opens only the list, the filter, the order and the org it was made for', async t => {
  const h = await things(t)
  const rows = await h.run(ctx => sql<Row>`SELECT * FROM things ORDER BY name, id`.execute(ctx.tx))
  const next = readPage(h.org, { limit: 1 }, sorts).finish(rows.rows).next ?? ''
  const refused = (org: string, query: Partial<ListQuery>, of: Sorts = sorts): void =>
    assert.throws(() => readPage(org, { limit: 1, cursor: next, ...query }, of), { code: 'cursor.unknown' })
  readPage(h.org, { limit: 1, cursor: next }, sorts)
  refused('org_other', {})
  refused(h.org, { filter: 'x' })
  refused(h.org, { sort: '-name' })
  refused(h.org, {}, { ...sorts, list: 'others' })
  refused(h.org, { cursor: 'junk' })
  const [bound] = JSON.parse(Buffer.from(next, 'base64url').toString()) as [string]
  for (const forged of [
    [bound, 5, 'a'],
    [bound, null, 'a'],
    [bound, 'x'],
    [bound, { a: 1 }, 'a'],
  ])
    refused(h.org, { cursor: Buffer.from(JSON.stringify(forged)).toString('base64url') })
  assert.throws(() => readPage(h.org, { limit: 1, sort: 'constructor' }, sorts), { code: 'sort.unknown' })
})
