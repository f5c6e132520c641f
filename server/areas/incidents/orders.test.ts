import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { backup, DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import * as guard from '../guard/index.ts'
import * as commands from '../commands/index.ts'
import { silentLog } from '../../base/log.ts'
import { joinServer, openBase } from '../../main.ts'
import { type House, house } from '../../testing/house.ts'
import { answer, reported } from '../../testing/missing.ts'
import { anotherProcess } from '../../testing/process.ts'
import { lookAt } from './look.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A missing iPhone whose order says: keep it locked for 48 hours, then erase it. */
async function ordered(h: House, as: string) {
  const held = await h.given.enrolled({ facts: { 'identity.supervised': true } })
  const { id } = await reported(h, held.device.id, as)
  const until = h.now() + 48 * hour
  const body = { keepLocked: true, locateEveryMinutes: null, until, after: 'erase', confirm: held.device.serial }
  const set = await h.http('PUT', `/api/v1/incidents/${id}/order`, { as, body })
  assert.equal(set.status, 200, JSON.stringify(set.body))
  return { ...held, incident: id, order: String(set.body.order.id) }
}

const wipes = async (h: Pick<House, 'run'>): Promise<number> =>
  (await h.run(ctx => ctx.tx.selectFrom('commands').select('id').where('kind', '=', 'wipe').execute())).length

const orderOf = (h: Pick<House, 'run'>, id: string) =>
  h.run(ctx => ctx.tx.selectFrom('standing_orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow())

test('an order is carried out once at its time, also by a process that has just started, and not by looking again', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  const one = await ordered(h, boss.key)
  h.pass(47 * hour)
  await h.settle()
  assert.equal(await wipes(h), 0, 'not before its time')
  await h.server.worker.stop()
  const fresh = await anotherProcess(h, t)
  h.pass(2 * hour)
  await fresh.worker.settle()
  assert.equal(await wipes(h), 1)
  assert.partialDeepStrictEqual(await orderOf(h, one.order), { state: 'sent', next_at: null })
  for (let look = 0; look < 3; look += 1) {
    h.pass(hour)
    await fresh.worker.settle()
    await h.run(ctx => lookAt(ctx, one.order))
  }
  assert.equal(await wipes(h), 1)
  const types = await h.events()
  assert.deepEqual(
    types.filter(type => type.startsWith('standing-order')),
    ['standing-order.set', 'standing-order.changed', 'standing-order.due', 'standing-order.sent'],
  )
  // The control: were its state not moved with the command, it would be sent again.
  await h.run(ctx =>
    ctx.tx
      .updateTable('standing_orders')
      .set({ state: 'standing', next_at: h.now() })
      .where('id', '=', one.order)
      .execute(),
  )
  await h.run(ctx =>
    ctx.tx.updateTable('incidents').set({ erase_command: null }).where('id', '=', one.incident).execute(),
  )
  await h.run(ctx => lookAt(ctx, one.order))
  assert.equal(await wipes(h), 2)
})

test('a process that dies while it carries an order out has done nothing, and the next does it once', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  const one = await ordered(h, boss.key)
  await h.server.worker.stop()
  h.pass(49 * hour)
  const killed = h.run(async ctx => {
    await lookAt(ctx, one.order)
    throw new Error('kill -9')
  })
  await assert.rejects(killed, /kill -9/)
  assert.equal(await wipes(h), 0)
  assert.partialDeepStrictEqual(await orderOf(h, one.order), { state: 'standing' })
  await (await anotherProcess(h, t)).worker.settle()
  assert.equal(await wipes(h), 1)
})

test('two processes that look at the same orders send each once', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  const all = []
  for (let n = 0; n < 4; n += 1) all.push(await ordered(h, boss.key))
  await h.server.worker.stop()
  const [first, second] = [await anotherProcess(h, t), await anotherProcess(h, t)]
  h.pass(49 * hour)
  const scope = {
    org: h.org,
    actor: { kind: 'system', id: null, what: 'test' },
    authority: { where: () => ['/'] },
  } as const
  await Promise.all(
    all.flatMap(({ order }) => [first, second].map(p => p.base.transact(scope, ctx => lookAt(ctx, order)))),
  )
  await Promise.all([first.worker.settle(), second.worker.settle()])
  assert.equal(await wipes(h), 4)
  assert.deepEqual((await h.events()).filter(type => type === 'standing-order.sent').length, 4)
})

for (const [way, by] of [
  ['ahead', 30 * day],
  ['back', -30 * day],
] as const)
  test(`a clock that jumps 30 days ${way} sets no order off; when the time is confirmed none is lost and none comes twice`, async t => {
    const h = await house(t)
    const boss = await h.given.admin()
    const one = await ordered(h, boss.key)
    await h.settle()
    h.pass(hour)
    h.jump(by)
    await h.server.watch.look()
    await h.settle()
    assert.equal(await wipes(h), 0)
    if (by > 0) assert.partialDeepStrictEqual(await orderOf(h, one.order), { state: 'due', why: 'time-doubted' })
    // The clock is set right, and somebody says so.
    h.jump(-by)
    await h.run(ctx => guard.liftHere(ctx, 'time'))
    h.pass(2 * minute)
    await h.settle()
    assert.equal(await wipes(h), 0, 'its time has not come after all')
    assert.partialDeepStrictEqual(await orderOf(h, one.order), { state: 'standing', why: null })
    h.pass(48 * hour)
    await h.settle()
    assert.equal(await wipes(h), 1)
    h.pass(48 * hour)
    await h.settle()
    assert.equal(await wipes(h), 1)
  })

test('what only a wrong clock could have put off is looked at when the clock is set right', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  await ordered(h, boss.key)
  h.jump(30 * day)
  await h.settle()
  const waits = () =>
    h.run(ctx => ctx.tx.selectFrom('jobs').select('run_at').where('kind', '=', 'orders.look').executeTakeFirstOrThrow())
  assert.ok(Number((await waits()).run_at) > h.now() - 30 * day + hour)
  h.jump(-30 * day)
  await h.settle()
  assert.ok(Number((await waits()).run_at) <= h.now() + hour, 'it does not wait for a day that is a month away')
})

test('a restored copy of the database carries an order out only when its epoch is released and a person agrees, and then once', async t => {
  if (process.env.TEST_DB) return t.skip('a file is copied')
  const h = await house(t)
  const boss = await h.given.admin()
  const one = await ordered(h, boss.key)
  await h.settle()
  await h.server.watch.look()
  const copy = await copied(h, t)
  h.pass(49 * hour)
  await h.settle()
  await h.server.watch.look()
  assert.equal(await wipes(h), 1, 'the original has done it')
  copyFileSync(join(h.base.config.data, 'guard.high-water'), join(copy, 'guard.high-water'))
  const base = await openBase({ ...h.base.config, data: copy }, { clock: h.base.clock, log: silentLog })
  const restored = await joinServer(base, { pollMs: null, console: join(copy, 'no-console') })
  t.after(() => restored.stop())
  const scope = {
    org: h.org,
    actor: { kind: 'system', id: null, what: 'test' },
    authority: { where: () => ['/'] },
  } as const
  const there = { run: (work => base.transact(scope, work)) as House['run'] }
  const settle = async (): Promise<void> => {
    for (let n = 0; n < 2; n += 1) {
      await restored.worker.settle()
      await restored.sealing.settle()
    }
  }
  await settle()
  const held = await orderOf(there, one.order)
  assert.equal(held.state, 'sent', 'it is not lost')
  assert.equal(await wipes(there), 0, 'and nothing has left')
  const fates = await there.run(ctx => commands.fatesOf(ctx, [String(held.command)]))
  assert.equal(fates.get(String(held.command))?.state, 'held')
  await there.run(ctx => guard.liftHere(ctx, 'restored'))
  await settle()
  assert.equal(await wipes(there), 0, 'a person agrees first')
  const { intent } = await there.run(ctx =>
    ctx.tx.selectFrom('held_orders').select('intent').where('id', '=', held.command).executeTakeFirstOrThrow(),
  )
  await there.run(ctx => guard.approveHere(ctx, String(intent)))
  for (let n = 0; n < 4; n += 1) {
    h.pass(20 * minute)
    await settle()
  }
  assert.equal(await wipes(there), 1)
})

/** The database as it is now, in a folder of its own with the key it is sealed with. */
async function copied(h: House, t: TestContext): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-restored-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const source = new DatabaseSync(join(h.base.config.data, 'muster.db'))
  await backup(source, join(folder, 'muster.db'))
  source.close()
  copyFileSync(join(h.base.config.data, 'secret.key'), join(folder, 'secret.key'))
  return folder
}

test('an order waits for a person when its giver may no longer, or the device has enrolled anew; what was found is not erased', async t => {
  const h = await house(t)
  const [boss, giver] = [await h.given.admin(), await h.given.admin()]
  const left = await ordered(h, giver.key)
  const anew = await ordered(h, boss.key)
  const back = await ordered(h, boss.key)
  assert.equal((await h.http('DELETE', `/api/v1/api-keys/${giver.keyId}`, { as: boss.key })).status, 204)
  await h.run(ctx =>
    ctx.tx
      .updateTable('standing_orders')
      .set({ enrollment: 'enr_of-another-time' })
      .where('id', '=', anew.order)
      .execute(),
  )
  const found = await h.http('POST', `/api/v1/incidents/${back.incident}/found`, { as: boss.key, body: {} })
  assert.deepEqual([found.body.state, found.body.order.state], ['found', 'canceled'])
  h.pass(49 * hour)
  await h.settle()
  assert.equal(await wipes(h), 0)
  assert.partialDeepStrictEqual(await orderOf(h, left.order), { state: 'held', why: 'giver-may-not' })
  assert.partialDeepStrictEqual(await orderOf(h, anew.order), { state: 'held', why: 'enrolled-anew' })
  const again = { keepLocked: true, until: h.now() + minute, after: 'erase', confirm: left.device.serial }
  const set = await h.http('PUT', `/api/v1/incidents/${left.incident}/order`, { as: boss.key, body: again })
  assert.equal(set.status, 200, JSON.stringify(set.body))
  h.pass(2 * minute)
  await h.settle()
  assert.equal(await wipes(h), 1, 'somebody else has taken it over')
})

test('what the guard holds of an order waits, and what is then denied waits for a person', async t => {
  const h = await house(t)
  const boss = await h.given.admin({ heldForMs: 10 * day, passkey: true })
  const all = []
  for (let n = 0; n < 6; n += 1) all.push(await ordered(h, boss.key))
  h.pass(49 * hour)
  await h.settle()
  assert.equal(await wipes(h), 5, 'no more than one person may in an hour')
  const states = await Promise.all(all.map(o => h.http('GET', `/api/v1/incidents/${o.incident}`, { as: boss.key })))
  const held = states.map(s => s.body).filter(b => b.sentence.code === 'erase-held')
  assert.equal(held.length, 1)
  const command = await h.http('GET', `/api/v1/commands/${held[0].order.command}`, { as: boss.key })
  assert.equal(command.body.state, 'held')
  const canceled = await h.http('POST', `/api/v1/intents/${command.body.intent}/cancel`, { as: boss.key })
  assert.ok(canceled.status < 300, JSON.stringify(canceled.body))
  await h.settle()
  await h.settle()
  const now = await h.http('GET', `/api/v1/incidents/${held[0].id}`, { as: boss.key })
  assert.partialDeepStrictEqual(now.body.order, { state: 'held', why: 'intent.denied' })
})

test('an order must name the device and a time ahead, and is given only by who may erase', async t => {
  const h = await house(t)
  const [boss, desk] = [await h.given.admin(), await h.given.admin({ role: 'help-desk' })]
  const held = await h.given.enrolled({ facts: { 'identity.supervised': true } })
  const { id } = await reported(h, held.device.id, desk.key)
  const put = async (body: object, as = boss.key) =>
    (await h.http('PUT', `/api/v1/incidents/${id}/order`, { as, body })).body.code
  const until = h.now() + hour
  assert.equal(await put({ until, after: 'erase', confirm: 'another' }), 'incident.confirm-differs')
  assert.equal(await put({ after: 'erase', confirm: held.device.serial }), 'request.malformed')
  assert.equal(await put({ until: h.now() - 1, after: 'nothing' }), 'order.until-passed')
  assert.equal(await put({ until, after: 'erase', confirm: held.device.serial }, desk.key), 'permission.missing')
  const personal = await h.given.enrolled({ ownership: 'personal' })
  const own = await reported(h, personal.device.id, boss.key)
  const body = { until, after: 'erase', confirm: personal.device.serial }
  const refused = await h.http('PUT', `/api/v1/incidents/${own.id}/order`, { as: boss.key, body })
  assert.equal(refused.body.code, 'incident.personal-device')
  const erase = { confirm: personal.device.serial, scope: 'all' }
  const door = await h.http('POST', `/api/v1/incidents/${own.id}/erase`, { as: boss.key, body: erase })
  assert.equal(door.body.code, 'incident.personal-device')
  assert.deepEqual(await answer(h, personal), [])
})
