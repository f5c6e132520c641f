import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VirtualAgent } from '@muster/simulator/agent/agent.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { type House, house } from '../../testing/house.ts'
import * as commands from '../commands/index.ts'
import * as push from './index.ts'
import * as store from './reach-store.ts'

const minute = 60_000

function wait(h: House, agent: VirtualAgent, ms = 60_000): Promise<string | null> {
  const enrollment = agent.state.enrolled?.enrollment ?? ''
  return push.waitFor(h.base, { org: h.org, enrollment }, { signal: AbortSignal.timeout(ms), ms })
}

async function lock(h: House, agent: VirtualAgent): Promise<void> {
  const device = agent.state.enrolled?.device ?? ''
  await h.run(ctx => commands.send(ctx, { device, kind: 'lock', args: {} }))
}

test('an agent that waits is called at once, and its contact settles the wake', async t => {
  const h = await house(t)
  const agent = await givenAgents(h).enrolledAgent()
  await h.settle()
  const enrollment = agent.state.enrolled?.enrollment ?? ''
  await agent.contact()
  assert.equal(await wait(h, agent, 20), null)
  const waiting = wait(h, agent)
  await lock(h, agent)
  const nonce = await waiting
  assert.ok(nonce)
  // Nobody called yet, so whoever asks again is told the same.
  assert.equal(await wait(h, agent), nonce)
  h.pass(300)
  await agent.contact({ channel: 'wait', nonce })
  assert.equal(agent.phone.locked, true)
  assert.equal(await h.run(ctx => store.findCall(ctx, enrollment)), undefined)
  const reach = await h.run(ctx => store.findReach(ctx, enrollment, 'wait'))
  assert.partialDeepStrictEqual(reach, { latency_ms: 300, answered_at: h.now() })
  const shown = await h.run(ctx => push.reachOf(ctx, enrollment))
  const known = shown.items.find(i => i.channel === 'wait')
  const at = h.now() - 300
  assert.partialDeepStrictEqual(known, { triedAt: at, answeredAt: h.now(), last: { at, outcome: 'answered' } })
  assert.partialDeepStrictEqual(shown, { active: 'wait', pending: null })
})

test('an unanswered wake climbs its ladder to the end and begins again; the agent that calls by itself ends it', async t => {
  const h = await house(t)
  const agent = await givenAgents(h).enrolledAgent()
  await h.settle()
  await agent.contact()
  const enrollment = agent.state.enrolled?.enrollment ?? ''
  await lock(h, agent)
  const at = async (): Promise<[string | null | undefined, number | undefined]> => {
    const call = await h.run(ctx => store.findCall(ctx, enrollment))
    return [call?.channel, call?.round]
  }
  assert.deepEqual(await at(), ['wait', 0])
  await h.settle()
  assert.deepEqual(await at(), ['wait', 0])
  h.pass(5001)
  await h.settle()
  assert.deepEqual(await at(), ['poll', 0])
  h.pass(15 * minute + 1)
  await h.settle()
  assert.deepEqual(await at(), ['wait', 1])
  await lock(h, agent)
  await agent.contact()
  assert.deepEqual(await at(), [undefined, undefined])
  assert.equal(agent.phone.done.length, 2)
  assert.partialDeepStrictEqual(await h.run(ctx => store.findReach(ctx, enrollment, 'poll')), {
    answered_at: h.now(),
  })
})

test('of two waits of one agent the newer counts, and another agent is not called', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const one = await given.enrolledAgent()
  const other = await given.enrolledAgent()
  await h.settle()
  await one.contact()
  await other.contact()
  const older = wait(h, one)
  const newer = wait(h, one)
  const stranger = wait(h, other, 200)
  assert.equal(await older, null)
  await lock(h, one)
  assert.ok(await newer)
  assert.equal(await stranger, null)
  assert.equal(push.waitingNow(h.base.secrets), 0)
})
