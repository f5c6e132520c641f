import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { campaignOf } from './index.ts'
import * as blueprints from '../blueprints/index.ts'
import * as devices from '../devices/index.ts'
import * as policies from '../policies/index.ts'
import { house } from '../../testing/house.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const facts = (more: Record<string, devices.JsonValue> = {}) => ({
  'identity.model': 'iPhone15,2',
  'identity.supervised': true,
  'storage.availableBytes': 40e9,
  'battery.level': 0.8,
  ...more,
})

/** Phones on 26.0 that were just heard, and an admin. */
async function scene(t: TestContext, n: number) {
  const h = await house(t)
  await h.given.releases()
  const admin = await h.given.admin()
  const fleet: devices.Device['id'][] = []
  for (let i = 0; i < n; i += 1) {
    const { device } = await h.given.enrolled({ osVersion: '26.0', facts: facts() })
    devices.seen(h.base, h.org, device.id, h.now())
    fleet.push(device.id)
  }
  const post = (path: string, body?: unknown) =>
    h.http('POST', `/api/v1${path}`, { as: admin.key, ...(body ? { body } : {}) })
  const get = async (path: string) => (await h.http('GET', `/api/v1${path}`, { as: admin.key })).body
  const tagged = async () => {
    const all: string[] = []
    for (const id of fleet)
      if ((await h.run(ctx => devices.tagsOf(ctx, id))).some(tag => tag.startsWith('Update: '))) all.push(id)
    return all
  }
  const install = async (ids: readonly string[], version = '26.1') => {
    for (const id of ids) await h.run(ctx => devices.learn(ctx, id, 'test', { 'os.version': version }))
  }
  const pass = async (ms: number) => {
    h.pass(ms)
    for (const id of fleet) devices.seen(h.base, h.org, id, h.now())
    await h.settle()
  }
  return { h, admin, fleet, post, get, tagged, install, pass }
}

const wish = (unit: string, more: object = {}) => ({
  name: 'Zero day',
  unit,
  platforms: ['ios'],
  target: { kind: 'version', versions: { ios: '26.1' }, due: '2026-12-01T20:00' },
  note: 'CVE-2026-1',
  terms: { waves: [20, 100], watchMinutes: 60 },
  ...more,
})

test('a campaign is prepared, started, goes in waves, and is through', async t => {
  const { h, fleet, post, get, tagged, install, pass } = await scene(t, 6)
  const made = await post('/campaigns', wish(h.root.id))
  assert.deepEqual([made.status, made.body.state, made.body.lookedAt], [201, 'draft', null], JSON.stringify(made.body))
  const { id } = made.body
  assert.equal((await post(`/campaigns/${id}/start`)).body.code, 'campaign.not-looked')
  await h.settle()
  assert.equal((await get(`/campaigns/${id}`)).counts.eligible, 6)
  assert.deepEqual(await tagged(), [], 'nothing reaches a device before it is started')
  assert.equal((await post(`/campaigns/${id}/start`)).status, 200)
  assert.equal((await post(`/campaigns/${id}/start`)).body.code, 'campaign.not-now')
  await h.settle()
  const first = await tagged()
  assert.equal(first.length, 2, 'a fifth of six, rounded up')
  const { policy } = await get(`/campaigns/${id}`)
  const value = await h.run(ctx => policies.valueOf(ctx, policy, 1))
  assert.deepEqual(value, { minimum: { ios: { version: '26.1', build: '23B85', by: '2026-12-01T20:00' } } })
  await install(first)
  await pass(70 * 60_000)
  assert.equal((await tagged()).length, 6)
  await install(fleet)
  await pass(hourMs)
  const end = await get(`/campaigns/${id}`)
  assert.deepEqual([end.state, end.counts.done, end.counts.eligible], ['done', 6, 0])
  assert.ok((await get(`/campaigns/${id}/points`)).items.length >= 2)
  const told = (await h.events()).filter(e => e.startsWith('campaign.'))
  assert.deepEqual(told, ['campaign.added', 'campaign.started', 'campaign.advanced', 'campaign.finished'])
})

test('what it would do is foreseen, and it is started only with what was seen', async t => {
  const { h, admin, fleet, post, get } = await scene(t, 6)
  const berlin = await h.given.unit({ name: 'Berlin' })
  const { status } = await h.http('PUT', `/api/v1/units/${berlin.id}/zone`, {
    as: admin.key,
    body: { zone: 'Europe/Berlin' },
  })
  assert.equal(status, 200)
  const add = (of: Parameters<typeof h.given.enrolled>[0]) => h.given.enrolled({ osVersion: '26.0', ...of })
  const there = (await add({ unit: berlin.id, facts: facts() })).device
  devices.seen(h.base, h.org, there.id, h.now())
  const full = (await add({ facts: facts({ 'storage.availableBytes': 1e9 }) })).device
  devices.seen(h.base, h.org, full.id, h.now())
  const { body } = await post('/campaigns', wish(h.root.id))
  assert.equal((await get(`/campaigns/${body.id}/preview`)).preview, null)
  await h.settle()
  const { preview } = await get(`/campaigns/${body.id}/preview`)
  assert.deepEqual([preview.devices, preview.eligible, preview.blocked, preview.done], [8, 7, 1, 0])
  assert.deepEqual(preview.reasons, [{ standing: 'blocked', why: 'storage', devices: 1 }])
  assert.deepEqual(
    preview.waves.map((w: { percent: number; devices: number; late: boolean }) => [w.percent, w.devices, w.late]),
    [
      [20, 2, false],
      [100, 5, false],
    ],
  )
  assert.deepEqual(preview.dues, [
    { zone: 'Europe/Berlin', at: Date.UTC(2026, 11, 1, 19), devices: 1 },
    { zone: 'UTC', at: Date.UTC(2026, 11, 1, 20), devices: 6 },
  ])
  const { eligible, blocked, done, unknown, versions } = preview
  const seen = { eligible, blocked, done, unknown, versions }
  await h.run(ctx => devices.learn(ctx, fleet[0] ?? '', 'test', { 'os.version': '26.1' }))
  h.pass(hourMs + 60_000)
  await h.settle()
  const refused = await post(`/campaigns/${body.id}/start`, { seen })
  assert.deepEqual([refused.status, refused.body.code], [409, 'campaign.outdated'], JSON.stringify(refused.body))
  assert.equal((await get(`/campaigns/${body.id}`)).state, 'draft')
  const now = { ...seen, eligible: 6, done: 1 }
  const newer = { seen: { ...now, versions: { ios: '26.2' } } }
  assert.equal((await post(`/campaigns/${body.id}/start`, newer)).body.code, 'campaign.outdated')
  assert.equal((await post(`/campaigns/${body.id}/start`, { seen: now })).status, 200)
  const { startedWith } = await get(`/campaigns/${body.id}/preview`)
  assert.deepEqual([startedWith.eligible, startedWith.done], [6, 1], 'the number it was started with stays')
})

test('who cannot take it is blocked with the reason, and another page tells', async t => {
  const { h, post, get, fleet } = await scene(t, 1)
  const add = (of: Parameters<typeof h.given.enrolled>[0]) => h.given.enrolled({ osVersion: '26.0', ...of })
  await add({ facts: facts({ 'identity.model': 'iPhone1,1' }) })
  await add({ facts: facts({ 'storage.availableBytes': 1e9 }) })
  await add({ facts: facts({ 'battery.level': 0.05 }) })
  await add({ osVersion: '15.7', facts: facts({ 'identity.supervised': false }) })
  await add({ osVersion: '26.1', facts: facts() })
  const { body } = await post('/campaigns', wish(h.root.id))
  await h.settle()
  const items = (await get(`/campaigns/${body.id}/devices`)).items as { standing: string; why: string | null }[]
  assert.deepEqual(items.map(i => `${i.standing} ${i.why ?? ''}`.trim()).sort(), [
    'blocked battery',
    'blocked storage',
    'blocked supervision',
    'done',
    'eligible',
    'unknown hardware-unknown',
  ])
  assert.equal((await get(`/campaigns/${body.id}/devices?filter=standing:blocked`)).items.length, 3)
  const csv = await get(`/campaigns/${body.id}/devices.csv?titles=sv`)
  assert.match(csv, /Enhet/)
  assert.equal(csv.trim().split('\r\n').length, 7)
  const line = await get(`/devices/${fleet[0]}/updates`)
  assert.deepEqual(line.campaigns, [], 'one that is only prepared is nobody’s concern')
})

test('failures halt it, the demand is withdrawn, and a person lets it go on', async t => {
  const { h, post, get, tagged, pass } = await scene(t, 10)
  const { body } = await post('/campaigns', wish(h.root.id))
  await h.settle()
  await post(`/campaigns/${body.id}/start`)
  await h.settle()
  const failed = { 'os.updateState': 'failed', 'os.updateFailure': { count: 1, reason: 'InstallFailed' } }
  const reached = await tagged()
  for (const id of reached) await h.run(ctx => devices.learn(ctx, id, 'test', failed))
  await pass(20 * 60_000)
  const halted = await get(`/campaigns/${body.id}`)
  assert.deepEqual(
    [halted.state, halted.reason, halted.counts.failed, halted.wave],
    ['halted', 'campaign.failures', 2, 0],
  )
  const { assignment } = await h.run(ctx => campaignOf(ctx, body.id))
  const demands = async () => (await h.run(ctx => blueprints.getAssignment(ctx, assignment ?? ''))).enabled
  assert.equal(await demands(), false, 'nobody is asked any more')
  assert.equal((await get('/alerts?filter=type:campaign-halted')).items.length, 1)
  assert.equal((await post(`/campaigns/${body.id}/resume`)).body.state, 'running')
  await h.settle()
  assert.equal((await get(`/campaigns/${body.id}`)).state, 'running', 'what failed before is forgiven')
  assert.equal(await demands(), true)
  assert.equal((await get('/alerts?filter=type:campaign-halted -state:resolved')).items.length, 0)
})

test('stopping takes everything back but what is installed', async t => {
  const { h, post, get, tagged, install } = await scene(t, 5)
  const { body } = await post('/campaigns', wish(h.root.id, { terms: { waves: [100], watchMinutes: 60 } }))
  await h.settle()
  await post(`/campaigns/${body.id}/start`)
  await h.settle()
  const all = await tagged()
  assert.equal(all.length, 5)
  await install(all.slice(0, 2))
  assert.equal((await post(`/campaigns/${body.id}/stop`)).status, 200)
  await h.settle()
  assert.deepEqual(await tagged(), [])
  const { policy, state } = await get(`/campaigns/${body.id}`)
  assert.equal(state, 'stopped')
  assert.notEqual((await h.run(ctx => policies.getPolicy(ctx, policy))).archivedAt, null)
  const { assignment } = await h.run(ctx => campaignOf(ctx, body.id))
  await assert.rejects(
    h.run(ctx => blueprints.getAssignment(ctx, assignment ?? '')),
    { code: 'id.unknown' },
  )
  assert.equal((await post(`/campaigns/${body.id}/resume`)).body.code, 'campaign.ended')
})

test('an exception lets a device be until it ends', async t => {
  const { h, fleet, post, get, tagged, pass } = await scene(t, 3)
  const { body } = await post('/campaigns', wish(h.root.id, { terms: { waves: [100], watchMinutes: 60 } }))
  await h.settle()
  const [one] = fleet
  const path = `/campaigns/${body.id}/exceptions`
  assert.equal(
    (await post(path, { device: one, reason: 'On stage', until: h.now() - 1 })).body.code,
    'campaign.exception-over',
  )
  assert.equal((await post(path, { device: one, reason: 'On stage', until: h.now() + 2 * dayMs })).status, 204)
  await post(`/campaigns/${body.id}/start`)
  await h.settle()
  assert.equal((await tagged()).length, 2)
  assert.equal((await get(`/campaigns/${body.id}`)).counts.excepted, 1)
  await pass(3 * dayMs)
  await pass(hourMs)
  assert.equal((await tagged()).length, 3, 'its time is over')
  const other = await h.given.device()
  assert.equal(
    (await post(path, { device: other.id, reason: 'x', until: h.now() + dayMs })).body.code,
    'campaign.device-outside',
  )
})

test('one that follows begins a round of its own when a newer version is old enough', async t => {
  const { h, fleet, post, get, tagged, install, pass } = await scene(t, 5)
  const target = { kind: 'latest', behindDays: 3, dueDays: 7, dueTime: '20:00' }
  const { body, status } = await post('/campaigns', wish(h.root.id, { target }))
  assert.equal(status, 201, JSON.stringify(body))
  assert.equal(body.targets.ios.version, '26.1')
  await h.settle()
  await post(`/campaigns/${body.id}/start`)
  await h.settle()
  await install(fleet)
  await pass(2 * hourMs)
  await pass(2 * hourMs)
  assert.equal((await get(`/campaigns/${body.id}`)).state, 'done')
  const all = [{ version: '26.0', build: '23A341' }, {}, { version: '26.1.1', build: '23B90', postedAt: h.now() }]
  await h.given.releases(all)
  await pass(hourMs)
  assert.equal((await get(`/campaigns/${body.id}`)).targets.ios.version, '26.1', 'it is too fresh')
  await pass(3 * dayMs)
  await pass(30 * 60_000)
  const next = await get(`/campaigns/${body.id}`)
  assert.deepEqual([next.state, next.targets.ios.version, next.round, next.wave], ['running', '26.1.1', 2, 0])
  assert.equal(next.counts.eligible, 5)
  const { assignment } = await h.run(ctx => campaignOf(ctx, body.id))
  const scope = (await h.run(ctx => blueprints.getAssignment(ctx, assignment ?? ''))).scope.include.tags
  const meant: string[] = []
  for (const id of await tagged())
    if ((await h.run(ctx => devices.tagsOf(ctx, id))).some(tag => scope.includes(tag.toLowerCase()))) meant.push(id)
  assert.equal(meant.length, 1, 'a fifth of five; those of the round before are not meant')
})

test('its tag and its policy are called like it, and never like what somebody else has called so', async t => {
  const { h, fleet, post } = await scene(t, 2)
  const [one = '', two = ''] = fleet
  const tagsOn = (id: string) => h.run(ctx => devices.tagsOf(ctx, id))
  await h.given.policy({ name: 'zero day' })
  await h.run(ctx => devices.tagBy(ctx, two, 'somebody', 'UPDATE: Zero Day'))
  const made = await post('/campaigns', wish(h.root.id, { terms: { waves: [50, 100], watchMinutes: 60 } }))
  assert.equal(made.status, 201, JSON.stringify(made.body))
  await h.settle()
  await post(`/campaigns/${made.body.id}/start`)
  await h.settle()
  const { policy, blueprint, assignment } = await h.run(ctx => campaignOf(ctx, made.body.id))
  assert.equal((await h.run(ctx => policies.getPolicy(ctx, policy ?? ''))).name, 'Zero day (2)')
  assert.equal((await h.run(ctx => blueprints.getBlueprint(ctx, blueprint ?? ''))).name, 'Zero day (2)')
  const { scope } = await h.run(ctx => blueprints.getAssignment(ctx, assignment ?? ''))
  assert.deepEqual(scope.include.tags, ['update: zero day (2)'], 'whoever bears the other tag is not meant')
  const reached = [...(await tagsOn(one)), ...(await tagsOn(two))].filter(tag => tag === 'Update: Zero day (2)')
  assert.equal(reached.length, 1)
})

test('what makes no sense is refused', async t => {
  const { h, post } = await scene(t, 1)
  const refused = async (more: object) => (await post('/campaigns', wish(h.root.id, more))).body.code
  const version = (versions: object, due = '2026-12-01T20:00') => ({ target: { kind: 'version', versions, due } })
  assert.equal(await refused(version({ ios: '99.0' })), 'campaign.version-unknown')
  assert.equal(await refused(version({ ios: '26.1' }, '2026-11-20T09:30')), 'campaign.due-past')
  assert.equal(await refused(version({ ios: '26.1' }, '2026-02-30T09:30')), 'campaign.due-malformed')
  assert.equal(await refused({ platforms: ['linux'] }), 'campaign.platform-unknown')
  assert.equal(await refused({ terms: { waves: [50, 20, 100] } }), 'request.malformed')
  assert.equal(await refused({ target: { kind: 'latest', behindDays: 300 } }), 'campaign.no-version')
  await h.given.releases([{ version: '26.1 (a)', build: '23B85a', background: true }, {}])
  assert.equal(await refused(version({ ios: '26.1 (a)' })), 'campaign.not-demandable')
  assert.equal((await post('/campaigns', wish(h.root.id))).status, 201)
  assert.equal(await refused({}), 'campaign.name-taken')
})

test('how the fleet stands is counted by unit and opens into devices', async t => {
  const { h, post, get, fleet, install } = await scene(t, 4)
  await install(fleet.slice(0, 3))
  await post('/updates/refresh')
  await h.settle()
  const { platforms } = await get('/updates')
  assert.deepEqual(platforms, [
    { platform: 'ios', latest: '26.1', previous: '26.0', counts: { latest: 3, previous: 1 } },
  ])
  const { items } = await get('/updates/devices?filter=standing:previous')
  assert.deepEqual(
    items.map((i: { device: { id: string } }) => i.device.id),
    [fleet[3]],
  )
  assert.equal((await get(`/devices/${fleet[3]}/updates`)).standing, 'previous')
})
