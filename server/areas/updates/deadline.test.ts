import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as devices from '../devices/index.ts'
import { mailingHouse } from '../../testing/mailing.ts'

const hourMs = 3_600_000
const facts = {
  'identity.model': 'iPhone15,2',
  'identity.supervised': true,
  'storage.availableBytes': 40e9,
  'battery.level': 0.8,
}

test('people are told in their language and never at night, and who ignores the date meets a gate until the update', async t => {
  const { h, smtp } = await mailingHouse(t)
  await h.given.releases()
  const { key } = await h.given.admin()
  const people = [
    await h.given.user({ displayName: 'Amélie', email: 'amelie@havsten.example', language: 'fr' }),
    await h.given.user({ displayName: 'Kaoru', email: 'kaoru@havsten.example', language: 'ja' }),
  ]
  const fleet: devices.Device['id'][] = []
  for (const person of people) {
    const { device } = await h.given.enrolled({ osVersion: '26.0', facts })
    await h.http('PATCH', `/api/v1/devices/${device.id}`, { as: key, body: { user: person.id } })
    fleet.push(device.id)
  }
  const post = (path: string, body?: unknown) =>
    h.http('POST', `/api/v1${path}`, { as: key, ...(body ? { body } : {}) })
  const get = async (path: string) => (await h.http('GET', `/api/v1${path}`, { as: key })).body
  /** Lets it be an instant, with devices that were just heard. */
  const at = async (day: string) => {
    for (let left = Date.parse(day) - h.now(); left > 0; left = Date.parse(day) - h.now()) {
      h.pass(Math.min(left, 12 * hourMs))
      for (const id of fleet) devices.seen(h.base, h.org, id, h.now())
      await h.settle()
    }
    await h.settle()
  }
  const boxes = () => ['amelie', 'kaoru'].map(who => smtp.boxOf(`${who}@havsten.example`).length)
  const { body } = await post('/campaigns', {
    name: 'Zero day',
    unit: h.root.id,
    platforms: ['ios'],
    target: { kind: 'version', versions: { ios: '26.1' }, due: '2026-12-01T20:00' },
    details: 'https://havsten.example/update',
    terms: { waves: [100], watchMinutes: 60 },
  })
  const path = `/campaigns/${body.id}`
  await h.settle()
  assert.equal((await post(`${path}/gate`, { kind: 'rule', rule: 'none' })).status, 404)
  const gate = { kind: 'new', graceHours: 2, restrict: 'update-overdue' }
  const made = await post(`${path}/gate`, gate)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.equal((await post(`${path}/gate`, gate)).body.code, 'campaign.gated')
  assert.equal((await post(`${path}/start`)).status, 200)
  await at('2026-11-28T18:00:00Z')
  assert.deepEqual(boxes(), [0, 0], 'three days before is at eight in the evening: it is said at seven')
  await at('2026-11-28T19:20:00Z')
  assert.deepEqual(boxes(), [1, 1])
  const [french] = smtp.boxOf('amelie@havsten.example')
  assert.match(french?.mail.subject ?? '', /version 26\.1 avant le 1 décembre 2026, 20:00/)
  assert.match(
    french?.mail.text ?? '',
    /Bonjour Amélie[\s\S]*mardi 1 décembre 2026[\s\S]*https:\/\/havsten\.example\/update/,
  )
  assert.match(smtp.boxOf('kaoru@havsten.example')[0]?.mail.subject ?? '', /2026年12月1日 20:00 までにバージョン 26\.1/)
  await at('2026-11-30T03:00:00Z')
  assert.deepEqual(boxes(), [1, 1], 'no second time, and nothing at night')
  await at('2026-11-30T19:20:00Z')
  assert.deepEqual(boxes(), [2, 2])
  assert.equal((await h.http('PATCH', `/api/v1${path}`, { as: key, body: { notices: false } })).body.notices, false)
  await at('2026-12-01T17:30:00Z')
  assert.deepEqual(boxes(), [2, 2], 'the campaign sends none any more')
  const warned = (await get('/events?filter=type:campaign.warned')).items as { data: object }[]
  assert.deepEqual(
    warned.map(e => e.data).reverse(),
    [72, 24].map(hours => ({ name: 'Zero day', hours, people: 2 })),
  )
  const counts = async () => {
    const { violating, grace } = (await get(`${path}/gate`)).gate.rule.counts
    return { violating, grace }
  }
  const restricted = async () => {
    const tags: string[] = []
    for (const id of fleet) tags.push(...(await h.run(ctx => devices.tagsOf(ctx, id))))
    return tags.filter(tag => tag === 'update-overdue').length
  }
  assert.deepEqual(await counts(), { violating: 0, grace: 0 }, 'before the date nothing is asked')
  await at('2026-12-01T20:05:00Z')
  await at('2026-12-01T21:30:00Z')
  assert.deepEqual(
    [await counts(), await restricted()],
    [{ violating: 0, grace: 2 }, 0],
    'there are two hours of grace',
  )
  assert.deepEqual(boxes(), [3, 3], 'the rule tells them that it is over')
  await at('2026-12-01T22:30:00Z')
  assert.deepEqual([await counts(), await restricted()], [{ violating: 2, grace: 0 }, 2])
  await h.run(ctx => devices.learn(ctx, fleet[0] ?? '', 'test', { 'os.version': '26.1' }))
  await h.settle()
  assert.deepEqual([await counts(), await restricted()], [{ violating: 1, grace: 0 }, 1], 'access is back by itself')
  await post(`${path}/pause`)
  await h.settle()
  await h.settle()
  assert.deepEqual(
    [await counts(), await restricted()],
    [{ violating: 0, grace: 0 }, 0],
    'nothing is demanded meanwhile',
  )
  await post(`${path}/stop`)
  await h.settle()
  await h.settle()
  assert.equal((await get(`${path}/gate`)).gate, null)
  assert.deepEqual((await get('/rules')).items, [], 'what was made for it goes with it')
  const told = (await h.events()).filter(e => /^campaign\.(gated|ungated)$/.test(e))
  assert.deepEqual(told, ['campaign.gated', 'campaign.ungated'])
})
