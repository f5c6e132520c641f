import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Approval } from '@muster/wire/agent/approval.ts'
import { jwkOf, p256KeyOf } from '@muster/wire/agent/compact.ts'
import { signFor, takeDocument, takeOrders } from '@muster/wire/agent/document.ts'
import * as devices from '../../areas/devices/index.ts'
import * as guard from '../../areas/guard/index.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import type { GivenAdmin } from '../../testing/given-identity.ts'
import { type House, house } from '../../testing/house.ts'
import { signerOf } from './keys.ts'

const day = 86_400_000
const long = { heldForMs: 10 * day, passkey: true } as const
const headersOf = (by: GivenAdmin) => ({ cookie: by.cookie, 'sec-fetch-site': 'same-origin' })

async function approve(h: House, by: GivenAdmin, intent: string) {
  const path = `/api/v1/intents/${intent}`
  const { body } = await h.http('POST', `${path}/approval-options`, { headers: headersOf(by) })
  const response = body.options && by.authenticator.assert(body.options)
  if (!response) return { status: 403, body }
  return h.http('POST', `${path}/approve`, { headers: headersOf(by), body: { response } })
}

async function ask(h: House, by: GivenAdmin, need: number) {
  await h.given.stepUp(by)
  return h.http('PUT', '/api/v1/guard/approvers', { headers: headersOf(by), body: { need } })
}

type Agent = Awaited<ReturnType<ReturnType<typeof givenAgents>['enrolledAgent']>>

async function wiping(h: House, by: GivenAdmin, agent: Agent): Promise<{ command: string; intent: string }> {
  const device = agent.state.enrolled?.device ?? ''
  const { name } = await h.run(ctx => devices.get(ctx, device))
  const body = { kind: 'wipe', args: { confirm: name } }
  const sent = await h.http('POST', `/api/v1/devices/${device}/commands`, { as: by.key, body })
  const open = await h.http('GET', `/api/v1/intents?device=${device}&state=open`, { as: by.key })
  return { command: String(sent.body.id), intent: String(open.body.items[0]?.id ?? '') }
}

/** An order as whoever holds the server could write it: signed with the server's own key. */
async function forged(h: House, agent: Agent, approval?: readonly Approval[], args: object = {}): Promise<string> {
  return h.run(async ctx => {
    const { key, publicKey } = await signerOf(ctx)
    const more = approval === undefined ? {} : { approval }
    const orders = [
      { id: `forged-${Math.random()}`, seq: 900, kind: 'wipe', args: { ...args }, notAfter: null, ...more },
    ]
    const enrollment = agent.state.enrolled?.enrollment ?? ''
    return signFor('muster-orders', { v: 1, org: ctx.org, enrollment, at: ctx.now, orders }, key, publicKey)
  })
}

test('a device erases itself only when a person it knows signed exactly that: neither the server alone, nor an older document, nor another device’s', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const ann = await h.given.admin({ ...long, name: 'Ann' })
  const bo = await h.given.admin({ ...long, name: 'Bo' })

  // Before anyone asks for it, devices take the server's word: the negative control.
  const trusting = await given.enrolledAgent()
  const first = await wiping(h, ann, trusting)
  assert.equal(first.intent, '', 'one device of one person is not held')
  await trusting.contact()
  assert.equal(trusting.phone.wiped, true)

  assert.equal((await ask(h, ann, 2)).body.code, 'approvers.too-few')
  const set = await ask(h, ann, 1)
  assert.partialDeepStrictEqual(set.body, { intent: null, approvers: { need: 1, version: 1, intent: null } })
  assert.deepEqual(set.body.approvers.known.map((p: { name: string }) => p.name).toSorted(), ['Ann', 'Bo'])

  const agent = await given.enrolledAgent()
  const other = await given.enrolledAgent()
  assert.equal(agent.state.approvers.need, 1)

  // One device, asked for by one person, waits all the same, and leaves with the approval.
  const held = await wiping(h, ann, agent)
  const page = await h.http('GET', `/api/v1/intents/${held.intent}`, { as: bo.key })
  assert.partialDeepStrictEqual(page.body, { state: 'held', why: 'proved', needs: 1 })
  await agent.contact()
  assert.equal(agent.phone.wiped, false)
  assert.equal((await approve(h, ann, held.intent)).body.code, 'approval.self')
  const late = await h.given.admin({ ...long, name: 'Late' })
  assert.equal((await approve(h, late, held.intent)).body.code, 'approval.not-pinned')
  assert.equal((await approve(h, bo, held.intent)).body.state, 'released')
  await h.settle()

  // Whoever holds the server can sign orders, but has no signature of a person for them.
  const proofs = await h.run(ctx => guard.proofsOf(ctx, held.intent))
  const refusals = async (of: Agent, approval?: readonly Approval[], args?: object) => {
    const text = await forged(h, of, approval, args)
    const before = new Set(of.state.journal.keys())
    of.obey(text)
    const [code] = [...of.state.journal].filter(([id]) => !before.has(id)).map(([, r]) => r?.code)
    assert.equal(of.phone.wiped, false)
    return code
  }
  assert.equal(proofs.length, 1)
  assert.equal(await refusals(agent), 'approval-missing')
  assert.equal(await refusals(other, proofs), 'approval-invalid', 'it is for another device')
  assert.equal(
    await refusals(agent, proofs, { externalStorage: true }),
    'approval-invalid',
    'it is for other arguments',
  )
  const [proof] = proofs
  const stretched = { ...proof, batch: { ...proof?.batch, expiresAt: h.now() + 999 * day } } as unknown as Approval
  assert.equal(await refusals(agent, [stretched]), 'approval-invalid')

  // And the real one.
  await agent.contact()
  assert.equal(agent.phone.wiped, true)
  const done = await h.http('GET', `/api/v1/commands/${held.command}`, { as: ann.key })
  assert.equal(done.body.state, 'done')

  // Documents: an older one, and one of another device.
  const { enrolled, keys, document } = other.state
  assert.ok(enrolled && document)
  const known = { ...enrolled, keys, generation: document.generation, etag: document.etag }
  const text = await h.run(async ctx => {
    const { key, publicKey } = await signerOf(ctx)
    return (change: object) => signFor('muster-document', { ...document, ...change }, key, publicKey)
  })
  assert.equal(takeDocument(text({ generation: document.generation - 1 }), known), 'older')
  assert.equal(takeDocument(text({ device: agent.state.enrolled?.device ?? '' }), known), 'other-device')
  assert.equal(takeOrders(await forged(h, agent), known), 'other-device')
})

test('whose approvals devices ask for is changed only by those whom they know, step by step', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const ann = await h.given.admin({ ...long, name: 'Ann' })
  const bo = await h.given.admin({ ...long, name: 'Bo' })
  await ask(h, ann, 1)
  const agent = await given.enrolledAgent()
  const asleep = await given.enrolledAgent()
  const cy = await h.given.admin({ ...long, name: 'Cy' })

  const asked = await ask(h, cy, 2)
  const { intent } = asked.body
  assert.partialDeepStrictEqual(asked.body, { approvers: { need: 1, version: 1 } })
  await h.settle()
  await agent.contact()
  assert.equal(agent.state.approvers.version, 1, 'asking changes nothing')
  assert.equal((await approve(h, cy, intent)).body.code, 'approval.not-pinned')
  assert.equal((await approve(h, bo, intent)).status, 200)
  await h.settle()
  await agent.contact()
  assert.partialDeepStrictEqual(agent.state.approvers, { version: 2, need: 2 })
  assert.equal(new Set(agent.state.approvers.keys.map(k => k.by)).size, 3)

  // A change that nobody endorsed: the server tells of it, and the device keeps those it knows.
  const evil = { ...agent.state.approvers, version: 3, need: 0, keys: [] }
  await h.run(async ctx => {
    const row = { org: ctx.org, version: 3, need: 0, content: JSON.stringify(evil), intent: null, at: ctx.now }
    await ctx.tx.insertInto('approver_sets').values(row).execute()
  })
  await agent.contact()
  assert.partialDeepStrictEqual(agent.state.approvers, { version: 2, need: 2 })
  await h.run(ctx => ctx.tx.deleteFrom('approver_sets').where('version', '=', 3).execute())

  // One that slept through it takes both steps at once, and two must agree from now on.
  await asleep.contact()
  assert.partialDeepStrictEqual(asleep.state.approvers, { version: 2, need: 2 })
  const held = await wiping(h, ann, asleep)
  assert.equal((await approve(h, bo, held.intent)).body.state, 'held')
  assert.equal((await approve(h, cy, held.intent)).body.state, 'released')
  await h.settle()
  await asleep.contact()
  assert.equal(asleep.phone.wiped, true)
  for (const { jwk } of asleep.state.approvers.keys) assert.deepEqual(jwkOf(p256KeyOf(jwk)), jwk)
  const types = (await h.events()).filter(e => e === 'guard.approvers-changed')
  assert.equal(types.length, 2)
})
