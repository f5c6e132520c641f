import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { StatementSync } from 'node:sqlite'
import { test } from 'node:test'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'
import { contactAnswer, documentShape } from './answer-shapes.ts'

test('a device enrolls by a code, gets what it should have, says so, and is given orders', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const agent = await given.enrolledAgent()
  await h.settle()
  const id = agent.state.enrolled?.device ?? ''
  const device = await h.run(ctx => devices.get(ctx, id))
  assert.partialDeepStrictEqual(device, { platform: 'android', state: 'active', serial: agent.phone.serial })
  const order = await h.run(ctx => commands.send(ctx, { device: id, kind: 'lock', args: { message: 'Please call' } }))
  await agent.contact()
  assert.equal(agent.phone.locked, true)
  assert.deepEqual(
    agent.phone.done.map(o => [o.kind, o.args]),
    [['lock', { message: 'Please call' }]],
  )
  const admin = await h.given.admin({ role: 'owner' })
  const shown = await h.http('GET', `/api/v1/commands/${order}`, { as: admin.key })
  assert.equal(shown.body.state, 'done')
  const apps = await h.run(ctx => devices.listOf(ctx, id, 'apps'))
  assert.equal(Array.isArray(apps?.value) && apps.value.length, 2)
  // What is published of the language is what is said.
  contactAnswer.strict().parse(await agent.contact())
  documentShape.strict().parse(agent.state.document)
  if (h.base.engine.kind !== 'sqlite') return
  // Nothing is asked twice, and what no write has changed since the contact before is known from then: at most eight questions, and room for a job beside them.
  const asked = t.mock.method(StatementSync.prototype, 'all').mock
  await agent.contact()
  assert.ok(asked.callCount() >= 1 && asked.callCount() <= 12, `${asked.callCount()} questions`)
})

test('what a device cannot take of a policy is told before it is saved, left out of its document, and named on its page', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const phone = (osVersion: string, apiLevel: number) => ({ phone: { osVersion, apiLevel } })
  const [whole, personal] = [
    await given.enrolledAgent(phone('12', 31)),
    await given.enrolledAgent({ ...phone('16', 36), mode: 'work-profile' }),
  ]
  const value = { camera: false, eraseByUser: false, requireKnownWifi: true }
  const { id: policy } = await h.given.policy({ kind: 'restrictions', value: { camera: false } })
  await h.given.assigned({ policies: [policy] })
  await h.settle()
  const { key } = await h.given.admin({ role: 'owner' })
  const ask = (method: string, path: string, body?: unknown) => h.http(method, `/api/v1${path}`, { as: key, body })
  const { body } = await ask('POST', `/policies/${policy}/versions?dryRun=true`, { value })
  const of = { policy, kind: 'restrictions', platform: 'android', road: 'agent', devices: 1 }
  assert.deepEqual(
    body.preview.unhonored.toSorted((a: { mode: string }, b: { mode: string }) => (a.mode < b.mode ? -1 : 1)),
    [
      { ...of, mode: 'fully-managed', reason: 'agent.api-level', keys: ['requireKnownWifi'] },
      { ...of, mode: 'work-profile', reason: 'agent.management-mode', keys: ['eraseByUser', 'requireKnownWifi'] },
    ],
  )
  assert.equal((await ask('POST', `/policies/${policy}/versions`, { value })).status, 201)
  const coverage = (await ask('GET', `/policies/${policy}/coverage`)).body.platforms
  assert.deepEqual(
    coverage.map((p: { road: string; mode: string; partly: number }) => [p.road, p.mode, p.partly]).toSorted(),
    [
      ['agent', 'fully-managed', 1],
      ['agent', 'work-profile', 1],
    ],
  )
  await h.settle()
  const held = async (agent: typeof whole) => {
    await agent.contact()
    const id = agent.state.enrolled?.device ?? ''
    const page = (await ask('GET', `/devices/${id}/policy`)).body.items[0]
    return { told: agent.phone.inForce.get('restrictions')?.value, state: page.status.state, lacks: page.lacks }
  }
  assert.deepEqual(await held(whole), {
    told: { camera: false, eraseByUser: false },
    state: 'installed',
    lacks: [{ key: 'requireKnownWifi', reason: 'agent.api-level' }],
  })
  assert.deepEqual((await held(personal)).told, { camera: false })
  // A newer Android can do what the older could not: it is said again, as another version.
  whole.phone.osVersion = '13'
  whole.phone.apiLevel = 33
  await whole.contact()
  await h.settle()
  assert.deepEqual(await held(whole), { told: value, state: 'installed', lacks: [] })
})

test('enrolling is safe to repeat, by the same key alone', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const agent = given.agent()
  const secret = await given.agentInvitation({ uses: 1 })
  const first = await agent.enroll(secret)
  assert.equal(first.action, 'none')
  // Another device cannot use what is used up.
  assert.partialDeepStrictEqual(await given.agent().enroll(secret), { action: 'retry', code: 'invitation.used' })
})

test('nothing but a signed order ends management', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const agent = await given.enrolledAgent()
  const key = agent.state.key
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  Object.assign(agent.state, { key: privateKey })
  assert.partialDeepStrictEqual(await agent.contact(), { action: 'retry', code: 'device.signature-wrong' })
  Object.assign(agent.state, { key })
  h.jump(-3_600_000)
  assert.equal((await agent.contact()).action, 'none')
  // Nor is another key taken once the right one is known to the server.
  Object.assign(agent.state, { key: privateKey })
  assert.partialDeepStrictEqual(await agent.contact(), { action: 'retry', code: 'device.signature-wrong' })
  Object.assign(agent.state, { key })
  h.jump(3_600_000)
  const enrollmentId = agent.state.enrolled?.enrollment ?? ''
  await h.run(ctx => enrollment.end(ctx, enrollmentId, 'admin'))
  assert.equal(agent.state.left, false)
  // Also when it hears of it only after months.
  h.pass(100 * 86_400_000)
  assert.partialDeepStrictEqual(await agent.contact(), { action: 'unenroll' })
  assert.equal(agent.state.left, true)
})
