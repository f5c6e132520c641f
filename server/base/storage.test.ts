import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { ConfigFault, processEnvironment } from './config.ts'
import { padded } from './db.ts'
import { type Id, newSecret } from './id.ts'
import { silentLog } from './log.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { Unavailable } from './problem.ts'
import { keyFor, openSecrets } from './secrets.ts'
import { openSqlite } from './sqlite.ts'

const url = processEnvironment().TEST_DB

test('a full disk keeps nothing of the requests that it refused', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-full-'))
  const engine = openSqlite(join(folder, 'full.db'))
  t.after(async () => {
    await engine.close()
    rmSync(folder, { recursive: true })
  })
  await engine.script(['CREATE TABLE kept (id TEXT PRIMARY KEY, what TEXT)', 'PRAGMA max_page_count = 20'])
  const put = (id: string, what: string) =>
    engine.transact(async tx => void (await sql`INSERT INTO kept VALUES (${id}, ${what})`.execute(tx)))
  const outcomes = await Promise.allSettled([put('a', ''), put('b', 'x'.repeat(200_000)), put('c', ''), put('d', '')])
  const { rows } = await engine.read(tx => sql<{ id: string }>`SELECT id FROM kept ORDER BY id`.execute(tx))
  const told = ['a', 'b', 'c', 'd'].filter((_, i) => outcomes[i]?.status === 'fulfilled')
  assert.deepEqual(
    rows.map(r => r.id),
    told,
  )
  assert.ok(outcomes.every(o => o.status === 'fulfilled' || o.reason instanceof Unavailable))
  await put('e', '')
})

test('a statement that asks for every column answers those that came since it was first asked', async t => {
  const engine = openSqlite(':memory:')
  t.after(() => engine.close())
  await engine.script(['CREATE TABLE kept (id TEXT PRIMARY KEY)', "INSERT INTO kept VALUES ('a')"])
  const ask = () => engine.transact(async tx => (await sql`SELECT * FROM kept`.execute(tx)).rows)
  assert.deepEqual(await ask(), [{ id: 'a' }])
  await engine.script(['ALTER TABLE kept ADD COLUMN what TEXT', 'ALTER TABLE kept ADD COLUMN bytes BLOB'])
  assert.deepEqual(await ask(), [{ id: 'a', what: null, bytes: null }])
})

test('lists of up to a thousand values are asked for in a few lengths, and no value is added', () => {
  const lists = Array.from({ length: 1000 }, (_, n) => padded(Array.from({ length: n + 1 }, (_unused, i) => i)))
  assert.deepEqual([...new Set(lists.map(l => l.length))], [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])
  assert.deepEqual(padded(['a', 'b', 'c']), ['a', 'b', 'c', 'c'])
  assert.deepEqual(padded([]), [])
})

test('what is sealed after a data key was rolled back can still be opened after a restart', async t => {
  const engine = openSqlite(':memory:')
  t.after(() => engine.close())
  await engine.script(['CREATE TABLE data_keys (org TEXT PRIMARY KEY, id TEXT, wrapped BLOB, created_at BIGINT)'])
  const open = () => openSecrets(Buffer.alloc(32, 1), () => 1_000_000)
  const secrets = open()
  const place = { table: 'things', column: 'secret', row: 'one' }
  const org = 'org_one' as Id<'org'>
  const refused = engine.transact(async tx => {
    await secrets.seal({ tx, org }, place, 'first')
    await secrets.seal({ tx, org }, place, 'second')
    throw new Error('refused')
  })
  await assert.rejects(refused, /refused/)
  const sealed = await engine.transact(tx => secrets.seal({ tx, org }, place, 'kept'))
  const opened = await engine.transact(tx => open().open({ tx, org }, place, sealed))
  assert.equal(Buffer.from(opened).toString(), 'kept')
})

test('a server does not start with another key file than its database is sealed with, and makes none then', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-keys-'))
  const engine = openSqlite(join(folder, 'keys.db'))
  t.after(async () => {
    await engine.close()
    rmSync(folder, { recursive: true })
  })
  await engine.script(['CREATE TABLE data_keys (org TEXT PRIMARY KEY, id TEXT, wrapped BLOB, created_at BIGINT)'])
  const [own, other, none] = ['own', 'other', 'none'].map(name => join(folder, name))
  assert.ok(own && other && none)
  await keyFor(engine, other)
  const key = await keyFor(engine, own)
  const place = { table: 'things', column: 'secret', row: 'one' }
  await engine.transact(tx => openSecrets(key, () => 1).seal({ tx, org: 'org_one' as Id<'org'> }, place, 'kept'))
  assert.deepEqual(await keyFor(engine, own), key)
  for (const path of [other, none])
    await assert.rejects(keyFor(engine, path), (error: Error) => {
      assert.ok(error instanceof ConfigFault)
      return error.message.includes(path)
    })
  assert.equal(existsSync(none), false)
})

test('a connection that breaks in the middle of a request fails that request and not the process', {
  skip: url === undefined,
}, async t => {
  const [engine, other] = [openPostgres(url ?? '', { log: silentLog }), openPostgres(url ?? '', { log: silentLog })]
  t.after(() => Promise.all([engine.close(), other.close()]))
  for (const way of ['transact', 'read'] as const) {
    const broken = engine[way](async tx => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx)
      await other.transact(o => sql`SELECT pg_terminate_backend(${rows[0]?.pid})`.execute(o))
      // The end of the connection arrives while no statement waits for it.
      await wait(200)
      await sql`SELECT 1`.execute(tx)
    })
    await assert.rejects(broken, Unavailable)
    const { rows } = await engine[way](tx => sql<{ n: number }>`SELECT 7 AS n`.execute(tx))
    assert.deepEqual(rows, [{ n: 7 }])
  }
})

test('processes that start at the same moment on an empty database all start', { skip: url === undefined }, async t => {
  const schema = `m_${newSecret(9)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase()}`
  const admin = openPostgres(url ?? '', { log: silentLog, connections: 1 })
  await admin.script([`CREATE SCHEMA ${schema}`])
  const engines = [1, 2, 3].map(() => openPostgres(url ?? '', { log: silentLog, connections: 2, schema }))
  t.after(async () => {
    await Promise.all(engines.map(e => e.close()))
    await admin.script([`DROP SCHEMA ${schema} CASCADE`])
    await admin.close()
  })
  const migrations = ['one', 'two'].map(name => ({
    name,
    hash: name,
    statements: [`CREATE TABLE ${name} (id TEXT PRIMARY KEY)`],
  }))
  await Promise.all(engines.map(e => migrate(e, migrations, 1)))
  assert.deepEqual(await migrate(engines[0] ?? admin, migrations, 1), [])
})

test('a transaction that never ends ends the process, and not everybody behind it', () => {
  const program = `
    import { everything } from './authority.ts'
    import { systemClock } from './clock.ts'
    import { openSqlite } from './sqlite.ts'
    import { joinBase } from './transact.ts'
    const base = joinBase({ engine: openSqlite(':memory:'), clock: systemClock }, 50)
    const scope = { org: 'o', actor: { kind: 'system', id: null, what: 'stuck' }, authority: everything }
    setTimeout(() => process.exit(0), 5000)
    await base.transact(scope, async () => {})
    await base.transact(scope, () => new Promise(() => {}))`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  assert.equal(status, 1)
  assert.match(stderr, /a transaction \(system stuck, request \) has not ended in 0\.05 s/)
})
