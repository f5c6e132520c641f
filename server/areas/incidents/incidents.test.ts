import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as devices from '../devices/index.ts'
import { type House, house } from '../../testing/house.ts'
import { answer, place, reported } from '../../testing/missing.ts'

const kindsOf = async (h: House, device: string, as: string): Promise<string[]> => {
  const { body } = await h.http('GET', `/api/v1/devices/${device}/commands`, { as })
  return body.items.map((c: { kind: string }) => c.kind).reverse()
}

test('a supervised iPhone goes into lost mode, tells where it is, and reporting it twice is one incident', async t => {
  const h = await house(t)
  const desk = await h.given.admin({ role: 'help-desk' })
  const held = await h.given.enrolled({
    facts: { 'identity.supervised': true, 'cellular.technology': 'gsm', 'battery.level': 0.71 },
  })
  const first = await reported(h, held.device.id, desk.key, { phone: '+33 4 00 00 12 40', note: 'Tram 2' })
  assert.partialDeepStrictEqual(first, {
    number: 1,
    kind: 'lost',
    state: 'open',
    action: 'lost-mode',
    why: 'lost-mode',
    sentence: { code: 'lock-queued', tone: 'pending' },
    order: { state: 'standing', keepLocked: true, locateEveryMinutes: 5, until: null, after: 'nothing' },
  })
  assert.match(first.message, /belongs to Havsten.*call the number below/)
  assert.ok(first.warnings.some((w: { code: string }) => w.code === 'no-sim'))
  const again = await reported(h, held.device.id, desk.key, { kind: 'stolen' })
  assert.deepEqual([again.id, again.kind], [first.id, 'lost'])
  assert.deepEqual(await kindsOf(h, held.device.id, desk.key), ['lost-mode.enable'])
  assert.equal((await h.run(ctx => devices.get(ctx, held.device.id))).state, 'lost')
  assert.deepEqual(await answer(h, held), ['lost-mode.enable'])
  await h.settle()
  assert.deepEqual(
    await answer(h, held, { 'location.query': place }),
    ['location.query'],
    'it is asked once it is locked',
  )
  await h.settle()
  const now = (await h.http('GET', `/api/v1/incidents/${first.id}`, { as: desk.key })).body
  assert.partialDeepStrictEqual(now, { sentence: { code: 'locked', tone: 'ok' }, fixes: 1 })
  const acts = Object.fromEntries(now.acts.map((a: { act: string; reason: string | null }) => [a.act, a.reason]))
  assert.deepEqual(acts, {
    message: null,
    lock: null,
    sound: null,
    locate: 'permission.missing',
    erase: 'permission.missing',
    order: null,
    found: null,
    'write-off': null,
    close: 'incident.not-over',
  })
  const types = await h.events()
  assert.deepEqual(
    types.filter(type => /^(incident|standing-order|fix)/.test(type)),
    ['incident.opened', 'standing-order.set', 'fix.kept'],
  )
  h.pass(4 * 60_000)
  await h.settle()
  assert.deepEqual(await answer(h, held), [], 'not yet')
  h.pass(61_000)
  await h.settle()
  assert.deepEqual(await answer(h, held, { 'location.query': place }), ['location.query'])
})

test('where it was is in no row, no answer of a command and no event in the clear', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const held = await h.given.enrolled({ facts: { 'identity.supervised': true } })
  await reported(h, held.device.id, owner.key)
  await answer(h, held)
  await h.settle()
  await answer(h, held, { 'location.query': place })
  await h.http('POST', `/api/v1/devices/${held.device.id}/commands`, {
    as: owner.key,
    body: { kind: 'apple.raw', args: { command: { RequestType: 'DeviceLocation' } } },
  })
  assert.deepEqual(await answer(h, held, { 'apple.raw': place }), ['apple.raw'])
  await h.settle()
  const kept = await h.run(async ctx => JSON.stringify(await ctx.tx.selectFrom('fixes').selectAll().execute()))
  assert.equal(JSON.parse(kept).length, 2)
  const rows = await h.run(async ctx =>
    JSON.stringify([
      await ctx.tx.selectFrom('commands').selectAll().execute(),
      await ctx.tx.selectFrom('events').selectAll().execute(),
      await ctx.tx.selectFrom('facts').selectAll().execute(),
    ]),
  )
  for (const text of [kept, rows]) assert.doesNotMatch(text, /45\.7485|4\.8236/)
})

test('of a personal device only its work data is removed, at its next contact, and then the incident says so', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  const own = await h.given.enrolled({ ownership: 'personal' })
  const { id } = await reported(h, own.device.id, boss.key)
  const erase = (body: object) => h.http('POST', `/api/v1/incidents/${id}/erase`, { as: boss.key, body })
  assert.equal((await erase({ scope: 'work', confirm: 'another' })).body.code, 'incident.confirm-differs')
  const asked = await erase({ scope: 'work', confirm: String(own.device.serial).toLowerCase() })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  assert.equal(asked.body.sentence.code, 'erase-waiting')
  assert.equal((await erase({ scope: 'work', confirm: String(own.device.serial) })).status, 200, 'twice is once')
  assert.equal((await h.run(ctx => devices.get(ctx, own.device.id))).state, 'lost')
  assert.deepEqual(await answer(h, own), ['enrollment.leave'])
  assert.ok((await h.events()).includes('incident.acted'))
})

test('a written-off device is still erased when it calls, and a report after that is a new incident', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  const held = await h.given.enrolled({ facts: { 'identity.supervised': true } })
  const { id } = await reported(h, held.device.id, boss.key)
  await answer(h, held)
  const erased = await h.http('POST', `/api/v1/incidents/${id}/erase`, {
    as: boss.key,
    body: { confirm: held.device.serial },
  })
  assert.equal(erased.body.sentence.code, 'erase-waiting')
  await h.http('POST', `/api/v1/incidents/${id}/write-off`, { as: boss.key, body: {} })
  const closed = await h.http('POST', `/api/v1/incidents/${id}/close`, { as: boss.key, body: {} })
  assert.deepEqual([closed.body.state, closed.body.outcome], ['closed', 'written-off'])
  h.pass(90 * 86_400_000)
  assert.ok((await answer(h, held)).includes('wipe'), 'three months later')
  assert.equal((await reported(h, held.device.id, boss.key)).number, 2)
  const list = await h.http('GET', '/api/v1/incidents?filter=state:closed', { as: boss.key })
  assert.deepEqual(
    list.body.items.map((i: { number: number }) => i.number),
    [1],
  )
})
