import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import fc from 'fast-check'
import { type House, house } from '../../testing/house.ts'
import { anchorsFile } from '../audit/index.ts'
import * as devices from '../devices/index.ts'
import { verifyPack } from './verify.ts'

const day = 24 * 3_600_000
const root = join(import.meta.dirname, '../../..')

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-evidence-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An org with some history, and a pack of its first two days. */
async function packed(
  h: House,
  key: string,
  file: string,
  period = { from: '2026-11-20', to: '2026-11-21' },
): Promise<void> {
  const { body } = await h.http('POST', '/api/v1/evidence', { as: key, body: period })
  await h.settle()
  const made = await h.http('GET', `/api/v1/exports/${body.id}`, { as: key })
  assert.equal(made.body.state, 'done', JSON.stringify(made.body))
  writeFileSync(file, (await h.http('GET', `/api/v1/exports/${body.id}/file`, { as: key })).bytes)
}

async function history(h: House): Promise<string> {
  const { key } = await h.given.admin()
  const { id } = await h.given.device({ name: '営業 1', tags: ['loan'] })
  await h.given.assigned()
  await h.settle()
  await h.server.anchors.settle()
  h.pass(day)
  for (const name of ['a', 'b', 'c']) await h.run(async ctx => void (await devices.change(ctx, id, { name })))
  await h.settle()
  await h.server.anchors.settle()
  h.pass(2 * day)
  return key
}

test('a pack is whole, holds what it says, and is checked offline by the program', async t => {
  const h = await house(t)
  const folder = folderFor(t)
  const file = join(folder, 'pack.zip')
  const key = await history(h)
  await packed(h, key, file)
  const checked = await verifyPack(file, { anchors: anchorsFile(h.base) })
  assert.deepEqual(checked.findings, [])
  assert.ok(checked.anchors >= 2)
  const names = checked.manifest?.files.map(f => f.name) ?? []
  for (const name of [
    'README.ja.txt',
    'log/events.jsonl',
    'inventory/end.csv',
    'policies/in-force.csv',
    'access.csv',
    'exceptions.csv',
    'compliance/end.csv',
    'certificates.csv',
    'log/looks.csv',
  ])
    assert.ok(names.includes(name), name)
  const text = readFileSync(file).toString('utf8')
  assert.match(text, /営業 1/)
  assert.ok((await h.events()).includes('evidence.made'))
  copyFileSync(anchorsFile(h.base), join(folder, 'anchors.log'))
  const said = execFileSync(
    process.execPath,
    ['server/verify.ts', 'verify', file, '--anchors', join(folder, 'anchors.log'), '--key', checked.fingerprint ?? ''],
    { cwd: root, encoding: 'utf8' },
  )
  assert.match(said, /✔ Every file and every entry/)
  const other = spawnSync(process.execPath, ['server/verify.ts', 'verify', file, '--key', '00'], {
    cwd: root,
    encoding: 'utf8',
  })
  assert.equal(other.status, 1)
  // Any unzip can open it.
  const { unzip } = await import('../../testing/unzip.ts')
  assert.ok((await unzip(readFileSync(file))).has('manifest.json'))
})

test('one changed byte anywhere is found, and in the log the entry is named', { timeout: 600_000 }, async t => {
  const h = await house(t)
  const file = join(folderFor(t), 'pack.zip')
  await packed(h, await history(h), file)
  const whole = readFileSync(file)
  const starts: number[] = []
  const name = 'log/events.jsonl'
  let begin = whole.indexOf(name)
  // The README names it too; here its own header is meant.
  while (whole.readUInt32LE(begin - 30) !== 0x04034b50) begin = whole.indexOf(name, begin + 1)
  begin += name.length
  const end = whole.indexOf(Buffer.from([0x50, 0x4b, 0x07, 0x08]), begin)
  for (let at = begin; at < end; at = whole.indexOf('\n', at) + 1) starts.push(at)
  const first = (await verifyPack(file)).manifest?.log.first ?? 0
  const entryAt = (place: number): number => first + starts.findLastIndex(s => s <= place)
  const flipped = async (place: number, bit: number) => {
    const bytes = Buffer.from(whole)
    bytes[place] = (bytes[place] ?? 0) ^ (1 << bit)
    writeFileSync(file, bytes)
    return (await verifyPack(file)).findings
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (place, bit) => {
      const findings = await flipped(place, bit)
      assert.ok(findings.length > 0, `byte ${place} bit ${bit} of ${whole.length}`)
    }),
    { numRuns: 250 },
  )
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: begin, max: end - 1 }), fc.nat(7), async (place, bit) => {
      const findings = await flipped(place, bit)
      const named = findings.find(f => f.code === 'entry-broken')?.entry
      assert.equal(named, entryAt(place), `byte ${place} bit ${bit}: ${JSON.stringify(findings)}`)
    }),
    { numRuns: 150 },
  )
  writeFileSync(file, whole)
  assert.deepEqual((await verifyPack(file)).findings, [])
  writeFileSync(file, whole.subarray(0, whole.length - 200))
  assert.ok((await verifyPack(file)).findings.length > 0)
})

test('a log whose end was cut off looks whole by itself; the anchor shows it', async t => {
  const h = await house(t)
  const folder = folderFor(t)
  const [before, cut] = [join(folder, 'before.zip'), join(folder, 'cut.zip')]
  const key = await history(h)
  await packed(h, key, before)
  const { manifest } = await verifyPack(before)
  assert.ok(manifest)
  // Whoever can write the database takes away the newest day, heads and all.
  const heads = (
    await h.run(
      async ctx =>
        (
          await sql<{
            seq: number
          }>`SELECT seq FROM event_heads WHERE org = ${ctx.org} AND seq < ${manifest.log.last} ORDER BY seq DESC`.execute(
            ctx.tx,
          )
        ).rows,
    )
  ).map(r => Number(r.seq))
  const last = heads[0] ?? 0
  await h.run(async ctx => {
    await sql`DELETE FROM events WHERE org = ${ctx.org} AND seq > ${last}`.execute(ctx.tx)
    await sql`DELETE FROM event_heads WHERE org = ${ctx.org} AND seq > ${last}`.execute(ctx.tx)
  })
  const kept = join(folder, 'anchors.log')
  copyFileSync(anchorsFile(h.base), kept)
  await packed(h, key, cut)
  assert.deepEqual((await verifyPack(cut)).findings, [], 'the chain alone cannot know')
  const { findings } = await verifyPack(cut, { anchors: kept })
  const [found] = findings
  assert.ok(found && ['tail-missing', 'anchor-differs'].includes(found.code), JSON.stringify(findings))
  assert.deepEqual((await verifyPack(before, { anchors: kept })).findings, [])
})

test('only who answers for the whole org can have a pack; a period that is none is refused', async t => {
  const h = await house(t)
  const sales = await h.given.unit({ name: 'Sales' })
  const local = await h.given.admin({ role: 'owner', unit: sales.id })
  const { key } = await h.given.admin()
  const period = { from: '2026-11-19', to: '2026-11-20' }
  assert.equal(
    (await h.http('POST', '/api/v1/evidence', { as: local.key, body: period })).body.code,
    'permission.missing',
  )
  const back = { from: '2026-11-20', to: '2026-11-18' }
  assert.equal((await h.http('POST', '/api/v1/evidence', { as: key, body: back })).body.code, 'past.unread')
})
