import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appOf } from '@muster/simulator/agent/phone.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'

const game = 'com.example.game'

test('S4-2: a policy that forbids apps is enough: one that appears is an alert and a message on the device, until it is gone', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'owner' })
  const user = await h.given.user({ displayName: 'Amélie Roux', language: 'fr' })
  const given = givenAgents(h)
  const agent = await given.enrolledAgent({ invitation: { user: user.id } })
  const device = agent.state.enrolled?.device ?? ''
  const rules = async () => (await h.http('GET', '/api/v1/rules', { as: key })).body.items
  await h.given.assigned({ policies: [{ kind: 'restrictions', value: { camera: false } }] })
  await h.settle()
  assert.deepEqual(await rules(), [], 'a policy that forbids no app needs none')
  await h.given.assigned({ policies: [{ kind: 'restrictions', value: { blockedApps: [game] } }] })
  await h.settle()
  await agent.contact()
  await h.settle()
  const [rule, ...more] = await rules()
  assert.equal(more.length, 0)
  assert.partialDeepStrictEqual(rule, { kind: 'apps', params: { list: 'policies' }, by: { kind: 'system' } })
  const verdict = async () => {
    const { body } = await h.http('GET', `/api/v1/devices/${device}/compliance`, { as: key })
    return [body.state, body.rules[0]?.evidence?.found?.map((f: { id: string }) => f.id)]
  }
  assert.deepEqual(await verdict(), ['compliant', undefined])

  agent.phone.apps.push({ ...appOf(game, 'Jeu'), hidden: true })
  await agent.contact()
  await h.settle()
  assert.deepEqual(await verdict(), ['violating', [game]])
  const alerts = async () => (await h.http('GET', '/api/v1/alerts?filter=type:violation', { as: key })).body.items
  assert.deepEqual(
    (await alerts()).map((a: { state: string; facts: { apps: string } }) => [a.state, a.facts.apps]),
    [['open', 'Jeu']],
  )
  await agent.contact()
  assert.equal(agent.phone.shown.length, 1)
  assert.match(agent.phone.shown[0] ?? '', /^Veuillez supprimer de cet appareil : Jeu\./)

  agent.phone.apps = agent.phone.apps.filter(a => a.package !== game)
  await agent.contact()
  await h.settle()
  assert.deepEqual(await verdict(), ['compliant', undefined])
  assert.deepEqual(
    (await alerts()).map((a: { state: string }) => a.state),
    ['resolved'],
  )
  // Whoever takes the rule away has decided: the next policy does not bring it back.
  assert.equal((await h.http('DELETE', `/api/v1/rules/${rule.id}`, { as: key })).status, 204)
  await h.given.assigned({ policies: [{ kind: 'restrictions', value: { blockedApps: ['com.example.other'] } }] })
  await h.settle()
  assert.deepEqual(await rules(), [])
})

test('DELETE lets a device go in the way of its road: a work profile is removed, and a whole device leaves without being erased', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'owner' })
  const given = givenAgents(h)
  const end = async (id: string) => (await h.http('DELETE', `/api/v1/enrollments/${id}`, { as: key })).body
  for (const mode of ['work-profile', 'fully-managed'] as const) {
    const agent = await given.enrolledAgent({ mode })
    const { enrollment = '', device = '' } = agent.state.enrolled ?? {}
    assert.deepEqual(await end(enrollment), { state: 'asked' })
    assert.equal((await h.http('GET', `/api/v1/devices/${device}`, { as: key })).body.state, 'active')
    const answer = await agent.contact()
    assert.deepEqual([answer.action, agent.state.left, agent.phone.wiped], ['unenroll', true, false], mode)
    assert.equal((await h.http('GET', `/api/v1/devices/${device}`, { as: key })).body.state, 'ended')
    const { items } = (await h.http('GET', `/api/v1/devices/${device}/commands`, { as: key })).body
    const [order] = items.filter((c: { kind: string }) => c.kind === 'enrollment.leave')
    assert.partialDeepStrictEqual(order, { state: 'done', args: {} })
    assert.deepEqual(await end(enrollment), { state: 'ended' })
  }
  // One that does not call is over when it is asked again, and gets its farewell whenever it comes.
  const silent = await given.enrolledAgent()
  const { enrollment = '' } = silent.state.enrolled ?? {}
  assert.deepEqual([await end(enrollment), await end(enrollment)], [{ state: 'asked' }, { state: 'ended' }])
  await silent.contact()
  assert.equal(silent.state.left, true)
})
