import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import type { VirtualAgent } from '@muster/simulator/agent/agent.ts'
import { hash64 } from '@muster/wire/agent/compact.ts'
import type { AgentMode, Certified } from '@muster/wire/agent/messages.ts'
import * as blueprints from '../../areas/blueprints/index.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import type { Json } from '../../areas/policies/index.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'
import { certifyAnswer } from './answer-shapes.ts'

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const der = ({ certificate }: Certified) => new X509Certificate(Buffer.from(certificate, 'base64'))

/** A device with these policies in its document. */
async function scene(t: TestContext, policies: { kind: string; value: Json }[], mode: AgentMode = 'fully-managed') {
  const h = await house(t)
  const given = givenAgents(h)
  const agent = await given.enrolledAgent({ mode })
  const { assignment } = await h.given.assigned({ policies })
  await h.settle()
  await agent.contact()
  const item = (kind: string) => {
    const found = agent.state.document?.items.find(i => i.kind === kind)
    assert.ok(found, `${kind} is in the document`)
    return found
  }
  return { h, given, agent, item, assignment, device: agent.state.enrolled?.device ?? '' }
}

const own = { name: 'Own', source: 'built-in' }
const named = {
  ...own,
  commonName: 'till 7',
  organization: 'Havsten',
  dnsName: 'till7.example',
  principalName: 't7@x.example',
}
const refusal = async (agent: VirtualAgent, of: { item: string; version: string }) =>
  (await agent.certify(of, pair())).code

test('a key of the device is certified for its item, under the names of the policy, and once', async t => {
  const { h, agent, item, device } = await scene(t, [{ kind: 'identity', value: named }])
  const key = pair()
  const answer = await agent.certify(item('identity'), key)
  certifyAnswer.strict().parse(answer)
  const certificate = der(answer)
  const [authority = ''] = answer.authorities
  const ca = new X509Certificate(Buffer.from(authority, 'base64'))
  assert.ok(certificate.verify(ca.publicKey) && certificate.checkIssued(ca))
  assert.ok(certificate.publicKey.equals(key.publicKey))
  assert.equal(certificate.subject, 'O=Havsten\nCN=till 7')
  assert.match(certificate.subjectAltName ?? '', /DNS:till7\.example/)
  assert.ok(certificate.raw.includes(Buffer.from('t7@x.example')))
  assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.2'])
  assert.ok(!certificate.ca)
  assert.equal((await agent.certify(item('identity'), key)).certificate, answer.certificate, 'asked again')
  assert.notEqual((await agent.certify(item('identity'), pair())).certificate, answer.certificate, 'another key')
  // It shows networks who the device is; to us it does not speak.
  const before = agent.state.enrolled
  assert.ok(before)
  agent.state.enrolled = { ...before, certificate: hash64(certificate.raw) }
  assert.equal((await agent.contact()).code, 'device.certificate-unknown')
  agent.state.enrolled = before
  const kept = () => h.run(ctx => certificates.identitiesOf(ctx, { kind: 'item', id: device }))
  const serials = (await kept()).map(c => c.serial)
  assert.equal(serials.length, 2)
  assert.ok(serials.includes(certificate.serialNumber.toLowerCase()))
  await h.run(ctx => enrollment.end(ctx, before.enrollment, 'left'))
  assert.deepEqual(await kept(), [])
  const events = await h.events()
  assert.equal(events.filter(e => e === 'certificate.revoked').length, 2)
  assert.equal((await agent.certify(item('identity'), pair())).code, 'enrollment.ended')
})

test('only for an item that is in the document now and wants one of ours, and for a key that is shown to be there', async t => {
  const scep = { name: 'Foreign', source: 'scep', url: 'https://scep.example/', commonName: 'x' }
  const { h, agent, item, assignment } = await scene(t, [
    { kind: 'identity', value: own },
    { kind: 'identity', value: scep },
    { kind: 'restrictions', value: { camera: false } },
  ])
  const mine = agent.state.document?.items.find(i => i.item === 'identity#Own')
  assert.ok(mine)
  assert.equal(await refusal(agent, { ...mine, item: 'identity#Other' }), 'agent.item-other')
  assert.equal(await refusal(agent, { ...mine, version: 'older' }), 'agent.item-other')
  assert.equal(await refusal(agent, item('restrictions')), 'agent.item-own')
  const foreign = agent.state.document?.items.find(i => i.item === 'identity#Foreign')
  assert.equal(await refusal(agent, foreign ?? mine), 'agent.item-own')
  // Somebody else's public key, and a private key that is not its own.
  const half = { publicKey: pair().publicKey, privateKey: pair().privateKey }
  assert.equal((await agent.certify(mine, half)).code, 'device.signature-wrong')
  const honest = await agent.certify(mine, pair())
  assert.equal(honest.action, 'none')
  await h.run(ctx => blueprints.removeAssignment(ctx, assignment.id))
  await h.settle()
  assert.equal(await refusal(agent, mine), 'agent.item-other', 'it is wanted no longer')
})

test('on a personal device the certificate names nothing but what the policy says, or an id of ours', async t => {
  const { agent, item, device } = await scene(t, [{ kind: 'identity', value: own }], 'work-profile')
  const certificate = der(await agent.certify(item('identity'), pair()))
  assert.equal(certificate.subject, `CN=${device}`)
  assert.equal(certificate.subjectAltName, undefined)
  assert.ok(!certificate.raw.includes(Buffer.from(agent.phone.serial)))
})
