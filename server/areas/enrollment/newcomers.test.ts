import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mintAndroidMaker } from '@muster/simulator/outside/attestation/android.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { type House, house } from '../../testing/house.ts'

const waiting = { action: 'retry', code: 'waiting-approval' }

async function listed(h: House, as: string, state = 'waiting') {
  return (await h.http('GET', `/api/v1/newcomers?state=${state}`, { as })).body.items
}

test('where agents wait for an admin, only who is let in or expected comes in, and the same key asks until then', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const { key } = await h.given.admin({ role: 'owner' })
  const decide = async (ids: string[], decision: string, as = key) =>
    (await h.http('POST', '/api/v1/newcomers/decide', { as, body: { ids, decision } })).body.items
  const secret = await given.agentInvitation()
  const known = await given.enrolledAgent({ phone: { serial: 'KNOWN1' } })
  const wish = { as: key, body: { wait: true } }
  assert.equal((await h.http('PUT', '/api/v1/newcomers/admission', wish)).status, 200)
  assert.equal((await h.http('PUT', '/api/v1/newcomers/admission', wish)).status, 200)

  const agent = given.agent({ phone: { serial: 'NEW1' } })
  assert.partialDeepStrictEqual(await agent.enroll(secret), waiting)
  assert.partialDeepStrictEqual(await agent.again(), waiting)
  const stranger = given.agent({ phone: { serial: 'NEW2' } })
  assert.partialDeepStrictEqual(await stranger.enroll(secret), waiting)
  const [first, second] = await listed(h, key)
  assert.partialDeepStrictEqual(first, { serial: 'NEW1', mode: 'fully-managed', attested: 'none', state: 'waiting' })
  await h.settle()
  const alerts = async () =>
    (await h.http('GET', '/api/v1/alerts?filter=type:newcomer%20state:open', { as: key })).body.items.length
  assert.equal(await alerts(), 2)
  // What is waiting is nothing yet: no device, and the invitation is not used up.
  assert.equal((await h.http('GET', '/api/v1/devices?filter=serial:NEW1', { as: key })).body.items.length, 0)

  // Said, taken back, said again; each is answered by itself.
  assert.deepEqual(await decide([first.id, 'new_nobody'], 'deny'), [
    { id: first.id, state: 'denied', problem: null },
    { id: 'new_nobody', state: null, problem: 'id.unknown' },
  ])
  assert.partialDeepStrictEqual(await agent.again(), { action: 'retry', code: 'newcomer.denied' })
  assert.equal((await decide([first.id], 'wait'))[0].state, 'waiting')
  assert.partialDeepStrictEqual(await agent.again(), waiting)
  assert.equal((await decide([first.id], 'approve'))[0].state, 'approved')
  assert.equal((await decide([first.id], 'approve'))[0].problem, null)
  assert.equal((await agent.again()).action, 'none')
  assert.equal((await decide([first.id], 'deny'))[0].problem, 'newcomer.entered')
  await decide([second.id], 'deny')
  await h.settle()
  assert.equal(await alerts(), 0)
  assert.deepEqual(
    (await h.events()).filter(type => type.startsWith('newcomer.')),
    ['asked', 'asked', 'denied', 'asked', 'approved', 'entered', 'denied'].map(what => `newcomer.${what}`),
  )

  // Whom the org knows, or somebody promised, need not wait: unless its chip is not believed.
  assert.equal((await given.agent({ phone: { serial: known.phone.serial } }).enroll(secret)).action, 'none')
  const { serial } = await h.given.entry({ serial: 'PROMISED1' })
  assert.equal((await given.agent({ phone: { serial } }).enroll(secret)).action, 'none')
  const maker = mintAndroidMaker()
  await h.http('POST', '/api/v1/attestation-roots', { as: key, body: { pem: maker.root.pem } })
  const attest = (of: Parameters<typeof maker.attest>[0]['key'], challenge: string) =>
    maker.attest({ key: of, challenge, root: { locked: false } })
  const liar = given.agent({ phone: { serial: known.phone.serial, attest } })
  assert.partialDeepStrictEqual(await liar.enroll(secret), waiting)
  assert.partialDeepStrictEqual((await listed(h, key))[0], { attested: 'failed', attestedWhy: 'boot-unlocked' })
})

test('a wait ends with its invitation, is kept from whoever may not see its unit, and follows its unit', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const { key } = await h.given.admin({ role: 'owner' })
  const [east, west] = [await h.given.unit({ name: 'East' }), await h.given.unit({ name: 'West' })]
  const near = await h.given.admin({ role: 'admin', unit: east.id })
  const far = await h.given.admin({ role: 'admin', unit: west.id })
  await h.http('PUT', '/api/v1/newcomers/admission', { as: key, body: { wait: true } })
  const secret = await given.agentInvitation({ unit: east.id, expiresInHours: 2 })
  const agent = given.agent()
  assert.partialDeepStrictEqual(await agent.enroll(secret), waiting)
  const [one] = await listed(h, near.key)
  assert.deepEqual(await listed(h, far.key), [])
  const body = { ids: [one.id], decision: 'approve' }
  const refused = await h.http('POST', '/api/v1/newcomers/decide', { as: far.key, body })
  assert.equal(refused.body.items[0].problem, 'id.unknown')
  const setting = await h.http('PUT', '/api/v1/newcomers/admission', { as: near.key, body: { wait: false } })
  assert.equal(setting.status, 403)
  // East goes below West: whoever looks after West sees it now.
  await h.http('PATCH', `/api/v1/units/${east.id}`, { as: key, body: { parent: west.id } })
  assert.equal((await listed(h, far.key))[0]?.id, one.id)
  // A challenge lives for ten minutes, but as long as its device waits it holds.
  h.pass(60 * 60_000)
  assert.partialDeepStrictEqual(await agent.again(), waiting)
  h.pass(61 * 60_000)
  assert.partialDeepStrictEqual(await agent.again(), { code: 'invitation.expired' })
  const late = await h.http('POST', '/api/v1/newcomers/decide', { as: key, body })
  assert.equal(late.body.items[0].problem, 'newcomer.over')
  await h.settle()
  await h.settle()
  assert.ok((await h.events()).includes('newcomer.lapsed'))
})
