import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'

const day = 24 * 3_600_000
const names = (body: { items: { name: string }[] }): string[] => body.items.map(i => i.name).sort()

test('a device is found by any part of any identifier, past ones too, by its name, user and asset tag, whatever the case, width or script', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const user = await h.given.user({ displayName: '高橋 ハナ' })
  const { id } = await h.given.device({
    name: 'Åsas iPhone',
    serial: 'F2LXK9Q1',
    udid: '00008110-001A2B3C',
    imei: '35 391110 123456 7',
    user: user.id,
  })
  await h.given.device({ name: 'Other' })
  await h.run(ctx => devices.change(ctx, id, { assetTag: 'HV-0042' }))
  await h.run(ctx => devices.learn(ctx, id, 'x', { 'cellular.imei': ['353911101234567', '353911109999991'] }))
  const words = [
    'lxk9',
    '001a2B',
    '1110123456',
    '9999991',
    'asas',
    'はな',
    'ﾊﾅ',
    '高橋',
    'hv-00',
    'serial:lxk',
    'imei:999999',
  ]
  for (const filter of [...words, 'user:ハナ', 'asset:0042', 'iphone 高橋', 'name:"åsas iPhone"']) {
    const { body } = await h.http('GET', `/api/v1/devices?filter=${encodeURIComponent(filter)}`, { as: key })
    assert.deepEqual([filter, names(body), body.total], [filter, ['Åsas iPhone'], 1])
  }
})

test('every field filters, negation and absence too', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const lyon = await h.given.unit({ name: 'Lyon' })
  await h.given.device({ name: 'a', osVersion: '17.7.2', tags: ['Spare'] })
  await h.given.device({ name: 'b', osVersion: '18.2.1', unit: lyon.id, ownership: 'personal' })
  await h.given.device({
    name: 'c',
    platform: 'macos',
    osVersion: '26.1',
    modelName: 'MacBook Air',
    state: 'enrolling',
  })
  const expected: Record<string, string[]> = {
    'os<18.2': ['a'],
    'os:18': ['b'],
    'os>=18.2': ['b', 'c'],
    'platform:ios,ipados': ['a', 'b'],
    'model:macbook': ['c'],
    'unit:lyon': ['b'],
    '-unit:lyon': ['a', 'c'],
    'tag:spare': ['a'],
    'tag:none': ['b', 'c'],
    '-tag:spare': ['b', 'c'],
    'ownership:personal': ['b'],
    'state:enrolling': ['c'],
    'user:none -name:a': ['b', 'c'],
    'enrolled<1d': ['a', 'b'],
  }
  for (const [filter, found] of Object.entries(expected)) {
    const { body } = await h.http('GET', `/api/v1/devices?filter=${encodeURIComponent(filter)}`, { as: key })
    assert.deepEqual([filter, names(body)], [filter, found])
  }
  const refused = await h.http('GET', '/api/v1/devices?filter=colour:red', { as: key })
  assert.equal(refused.body.code, 'filter.field-unknown')
})

test('pages follow each other without gap or repetition in every order', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  for (let i = 0; i < 7; i += 1) {
    h.pass(1000)
    const { id } = await h.given.device({ name: `n${(i * 3) % 7}`, osVersion: `${15 + (i % 3)}.0` })
    if (i % 2 === 0) devices.seen(h.base, h.org, id, h.now())
  }
  await devices.flushSeen(h.base)
  for (const sort of ['name', '-os', 'lastSeenAt', '-enrolledAt', 'serial']) {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const at: string = cursor ? `&cursor=${cursor}` : ''
      const { body } = await h.http('GET', `/api/v1/devices?limit=2&sort=${sort}${at}`, { as: key })
      assert.equal(body.total, 7)
      seen.push(...body.items.map((i: { id: string }) => i.id))
      cursor = body.next
    }
    assert.equal(new Set(seen).size, 7)
    assert.equal(seen.length, 7)
  }
})

test('a reader sees the devices of their units only, in lists, counts and searches', async t => {
  const h = await house(t)
  const sales = await h.given.unit({ name: 'Sales' })
  const team = await h.given.unit({ name: 'Team', parent: sales.id })
  const local = await h.given.admin({ role: 'help-desk', unit: sales.id })
  await h.given.device({ name: 'top iphone' })
  await h.given.device({ name: 'team iphone', unit: team.id })
  for (const filter of ['', 'iphone', 'platform:ios']) {
    const { body } = await h.http('GET', `/api/v1/devices?filter=${filter}`, { as: local.key })
    assert.deepEqual(names(body), ['team iphone'])
  }
  const { body } = await h.http('GET', '/api/v1/devices/counts', { as: local.key })
  assert.deepEqual(body, { total: 1, byPlatform: { ios: 1 }, byState: { active: 1 } })
})

test('moving a unit takes its devices along, and who loses sight of them loses it at once', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const from = await h.given.unit({ name: 'From' })
  const to = await h.given.unit({ name: 'To' })
  const team = await h.given.unit({ name: 'Team', parent: from.id })
  const watcher = await h.given.admin({ role: 'read-only', unit: from.id })
  await h.given.device({ name: 'mine', unit: team.id })
  const before = await h.http('GET', '/api/v1/devices?filter=mine', { as: watcher.key })
  assert.equal(before.body.total, 1)
  const moved = await h.http('PATCH', `/api/v1/units/${team.id}`, { as: owner.key, body: { parent: to.id } })
  assert.equal(moved.status, 200)
  const after = await h.http('GET', '/api/v1/devices?filter=mine', { as: watcher.key })
  assert.equal(after.body.total, 0)
})

test('a device may be changed where one may write, moved only between two such units, and removed only when ended', async t => {
  const h = await house(t)
  const here = await h.given.unit({ name: 'Here' })
  const there = await h.given.unit({ name: 'There' })
  const local = await h.given.admin({ role: 'operator', unit: here.id })
  const help = await h.given.admin({ role: 'help-desk', unit: here.id })
  const { id } = await h.given.device({ unit: here.id })
  const patch = (as: string, body: unknown) => h.http('PATCH', `/api/v1/devices/${id}`, { as, body })
  assert.equal((await patch(local.key, { name: 'Counter', tags: ['Till', 'till'], assetTag: 'T-1' })).status, 200)
  assert.equal((await patch(help.key, { name: 'No' })).status, 403)
  assert.equal((await patch(local.key, { unit: there.id })).body.code, 'id.unknown')
  assert.equal((await patch(local.key, { colour: 'red' })).status, 400)
  const stranger = await h.given.admin({ role: 'operator', unit: there.id })
  assert.equal((await patch(stranger.key, { name: 'Mine' })).status, 404)
  const inUse = await h.http('DELETE', `/api/v1/devices/${id}`, { as: local.key })
  assert.equal(inUse.body.code, 'device.in-use')
  await h.run(ctx => devices.setState(ctx, id, 'ended'))
  const gone = await h.http('DELETE', `/api/v1/devices/${id}`, { as: local.key })
  assert.deepEqual([gone.status, gone.body], [200, { intent: null }])
  const { body } = await h.http('GET', '/api/v1/devices', { as: local.key })
  assert.deepEqual(body.items, [])
  const events = (await h.events()).filter(e => e.startsWith('device.'))
  assert.deepEqual(events, ['device.added', 'device.renamed', 'device.changed', 'device.tagged', 'device.removed'])
})

test('a device without contact for the days the org chose becomes silent, once', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { id } = await h.given.device()
  await h.http('PATCH', '/api/v1/settings/devices', { as: key, body: { silentAfterDays: 3 } })
  devices.seen(h.base, h.org, id, h.now())
  await devices.flushSeen(h.base)
  h.pass(2 * day)
  await h.settle()
  assert.equal((await h.run(ctx => devices.get(ctx, id))).state, 'active')
  h.pass(2 * day)
  await h.settle()
  h.pass(2 * day)
  await h.settle()
  assert.equal((await h.run(ctx => devices.get(ctx, id))).state, 'silent')
  assert.equal((await h.events()).filter(e => e === 'device.missed').length, 1)
})
