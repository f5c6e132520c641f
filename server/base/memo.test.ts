import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { sql } from 'kysely'
import { processEnvironment } from './config.ts'
import type { Tx } from './db.ts'
import { newSecret } from './id.ts'
import { silentLog } from './log.ts'
import { catalogOf, Memo, statementOf } from './memo.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

const url = processEnvironment().TEST_DB
const made = [
  'CREATE TABLE parents (id TEXT PRIMARY KEY, n BIGINT NOT NULL)',
  'CREATE TABLE children (id TEXT PRIMARY KEY, parent TEXT NOT NULL REFERENCES parents (id) ON DELETE CASCADE)',
  'CREATE TABLE toys (id TEXT PRIMARY KEY, child TEXT NOT NULL REFERENCES children (id) ON DELETE CASCADE)',
  "INSERT INTO parents VALUES ('p', 1)",
  "INSERT INTO children VALUES ('c', 'p')",
  "INSERT INTO toys VALUES ('t', 'c')",
]

async function opened(t: TestContext) {
  if (!url) {
    const folder = mkdtempSync(join(tmpdir(), 'muster-memo-'))
    const path = join(folder, 'memo.db')
    const engine = openSqlite(path, { synchronous: 'OFF' })
    t.after(async () => {
      await engine.close()
      rmSync(folder, { recursive: true })
    })
    await engine.script(made)
    return { engine, path }
  }
  const schema = `m_${newSecret(9)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase()}`
  const admin = openPostgres(url, { log: silentLog, connections: 1 })
  await admin.script([`CREATE SCHEMA ${schema}`])
  const engine = openPostgres(url, { log: silentLog, connections: 2, schema })
  t.after(async () => {
    await engine.close()
    await admin.script([`DROP SCHEMA ${schema} CASCADE`])
    await admin.close()
  })
  await engine.script(made)
  return { engine, path: null }
}

const parents = async (tx: Tx) => (await sql<{ n: number }>`SELECT n FROM parents ORDER BY id`.execute(tx)).rows
const toys = async (tx: Tx) => (await sql`SELECT id FROM toys`.execute(tx)).rows.length

test('the same question is asked once, and never answered with what was changed, taken back or lost since', async t => {
  const { engine } = await opened(t)
  await engine.transact(async tx => {
    const [first, again] = [await parents(tx), await parents(tx)]
    assert.deepEqual(again, [{ n: 1 }])
    // Whoever changes an answer changes their own.
    Object.assign(first[0] ?? {}, { n: 7 })
    Object.assign(again[0] ?? {}, { n: 8 })
    assert.deepEqual(await parents(tx), [{ n: 1 }])
    await sql`UPDATE parents SET n = n + 1`.execute(tx)
    assert.deepEqual(await parents(tx), [{ n: 2 }])
    await sql`INSERT INTO parents VALUES ('q', 5)`.execute(tx)
    assert.deepEqual(await parents(tx), [{ n: 2 }, { n: 5 }])
  })
  // What was asked before something was written, and answered after it, is not remembered.
  await engine.transact(async tx => {
    const asked = parents(tx)
    await Promise.all([asked, sql`UPDATE parents SET n = n + 1`.execute(tx)])
    assert.deepEqual(await parents(tx), [{ n: 3 }, { n: 6 }])
    await sql`UPDATE parents SET n = n - 1`.execute(tx)
  })
  // Of three in one group the middle one is refused, and with it what it read of its own writing.
  const seen: unknown[] = []
  const look = engine.transact(async tx => void seen.push(await parents(tx)))
  const refused = engine.transact(async tx => {
    await sql`UPDATE parents SET n = 0`.execute(tx)
    seen.push(await parents(tx))
    throw new Error('refused')
  })
  const after = engine.transact(async tx => void seen.push(await parents(tx)))
  await assert.rejects(refused, /refused/)
  await Promise.all([look, after])
  assert.deepEqual(seen, [
    [{ n: 2 }, { n: 5 }],
    [{ n: 0 }, { n: 0 }],
    [{ n: 2 }, { n: 5 }],
  ])
  // What goes with a row of another table goes without being named.
  await engine.transact(async tx => {
    assert.equal(await toys(tx), 1)
    await sql`DELETE FROM parents WHERE id = 'p'`.execute(tx)
    assert.equal(await toys(tx), 0)
  })
  // A table that came since.
  await engine.script(['CREATE TABLE later (n BIGINT)'])
  await engine.transact(async tx => {
    const later = async () => (await sql`SELECT n FROM later`.execute(tx)).rows.length
    assert.equal(await later(), 0)
    await sql`INSERT INTO later VALUES (1)`.execute(tx)
    assert.equal(await later(), 1)
  })
})

test('what another process wrote is seen in the next transaction, and nothing is asked again without a reason', async t => {
  const { engine, path } = await opened(t)
  if (path === null) return
  const asked = t.mock.method(StatementSync.prototype, 'all').mock
  const look = () => engine.transact(parents)
  await look()
  const before = asked.callCount()
  assert.deepEqual(await look(), [{ n: 1 }])
  assert.equal(asked.callCount(), before)
  const other = new DatabaseSync(path)
  other.exec('UPDATE parents SET n = 3')
  other.close()
  assert.deepEqual(await look(), [{ n: 3 }])
})

test('only what plainly reads is remembered, and what is not understood counts as writing anything', () => {
  const catalog = catalogOf(['devices', 'tags', 'leases'], [{ table: 'tags', by: 'devices' }])
  const does = (text: string) => {
    const { reads, writes } = statementOf(text, catalog)
    return { reads, writes }
  }
  assert.deepEqual(does('select "d".* from "devices" as "d" join "tags" on 1 = 1'), {
    reads: ['devices', 'tags'],
    writes: [],
  })
  const changing = { reads: null, writes: ['devices'] }
  assert.deepEqual(does('update "devices" set a = (select 1 from tags)'), changing)
  assert.deepEqual(does('INSERT INTO devices (id) VALUES (?) ON CONFLICT DO NOTHING'), changing)
  assert.deepEqual(does('delete from "devices"'), { reads: null, writes: ['devices', 'tags'] })
  for (const text of ['select * from leases for update', 'SELECT pg_advisory_lock(1)', 'select random() from leases'])
    assert.deepEqual(does(text), { reads: null, writes: [] })
  for (const text of ['REPLACE INTO devices VALUES (1)', 'with x as (delete from tags returning *) select * from x'])
    assert.deepEqual(does(text), { reads: null, writes: null })
  assert.deepEqual(does('DROP TABLE devices'), { reads: null, writes: null })
  const memo = new Memo()
  const reading = statementOf('select * from leases where at = ?', catalog)
  // An answer on its way while everything was forgotten may be older than what was written meanwhile.
  const asked = memo.now()
  memo.clear()
  memo.keep(reading, [9], { answer: ['old'], rows: 1, since: asked })
  assert.equal(memo.find(reading, [9]), undefined)
  // Numbers and texts that look alike, bytes, and what JSON has no word for.
  memo.keep(reading, [1], { answer: ['one'], rows: 1, since: memo.now() })
  assert.deepEqual(memo.find(reading, [1]), ['one'])
  assert.equal(memo.find(reading, ['1']), undefined)
  for (const value of [Infinity, Number.NaN, new Uint8Array([1]), 1n]) {
    memo.keep(reading, [value], { answer: ['kept'], rows: 1, since: memo.now() })
    assert.equal(memo.find(reading, [value]), undefined)
  }
})
