import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import * as incidents from '../incidents/index.ts'
import { decide } from './decisions.ts'
import { sentenceOf, type Standing } from './sentence.ts'

const day = 24 * 3_600_000

test('the page of a device tells its facts with their ages, its identifiers, and what may be ordered', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { id } = await h.given.device({ name: 'Elin', facts: { 'battery.level': 0.4, Strange: [1] }, tags: ['a'] })
  h.pass(90_000)
  await h.run(ctx => devices.learn(ctx, id, 'DeviceInformation', { 'battery.level': 0.3 }))
  const { status, body } = await h.http('GET', `/api/v1/devices/${id}`, { as: key })
  assert.equal(status, 200)
  assert.partialDeepStrictEqual(body, { id, name: 'Elin', tags: ['a'], push: { state: 'none' }, enrollments: [] })
  const facts = body.facts.map((f: { key: string; value: unknown; at: number; group: string }) => [
    f.key,
    f.value,
    h.now() - f.at,
    f.group,
  ])
  assert.deepEqual(facts, [
    ['Strange', [1], 90_000, 'other'],
    ['battery.level', 0.3, 0, 'battery'],
  ])
  assert.ok(body.actions.length > 0)
  assert.ok(body.actions.every((a: { allowed: boolean; reason: string }) => !a.allowed && a.reason.length > 0))
  const history = await h.http('GET', `/api/v1/devices/${id}/facts/battery.level`, { as: key })
  assert.deepEqual(
    history.body.items.map((i: { value: number }) => i.value),
    [0.3, 0.4],
  )
})

test('lists and raw answers of a device carry when it gave them', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { id } = await h.given.device()
  await h.run(ctx => devices.reportList(ctx, id, 'apps', [{ name: 'Maps', identifier: 'x.maps' }]))
  await h.run(ctx => devices.report(ctx, id, 'SecurityInfo', { Deep: { HardwareEncryptionCaps: 3 } }))
  const look = { what: 'apps', purpose: 'to see what is installed' }
  await h.http('POST', `/api/v1/devices/${id}/looks`, { as: key, body: look })
  const apps = await h.http('GET', `/api/v1/devices/${id}/apps`, { as: key })
  assert.deepEqual(apps.body.items, [{ name: 'Maps', identifier: 'x.maps', seenAt: h.now() }])
  const raw = await h.http('GET', `/api/v1/devices/${id}/raw`, { as: key })
  assert.partialDeepStrictEqual(raw.body.items, [
    { source: 'SecurityInfo', at: h.now(), value: { Deep: { HardwareEncryptionCaps: 3 } } },
  ])
  const none = await h.http('GET', `/api/v1/devices/${id}/profiles`, { as: key })
  assert.deepEqual(none.body, { items: [], seenAt: null, truncated: false, gated: null })
})

test('nothing of a device is read by those who may not see it', async t => {
  const h = await house(t)
  const here = await h.given.unit()
  const stranger = await h.given.admin({ role: 'operator', unit: here.id })
  const { id } = await h.given.device()
  for (const part of [
    '',
    '/timeline',
    '/apps',
    '/profiles',
    '/certificates',
    '/raw',
    '/facts/os.version',
    '/assignments',
  ]) {
    const { status } = await h.http('GET', `/api/v1/devices/${id}${part}`, { as: stranger.key })
    assert.deepEqual([part, status], [part, 404])
  }
})

test('the timeline tells what happened, newest first, in pages and by kind, with names for ids', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ name: 'Elin Lindgren' })
  const lyon = await h.given.unit({ name: 'Lyon' })
  const { id } = await h.given.device({ name: 'before' })
  h.pass(1000)
  await h.http('PATCH', `/api/v1/devices/${id}`, { as: key, body: { unit: lyon.id, name: 'after' } })
  await h.settle()
  const first = await h.http('GET', `/api/v1/devices/${id}/timeline?limit=2`, { as: key })
  const second = await h.http('GET', `/api/v1/devices/${id}/timeline?limit=2&cursor=${first.body.next}`, { as: key })
  const items = [...first.body.items, ...second.body.items]
  assert.deepEqual(
    items.map(i => i.type),
    ['device.moved', 'device.renamed', 'device.added'],
  )
  assert.equal(items[0].data.nowName, 'Lyon')
  assert.equal(second.body.next, null)
  const commands = await h.http('GET', `/api/v1/devices/${id}/timeline?kinds=commands`, { as: key })
  assert.deepEqual(commands.body.items, [])
  assert.equal((await h.http('GET', `/api/v1/devices/${id}/timeline?kinds=gossip`, { as: key })).status, 400)
})

test('home counts the fleet by platform and by the units below the reader, and names what needs a person', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const tokyo = await h.given.unit({ name: 'Tokyo' })
  const sales = await h.given.unit({ name: 'Sales', parent: tokyo.id })
  const local = await h.given.admin({ role: 'operator', unit: tokyo.id })
  await h.given.device()
  await h.given.device({ unit: sales.id, platform: 'ipados', state: 'silent' })
  await h.given.device({ unit: sales.id, state: 'ended' })
  await h.given.device({ unit: tokyo.id, state: 'enrolling' })
  h.pass(2 * 3_600_000)
  const { body } = await h.http('GET', '/api/v1/home', { as: owner.key })
  assert.deepEqual(body.fleet.states, { enrolling: 1, active: 1, silent: 1, lost: 0, ended: 1 })
  assert.deepEqual(
    body.fleet.byUnit.map((u: { unit: { name: string }; total: number }) => [u.unit.name, u.total]),
    [
      ['Tokyo', 2],
      [body.fleet.byUnit[1].unit.name, 1],
    ],
  )
  const codes = body.decisions.map((d: { code: string }) => d.code)
  assert.deepEqual(codes.sort(), ['devices-silent', 'enrollments-stuck', 'push-certificate-missing'])
  const seen = await h.http('GET', '/api/v1/home', { as: local.key })
  assert.equal(seen.body.fleet.states.active, 0)
  assert.deepEqual(seen.body.expiry, [])
  assert.deepEqual(seen.body.fleet.byUnit.map((u: { unit: { name: string } }) => u.unit.name).sort(), [
    'Sales',
    'Tokyo',
  ])
})

test('home names lost devices with their unit, owner and incident while they are few, and counts more', async t => {
  const h = await house(t)
  const unit = await h.given.unit({ name: 'Lyon' })
  const user = await h.given.user({ displayName: 'Amira Benali', unit: unit.id })
  const held = await h.given.enrolled({ name: 'Phone 7', unit: unit.id, user: user.id })
  const { id } = await h.run(ctx => incidents.report(ctx, { device: held.device.id, kind: 'lost', by: 'person' }))
  const lost = async () => (await h.run(ctx => decide(ctx, []))).filter(d => d.code === 'devices-lost')
  assert.partialDeepStrictEqual(await lost(), [
    { facts: { count: 1, name: 'Phone 7', unit: 'Lyon', owner: 'Amira Benali' }, link: `/incidents/${id}` },
  ])
  const other = await h.given.device({ state: 'lost' })
  assert.deepEqual(
    (await lost()).map(d => d.link),
    [`/incidents/${id}`, `/devices/${other.id}`],
    'one that nobody reported opens its device',
  )
  for (let i = 0; i < 2; i += 1) await h.given.device({ state: 'lost' })
  assert.partialDeepStrictEqual(await lost(), [{ facts: { count: 4 }, link: '/devices?filter=state%3Alost' }])
})

test('search finds devices, users and units by parts, within what the reader may see', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const osaka = await h.given.unit({ name: 'Osaka 大阪' })
  const local = await h.given.admin({ role: 'help-desk', unit: osaka.id })
  const user = await h.given.user({ displayName: '大阪 太郎' })
  await h.given.device({ name: '大阪の iPad', serial: 'ABCDEF99' })
  const found = (as: string, q: string) => h.http('GET', `/api/v1/search?q=${encodeURIComponent(q)}`, { as })
  const all = (await found(owner.key, '大阪')).body
  assert.deepEqual([all.devices.length, all.users[0].id, all.units[0].name], [1, user.id, 'Osaka 大阪'])
  assert.equal((await found(owner.key, 'cdef9 ipad')).body.devices.length, 1)
  const part = (await found(local.key, '大阪')).body
  assert.deepEqual([part.devices, part.users, part.units.length], [[], [], 1])
  assert.equal((await found(owner.key, '  ')).status, 200)
})

test('a view is saved for oneself or for all, counts what it shows, and is changed by those who may', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const reader = await h.given.admin({ role: 'read-only' })
  await h.given.device({ platform: 'macos' })
  const save = (as: string, body: object) => h.http('POST', '/api/v1/views', { as, body })
  const macs = await save(owner.key, { name: 'Macs', filter: 'platform:macos', columns: ['name', 'os'], shared: true })
  assert.partialDeepStrictEqual(macs.body, { count: 1, mine: true, columns: ['name', 'os'] })
  assert.equal((await save(reader.key, { name: 'x', shared: true })).body.code, 'permission.missing')
  assert.equal((await save(reader.key, { name: 'x', filter: 'colour:red' })).body.code, 'filter.field-unknown')
  const own = await save(reader.key, { name: 'Mine' })
  const names = async (as: string): Promise<string[]> =>
    (await h.http('GET', '/api/v1/views?page=devices', { as })).body.items.map((v: { name: string }) => v.name)
  assert.deepEqual(await names(reader.key), ['Macs', 'Mine'])
  assert.deepEqual(await names(owner.key), ['Macs'])
  const change = (as: string, id: string) => h.http('PATCH', `/api/v1/views/${id}`, { as, body: { name: 'All Macs' } })
  assert.equal((await change(reader.key, macs.body.id)).status, 403)
  assert.equal((await change(owner.key, own.body.id)).status, 404)
  assert.equal((await change(owner.key, macs.body.id)).body.name, 'All Macs')
  assert.equal((await h.http('DELETE', `/api/v1/views/${own.body.id}`, { as: reader.key })).status, 204)
})

test('what everybody sees in their lists is not changed by the help desk of one unit', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const local = await h.given.admin({ role: 'help-desk', unit: (await h.given.unit()).id })
  const save = (as: string, body: object) => h.http('POST', '/api/v1/views', { as, body })
  const shared = await save(owner.key, { name: 'Macs', shared: true })
  assert.equal((await save(local.key, { name: 'x', shared: true })).body.code, 'permission.missing')
  const at = `/api/v1/views/${shared.body.id}`
  assert.equal((await h.http('PATCH', at, { as: local.key, body: { name: 'x' } })).body.code, 'permission.missing')
  assert.equal((await h.http('DELETE', at, { as: local.key })).body.code, 'permission.missing')
  const own = await save(local.key, { name: 'Mine' })
  assert.equal(own.status, 201)
  const mine = `/api/v1/views/${own.body.id}`
  assert.equal((await h.http('PATCH', mine, { as: local.key, body: { name: 'Ours' } })).status, 200)
  const sharing = await h.http('PATCH', mine, { as: local.key, body: { shared: true } })
  assert.equal(sharing.body.code, 'permission.missing')
})

test('the sentence of a device says the most pressing thing', () => {
  const now = 100 * day
  const usual: Standing = {
    device: { state: 'active', stateAt: 0, stateReason: null, lastSeenAt: now - 1, waiting: 0, enrolledAt: 1 },
    enrollment: { endingAt: null, startedAt: 0 },
    push: { state: 'ready', reason: null },
    certificateEndsAt: now + day,
    policy: null,
    now,
  }
  const device = (change: Partial<Standing['device']>): Partial<Standing> => ({
    device: { ...usual.device, ...change },
  })
  const standing = { items: 4, failed: 0, blocked: 0, waiting: 0, unsupported: 0 }
  const rows: [string, Partial<Standing>][] = [
    ['active', {}],
    ['waiting', device({ waiting: 2 })],
    ['policies-waiting', { policy: { ...standing, waiting: 1 } }],
    ['waiting', { ...device({ waiting: 2 }), policy: { ...standing, waiting: 1 } }],
    ['policies-failed', { ...device({ waiting: 2 }), policy: { ...standing, failed: 2, blocked: 1, waiting: 1 } }],
    ['policies-blocked', { policy: { ...standing, failed: 1, blocked: 1, waiting: 1 } }],
    ['silent', { ...device({ state: 'silent' }), policy: { ...standing, failed: 1 } }],
    ['push-dead', { push: { state: 'dead', reason: null }, policy: { ...standing, failed: 1 } }],
    ['active', { policy: { ...standing, unsupported: 2 } }],
    ['push-dead', { ...device({ waiting: 2 }), push: { state: 'dead', reason: 'Unregistered' } }],
    ['leaving', { enrollment: { endingAt: 5, startedAt: 0 } }],
    ['silent', { ...device({ state: 'silent' }), push: { state: 'dead', reason: null } }],
    ['certificate-expired', { ...device({ state: 'silent' }), certificateEndsAt: now - 1 }],
    ['lost', { ...device({ state: 'lost' }), certificateEndsAt: now - 1 }],
    ['ended', { ...device({ state: 'ended' }), enrollment: null }],
    ['enrolling', { ...device({ state: 'enrolling' }), enrollment: { endingAt: null, startedAt: now - 1000 } }],
    ['enrolling-stuck', device({ state: 'enrolling' })],
  ]
  for (const [code, change] of rows) assert.equal(sentenceOf({ ...usual, ...change }).code, code)
})
