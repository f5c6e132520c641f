import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, type Send } from '@muster/simulator/agent/asking.ts'
import { appOf } from '@muster/simulator/agent/phone.ts'
import type { Answer } from '@muster/wire/agent/messages.ts'
import * as devices from '../../areas/devices/index.ts'
import * as push from '../../areas/push/index.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'

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
