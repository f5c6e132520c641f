import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as devices from '../devices/index.ts'
import { type House, house } from '../../testing/house.ts'
import { askException } from './exception.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const told = async (h: House, type = 'verdict.changed') => {
  const { key } = await h.given.admin()
  const { body } = await h.http('GET', `/api/v1/events?filter=type:${type}&limit=200`, { as: key })
  return (body.items as { data: Record<string, unknown> }[]).map(e => e.data).reverse()
}

const apps = (...ids: string[]) =>
  ids.map(identifier => ({ identifier, name: identifier.split('.').at(-1) ?? '', shortVersion: '1.0', managed: null }))

async function scene(t: Parameters<typeof house>[0]) {
  const h = await house(t)
  const { key } = await h.given.admin()
  const post = (body: object, query = '') =>
    h.http('POST', `/api/v1/rules${query}`, { as: key, body: { unit: h.root.id, ...body } })
  const of = async (id: string) => (await h.http('GET', `/api/v1/devices/${id}/compliance`, { as: key })).body
  return { h, key, post, of }
}

test('an app that appears flags the device in one inventory cycle, and the violation resolves itself when it is gone', async t => {
  const { h, key, post, of } = await scene(t)
  const user = await h.given.user({ displayName: 'Aya Tanaka' })
  const one = await h.given.device({ user: user.id })
  await h.run(ctx => devices.reportList(ctx, one.id, 'apps', apps('com.example.mail')))
  const body = {
    name: 'No games',
    kind: 'apps',
    params: { list: 'deny', apps: [{ app: 'com.example.game', name: 'Game' }] },
    severity: 'high',
    responses: [{ kind: 'notify-person' }, { kind: 'tag', tag: 'has-games' }],
  }
  const made = await post(body)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  await h.settle()
  assert.equal((await of(one.id)).state, 'compliant')

  h.pass(1000)
  await h.run(ctx => devices.reportList(ctx, one.id, 'apps', apps('com.example.mail', 'com.example.game')))
  await h.settle()
  const now = await of(one.id)
  assert.equal(now.state, 'violating')
  assert.deepEqual(now.rules[0].evidence, {
    code: 'app-forbidden',
    facts: { count: 1, app: 'game' },
    found: [{ id: 'com.example.game', name: 'game', detail: '1.0' }],
  })
  assert.deepEqual(await h.run(ctx => devices.tagsOf(ctx, one.id)), ['has-games'])
  assert.equal((await h.http('GET', `/api/v1/rules/${made.body.id}`, { as: key })).body.counts.violating, 1)

  h.pass(1000)
  await h.run(ctx => devices.reportList(ctx, one.id, 'apps', apps('com.example.mail')))
  await h.settle()
  assert.equal((await of(one.id)).state, 'compliant')
  assert.deepEqual(await h.run(ctx => devices.tagsOf(ctx, one.id)), [])
  const events = await told(h)
  assert.deepEqual(
    events.map(e => [e['before'], e['now'], e['apps']]),
    [
      ['compliant', 'violating', ['game']],
      ['violating', 'compliant', []],
    ],
  )
  assert.equal(events[0]?.['person'], user.id)
  const history = (await of(one.id)).history as { verdict: string }[]
  assert.deepEqual(
    history.map(e => e.verdict),
    ['compliant', 'violating', 'compliant'],
  )
  assert.deepEqual(
    (await told(h, 'verdict.responded')).map(e => e['response']),
    ['notify-person', 'tag'],
  )
})

test('a preview says how many devices would be flagged, and keeps nothing', async t => {
  const { h, key, post } = await scene(t)
  for (let i = 0; i < 5; i += 1) {
    const one = await h.given.device()
    await h.run(ctx =>
      devices.reportList(ctx, one.id, 'apps', i < 3 ? apps('com.example.game') : apps('com.example.mail')),
    )
  }
  const body = { name: 'No games', kind: 'apps', params: { list: 'deny', apps: [{ app: 'com.example.game' }] } }
  const { body: seen } = await post(body, '?dryRun=true')
  assert.equal(seen.forecast.flagged, 3)
  assert.equal(seen.forecast.looked, 5)
  assert.equal(seen.forecast.sample.length, 3)
  assert.deepEqual(
    seen.forecast.byUnit.map((u: { devices: number }) => u.devices),
    [3],
  )
  assert.equal((await h.http('GET', '/api/v1/rules', { as: key })).body.items.length, 0)
  assert.ok(!(await h.events()).includes('rule.added'))
})

test('on a personal device a rule about apps sees only what the org put there, even where more was listed before', async t => {
  const { h, post, of } = await scene(t)
  const one = await h.given.device({ ownership: 'company' })
  await h.run(ctx => devices.reportList(ctx, one.id, 'apps', apps('com.example.game')))
  await post({ name: 'No games', kind: 'apps', params: { list: 'deny', apps: [{ app: 'com.example.game' }] } })
  await h.settle()
  assert.equal((await of(one.id)).state, 'violating')
  await h.run(ctx => devices.change(ctx, one.id, { ownership: 'personal' }))
  await h.settle()
  assert.equal((await of(one.id)).state, 'compliant')
  const past = await h.run(ctx => ctx.tx.selectFrom('verdict_history').selectAll().execute())
  assert.doesNotMatch(JSON.stringify(past), /game/, 'what was found is forgotten with whose the device was')
  await h.run(ctx => devices.reportList(ctx, one.id, 'apps', apps('com.example.game')))
  await h.settle()
  assert.equal((await of(one.id)).state, 'compliant')
  const rows = await h.run(ctx => ctx.tx.selectFrom('device_apps').selectAll().execute())
  assert.deepEqual(rows, [])
  const managed = [{ identifier: 'com.example.game', name: 'Game', shortVersion: '1', managed: true }]
  await h.run(ctx => devices.reportList(ctx, one.id, 'apps', managed))
  await h.settle()
  assert.equal((await of(one.id)).state, 'violating')
})

test('grace runs from the first violation; responses come in their order after their delays, and a lock goes out as a command', async t => {
  const { h, key, post, of } = await scene(t)
  const { device } = await h.given.enrolled({})
  await h.run(ctx => devices.learn(ctx, device.id, 'given', { 'security.passcode': false }))
  const responses = [
    { kind: 'lock', afterHours: 48 },
    { kind: 'notify-admins', afterHours: 24 },
    { kind: 'notify-person' },
  ]
  await post({ name: 'Passcode', kind: 'passcode', graceHours: 24, responses })
  await h.settle()
  assert.equal((await of(device.id)).state, 'grace')
  assert.deepEqual(
    (await told(h, 'verdict.responded')).map(e => e['response']),
    ['notify-person'],
  )
  h.pass(25 * hourMs)
  await h.settle()
  assert.equal((await of(device.id)).state, 'violating')
  assert.deepEqual(
    (await told(h)).map(e => e['now']),
    ['grace', 'violating'],
  )
  h.pass(24 * hourMs)
  await h.settle()
  const done = await told(h, 'verdict.responded')
  assert.deepEqual(
    done.map(e => e['response']),
    ['notify-person', 'notify-admins', 'lock'],
  )
  assert.equal(done[2]?.['refused'], null)
  const { body } = await h.http('GET', `/api/v1/devices/${device.id}/commands`, { as: key })
  assert.ok(body.items.some((c: { id: string; kind: string }) => c.kind === 'lock' && c.id === done[2]?.['command']))
  h.pass(72 * hourMs)
  await h.settle()
  assert.equal((await told(h, 'verdict.responded')).length, 3, 'each response is carried out once')
})

test('an exception holds until it ends by itself', async t => {
  const { h, key, post, of } = await scene(t)
  const one = await h.given.device({ facts: { 'security.passcode': false } })
  const { body: rule } = await post({ name: 'Passcode', kind: 'passcode' })
  await h.settle()
  assert.equal((await of(one.id)).state, 'violating')
  const ask = { rule: rule.id, reason: 'waits for a repair', until: h.now() + 2 * dayMs }
  const granted = await h.http('POST', `/api/v1/devices/${one.id}/exceptions`, { as: key, body: ask })
  assert.equal(granted.status, 201, JSON.stringify(granted.body))
  await h.settle()
  assert.equal((await of(one.id)).state, 'compliant')
  assert.equal((await of(one.id)).rules[0].verdict, 'excepted')
  h.pass(2 * dayMs + 120_000)
  await h.settle()
  await h.settle()
  assert.equal((await of(one.id)).state, 'violating')
  const { body } = await h.http('GET', '/api/v1/exceptions', { as: key })
  assert.deepEqual(
    body.items.map((e: { state: string }) => e.state),
    ['ended'],
  )
  assert.ok((await h.events()).includes('exception.ended'))
  const late = await h.http('POST', `/api/v1/devices/${one.id}/exceptions`, {
    as: key,
    body: { ...ask, until: h.now() + 400 * dayMs },
  })
  assert.equal(late.body.code, 'exception.until')
})

test('a silent device is flagged by time alone, and cleared when it calls', async t => {
  const { h, post, of } = await scene(t)
  const one = await h.given.device({})
  await post({ name: 'Silent', kind: 'silent', params: { days: 3 } })
  await h.settle()
  assert.equal((await of(one.id)).state, 'compliant')
  h.pass(3 * dayMs + 60_000)
  await h.settle()
  assert.equal((await of(one.id)).state, 'violating')
  devices.seen(h.base, h.org, one.id, h.now())
  await devices.flushSeen(h.base)
  h.pass(11 * 60_000)
  await h.settle()
  assert.equal((await of(one.id)).state, 'compliant')
})

test('a removed rule takes its verdicts, counts and tags with it; a removed device leaves no count behind', async t => {
  const { h, key, post, of } = await scene(t)
  const one = await h.given.device({ facts: { 'security.passcode': false } })
  const other = await h.given.device({ facts: { 'security.passcode': false } })
  const { body: rule } = await post({
    name: 'Passcode',
    kind: 'passcode',
    responses: [{ kind: 'restrict', tag: 'held' }],
  })
  await h.settle()
  const summary = async () => (await h.http('GET', '/api/v1/compliance', { as: key })).body
  assert.equal((await summary()).states.violating, 2)
  assert.deepEqual(await h.run(ctx => devices.tagsOf(ctx, one.id)), ['held'])
  await h.run(async ctx => {
    await devices.setState(ctx, other.id, 'ended')
    await devices.remove(ctx, other.id)
  })
  await h.settle()
  await h.settle()
  assert.equal((await summary()).states.violating, 1)
  await h.http('DELETE', `/api/v1/rules/${rule.id}`, { as: key })
  await h.settle()
  assert.equal((await summary()).states.violating, 0)
  assert.equal((await of(one.id)).state, null)
  assert.deepEqual(await h.run(ctx => devices.tagsOf(ctx, one.id)), [])
})

test('the device list asks for what violates, shows it, writes it to a file and still knows of it later; Home and the search lead there', async t => {
  const { h, key, post } = await scene(t)
  const bad = await h.given.device({ name: 'Bad', facts: { 'security.passcode': false } })
  const good = await h.given.device({ name: 'Good', facts: { 'security.passcode': true } })
  const { body: rule } = await post({ name: 'A passcode is set', kind: 'passcode', severity: 'high' })
  await h.settle()
  const find = async (filter: string) => {
    const { body } = await h.http('GET', `/api/v1/devices?filter=${encodeURIComponent(filter)}`, { as: key })
    return (body.items as { id: string }[]).map(d => d.id)
  }
  assert.deepEqual(await find('compliance:violating'), [bad.id])
  assert.deepEqual(await find('compliance:compliant'), [good.id])
  assert.deepEqual(await find('rule:"A passcode is set"'), [bad.id])
  assert.deepEqual(await find(`rule:${rule.id} -compliance:violating`), [])
  assert.deepEqual(await find('compliance:none'), [])
  const { body: wrong } = await h.http('GET', '/api/v1/devices?filter=compliance:fine', { as: key })
  assert.equal(wrong.code, 'filter.malformed')
  const row = (await h.http('GET', '/api/v1/devices?filter=name:Bad', { as: key })).body.items[0]
  assert.deepEqual(row.compliance, { state: 'violating', violating: 1, severity: 'high' })
  const csv = await h.http('GET', '/api/v1/devices.csv?columns=name,compliance,violations&sort=name', { as: key })
  assert.match(String(csv.body), /Bad,violating,1\r\nGood,compliant,0/)
  const home = await h.http('GET', '/api/v1/home', { as: key })
  const decision = home.body.decisions.find((d: { code: string }) => d.code === 'devices-violating')
  assert.deepEqual([decision.tone, decision.facts], ['danger', { count: 1, grave: 1 }])
  const found = await h.http('GET', '/api/v1/search?q=passcode', { as: key })
  assert.deepEqual(found.body.rules, [{ id: rule.id, name: 'A passcode is set', kind: 'passcode' }])
})

test('a newer version in the fleet starts a clock for the others, in whatever order they were judged', async t => {
  const { h, post, of } = await scene(t)
  const old = await h.given.device({ osVersion: '18.1' })
  await post({ name: 'Current', kind: 'os-age', params: { maxDaysBehind: 30 } })
  await post({ name: 'Passcode', kind: 'passcode' })
  await h.settle()
  h.pass(40 * dayMs)
  await h.settle()
  const age = async () => (await of(old.id)).rules.find((r: { rule: { name: string } }) => r.rule.name === 'Current')
  assert.equal((await age()).verdict, 'compliant', 'nothing newer is known')
  await h.given.device({ osVersion: '18.2' })
  await h.settle()
  assert.equal((await age()).verdict, 'compliant')
  h.pass(31 * dayMs)
  await h.settle()
  assert.deepEqual([(await age()).verdict, (await age()).evidence.facts.newest], ['violating', '18.2'])
})

test('an admin of one unit sees and changes the rules and devices of that unit alone, and may not set off what they may not do', async t => {
  const { h, key } = await scene(t)
  const unit = await h.given.unit({ name: 'Own' })
  const admin = await h.given.admin({ role: 'admin', unit: unit.id })
  const inside = await h.given.device({ unit: unit.id, facts: { 'security.passcode': false } })
  const outside = await h.given.device({ facts: { 'security.passcode': false } })
  const body = { name: 'Passcode', kind: 'passcode', unit: h.root.id }
  assert.equal((await h.http('POST', '/api/v1/rules', { as: admin.key, body })).status, 404)
  await h.http('POST', '/api/v1/rules', { as: key, body })
  const own = await h.http('POST', '/api/v1/rules', { as: admin.key, body: { ...body, unit: unit.id } })
  assert.equal(own.status, 201, JSON.stringify(own.body))
  await h.settle()
  const { body: list } = await h.http('GET', '/api/v1/rules', { as: admin.key })
  assert.deepEqual(
    list.items.map((r: { id: string }) => r.id),
    [own.body.id],
  )
  const { body: summary } = await h.http('GET', '/api/v1/compliance', { as: admin.key })
  assert.equal(summary.states.violating, 1)
  assert.equal((await h.http('GET', `/api/v1/devices/${inside.id}/compliance`, { as: admin.key })).status, 200)
  assert.equal((await h.http('GET', `/api/v1/devices/${outside.id}/compliance`, { as: admin.key })).status, 404)
  const reader = await h.given.admin({ role: 'operator', unit: unit.id })
  const refused = await h.http('POST', '/api/v1/rules', { as: reader.key, body: { ...body, unit: unit.id } })
  assert.equal(refused.body.code, 'permission.missing')
})

test('what a person asks for waits for an answer, and only for their own device', async t => {
  const { h, key, post } = await scene(t)
  const user = await h.given.user({})
  const other = await h.given.user({})
  const one = await h.given.device({ user: user.id, facts: { 'security.passcode': false } })
  const { body: rule } = await post({ name: 'Passcode', kind: 'passcode' })
  await h.settle()
  const ask = (of: typeof user.id) =>
    h.run(ctx => askException(ctx, { user: of, device: one.id, rule: rule.id, reason: 'my hand is broken' }))
  await assert.rejects(ask(other.id), { code: 'id.unknown' })
  const id = await ask(user.id)
  assert.equal(await ask(user.id), id, 'asking again is the same question')
  const decided = await h.http('POST', `/api/v1/exceptions/${id}/decide`, { as: key, body: { grant: true } })
  assert.equal(decided.body.state, 'granted')
  await h.settle()
  const twice = await h.http('POST', `/api/v1/exceptions/${id}/decide`, { as: key, body: { grant: false } })
  assert.equal(twice.body.code, 'exception.decided')
  const types = (await h.events()).filter(e => e.startsWith('exception.'))
  assert.deepEqual(types, ['exception.asked', 'exception.asked', 'exception.granted'])
})
