import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import { entriesWith } from './index.ts'

test('every promised device that a filter matches is changed: counted first, in pages, in the name of whoever began it', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const [tokyo, lyon] = [await h.given.unit({ name: 'Tokyo' }), await h.given.unit({ name: 'Lyon' })]
  const program = await h.given.program()
  const setup = await h.given.setup({ name: 'Reading tablets' })
  const serials = Array.from({ length: 210 }, (_, n) => `BULK${String(n).padStart(6, '0')}`)
  for (const [n, serial] of serials.entries())
    await h.given.entry({ program, serial, unit: n < 205 ? tokyo.id : lyon.id })
  const call = async (as: string, method: string, path: string, body?: object) => {
    const answer = await h.http(method, `/api/v1/roster${path}`, { as, ...(body ? { body } : {}) })
    return { status: answer.status, ...answer.body }
  }
  const filter = 'unit:Tokyo setup:none'
  const query = `?filter=${encodeURIComponent(filter)}`
  assert.partialDeepStrictEqual(await call(owner.key, 'GET', `/count${query}`), { devices: 205, enrolled: 0 })
  const wrong = await call(owner.key, 'POST', '/bulks', { filter, devices: 204, setup: setup.id })
  assert.deepEqual([wrong.code, wrong.devices], ['bulk.count-changed', 205])
  const nothing = await call(owner.key, 'POST', '/bulks', { filter: 'serial:ZZZ', devices: 0, setup: setup.id })
  assert.equal(nothing.code, 'bulk.nothing')
  assert.equal((await call(owner.key, 'POST', '/bulks', { filter, devices: 205 })).status, 400)

  const begun = await call(owner.key, 'POST', '/bulks', { filter, devices: 205, setup: setup.id })
  assert.deepEqual([begun.status, begun.state, begun.changed], [202, 'running', 0])
  // What is promised only now is not what was counted.
  h.pass(1000)
  await h.given.entry({ program, serial: 'LATER1', unit: tokyo.id })
  await h.settle()
  const done = await call(owner.key, 'GET', `/bulks/${begun.id}`)
  assert.deepEqual([done.state, done.devices, done.changed, done.problem], ['done', 205, 205, null])
  const entries = await h.run(ctx => entriesWith(ctx, [...serials, 'LATER1']))
  const given = entries.filter(e => e.setup === setup.id && e.chosen)
  assert.equal(given.length, 205)
  assert.ok(given.every(e => e.unit === tokyo.id && e.serial !== 'LATER1'))
  const events = (await h.events()).filter(e => e.startsWith('roster.bulk'))
  assert.deepEqual(events, ['roster.bulk-begun', 'roster.bulk-done'])

  // Whoever has Lyon counts and changes Lyon, whatever the filter says.
  const local = await h.given.admin({ role: 'admin', unit: lyon.id })
  const mine = await call(local.key, 'GET', '/count')
  assert.equal(mine.devices, 5)
  const moved = await call(local.key, 'POST', '/bulks', { filter: '', devices: 5, user: null })
  assert.equal(moved.status, 202)
  await h.settle()
  assert.equal((await call(local.key, 'GET', `/bulks/${moved.id}`)).changed, 5)
  assert.equal((await call(local.key, 'GET', `/bulks/${begun.id}`)).status, 403)

  // What is wanted is gone before it is done: it ends, and says why.
  const short = await h.given.setup({ name: 'Short-lived' })
  const last = await call(owner.key, 'POST', '/bulks', { filter: 'unit:Lyon', devices: 5, setup: short.id })
  assert.equal((await h.http('DELETE', `/api/v1/setups/${short.id}`, { as: owner.key })).status, 204)
  await h.settle()
  const failed = await call(owner.key, 'GET', `/bulks/${last.id}`)
  assert.deepEqual([failed.state, failed.problem, failed.changed], ['failed', 'id.unknown', 0])
  assert.equal((await h.events()).at(-1), 'roster.bulk-failed')
})
