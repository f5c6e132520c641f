import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as devices from '../devices/index.ts'
import * as privacy from '../privacy/index.ts'
import { type House, house } from '../../testing/house.ts'

const phone = '+81-90-5555-0142'

async function carried(t: TestContext): Promise<{ h: House; id: string; user: string }> {
  const h = await house(t)
  const { id: user } = await h.given.user()
  const { device } = await h.given.enrolled({ user })
  await h.run(async ctx => {
    await devices.learn(ctx, device.id, 'x', { 'cellular.phoneNumber': phone, 'os.version': '27.0' })
    await devices.reportList(ctx, device.id, 'apps', [
      { identifier: 'a.private' },
      { identifier: 'a.work', managed: true },
    ])
    await devices.report(ctx, device.id, 'DeviceInformation', { PhoneNumber: phone, OSVersion: '27.0' })
  })
  return { h, id: device.id, user }
}

test('the apps and the number of somebody are read with a purpose, by who gave it, for a quarter of an hour', async t => {
  const { h, id, user } = await carried(t)
  const admin = await h.given.admin()
  const other = await h.given.admin()
  const get = async (path: string, as = admin) =>
    (await h.http('GET', `/api/v1/devices/${id}${path}`, { as: as.key })).body
  const open = (what: string, purpose = 'the person asked us to help') =>
    h.http('POST', `/api/v1/devices/${id}/looks`, { as: admin.key, body: { what, purpose } })
  const page = await get('')
  assert.ok(page.gated.includes('apps') && page.gated.includes('phone-number'))
  assert.ok(!JSON.stringify(page).includes(phone))
  const apps = await get('/apps')
  assert.deepEqual([apps.gated, apps.items.map((a: { identifier: string }) => a.identifier)], ['apps', ['a.work']])
  assert.deepEqual(await get('/facts/cellular.phoneNumber'), { items: [], gated: 'phone-number' })
  assert.ok(!JSON.stringify(await get('/raw')).includes(phone))
  assert.equal((await open('apps', 'x')).status, 400, 'a purpose is a sentence')
  assert.equal((await open('apps')).status, 201)
  assert.equal((await open('phone-number')).status, 201)
  assert.equal((await get('/apps')).items.length, 2)
  assert.ok(JSON.stringify(await get('')).includes(phone))
  assert.ok(JSON.stringify(await get('/raw')).includes(phone))
  assert.ok(!JSON.stringify(await get('', other)).includes(phone), 'another has not looked')
  h.pass(15 * 60_000 + 1)
  assert.equal((await get('/apps')).gated, 'apps')
  const looks = await h.run(ctx => privacy.looksOf(ctx, { user }))
  assert.deepEqual(looks.map(l => [l.what, l.purpose]).sort(), [
    ['apps', 'the person asked us to help'],
    ['phone-number', 'the person asked us to help'],
  ])
  assert.deepEqual((await h.events()).filter(e => e === 'privacy.looked').length, 2)
  const list = await h.http('GET', '/api/v1/privacy/looks?limit=1', { as: admin.key })
  const next = await h.http('GET', `/api/v1/privacy/looks?limit=1&cursor=${list.body.next}`, { as: admin.key })
  assert.notEqual(list.body.items[0].id, next.body.items[0].id)
})

test('secrets and places take the permission and a proof besides the purpose', async t => {
  const { h, id } = await carried(t)
  const desk = await h.given.admin({ role: 'help-desk' })
  const body = { what: 'secrets', purpose: 'to unlock it for them' }
  const refused = await h.http('POST', `/api/v1/devices/${id}/looks`, { as: desk.key, body })
  assert.equal(refused.body.code, 'permission.missing')
  const owner = await h.given.admin()
  const key = await h.http('POST', `/api/v1/devices/${id}/looks`, {
    as: owner.key,
    body: { ...body, what: 'location' },
  })
  assert.equal(key.body.code, 'step-up.keys-cannot')
})
