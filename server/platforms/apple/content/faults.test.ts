import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as apps from '../../../areas/apps/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import { everything } from '../../../base/authority.ts'
import { startJobs } from '../../../base/worker.ts'
import { contentHouse } from '../../../testing/given-licenses.ts'
import { contentJob } from './work.ts'
import { until } from '../../../../tools/until.ts'

const hourMs = 3_600_000

test('no more is asked for than there is; what is missing is said once, and given when seats come back', async t => {
  const { h, app, device, ask, work, seats, program } = await contentHouse(t)
  const pages = await app({ name: 'Pages', total: 2 })
  const id = await program()
  await work(id, 1)
  const devices = await Promise.all(['A1', 'A2', 'A3'].map(s => device(s)))
  for (const one of devices) await ask(one, pages)
  await work(id)
  const [first, , third] = devices
  assert.deepEqual(await seats(), { A1: 'held', A2: 'held', A3: 'wanted none-left' })
  assert.ok(first && third)
  assert.deepEqual(await ask(third, pages), { ready: false, why: 'none-left', facts: { reason: 'none-left' } })
  assert.equal((await h.events()).filter(e => e === 'license.short').length, 1)
  await h.run(ctx => apps.returnSeat(ctx, first.id, pages))
  await work(id)
  assert.deepEqual(await seats(), { A2: 'held', A3: 'held' })
  assert.equal((await h.events()).filter(e => e === 'license.enough').length, 1)
})

test('more bought is found by notification, told twice and in any order, and by a false word never', async t => {
  const { h, content, at, app, device, ask, work, seats, program } = await contentHouse(t)
  const pages = await app({ total: 0 })
  const id = await program()
  await work(id, 1)
  await ask(await device('A1'), pages)
  await work(id)
  assert.deepEqual(await seats(), { A1: 'wanted none-left' })
  assert.equal(at.notify?.url, `https://muster.test/notify/apple/content/${id}`)
  const [asset] = [...at.assets.values()]
  assert.ok(asset)
  asset.totalCount = 1
  assert.deepEqual(
    await content.notify(at, 'ASSET_COUNT', { adamId: asset.adamId, countDelta: 1 }, { token: 'wrong' }),
    [403],
  )
  await h.settle()
  assert.deepEqual(await seats(), { A1: 'wanted none-left' })
  const before = content.web.heard.length
  assert.deepEqual(
    await content.notify(at, 'ASSET_COUNT', { adamId: asset.adamId }, { times: 2, id: 'n1' }),
    [204, 204],
  )
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held' })
  assert.ok(content.web.heard.length > before)
  // One that was heard does nothing any more, and a test does nothing ever.
  const jobs = () =>
    h.run(async ctx =>
      (await ctx.tx.selectFrom('jobs').selectAll().where('kind', '=', 'license.work').execute()).map(j => j.run_at),
    )
  const waiting = await jobs()
  await content.notify(at, 'ASSET_COUNT', {}, { id: 'n1' })
  await content.notify(at, 'TEST_NOTIFICATION')
  assert.deepEqual(await jobs(), waiting)
})

test('where the service cannot reach the server nothing is lost: the lists are read anyway', async t => {
  const { h, at, app, device, ask, work, seats, program } = await contentHouse(t, { reachable: false })
  const pages = await app({ total: 0 })
  const id = await program()
  await work(id, 1)
  assert.equal(at.notify, null)
  const found = await h.run(ctx => roster.program(ctx, id))
  assert.equal(found?.state, 'good')
  assert.equal(found?.facts['notified'], false)
  await ask(await device('A1'), pages)
  for (const asset of at.assets.values()) asset.totalCount = 1
  h.pass(16 * 60_000)
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held' })
})

test('an event that stays pending for ever is shown, then no longer waited for: the list decides, and it is asked for again', async t => {
  const { h, at, app, device, ask, work, seats, given, program } = await contentHouse(t)
  const pages = await app({ total: 2 })
  const id = await program()
  await work(id, 1)
  at.pendingPolls = Number.POSITIVE_INFINITY
  const ipad = await device('A1')
  await ask(ipad, pages)
  await work(id)
  assert.deepEqual(await seats(), { A1: 'asked' })
  assert.deepEqual(await ask(ipad, pages), { ready: false, why: 'asked', facts: {} })
  h.pass(16 * 60_000)
  await work(id)
  assert.deepEqual(await seats(), { A1: 'asked event-slow' })
  assert.equal((await h.events()).filter(e => e === 'seat.slow').length, 1)
  h.pass(2 * hourMs)
  at.pendingPolls = 0
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held' })
  assert.equal(given().length, 1)
})

test('an event whose end is never told, though it was done, is found in the list', async t => {
  const { h, at, app, device, ask, work, seats, program } = await contentHouse(t)
  const pages = await app({ total: 2 })
  const id = await program()
  await work(id, 1)
  at.pendingPolls = Number.POSITIVE_INFINITY
  const ipad = await device('A1')
  await ask(ipad, pages)
  await work(id)
  for (const event of at.events.values()) event.apply()
  h.pass(16 * 60_000)
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held' })
  assert.deepEqual(await ask(ipad, pages), { ready: true })
})

test('an answer that is never heard leaves nothing in doubt: the list says whether it was done', async t => {
  const { h, content, app, device, ask, work, seats, given, program } = await contentHouse(t)
  const pages = await app({ total: 5 })
  const id = await program()
  await work(id, 1)
  await ask(await device('A1'), pages)
  content.web.trouble({ path: /associate$/, times: 1, cut: 'before' })
  await work(id, 1)
  assert.deepEqual(await seats(), { A1: 'asked' })
  assert.deepEqual(given(), [])
  h.pass(10 * 60_000)
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held' })
  await ask(await device('A2'), pages)
  content.web.trouble({ path: /associate$/, times: 1, cut: 'after' })
  await work(id, 1)
  h.pass(10 * 60_000)
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held', A2: 'held' })
  assert.equal(given().length, 2)
})

test('one holder of many that the service refuses does not keep the others; it is asked for again later, and by hand at once', async t => {
  const { h, key, at, app, device, ask, work, seats, program } = await contentHouse(t)
  const pages = await app({ total: 5 })
  const id = await program()
  await work(id, 1)
  at.failing.set('A2', 9617)
  for (const serial of ['A1', 'A2', 'A3']) await ask(await device(serial), pages)
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held', A2: 'refused vendor:9617', A3: 'held' })
  assert.equal((await h.events()).filter(e => e === 'seat.refused').length, 1)
  at.failing.clear()
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held', A2: 'refused vendor:9617', A3: 'held' })
  const { items } = (await h.http('GET', '/api/v1/licenses', { as: key })).body
  assert.deepEqual([items[0].seats.held, items[0].seats.refused, items[0].free], [2, 1, 3])
  const again = await h.http('POST', `/api/v1/licenses/${items[0].id}/retry`, { as: key })
  assert.deepEqual(again.body, { seats: 1 })
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held', A2: 'held', A3: 'held' })
})

test('the limits of the service are kept to, also when they change, and pages of lists are read to the end', async t => {
  const { content, app, device, ask, work, seats, program } = await contentHouse(t)
  content.limits.maxSerialNumbers = 2
  content.limits.maxAssets = 1
  content.pageSize = 2
  const two = [await app({ total: 5 }), await app({ total: 5 })]
  const id = await program()
  await work(id, 1)
  for (const serial of ['A1', 'A2', 'A3']) {
    const one = await device(serial)
    for (const item of two) await ask(one, item)
  }
  await work(id)
  const asked = content.web.heard
    .filter(r => r.path.endsWith('/associate'))
    .map(r => JSON.parse(Buffer.from(r.body).toString()))
  assert.deepEqual(
    asked.map(a => [a.assets.length, a.serialNumbers.length]),
    [
      [1, 2],
      [1, 1],
      [1, 2],
      [1, 1],
    ],
  )
  assert.deepEqual(await seats(), { A1: 'held', A2: 'held', A3: 'held' })
})

test('seats taken away elsewhere are noticed and asked for again, and those given elsewhere are unused until reclaimed', async t => {
  const { h, key, at, app, device, ask, work, seats, given, program } = await contentHouse(t)
  const pages = await app({ total: 5 })
  const id = await program()
  await work(id, 1)
  await ask(await device('A1'), pages)
  await work(id)
  const [asset] = [...at.assets.values()]
  const adamId = asset?.adamId ?? ''
  at.assignments.clear()
  at.assignments.set('stray', { adamId, pricingParam: 'STDQ', serialNumber: 'OLD1' })
  h.pass(7 * hourMs)
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held', OLD1: 'held' })
  assert.equal((await h.events()).filter(e => e === 'seat.lost').length, 1)
  const [license] = (await h.http('GET', '/api/v1/licenses', { as: key })).body.items
  assert.deepEqual([license.seats.held, license.seats.unused, license.assigned], [2, 1, 2])
  const shown = await h.http('GET', `/api/v1/licenses/${license.id}/seats?state=unused`, { as: key })
  assert.deepEqual(
    shown.body.items.map((s: { holder: { known: string } }) => s.holder.known),
    ['OLD1'],
  )
  at.assignments.delete('stray')
  at.assignments.set(`${adamId} STDQ OLD1 `, { adamId, pricingParam: 'STDQ', serialNumber: 'OLD1' })
  assert.deepEqual((await h.http('POST', `/api/v1/licenses/${license.id}/reclaim`, { as: key })).body, { seats: 1 })
  await work(id)
  assert.deepEqual(await seats(), { A1: 'held' })
  assert.deepEqual(given(), [`${adamId} A1`])
})

/** Runs the job kinds of two processes on one database for a while. */
async function twoWorkers(
  t: Parameters<typeof contentHouse>[0],
  apart: boolean,
): Promise<{ most: number; given: number }> {
  const { h, content, app, device, ask, given, program } = await contentHouse(t)
  const pages = await app({ total: 50 })
  const id = await program()
  await h.settle()
  for (let i = 0; i < 20; i += 1) await ask(await device(`B${i}`), pages)
  content.slowMs = apart ? 15 : 60_000
  const scope = { org: h.org, actor: { kind: 'system', id: null, what: 'test' }, authority: everything } as const
  const run = (worker: string) => {
    const signal = new AbortController().signal
    return contentJob.run(h.base, { org: h.org, id: worker, payload: { program: id }, attempt: 1, signal, scope })
  }
  const slow = content.web.heard.length
  if (apart) {
    // Each would be a process of its own whose job does not know of the other: the turn alone keeps them apart.
    await Promise.all(['job_1', 'job_2', 'job_3'].map(run))
  } else {
    // The negative control: without turns they do speak at once.
    const end = (): Promise<void> =>
      h.run(ctx =>
        ctx.tx
          .updateTable('programs')
          .set({ worker: null })
          .execute()
          .then(() => undefined),
      )
    const first = run('job_1')
    while (content.web.heard.length === slow) await new Promise(resolve => setImmediate(resolve))
    await end()
    const both = [first, run('job_2')]
    await until('the second speaks while the first is answered', () => content.most() === 2)
    content.slowMs = 0
    await Promise.allSettled(both)
  }
  return { most: content.most(), given: given().length }
}

test('two processes never work one token at once', async t => {
  const { most } = await twoWorkers(t, true)
  assert.equal(most, 1)
})

test('without a turn two workers do speak at once (the control of the test before)', async t => {
  const { most } = await twoWorkers(t, false)
  assert.equal(most, 2)
})

test('a second server on the same database takes part, and still one voice is heard', async t => {
  const { h, content, app, device, ask, work, given, program } = await contentHouse(t)
  const pages = await app({ total: 50 })
  const id = await program()
  await work(id, 1)
  for (let i = 0; i < 10; i += 1) await ask(await device(`B${i}`), pages)
  content.slowMs = 5
  const other = startJobs(h.base, [contentJob], { pollMs: null })
  for (let i = 0; i < 8; i += 1) {
    h.pass(3000)
    await h.run(ctx => apps.wakeWorker(ctx, id))
    await Promise.all([other.settle(), h.settle()])
  }
  await other.stop()
  assert.equal(content.most(), 1)
  assert.equal(given().length, 10)
})
