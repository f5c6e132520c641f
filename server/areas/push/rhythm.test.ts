import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newAgent } from '@muster/simulator/agent/agent.ts'
import { newPhone } from '@muster/simulator/agent/phone.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import { estimateOf, sizes } from './estimate.ts'
import { waitOn } from './ladder.ts'
import * as store from './reach-store.ts'

const minute = 60_000
const hour = 60 * minute

test('agents call by the rhythm of their unit, sooner while lost, cost what is estimated, and one is called by one channel alone to try it', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'owner' })
  const unit = await h.given.unit({ parent: h.root.id, name: 'Depot' })
  let bytes = 0
  const agent = newAgent(
    newPhone(),
    async ({ method, path, body, headers }) => {
      const sent = method === 'GET' ? { headers } : { body: Buffer.from(body), headers }
      const answer = await h.http(method, path, sent)
      const lengthOf = (all: Record<string, string>): number => Object.entries(all).join('\r\n').length + 2
      bytes = body.length + lengthOf(headers) + lengthOf(answer.headers) + answer.bytes.length + 120
      return { status: answer.status, body: answer.body }
    },
    'fully-managed',
    () => h.now(),
  )
  await agent.enroll(await givenAgents(h).agentInvitation({ unit: unit.id }))
  await agent.contact()
  await h.settle()
  const { device = '', enrollment = '' } = agent.state.enrolled ?? {}
  const quiet = async () => {
    await agent.contact()
    return (await agent.contact()).next
  }
  assert.deepEqual(await quiet(), { afterMs: 15 * minute, jitterMs: 3 * minute })
  // What the estimate says of a contact is what one takes, and of a wait.
  assert.ok(Math.abs(bytes - sizes.contact) < sizes.contact / 4, `a contact takes ${bytes} bytes`)
  await agent.wait(1)
  assert.ok(Math.abs(bytes - sizes.wait) < sizes.wait / 3, `a wait takes ${bytes} bytes`)
  const at = `/api/v1/units/${h.root.id}/wake-rhythm`
  const below = `/api/v1/units/${unit.id}/wake-rhythm`
  const body = { everyMs: 4 * hour, jitterPercent: 10, lostEveryMs: 2 * minute }
  assert.equal((await h.http('PUT', at, { as: key, body })).status, 200)
  assert.equal((await h.http('PUT', at, { as: key, body: { ...body, everyMs: 1000 } })).status, 400)
  assert.deepEqual(await quiet(), { afterMs: 4 * hour, jitterMs: 24 * minute })
  assert.partialDeepStrictEqual((await h.http('GET', below, { as: key })).body, { own: false, from: h.root.id })
  assert.equal((await h.http('PUT', below, { as: key, body: { ...body, everyMs: hour } })).status, 200)
  assert.partialDeepStrictEqual((await h.http('GET', below, { as: key })).body, { own: true, everyMs: hour })
  assert.equal((await quiet()).afterMs, hour)
  await h.run(ctx => devices.setState(ctx, device, 'lost'))
  assert.deepEqual(await quiet(), { afterMs: 2 * minute, jitterMs: 12_000 })
  await h.run(ctx => devices.setState(ctx, device, 'active'))
  assert.equal((await h.http('DELETE', below, { as: key })).status, 204)
  assert.equal((await quiet()).afterMs, 4 * hour)
  assert.equal((await h.events()).filter(e => e === 'wake-rhythm.changed').length, 3)
  // The ladder leaves an agent as long as its rhythm lets it be silent.
  await h.run(ctx => commands.send(ctx, { device, kind: 'lock', args: {}, priority: 'normal' }))
  h.pass(5001)
  await h.settle()
  const call = await h.run(ctx => store.findCall(ctx, enrollment))
  assert.deepEqual([call?.channel, (call?.next_at ?? 0) - h.now()], ['poll', 264 * minute])

  const tryIt = (channel: string, to?: string) =>
    h.http('POST', '/api/v1/wake-channels/trial', {
      as: key,
      body: { channel, ...(to === undefined ? {} : { device: to }) },
    })
  const trial = async () => {
    const listed = await h.http('GET', '/api/v1/wake-channels', { as: key })
    return (listed.body.items as { channel: string; trial: object | null }[]).find(i => i.channel === 'wait')?.trial
  }
  assert.equal((await tryIt('fcm')).body.code, 'wake-channel.off')
  assert.equal((await tryIt('wait')).body.code, 'wake-channel.busy')
  await agent.contact()
  assert.partialDeepStrictEqual((await tryIt('wait', device)).body, { device, outcome: null })
  assert.partialDeepStrictEqual(await trial(), { step: 'sent', outcome: null })
  const nonce = await agent.wait(1000)
  h.pass(300)
  await agent.contact({ channel: 'wait', nonce: nonce ?? '' })
  assert.partialDeepStrictEqual(await trial(), { step: 'ended', outcome: 'answered', latencyMs: 300 })
  assert.equal((await tryIt('wait')).status, 202)
  h.pass(5001)
  await h.settle()
  assert.partialDeepStrictEqual(await trial(), { outcome: 'silent' })
  assert.equal(await h.run(ctx => store.findCall(ctx, enrollment)), undefined)
  // What is really wanted meanwhile goes up the whole ladder.
  await tryIt('wait')
  await h.run(ctx => commands.send(ctx, { device, kind: 'lock', args: {} }))
  assert.partialDeepStrictEqual(await trial(), { outcome: 'elsewhere' })
  h.pass(5001)
  await h.settle()
  assert.equal((await h.run(ctx => store.findCall(ctx, enrollment)))?.channel, 'poll')
  agent.state.reach = {}
  await agent.contact()
  assert.equal((await tryIt('wait')).body.code, 'wake-channel.nobody')
})

test('an estimate grows with what it counts, and an urgent wake waits a minute only the first time', () => {
  const of = (everyMs: number, channel: string) =>
    estimateOf({ everyMs, jitterPercent: 20 }).items.find(i => i.channel === channel)
  const quarter = of(15 * minute, 'poll')
  // 87 contacts of 5.9 kB; 12 J each are 75 mAh of a battery of 5000.
  assert.deepEqual(quarter, {
    channel: 'poll',
    radioWakes: 87,
    kB: 510,
    mobile: { mAh: 76, percent: 1.5 },
    wifi: { mAh: 6.3, percent: 0.13 },
  })
  assert.ok((of(5 * minute, 'poll')?.kB ?? 0) > 2.5 * (quarter?.kB ?? 0))
  assert.equal(of(15 * minute, 'fcm')?.kB, quarter?.kB)
  assert.ok((of(hour, 'mqtt')?.radioWakes ?? 0) > 360)
  const urgent = { urgent: true, rhythmMs: 18 * minute }
  assert.deepEqual(
    [0, 1, 2].map(round => waitOn('poll', { ...urgent, round })),
    [minute, 18 * minute, hour],
  )
  assert.equal(waitOn('poll', { round: 0, urgent: false, rhythmMs: 18 * minute }), 18 * minute)
})
