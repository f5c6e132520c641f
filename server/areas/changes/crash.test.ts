import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import { Killed, killedAt, runningOf } from '../../testing/killed.ts'
import { changeJobs } from './change-jobs.ts'
import { importJobs } from './import-jobs.ts'

/** Runs the background work of an import or a change, killed again and again in the middle of a transaction, until it is through. Answers how often. */
async function killedEverywhere(h: House, kind: 'import' | 'change', id: string): Promise<number> {
  const job = (kind === 'import' ? importJobs : changeJobs)[0]
  assert.ok(job)
  const running = runningOf(h, { [kind]: id })
  for (let kills = 0; kills < 200; ) {
    try {
      // One transaction of each life is kept, or two: what a preview takes.
      await job.run(killedAt(h.base, 2 + (kills % 2)), running)
      return kills
    } catch (error) {
      assert.ok(error instanceof Killed, String(error))
      kills += 1
    }
  }
  throw new Error('it never ends')
}

async function countOf(h: House, type: string): Promise<number> {
  return (await h.events()).filter(e => e === type).length
}

/** A house without loops of its own, and a file of people handed in. */
async function received(t: Parameters<typeof house>[0], people: number) {
  const h = await house(t)
  await h.server.worker.stop()
  const { key } = await h.given.admin()
  const lines = ['number,name,unit,groups']
  for (let n = 0; n < people; n += 1) lines.push(`${n},P${n},Sales/Tokyo,First`)
  const body = new TextEncoder().encode(lines.join('\n'))
  const headers = { 'content-type': 'text/csv' }
  const { id } = (await h.http('POST', '/api/v1/imports?of=users&mode=add', { as: key, body, headers })).body
  const post = (what: string) =>
    h.http('POST', `/api/v1/imports/${id}/${what}`, { as: key, ...(what === 'apply' ? { body: {} } : {}) })
  const state = async () => (await h.http('GET', `/api/v1/imports/${id}`, { as: key })).body
  return { h, id: String(id), post, state }
}

test('an import that is killed at any point is read, applied and undone once and whole', async t => {
  const { h, id, post, state } = await received(t, 1250)
  assert.ok((await killedEverywhere(h, 'import', id)) >= 3)
  const ready = await state()
  assert.deepEqual([ready.state, ready.counts.add, ready.counts.error], ['ready', 1250, 0])
  await post('apply')
  assert.ok((await killedEverywhere(h, 'import', id)) >= 3)
  const applied = await state()
  assert.deepEqual([applied.state, applied.counts.applied, applied.counts.failed], ['applied', 1250, 0])
  assert.equal(await countOf(h, 'user.added'), 1250)
  assert.deepEqual([await countOf(h, 'unit.added'), await countOf(h, 'group.added')], [2, 1])
  await post('undo')
  assert.ok((await killedEverywhere(h, 'import', id)) >= 3)
  const undone = await state()
  assert.deepEqual([undone.state, undone.counts.undone, undone.counts.kept], ['undone', 1250, 0])
  assert.equal(await countOf(h, 'user.removed'), 1250)
  const left = await h.run(async ctx => [
    await ctx.tx.selectFrom('users').select('id').execute(),
    await ctx.tx.selectFrom('groups').select('id').execute(),
    await ctx.tx.selectFrom('units').select('id').execute(),
  ])
  assert.deepEqual(
    left.map(rows => rows.length),
    [0, 0, 1],
  )
})

test('control: were a line not marked in the transaction that does it, it would be done twice', async t => {
  const { h, id, post, state } = await received(t, 10)
  await killedEverywhere(h, 'import', id)
  await post('apply')
  // What such a program would leave when it is killed between the two: the change made, the line and the place as before.
  const job = importJobs[0]
  const running = runningOf(h, { import: id })
  await assert.rejects(async () => job?.run(killedAt(h.base, 2), running), Killed)
  await h.run(async ctx => {
    await ctx.tx.updateTable('import_rows').set({ state: 'planned', before: null, after: null, target: null }).execute()
    await ctx.tx.updateTable('imports').set({ cursor: '0' }).execute()
  })
  await job?.run(h.base, running)
  const { counts } = await state()
  assert.notDeepEqual([counts.applied, counts.failed], [10, 0])
})

test('a change that is killed at any point moves everyone once, and back', async t => {
  const h = await house(t)
  await h.server.worker.stop()
  const { key } = await h.given.admin()
  const [sales, support] = [await h.given.unit({ name: 'Sales' }), await h.given.unit({ name: 'Support' })]
  const moves: object[] = []
  for (let n = 0; n < 250; n += 1) {
    const user = await h.given.user({ unit: sales.id })
    moves.push({ user: user.id, unit: support.id })
    if (n % 10 === 0) await h.given.device({ unit: sales.id, user: user.id })
  }
  const ask = async (method: string, path: string, body?: object) =>
    (await h.http(method, `/api/v1/changes${path}`, { as: key, ...(body ? { body } : {}) })).body
  const { id } = await ask('POST', '', { name: 'All', at: null, moves })
  await killedEverywhere(h, 'change', id)
  const before = await h.run(async ctx => [
    await ctx.tx.selectFrom('users').selectAll().orderBy('id').execute(),
    await ctx.tx.selectFrom('devices').selectAll().orderBy('id').execute(),
  ])
  await ask('POST', `/${id}/approve`, {})
  assert.ok((await killedEverywhere(h, 'change', id)) >= 2)
  const done = await ask('GET', `/${id}`)
  assert.deepEqual([done.state, done.done, done.failed], ['done', 250, 0])
  assert.deepEqual([await countOf(h, 'user.changed'), await countOf(h, 'device.moved')], [250, 50])
  await ask('POST', `/${id}/undo`)
  assert.ok((await killedEverywhere(h, 'change', id)) >= 2)
  assert.equal((await ask('GET', `/${id}`)).state, 'undone')
  const after = await h.run(async ctx => [
    await ctx.tx.selectFrom('users').selectAll().orderBy('id').execute(),
    await ctx.tx.selectFrom('devices').selectAll().orderBy('id').execute(),
  ])
  assert.deepEqual(after, before)
})
