import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import { createBatch } from './batch.ts'
import * as commands from './index.ts'

const device = '/api/v1/devices'

test('a command sent over the API shows its way and what the device said', async t => {
  const h = await house(t)
  const { device: mac, enrollment } = await h.given.enrolled({ platform: 'macos', modelName: 'MacBook Air' })
  const admin = await h.given.admin({ role: 'admin', name: 'Aiko' })
  const sent = await h.http('POST', `${device}/${mac.id}/commands`, {
    as: admin.key,
    body: { kind: 'lock', args: { message: 'Call 555', pin: '123456' }, reason: 'left in a taxi' },
  })
  assert.equal(sent.status, 201)
  assert.partialDeepStrictEqual(sent.body, {
    kind: 'lock',
    args: { message: 'Call 555' },
    state: 'queued',
    priority: 'high',
    expiresAt: null,
    reason: 'left in a taxi',
    next: 'contact',
    by: { kind: 'key' },
    cancelable: true,
  })
  assert.equal(sent.body.args.pin, undefined)
  const channel = { enrollment, account: '' } as const
  h.pass(1000)
  const handed = await h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' }))
  h.pass(1000)
  const uuid = handed?.uuid ?? ''
  await h.run(ctx => commands.answered(ctx, { ...channel, uuid, status: 'deferred' }))
  const waiting = await h.http('GET', `/api/v1/commands/${sent.body.id}`, { as: admin.key })
  assert.partialDeepStrictEqual(waiting.body, { state: 'queued', next: 'unlock', notNow: { count: 1 } })
  await h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' }))
  const said = { MessageResult: 'Success' }
  await h.run(ctx => commands.answered(ctx, { ...channel, uuid, status: 'done', result: said, shown: said }))
  const page = await h.http('GET', `/api/v1/commands/${sent.body.id}`, { as: admin.key })
  assert.partialDeepStrictEqual(page.body, { state: 'done', next: null, result: said, resultAbsent: null })
  const steps = page.body.steps.map((s: { step: string }) => s.step)
  assert.deepEqual(steps, ['queued', 'fetched', 'not-now', 'acknowledged'])
  const listed = await h.http('GET', '/api/v1/commands?filter=kind:lock%20state:done', { as: admin.key })
  assert.deepEqual(
    listed.body.items.map((c: { id: string }) => c.id),
    [sent.body.id],
  )
  const none = await h.http('GET', '/api/v1/commands?filter=state:queued', { as: admin.key })
  assert.deepEqual(none.body.items, [])
})

test('the bytes of an answer that could not be read are there for who may see secrets', async t => {
  const h = await house(t)
  const { device: mac, enrollment } = await h.given.enrolled({ platform: 'macos' })
  const [admin, desk] = [await h.given.admin({ role: 'admin' }), await h.given.admin({ role: 'help-desk' })]
  const sent = await h.http('POST', `${device}/${mac.id}/commands`, { as: admin.key, body: { kind: 'restart' } })
  const channel = { enrollment, account: '' } as const
  await h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' }))
  const undecodable = new Uint8Array([1, 2, 3])
  await h.run(ctx => commands.answered(ctx, { ...channel, uuid: null, status: 'done', undecodable }))
  const page = await h.http('GET', `/api/v1/commands/${sent.body.id}`, { as: admin.key })
  assert.partialDeepStrictEqual(page.body, {
    state: 'done',
    resultAbsent: 'undecodable',
    error: { explained: 'result.undecodable' },
  })
  const look = (as: string) => h.http('GET', `/api/v1/commands/${sent.body.id}/answer`, { as })
  assert.equal((await look(admin.key)).body.bytes, 'AQID')
  assert.equal((await look(desk.key)).status, 403)
})

test('the same Idempotency-Key sends one command', async t => {
  const h = await house(t)
  const { device: mac } = await h.given.enrolled({ platform: 'macos' })
  const admin = await h.given.admin()
  const request = { as: admin.key, body: { kind: 'restart' }, headers: { 'idempotency-key': 'once' } }
  const first = await h.http('POST', `${device}/${mac.id}/commands`, request)
  const second = await h.http('POST', `${device}/${mac.id}/commands`, request)
  assert.equal(first.body.id, second.body.id)
  const all = await h.http('GET', `${device}/${mac.id}/commands`, { as: admin.key })
  assert.equal(all.body.items.length, 1)
})

test('who may not, cannot: by role, by unit, by kind', async t => {
  const h = await house(t)
  const other = await h.given.unit({ name: 'Elsewhere' })
  const { device: phone } = await h.given.enrolled({ ownership: 'company' })
  const send = async (key: string, kind: string, args = {}) =>
    (await h.http('POST', `${device}/${phone.id}/commands`, { as: key, body: { kind, args } })).body.code
  const [desk, reader, outside] = [
    await h.given.admin({ role: 'help-desk' }),
    await h.given.admin({ role: 'read-only' }),
    await h.given.admin({ role: 'owner', unit: other.id }),
  ]
  assert.equal(await send(desk.key, 'wipe', { confirm: phone.serial }), 'permission.missing')
  assert.equal(await send(reader.key, 'lock'), 'permission.missing')
  assert.equal(await send(outside.key, 'lock'), 'id.unknown')
  assert.equal(await send(desk.key, 'enrollment.leave', { identifier: 'x' }), 'command.kind-unknown')
  const sent = await h.http('POST', `${device}/${phone.id}/commands`, { as: desk.key, body: { kind: 'lock' } })
  const id = sent.body.id
  assert.equal((await h.http('GET', `/api/v1/commands/${id}`, { as: outside.key })).status, 404)
  assert.equal((await h.http('POST', `/api/v1/commands/${id}/cancel`, { as: reader.key })).status, 403)
  assert.deepEqual((await h.http('GET', '/api/v1/commands', { as: outside.key })).body.items, [])
  const owner = await h.given.admin({ role: 'owner' })
  const raw = { command: { RequestType: 'EraseDevice' }, confirm: phone.serial }
  assert.equal(await send(desk.key, 'apple.raw', raw), 'permission.missing')
  assert.equal(await send(owner.key, 'apple.raw', { ...raw, confirm: 'another' }), 'command.confirm-differs')
  assert.equal(await send(owner.key, 'apple.raw', { command: '<plist/>' }), 'command.raw-malformed')
  assert.equal(await send(owner.key, 'apple.raw', raw), undefined)
})

test('the kinds are told with their schemas, and a device with what can be done', async t => {
  const h = await house(t)
  const admin = await h.given.admin()
  const kinds = await h.http('GET', '/api/v1/command-kinds', { as: admin.key })
  const names = kinds.body.items.map((k: { kind: string }) => k.kind)
  assert.ok(names.includes('lost-mode.enable') && !names.includes('enrollment.renew'))
  const lock = kinds.body.items.find((k: { kind: string }) => k.kind === 'lock')
  assert.equal(lock.schema.properties.pin.pattern, '^\\d{6}$')
  const { device: phone } = await h.given.enrolled({ ownership: 'personal' })
  const actions = await h.as(admin.principal, ctx => commands.actionsFor(ctx, phone))
  const of = (kind: string) => actions.find(a => a.kind === kind)
  assert.deepEqual([of('wipe')?.allowed, of('wipe')?.reason], [false, 'command.personal-device'])
  assert.deepEqual([of('clear-passcode')?.allowed, of('device.query')?.allowed], [false, true])
})

test('after five devices erased in an hour the sixth waits', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ role: 'owner' })
  const wipe = async () => {
    const { device: phone } = await h.given.enrolled()
    return h.http('POST', `${device}/${phone.id}/commands`, {
      as: admin.key,
      body: { kind: 'wipe', args: { confirm: phone.serial?.toLowerCase() } },
    })
  }
  for (let i = 0; i < 5; i += 1) assert.equal((await wipe()).status, 201)
  const sixth = await wipe()
  assert.deepEqual([sixth.status, sixth.body.state], [201, 'held'])
  const held = await h.http('GET', `/api/v1/commands/${sixth.body.id}`, { as: admin.key })
  assert.partialDeepStrictEqual(held.body, { state: 'held', intent: sixth.body.intent, cancelable: true })
  const intent = await h.http('GET', `/api/v1/intents/${sixth.body.intent}`, { as: admin.key })
  assert.partialDeepStrictEqual(intent.body, { state: 'held', why: 'actor-hour', needs: 1, devices: 1 })
  h.pass(61 * 60_000)
  assert.equal((await wipe()).body.state, 'queued')
  const canceled = await h.http('POST', `/api/v1/commands/${sixth.body.id}/cancel`, { as: admin.key })
  assert.partialDeepStrictEqual(canceled.body, { state: 'canceled', endReason: 'intent.canceled', cancelable: false })
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('intent.')),
    ['intent.held', 'intent.canceled'],
  )
})

test('a batch tells who can take it, sends in pages, and shows how far it has come', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ role: 'admin' })
  for (let i = 0; i < 45; i += 1) await h.given.enrolled({ platform: 'macos', modelName: 'iMac' })
  await h.given.enrolled({ platform: 'tvos', modelName: 'Apple TV' })
  await h.given.device({ platform: 'macos' })
  const many = (body: object) => h.http('POST', '/api/v1/command-batches', { as: admin.key, body })
  const dry = await many({ kind: 'lock', filter: '', dryRun: true })
  assert.deepEqual(dry.body, {
    id: null,
    eligible: 45,
    refused: { 'command.platform': 1, 'command.not-enrolled': 1 },
    leaves: { now: 25, later: 20, why: 'org-quarter', approvers: 0, coolingMs: 0, perHour: 100 },
  })
  const made = await many({ kind: 'lock', filter: '', args: { message: 'Come in', pin: '654321' } })
  assert.equal(made.status, 201)
  await h.settle()
  const shown = await h.http('GET', `/api/v1/command-batches/${made.body.id}`, { as: admin.key })
  assert.partialDeepStrictEqual(shown.body, {
    state: 'done',
    sent: 25,
    held: 20,
    skipped: 2,
    commands: { queued: 25 },
    args: { message: 'Come in' },
  })
  assert.equal(shown.body.args.pin, undefined)
  // What runs too fast leaves by itself as soon as there is room.
  h.pass(17 * 60_000)
  await h.settle()
  const later = await h.http('GET', `/api/v1/command-batches/${made.body.id}`, { as: admin.key })
  assert.deepEqual(later.body.commands, { queued: 45 })
  const reader = await h.given.admin({ role: 'read-only', unit: (await h.given.unit()).id })
  const hidden = await h.http('GET', `/api/v1/command-batches/${made.body.id}`, { as: reader.key })
  assert.equal(hidden.status, 404)
})

test('a batch that erases is confirmed by number; one beyond the hourly limit waits whole', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ role: 'owner' })
  const ids: string[] = []
  for (let i = 0; i < 6; i += 1) ids.push((await h.given.enrolled()).device.id)
  const many = (devices: string[], confirm?: number) =>
    h.http('POST', '/api/v1/command-batches', { as: admin.key, body: { kind: 'wipe', devices, confirm } })
  assert.equal((await many(ids.slice(0, 3))).body.code, 'batch.confirm-differs')
  const whole = await many(ids, 6)
  assert.partialDeepStrictEqual(whole.body, {
    eligible: 6,
    leaves: { now: 0, later: 6, why: 'actor-hour', approvers: 1 },
  })
  await h.settle()
  const waiting = await h.http('GET', `/api/v1/command-batches/${whole.body.id}`, { as: admin.key })
  assert.partialDeepStrictEqual(waiting.body, { state: 'done', sent: 0, held: 6, commands: {} })
  const intent = await h.http('GET', `/api/v1/intents/${waiting.body.intent}`, { as: admin.key })
  assert.partialDeepStrictEqual(intent.body, { state: 'held', devices: 6, gathering: false, batch: whole.body.id })
  const made = await many(ids.slice(0, 3), 3)
  assert.equal(made.status, 201)
  await h.settle()
  const shown = await h.http('GET', `/api/v1/command-batches/${made.body.id}`, { as: admin.key })
  assert.partialDeepStrictEqual(shown.body, { state: 'done', sent: 3, skipped: 0 })
})

test('a batch that waits ends with the rights of who made it', async t => {
  const h = await house(t)
  const owner = await h.given.admin({ role: 'owner' })
  const leaving = await h.given.admin({ role: 'admin' })
  const ids: string[] = []
  for (let i = 0; i < 3; i += 1) ids.push((await h.given.enrolled()).device.id)
  const url = `/api/v1/admins/${leaving.id}`
  assert.equal((await h.http('PATCH', url, { as: owner.key, body: { state: 'disabled' } })).status, 200)
  // As if it had been made a moment before and its job had not run yet.
  const made = await h.as(leaving.principal, ctx =>
    createBatch(ctx, { kind: 'wipe', args: {}, devices: ids, confirm: 3 }, { eligible: 3, refused: {} }),
  )
  await h.settle()
  const shown = await h.http('GET', `/api/v1/command-batches/${made}`, { as: owner.key })
  assert.partialDeepStrictEqual(shown.body, { state: 'canceled', sent: 0 })
})

test('nobody erases more by making keys, nor by revoking them', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ role: 'owner' })
  const other = await h.given.admin({ role: 'owner' })
  const wipe = async (as: string) => {
    const { device: phone } = await h.given.enrolled()
    const body = { kind: 'wipe', args: { confirm: phone.serial?.toLowerCase() } }
    return String((await h.http('POST', `${device}/${phone.id}/commands`, { as, body })).body.state)
  }
  const order = { name: 'Another', role: 'owner', unit: h.root.id, expiresInDays: 1 }
  const made = (await h.http('POST', '/api/v1/api-keys', { as: admin.key, body: order })).body
  for (let i = 0; i < 5; i += 1) assert.equal(await wipe(made.key), 'queued')
  assert.deepEqual([await wipe(made.key), await wipe(admin.key), await wipe(other.key)], ['held', 'held', 'queued'])
  assert.equal((await h.http('DELETE', `/api/v1/api-keys/${made.id}`, { as: admin.key })).status, 204)
  assert.equal(await wipe(admin.key), 'held')
})
