import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Id } from '../../base/id.ts'
import * as commands from '../commands/index.ts'
import * as privacy from '../privacy/index.ts'
import { house } from '../../testing/house.ts'
import * as escrow from './index.ts'

const device = '/api/v1/devices'
const purpose = 'the owner is here'

test('a PIN is kept before it is sent, shown only with its permission to who has proved who they are, and the look is recorded', async t => {
  const h = await house(t)
  const { device: mac, enrollment } = await h.given.enrolled({ platform: 'macos' })
  const [admin, desk] = [
    await h.given.admin({ passkey: true }),
    await h.given.admin({ role: 'help-desk', passkey: true }),
  ]
  const look = (who: { cookie: string }) =>
    h.http('POST', `${device}/${mac.id}/secrets/lock-pin/reveal`, {
      headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' },
      body: { purpose },
    })
  assert.equal((await look(admin)).body.code, 'step-up.needed')
  await h.given.stepUp(admin)
  await h.given.stepUp(desk)
  assert.equal((await look(admin)).status, 404)
  await h.http('POST', `${device}/${mac.id}/commands`, { as: desk.key, body: { kind: 'lock' } })
  const pending = await look(admin)
  assert.match(pending.body.value, /^\d{6}$/)
  assert.equal(pending.body.values[0].state, 'pending')
  assert.equal(pending.body.replacedAt, null, 'a PIN cannot be replaced')
  const channel = { enrollment, account: '' } as const
  const handed = await h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' }))
  assert.equal(handed?.args.pin, pending.body.value)
  await h.run(ctx => commands.answered(ctx, { ...channel, uuid: handed?.uuid ?? '', status: 'done', result: {} }))
  assert.equal((await look(admin)).body.values[0].state, 'current')
  assert.equal((await look(desk)).status, 403)
  assert.equal((await h.events()).filter(e => e === 'secret.revealed').length, 2)
  const looks = await h.run(ctx => privacy.looksOf(ctx, { device: mac.id }))
  assert.ok(looks.every(l => l.what === 'secrets' && l.purpose === purpose))
  const rows = await h.run(ctx => ctx.tx.selectFrom('commands').selectAll().execute())
  const kept = await h.run(ctx => ctx.tx.selectFrom('escrows').selectAll().execute())
  assert.ok(!JSON.stringify([rows, kept]).includes(pending.body.value), 'nowhere in clear')
})

test('an API key can never read a secret', async t => {
  const h = await house(t)
  const { device: mac } = await h.given.enrolled({ platform: 'macos' })
  const admin = await h.given.admin()
  await h.run(ctx => escrow.keep(ctx, { device: mac.id, kind: 'lock-pin', value: '123456', state: 'current' }))
  const url = `${device}/${mac.id}/secrets/lock-pin/reveal`
  const answer = await h.http('POST', url, { as: admin.key, body: { purpose } })
  assert.equal(answer.body.code, 'step-up.keys-cannot')
  assert.ok(!JSON.stringify(answer.body).includes('123456'))
})

test('every secret a device ever had stays, in order, and the list shows none of them', async t => {
  const h = await house(t)
  const { device: mac } = await h.given.enrolled({ platform: 'macos' })
  const admin = await h.given.admin({ passkey: true })
  const values = ['first', 'second', 'third']
  for (const value of values) {
    await h.run(ctx => escrow.keep(ctx, { device: mac.id, kind: 'lock-pin', value, state: 'current' }))
    h.pass(1000)
  }
  await h.run(ctx => escrow.keep(ctx, { device: mac.id, kind: 'lock-pin', value: 'third', state: 'current' }))
  const listed = await h.http('GET', `${device}/${mac.id}/secrets`, { as: admin.key })
  const pins = listed.body.items.find((i: { kind: string }) => i.kind === 'lock-pin')
  assert.deepEqual(
    pins.entries.map((e: { state: string }) => e.state),
    ['current', 'past', 'past'],
    'the same one told again is not another one',
  )
  assert.doesNotMatch(JSON.stringify(listed.body), /first|second|third/)
  await h.given.stepUp(admin)
  const ask = (body: object) =>
    h.http('POST', `${device}/${mac.id}/secrets/lock-pin/reveal`, {
      headers: { cookie: admin.cookie, 'sec-fetch-site': 'same-origin' },
      body: { purpose, ...body },
    })
  assert.deepEqual((await ask({})).body.value, 'third')
  assert.deepEqual((await ask({ id: pins.entries[2].id })).body.value, 'first')
  const after = await h.http('GET', `${device}/${mac.id}/secrets`, { as: admin.key })
  const seen = after.body.items.find((i: { kind: string }) => i.kind === 'lock-pin').entries
  assert.deepEqual(
    seen.map((e: { views: number; viewedBy: { id: string } | null }) => [e.views, e.viewedBy?.id ?? null]),
    [
      [1, admin.id],
      [0, null],
      [1, admin.id],
    ],
  )
})

test('a command that the device turned down leaves the secret that was there in place, and its own to be tried', async t => {
  const h = await house(t)
  const { device: mac } = await h.given.enrolled({ platform: 'macos' })
  await h.run(ctx => escrow.keep(ctx, { device: mac.id, kind: 'lock-pin', value: 'old', state: 'current' }))
  const command = 'cmd_00000000000070008000000000000001'
  await h.run(ctx => escrow.keep(ctx, { device: mac.id, kind: 'lock-pin', value: 'new', command, state: 'pending' }))
  await h.run(ctx => escrow.refuse(ctx, command))
  await h.run(ctx => escrow.confirm(ctx, 'cmd_00000000000070008000000000000002'))
  const likely = await h.run(ctx => escrow.candidates(ctx, mac.id, 'lock-pin'))
  assert.deepEqual(
    likely.map(c => [c.value, c.state]),
    [
      ['old', 'current'],
      ['new', 'refused'],
    ],
  )
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('escrow.')),
    ['escrow.confirmed', 'escrow.kept', 'escrow.refused'],
  )
})

test('rules hold for a unit and below, the nearest one; what nobody can demand is refused', async t => {
  const h = await house(t)
  const admin = await h.given.admin()
  const below = await h.given.unit({ name: 'Below' })
  const put = (unit: string, body: object) =>
    h.http('PUT', `/api/v1/units/${unit}/escrow-rule`, { as: admin.key, body })
  assert.equal(
    (await put(below.id, { kinds: { 'lock-pin': { demand: true, everyDays: 3 } }, afterViewMinutes: 60 })).body.code,
    'escrow.kind-unknown',
  )
  assert.equal((await put(h.root.id, { kinds: {}, afterViewMinutes: 15 })).status, 204)
  assert.equal((await put(below.id, { kinds: {}, afterViewMinutes: 90 })).status, 204)
  const ruleOf = await h.run(ctx => escrow.ruling(ctx))
  assert.deepEqual([ruleOf(h.root.path).afterViewMinutes, ruleOf(below.path).afterViewMinutes], [15, 90])
  const moved = await h.given.unit({ name: 'Moved' })
  const url = `/api/v1/units/${below.id}`
  assert.equal((await h.http('PATCH', url, { as: admin.key, body: { parent: moved.id } })).status, 200)
  const after = await h.run(ctx => escrow.ruling(ctx))
  assert.equal(after(`${moved.path}${below.id}/`).afterViewMinutes, 90, 'a rule moves with its unit')
  const listed = await h.http('GET', '/api/v1/escrow-rules', { as: admin.key })
  assert.equal(listed.body.items.length, 2)
  const [above, inside] = [await h.given.enrolled(), await h.given.enrolled({ unit: below.id as Id<'unit'> })]
  const { id: device } = above.device
  await h.run(async ctx => {
    await escrow.keep(ctx, { device, kind: 'activation-lock', value: 'kept', state: 'current' })
    await escrow.takeTurn(ctx, inside.device, { kind: 'activation-lock', why: 'demanded', dueAt: ctx.now })
  })
  const see = async (path: string) => (await h.http('GET', `/api/v1/escrow/${path}`, { as: admin.key })).body
  const counted = async () => {
    const { kinds, rules } = await see('coverage')
    const of = kinds.find((k: { kind: string }) => k.kind === 'activation-lock')
    return [of.kept, of.waiting, of.missing, ...rules.map((r: { devices: number }) => r.devices)]
  }
  assert.deepEqual(await counted(), [1, 1, 0, 1, 1], 'each device counts for the nearest rule alone')
  const stuck = { device: inside.device.id, kind: 'activation-lock', problem: 'command.no-bypass-code' }
  await h.run(ctx => escrow.noteFailed(ctx, stuck))
  assert.deepEqual((await counted()).slice(0, 3), [1, 0, 1])
  const { items } = await see('devices?kind=activation-lock&state=missing')
  assert.deepEqual(
    items.map((i: { id: string; problem: string }) => [i.id, i.problem]),
    [[inside.device.id, 'command.no-bypass-code']],
  )
})

test('where the charter keeps no secrets of a device, none stays', async t => {
  const h = await house(t)
  const { device: mac } = await h.given.enrolled({ platform: 'macos' })
  const held = { id: mac.id, ownership: 'company', unitPath: h.root.path }
  await h.run(ctx => escrow.keep(ctx, { device: mac.id, kind: 'lock-pin', value: 'x', state: 'current' }))
  const aged = await h.run(ctx => escrow.purge(ctx, held, { since: () => ctx.now + 1, again: true }))
  assert.deepEqual(aged, [], 'age alone takes no key away')
  const gone = await h.run(ctx => escrow.purge(ctx, held, { since: () => privacy.always, again: true }))
  assert.equal(gone.length, 1)
  assert.equal(await h.run(ctx => escrow.current(ctx, mac.id, 'lock-pin')), undefined)
})
