import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as guard from '../../areas/guard/index.ts'
import * as hours from '../../areas/hours/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { Id } from '../../base/id.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'

const hour = 3_600_000
// The house opens on Friday 2026-11-20, 09:00 UTC.
const value = {
  windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' }],
  zone: 'UTC',
  camera: false,
}

test('an agent that reaches nobody ends working time at its hour and begins it again; what the server had computed meanwhile is the same', async t => {
  const h = await house(t)
  const agent = await givenAgents(h).enrolledAgent()
  const device = agent.state.enrolled?.device as Id<'device'>
  const enrollment = agent.state.enrolled?.enrollment ?? ''
  const inForce = (): string[] => [...agent.phone.inForce.keys()]
  const states = async (): Promise<string[]> =>
    (await h.run(ctx => reconcile.statusOf(ctx, enrollment))).map(i => `${i.item} ${i.state}`)
  await h.given.assigned({ policies: [{ kind: 'work-time', value }] })
  await h.settle()
  await agent.contact()
  assert.deepEqual(inForce(), [], 'people work')
  const told = agent.state.document?.hours
  assert.deepEqual(told?.item.value, { camera: false }, 'not when, which the spans say')
  assert.ok(told !== undefined && told.until - h.now() > 27 * 24 * hour, 'for weeks')

  // Nothing is heard from the server from here on.
  const { generation } = agent.state.document ?? {}
  h.pass(8 * hour - 1)
  agent.keepTime()
  assert.deepEqual(inForce(), [])
  h.pass(1)
  agent.keepTime()
  assert.deepEqual(inForce(), ['work-time'])
  // It calls a moment before the server has computed what it is now.
  await agent.contact()
  assert.deepEqual(await states(), [])
  await h.settle()
  await agent.contact()
  assert.deepEqual(await states(), ['work-time installed'])
  assert.deepEqual(agent.phone.inForce.size, 1)

  h.pass((2 * 24 + 15) * hour)
  agent.keepTime()
  assert.deepEqual(inForce(), [], 'Monday at eight')
  await agent.contact()
  assert.deepEqual(await states(), ['work-time wanted'], 'no drift: its time was over')
  await h.settle()
  await agent.contact()
  assert.deepEqual(await states(), [])
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('item.')),
    [],
    'nobody is told of drift or failure',
  )
  assert.ok((agent.state.document?.generation ?? 0) > (generation ?? 0))

  // An exception that begins later is known before it does.
  const subject = { kind: 'device', id: device } as const
  const from = h.now() + 10 * hour
  await h.run(ctx => hours.grant(ctx, { subject, fromMs: from, untilMs: from + hour, reason: 'Trip' }))
  await agent.contact()
  h.pass(9 * hour)
  agent.keepTime()
  assert.deepEqual(inForce(), ['work-time'])
  h.pass(1.5 * hour)
  agent.keepTime()
  assert.deepEqual(inForce(), [], 'released in the evening')
  h.pass(hour)
  agent.keepTime()
  assert.deepEqual(inForce(), ['work-time'])

  // A clock that is doubted switches nobody: no hours are told.
  h.jump(30 * 24 * hour)
  await h.server.watch.look()
  assert.equal(await h.run(guard.timeTrusted), false)
  await agent.contact()
  assert.equal(agent.state.document?.hours, undefined)
})
