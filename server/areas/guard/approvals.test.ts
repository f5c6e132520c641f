import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Ctx } from '../../base/ctx.ts'
import type { GivenAdmin } from '../../testing/given-identity.ts'
import { type House, house } from '../../testing/house.ts'
import { addDevice } from './intent-store.ts'

const hour = 3_600_000
const day = 24 * hour
const long = { heldForMs: 10 * day, passkey: true } as const

/** A house where someone's sixth device waits to be erased. */
async function held(t: Parameters<typeof house>[0], devices = 1) {
  const h = await house(t)
  const asker = await h.given.admin({ ...long, name: 'Asker' })
  const ids: string[] = []
  for (let i = 0; i < Math.max(devices, 6); i += 1) ids.push((await h.given.enrolled()).device.id)
  const body = { kind: 'wipe', devices: ids, confirm: ids.length }
  const made = await h.http('POST', '/api/v1/command-batches', { as: asker.key, body })
  await h.settle()
  const batch = await h.http('GET', `/api/v1/command-batches/${made.body.id}`, { as: asker.key })
  return { h, asker, ids, batch: String(made.body.id), intent: String(batch.body.intent) }
}

const headersOf = (by: GivenAdmin) => ({ cookie: by.cookie, 'sec-fetch-site': 'same-origin' })
const offer = (h: House, by: GivenAdmin, intent: string) =>
  h.http('POST', `/api/v1/intents/${intent}/approval-options`, { headers: headersOf(by) })
const sign = (h: House, by: GivenAdmin, intent: string, response: unknown) =>
  h.http('POST', `/api/v1/intents/${intent}/approve`, { headers: headersOf(by), body: { response } })

async function approve(h: House, by: GivenAdmin, intent: string) {
  const { body } = await offer(h, by, intent)
  return sign(h, by, intent, by.authenticator.assert(body.options))
}

test('another admin agrees with a passkey to exactly what is held, and then it leaves at the pace that is allowed', async t => {
  const { h, asker, intent, batch } = await held(t)
  const bo = await h.given.admin({ ...long, name: 'Bo' })
  const before = await h.http('GET', `/api/v1/intents/${intent}`, { as: bo.key })
  assert.partialDeepStrictEqual(before.body, { state: 'held', needs: 1, devices: 6, approvals: 0 })
  const asked = await offer(h, bo, intent)
  assert.equal(asked.body.hash, before.body.hash, 'what is signed is what is shown')
  const done = await sign(h, bo, intent, bo.authenticator.assert(asked.body.options))
  assert.partialDeepStrictEqual(done.body, { state: 'released', approvals: 1 })
  await h.settle()
  const counts = async () => (await h.http('GET', `/api/v1/command-batches/${batch}`, { as: asker.key })).body.commands
  assert.deepEqual(await counts(), { queued: 5 }, 'five of six in the first hour')
  h.pass(62 * 60_000)
  await h.settle()
  assert.deepEqual(await counts(), { queued: 6 })
  const after = await h.http('GET', `/api/v1/intents/${intent}`, { as: bo.key })
  assert.partialDeepStrictEqual(after.body, { state: 'done', sent: 6, skipped: 0 })
  const types = (await h.events()).filter(e => e.startsWith('intent.'))
  assert.deepEqual(types, ['intent.held', 'intent.approved', 'intent.released', 'intent.done'])
})

test('neither who asked nor a key can agree', async t => {
  const { h, asker, intent } = await held(t)
  const bo = await h.given.admin({ ...long })
  assert.equal((await offer(h, asker, intent)).body.code, 'approval.self')
  const byKey = await h.http('POST', `/api/v1/intents/${intent}/approval-options`, { as: bo.key })
  assert.deepEqual([byKey.status, byKey.body.code], [403, 'approval.key'])
  const lent = await h.http('POST', `/api/v1/intents/${intent}/approve`, {
    as: bo.key,
    body: { response: bo.authenticator.assert((await offer(h, bo, intent)).body.options) },
  })
  assert.equal(lent.body.code, 'approval.key')
})

test('nobody agrees for an account they made, nor for who made theirs', async t => {
  const { h, asker, intent } = await held(t)
  const child = await h.given.admin({ ...long, name: 'Child' })
  const parent = await h.given.admin({ ...long, name: 'Parent' })
  await madeBy(h, child.id, asker.id)
  await madeBy(h, asker.id, parent.id)
  const grand = await h.given.admin({ ...long, name: 'Grandchild' })
  await madeBy(h, grand.id, child.id)
  for (const who of [child, parent, grand]) assert.equal((await offer(h, who, intent)).body.code, 'approval.lineage')
  const sister = await h.given.admin({ ...long, name: 'Sister' })
  await madeBy(h, sister.id, parent.id)
  assert.equal((await approve(h, sister, intent)).body.state, 'released')
})

/** As identity notes it when an admin invites another. */
function madeBy(h: House, admin: string, maker: string): Promise<unknown> {
  const row = { org: h.org, admin, maker, how: 'invited', at: h.now() }
  return h.run((ctx: Ctx) => ctx.tx.insertInto('admin_makers').values(row).execute())
}

test('who holds the right since less than three days cannot agree, nor a passkey that is not a day old', async t => {
  const { h, intent } = await held(t)
  const fresh = await h.given.admin({ heldForMs: 71 * hour, passkey: true })
  assert.equal((await offer(h, fresh, intent)).body.code, 'approval.fresh')
  const keyless = await h.given.admin({ heldForMs: 10 * day })
  assert.equal((await offer(h, keyless, intent)).body.code, 'passkey.none')
  const young = await h.given.admin({ ...long })
  await h.run(ctx =>
    ctx.tx
      .updateTable('passkeys')
      .set({ created_at: ctx.now - 23 * hour })
      .where('admin', '=', young.id)
      .execute(),
  )
  assert.equal((await approve(h, young, intent)).body.code, 'approval.fresh')
  const able = await h.given.admin({ heldForMs: 72 * hour, passkey: true })
  assert.equal((await approve(h, able, intent)).status, 200)
})

test('what was signed once is good once, for what was signed, and for minutes', async t => {
  const { h, intent } = await held(t)
  const bo = await h.given.admin({ ...long })
  const other = (await held2(h, 'Other asker')).intent
  const first = (await offer(h, bo, other)).body
  const signed = bo.authenticator.assert(first.options)
  assert.equal((await sign(h, bo, other, signed)).body.state, 'released')
  // The same again, for the same and for another.
  await offer(h, bo, intent)
  assert.equal((await sign(h, bo, intent, signed)).body.code, 'passkey.refused')
  assert.equal((await sign(h, bo, other, signed)).body.code, 'approval.not-needed')
  // Too late.
  const late = (await offer(h, bo, intent)).body
  h.pass(11 * 60_000)
  assert.equal((await sign(h, bo, intent, bo.authenticator.assert(late.options))).body.code, 'approval.expired')
})

async function held2(h: House, name: string): Promise<{ intent: string }> {
  const asker = await h.given.admin({ ...long, name })
  const ids: string[] = []
  for (let i = 0; i < 6; i += 1) ids.push((await h.given.enrolled()).device.id)
  const body = { kind: 'wipe', devices: ids, confirm: ids.length }
  const made = await h.http('POST', '/api/v1/command-batches', { as: asker.key, body })
  await h.settle()
  const batch = await h.http('GET', `/api/v1/command-batches/${made.body.id}`, { as: asker.key })
  return { intent: String(batch.body.intent) }
}

test('a list that was changed after it was looked at is another question', async t => {
  const { h, intent } = await held(t)
  const bo = await h.given.admin({ ...long })
  const cy = await h.given.admin({ ...long })
  const asked = (await offer(h, bo, intent)).body
  const more = await h.given.enrolled()
  // As someone with the database in their hands would.
  await h.run(async ctx => {
    const { id, name, unit, unitPath } = more.device
    await addDevice(ctx, { intent, device: id, name, unit, unit_path: unitPath })
    await ctx.tx.updateTable('intents').set({ devices_hash: null }).where('id', '=', intent).execute()
  })
  assert.equal((await sign(h, bo, intent, bo.authenticator.assert(asked.options))).body.code, 'approval.stale')
  const now = (await offer(h, cy, intent)).body
  assert.notEqual(now.hash, asked.hash)
})

test('nobody of another org sees it or agrees to it', async t => {
  const { h, intent } = await held(t)
  const other = await h.given.org('Other')
  const foreign = await h.given.admin({ ...long, org: other.org, unit: other.root.id })
  assert.equal((await offer(h, foreign, intent)).status, 404)
  assert.equal((await h.http('GET', `/api/v1/intents/${intent}`, { as: foreign.key })).status, 404)
})

test('after a day without an answer it is over, and an approval comes too late', async t => {
  const { h, intent } = await held(t)
  const bo = await h.given.admin({ ...long, heldForMs: 20 * day })
  h.pass(day + 1)
  await h.settle()
  const read = await h.http('GET', `/api/v1/intents/${intent}`, { as: bo.key })
  assert.equal(read.body.state, 'expired')
  const again = await h.given.admin({ ...long })
  assert.equal((await offer(h, again, intent)).body.code, 'intent.ended')
})

test('many devices need two who agree within the hour, cool off, and can be stopped by a click until the last minute', async t => {
  const { h, intent } = await held(t, 30)
  const bo = await h.given.admin({ ...long })
  assert.partialDeepStrictEqual((await approve(h, bo, intent)).body, { state: 'held', approvals: 1, needs: 2 })
  assert.equal((await approve(h, bo, intent)).body.approvals, 1, 'the same person twice is one person')
  h.pass(61 * 60_000)
  const cy = await h.given.admin({ ...long })
  assert.partialDeepStrictEqual(
    (await approve(h, cy, intent)).body,
    { state: 'held', approvals: 1 },
    'the first is too old',
  )
  const third = await h.given.admin({ ...long })
  const cooling = await approve(h, third, intent)
  assert.partialDeepStrictEqual(cooling.body, { state: 'cooling', effectiveAt: h.now() + 15 * 60_000 })
  h.pass(14 * 60_000)
  await h.settle()
  const operator = await h.given.admin({ role: 'operator' })
  const stopped = await h.http('POST', `/api/v1/intents/${intent}/cancel`, { as: operator.key })
  assert.equal(stopped.body.state, 'canceled')
  h.pass(10 * hour)
  await h.settle()
  const left = await h.run(ctx => ctx.tx.selectFrom('commands').select('id').where('kind', '=', 'wipe').execute())
  assert.deepEqual(left, [])
})

test('who is denied is told why, and a denied batch never leaves', async t => {
  const { h, asker, intent } = await held(t)
  const bo = await h.given.admin({ ...long })
  const reader = await h.given.admin({ role: 'auditor' })
  const deny = (as: string) => h.http('POST', `/api/v1/intents/${intent}/deny`, { as, body: { reason: 'Not meant' } })
  assert.equal((await deny(reader.key)).status, 403)
  assert.partialDeepStrictEqual((await deny(bo.key)).body, { state: 'denied', endedWhy: 'Not meant' })
  assert.equal((await offer(h, bo, intent)).body.code, 'intent.ended')
  assert.equal((await h.http('POST', `/api/v1/intents/${intent}/cancel`, { as: asker.key })).body.code, 'intent.ended')
})
