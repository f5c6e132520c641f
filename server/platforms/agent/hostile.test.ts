import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { ask, type Send } from '@muster/simulator/agent/asking.ts'
import { appOf } from '@muster/simulator/agent/phone.ts'
import { introduction } from '@muster/simulator/agent/told.ts'
import { hash64 } from '@muster/wire/agent/compact.ts'
import type { AgentMode, Answer, Challenge, Contacted, Enrolled } from '@muster/wire/agent/messages.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as privacy from '../../areas/privacy/index.ts'
import * as push from '../../areas/push/index.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'
import { everythingStored } from '../../testing/planted.ts'
import type { Id } from '../../base/id.ts'

test('what an agent told is held against a changed charter, and it tells again what may be known now', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const agent = await given.enrolledAgent({ phone: { apps: [appOf('com.example.dating', 'Dating')] } })
  const id = agent.state.enrolled?.device ?? ''
  const listed = async () => JSON.stringify((await h.run(ctx => devices.listOf(ctx, id, 'apps')))?.value ?? [])
  const challenges = () =>
    h.run(
      async ({ tx }) =>
        (
          await tx
            .selectFrom('agent_challenges' as 'events')
            .selectAll()
            .execute()
        ).length,
    )
  await agent.contact()
  assert.match(await listed(), /dating/)
  await h.run(ctx => devices.change(ctx, id, { ownership: 'personal' }))
  for (let i = 0; i < 3; i += 1) await h.settle()
  assert.doesNotMatch(await listed(), /dating/)
  // It is the company's again: what was forgotten is said anew, though nothing on the phone has changed.
  await h.run(ctx => devices.change(ctx, id, { ownership: 'company' }))
  for (let i = 0; i < 3; i += 1) await h.settle()
  await agent.contact()
  assert.match(await listed(), /dating/)
  assert.equal(await challenges(), 1)
  h.pass(49 * 3_600_000)
  await h.settle()
  assert.equal(await challenges(), 0)
})

test('what a work profile’s agent tells beyond it is not stored, and of a whole device it is', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const apps = [appOf('com.example.dating', 'Dating')]
  const place = { latitude: 59.3293, longitude: 18.0686, accuracyM: 12 }
  const agent = await given.enrolledAgent({ mode: 'work-profile', phone: { apps, place } })
  const whole = await given.enrolledAgent({ phone: { apps, place } })
  const idOf = (one: typeof agent): string => one.state.enrolled?.device ?? ''
  const listed = async (one: typeof agent): Promise<string> =>
    JSON.stringify((await h.run(ctx => devices.listOf(ctx, idOf(one), 'apps')))?.value ?? [])
  // The agent was told not to, and tells all the same.
  assert.notEqual(agent.state.document?.collect.apps, 'all')
  const collect = { facts: [''], apps: 'all', everyMs: 1 } as const
  if (agent.state.document) agent.state.document = { ...agent.state.document, collect }
  agent.state.appsTold = null
  await agent.contact()
  await whole.contact()
  assert.doesNotMatch(await listed(agent), /dating/)
  assert.match(await listed(whole), /dating/)
  // Where nobody may know any more what the person calls it, it is still called something.
  const keeping = { since: () => privacy.always, again: true }
  await h.run(async ctx => devices.purge(ctx, await devices.get(ctx, idOf(agent)), keeping))
  assert.equal((await h.run(ctx => devices.get(ctx, idOf(agent)))).name, 'Google Pixel 9')
  // And facts that nobody asked for, in words of its own making.
  const send: Send = async ({ method, path, body, headers }) =>
    h.http(method, path, { body: Buffer.from(body), headers })
  const tell = (one: typeof agent): Promise<Answer> => {
    const { state, phone } = one
    state.count += 1
    return ask({ phone, state, send, now: () => h.now() }, '/agent/v1/contact', {
      v: 1,
      ...{ n: state.count, instance: state.instance, boot: phone.boot, woken: null },
      ...{ have: { etag: null, generation: null, ordersSeen: 0 }, items: [], results: [], lists: {}, events: [] },
      facts: { 'location.latitude': 59.3, 'network.ssid': 'Home', 'cellular.phoneNumber': '+46700000000' },
      ...{ factsHash: 'x', channels: { sms: { number: '+46700000000', token: null, expiresAt: null } } },
    })
  }
  assert.equal((await tell(agent)).action, 'none')
  assert.equal((await tell(whole)).action, 'none')
  const told = async (one: typeof agent): Promise<string[]> =>
    (await h.run(ctx => devices.factsOf(ctx, idOf(one)))).map(f => f.key)
  assert.deepEqual(
    (await told(agent)).filter(key => /^(location|network|cellular)\./.test(key)),
    [],
  )
  assert.ok((await told(whole)).includes('network.ssid'))
  // Nor is the number kept by which its person could be texted.
  const texted = async (one: typeof agent): Promise<boolean> =>
    (await h.run(ctx => push.reachOf(ctx, one.state.enrolled?.enrollment ?? ''))).items.some(i => i.channel === 'sms')
  assert.deepEqual([await texted(agent), await texted(whole)], [false, true])
})

/** What no database may hold of a device of somebody's own; and its mark, by which it is found. */
const mark = /zq7|48\.8583/i
const place = { latitude: 48.858373, longitude: 2.294481, accuracyM: 5, at: 1, source: 'zq7' }
const words = {
  facts: {
    'location.latitude': place.latitude,
    'network.ssid': 'zq7 home',
    'network.wifiMac': 'zq7:00',
    'cellular.phoneNumber': '+46 zq7',
    'cellular.imei': ['zq7imei'],
    'identity.serial': 'ZQ7SERIAL',
    'identity.name': 'zq7’s phone',
    'security.zq7': 'zq7',
    'usage.apps': { 'com.zq7.dating': 900 },
  },
  apps: [{ ...appOf('com.zq7.dating', 'Zq7 Dating'), permissions: ['zq7.READ'] }],
  channels: { sms: { number: '+46 zq7', token: null, expiresAt: null } },
  events: [
    { id: 'e1', at: 1, type: 'app.opened', data: { app: 'com.zq7.dating' } },
    { id: 'e2', at: 1, type: 'document.refused', data: { code: 'Zq7 was here' } },
  ],
  items: [{ item: 'restrictions', version: 'x', state: 'failed', code: 'Zq7 code', detail: 'zq7 detail' }],
}

test('must-show 4: a hostile agent of a personal device gets nothing of its person into the database, and nobody can erase, lose or locate the device', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'owner' })
  const given = givenAgents(h)
  const send: Send = async ({ method, path, body, headers }) =>
    h.http(method, path, { body: Buffer.from(body), headers })
  /** Enrolls in a mode and says everything there is to say, true or not; answers its device. */
  const hostile = async (mode: AgentMode): Promise<string> => {
    const agent = given.agent({ mode })
    const { phone, state } = agent
    const on = { phone, state, send, now: () => h.now() }
    const token = await given.agentInvitation({ ownership: mode === 'work-profile' ? 'personal' : 'company' })
    const { challenge } = await ask<Challenge>(on, '/agent/v1/challenge', { token })
    state.count += 1
    const enrolled = await ask<Enrolled>(on, '/agent/v1/enroll', {
      ...{ v: 1, token, challenge, instance: state.instance, attestation: [] },
      device: { ...introduction(phone, mode), serial: 'ZQ7SERIAL' },
    })
    assert.equal(enrolled.action, 'none', JSON.stringify(enrolled))
    const { org, enrollment, device } = enrolled
    state.enrolled = { org, enrollment, device, certificate: hash64(Buffer.from(enrolled.certificate, 'base64')) }
    const tell = async (results: object[], base: string | null): Promise<Contacted> => {
      state.count += 1
      return ask<Contacted>(on, '/agent/v1/contact', {
        ...{ v: 1, n: state.count, instance: state.instance, boot: phone.boot, woken: null },
        ...{ have: { etag: null, generation: null, ordersSeen: 0 }, items: words.items, events: words.events },
        ...{ results, facts: words.facts, factsHash: 'x', channels: words.channels },
        lists: { apps: { base, put: words.apps, drop: [], hash: 'y' } },
      })
    }
    assert.equal((await tell([], null)).action, 'none')
    // One order is real; another, to erase itself, was never given.
    await h.run(ctx =>
      commands.send(ctx, { device: device as Id<'device'>, kind: 'message.show', args: { message: 'Hi' } }),
    )
    const { orders = '' } = await tell([], null)
    const handed = JSON.parse(Buffer.from(orders.split('.')[1] ?? '', 'base64url').toString()).orders[0].id
    const data = { ...place, apps: words.apps, phoneNumber: '+46 zq7' }
    await tell(
      [
        { order: handed, status: 'failed', code: 'Zq7', detail: 'zq7 detail', data },
        { order: randomUUID(), status: 'done', code: 'wiped', detail: 'zq7 wiped', data },
      ],
      'y',
    )
    await h.settle()
    return device
  }
  const device = await hostile('work-profile')
  const stored = await everythingStored(h)
  assert.ok(stored.length > 100)
  assert.deepEqual(
    stored.filter(({ text }) => mark.test(text)).map(({ table, text }) => [table, mark.exec(text)?.input]),
    [],
  )
  const shown = (await h.http('GET', `/api/v1/devices/${device}`, { as: key })).body
  assert.deepEqual([shown.state, shown.ownership, shown.serial], ['active', 'personal', null])
  const types = await h.events()
  assert.ok(!types.includes('device.wiped') && types.includes('answer.ignored'))

  // And nobody here can ask for what it may not be asked.
  const order = async (kind: string, args: object) =>
    (await h.http('POST', `/api/v1/devices/${device}/commands`, { as: key, body: { kind, args } })).body.code
  assert.equal(await order('wipe', { confirm: shown.name }), 'command.personal-device')
  assert.equal(await order('lost-mode.enable', { message: 'x' }), 'command.personal-device')
  assert.equal(await order('location.query', {}), 'command.personal-device')
  assert.equal(await order('clear-passcode', {}), 'command.personal-device')
  const missing = await h.http('POST', `/api/v1/devices/${device}/incidents`, { as: key, body: {} })
  assert.notEqual(missing.body.action, 'lost-mode')
  const at = `/api/v1/incidents/${missing.body.id}`
  const erase = await h.http('POST', `${at}/erase`, { as: key, body: { scope: 'all', confirm: shown.name } })
  assert.equal(erase.body.code, 'incident.personal-device')
  assert.ok((await h.http('POST', `${at}/locate`, { as: key })).status >= 400)
  assert.deepEqual(await h.run(ctx => ctx.tx.selectFrom('fixes').select('id').execute()), [])

  // The same words of a whole device are kept where the charter lets them be: what was looked for above can be found.
  await hostile('fully-managed')
  const kept = (await everythingStored(h)).filter(({ text }) => mark.test(text))
  assert.ok(kept.some(({ text }) => /com\.zq7\.dating/.test(text)) && kept.some(({ text }) => /ZQ7SERIAL/.test(text)))
})

test('an agent speaks for its own device alone', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const one = await given.enrolledAgent()
  const other = await given.enrolledAgent()
  // It names another certificate than the one whose key it has.
  const { enrolled } = one.state
  one.state.enrolled = other.state.enrolled
  one.phone.osVersion = '99'
  assert.partialDeepStrictEqual(await one.contact(), { action: 'retry', code: 'device.signature-wrong' })
  const device = await h.run(ctx => devices.get(ctx, other.state.enrolled?.device ?? ''))
  assert.equal(device.osVersion, '16')
  // Ids of others in what it may say change nothing of theirs.
  one.state.enrolled = enrolled
  one.state.journal.set('somebody-elses', { order: 'somebody-elses', status: 'done' })
  const answer = await one.contact()
  assert.equal(answer.action, 'none')
  assert.equal((await h.run(ctx => devices.get(ctx, enrolled?.device ?? ''))).osVersion, '99')
})

test('what a stranger says is not looked at before it is known who speaks, and nesting without end is refused', async t => {
  const h = await house(t)
  const agent = await givenAgents(h).enrolledAgent()
  const post = (body: string, headers = {}) =>
    h.http('POST', '/agent/v1/contact', {
      body: Buffer.from(body),
      headers: { 'content-type': 'application/json', ...headers },
    })
  // Each of these is wrong in a hundred ways; a million of them would keep the server busy for a second.
  const wrong = `{"lists":{"apps":{"put":[${'{"permissions":[0,0,0]},'.repeat(50)}{}]}}}`
  assert.deepEqual((await post(wrong)).body.code, 'device.proof-missing')
  const send: Send = ({ body, headers }) => post(Buffer.from(body).toString(), headers)
  const on = { ...agent, send, now: () => h.now() }
  const other = { ...agent.state, key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }
  const asStranger = await ask<Answer>({ ...on, state: other }, '/agent/v1/contact', JSON.parse(wrong))
  assert.equal(asStranger.code, 'device.signature-wrong')
  assert.equal((await ask<Answer>(on, '/agent/v1/contact', JSON.parse(wrong))).code, 'agent.message')
  let deep: unknown = 1
  for (let i = 0; i < 100; i += 1) deep = [deep]
  agent.state.count += 1
  const { state, phone } = agent
  const said = {
    ...{ v: 1, n: state.count, instance: state.instance, boot: phone.boot, woken: null },
    ...{ have: { etag: null, generation: null, ordersSeen: 0 }, items: [], results: [], lists: {}, events: [] },
    ...{ factsHash: 'x', channels: {} },
  }
  const tell = (facts: object) => ask<Answer>(on, '/agent/v1/contact', { ...said, facts })
  assert.partialDeepStrictEqual(await tell({ 'other.deep': deep }), { action: 'retry', code: 'agent.message' })
  assert.equal((await tell({ 'other.deep': [[1]] })).action, 'none')

  // Whoever holds a device can say anything as often as they like; the log, which is for ever, takes some of it.
  const event = { at: 1, type: 'document.refused', data: { code: 'unsigned' } }
  for (let n = 0; n < 2; n += 1) {
    state.count += 1
    const results = Array.from({ length: 100 }, () => ({ order: randomUUID(), status: 'done' }))
    const events = Array.from({ length: 200 }, () => ({ ...event, id: randomUUID() }))
    assert.equal(
      (await ask<Answer>(on, '/agent/v1/contact', { ...said, n: state.count, results, events, facts: {} })).action,
      'none',
    )
  }
  const types = await h.events()
  for (const type of ['answer.ignored', 'agent.refused'])
    assert.equal(types.filter(one => one === type).length, 100, type)
})
