import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import * as policies from '../policies/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Call } from '../../base/route.ts'
import { routes } from '../../main.ts'
import { carryOut, getPreview, previewOf, snapshot } from './index.ts'
import { until } from '../../../tools/until.ts'

const callOf: Omit<Call, 'principal'> = {
  method: 'POST',
  address: '127.0.0.1',
  agent: 'test',
  headers: {},
  request: 'test',
  url: '',
  socket: new Socket(),
  bytes: new Uint8Array(),
  signal: new AbortController().signal,
}

type Answer = Awaited<ReturnType<House['http']>>

/** A unit with some devices that have one policy, and an owner to speak as. */
async function floor(h: House, count: number, value: policies.Json = { camera: true }) {
  const unit = await h.given.unit({ name: 'Floor' })
  for (let n = 0; n < count; n += 1) await h.given.device({ unit: unit.id })
  const { policies: ids, blueprint, assignment } = await h.given.assigned({ unit: unit.id, policies: [{ value }] })
  const { key } = await h.given.admin()
  const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    h.http(method, `/api/v1${path}`, {
      as: key,
      ...(body === undefined ? {} : { body }),
      ...(headers ? { headers } : {}),
    })
  return { unit, policy: ids[0] ?? '', blueprint, assignment: assignment.id, ask }
}

test('a save that is only looked at says what it would do, and does nothing', async t => {
  const h = await house(t)
  const { policy, ask } = await floor(h, 3)
  const before = await h.events()
  const { status, body } = await ask('POST', `/policies/${policy}/versions?dryRun=true`, { value: { camera: false } })
  assert.equal(status, 200)
  assert.equal(body.policy, null)
  const { preview } = body
  assert.deepEqual([preview.state, preview.devices, preview.changed, preview.altered], ['done', 3, 3, 3])
  assert.equal(preview.groups.length, 1)
  assert.deepEqual(preview.groups[0].effects[0].keys, [{ key: 'camera', before: true, after: false }])
  assert.equal(preview.groups[0].sample.length, 3)
  assert.deepEqual(preview.groups[0].byPlatform, { ios: 3 })
  assert.equal((await ask('GET', `/policies/${policy}`)).body.version, 1)
  assert.deepEqual(await h.events(), before)
  const again = await ask('GET', `/previews/${preview.id}`)
  assert.deepEqual(again.body, preview)
})

test('the save itself answers what was written with the same preview', async t => {
  const h = await house(t)
  const { policy, ask } = await floor(h, 2)
  const { status, body } = await ask('POST', `/policies/${policy}/versions`, { value: { camera: false }, note: 'Why' })
  assert.equal(status, 201)
  assert.deepEqual([body.policy.version, body.preview.changed], [2, 2])
  assert.equal((await h.events()).at(-1), 'policy.versioned')
})

test('a preview knows only the devices that a difference can touch', async t => {
  const h = await house(t)
  const { policy, ask } = await floor(h, 2)
  for (let n = 0; n < 3; n += 1) await h.given.device()
  const { body } = await ask('POST', `/policies/${policy}/versions?dryRun=true`, { value: {} })
  assert.equal(body.preview.devices, 2)
  const renamed = await ask('PATCH', `/policies/${policy}?dryRun=true`, { name: 'Another' })
  assert.deepEqual([renamed.body.preview.devices, renamed.body.preview.changed], [0, 0])
})

test('refusals of a look are those of the write: nothing is found out only by saving', async t => {
  const h = await house(t)
  const { policy, unit, ask } = await floor(h, 1)
  const wrong = await ask('POST', `/policies/${policy}/versions?dryRun=true`, { value: { wrong: 1 } })
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.fields[0].path], [422, 'policy.invalid', 'value/wrong'])
  const used = await ask('DELETE', `/policies/${policy}?dryRun=true`)
  assert.equal(used.body.code, 'policy.in-use')
  await h.given.policy({ name: 'Taken' })
  const taken = { kind: 'test.settings', name: 'taken', unit: unit.id, value: {} }
  assert.equal((await ask('POST', '/policies?dryRun=true', taken)).body.code, 'policy.name-taken')
})

test('a save repeated under its key is done once and answered twice', async t => {
  const h = await house(t)
  const { policy, ask } = await floor(h, 1)
  const headers = { 'idempotency-key': 'once' }
  const first = await ask('POST', `/policies/${policy}/versions`, { value: { camera: false } }, headers)
  const second = await ask('POST', `/policies/${policy}/versions`, { value: { camera: false } }, headers)
  assert.equal(first.status, 201)
  assert.deepEqual([second.status, second.body], [first.status, first.body])
  assert.equal((await ask('GET', `/policies/${policy}`)).body.version, 2)
  const other = await ask('POST', `/policies/${policy}/versions`, { value: { camera: 1 } }, headers)
  assert.equal(other.body.code, 'request.replayed')
})

test('what takes settings away from more devices than the limit asks for its phrase', async t => {
  const h = await house(t)
  const { assignment, ask } = await floor(h, 3)
  assert.equal((await ask('PATCH', '/settings/previews', { confirmAbove: 2 })).status, 200)
  const shown = await ask('DELETE', `/assignments/${assignment}?dryRun=true`)
  assert.deepEqual(shown.body.preview.needsConfirmation, { phrase: 'remove 3', removals: 3, limit: 2, short: 0 })
  const refused = await ask('DELETE', `/assignments/${assignment}`)
  assert.deepEqual([refused.status, refused.body.code, refused.body.phrase], [422, 'preview.unconfirmed', 'remove 3'])
  assert.equal((await ask('DELETE', `/assignments/${assignment}?confirm=remove%202`)).status, 422)
  assert.equal((await ask('DELETE', `/assignments/${assignment}?confirm=remove%203`)).status, 200)
  assert.equal((await h.events()).at(-1), 'assignment.removed')
})

test('two policies that want different things are shown before they are saved, with who wins on how many devices', async t => {
  const h = await house(t)
  const { policy, blueprint, ask } = await floor(h, 2, { camera: true })
  const other = await h.given.policy({ name: 'Stricter', value: { camera: false } })
  const { body } = await ask('PATCH', `/blueprints/${blueprint}?dryRun=true`, { items: [policy, other.id] })
  // The value stays, so that nothing changes; the conflict is new all the same.
  assert.equal(body.preview.changed, 0)
  assert.equal(body.preview.conflicts.length, 1)
  const [conflict] = body.preview.conflicts
  assert.deepEqual(
    [conflict.item, conflict.key, conflict.winner, conflict.level, conflict.devices],
    ['test.settings', 'camera', policy, 'equal', 2],
  )
  assert.deepEqual(
    conflict.policies.map((p: { name: string }) => p.name),
    [(await ask('GET', `/policies/${policy}`)).body.name, 'Stricter'],
  )
})

test('what a platform makes nothing of is told with its reason and the number of devices', async t => {
  const h = await house(t)
  const { unit, policy, ask } = await floor(h, 1)
  await h.given.device({ unit: unit.id, platform: 'macos' })
  const value = { camera: false, mac: true }
  const held = { kind: 'test.settings', road: null, mode: null }
  const { body } = await ask('POST', `/policies/${policy}/versions?dryRun=true`, { value })
  assert.deepEqual(body.preview.unhonored, [
    { policy, ...held, platform: 'ios', reason: 'test.not-here', keys: ['mac'], devices: 1 },
    { policy, ...held, platform: 'macos', reason: 'test.not-here', keys: ['camera'], devices: 1 },
  ])
  const coverage = await ask('GET', `/policies/${policy}/coverage`)
  assert.deepEqual(
    coverage.body.platforms.map((p: { platform: string; full: number; partly: number; gaps: unknown[] }) => [
      p.platform,
      p.full,
      p.partly,
      p.gaps,
    ]),
    [
      ['ios', 1, 0, []],
      ['macos', 0, 1, [{ reason: 'test.not-here', devices: 1, keys: ['camera'] }]],
    ],
  )
})

test('an assignment that begins later is looked at as it will be then', async t => {
  const h = await house(t)
  const { unit, blueprint, ask } = await floor(h, 0)
  const sub = await h.given.unit({ parent: unit.id })
  const { policies: ids } = await h.given.assigned({ unit: unit.id, enabled: false })
  await h.given.device({ unit: sub.id })
  await ask('PATCH', `/blueprints/${blueprint}`, { items: ids })
  const all = await ask('GET', `/blueprints/${blueprint}`)
  await ask('DELETE', `/assignments/${all.body.assignments[0].id}`)
  const window = { from: h.now() + 86_400_000 }
  const { status, body } = await ask('POST', `/blueprints/${blueprint}/assignments`, { unit: sub.id, window })
  assert.equal(status, 201)
  assert.deepEqual([body.preview.devices, body.preview.added], [1, 1])
})

test('the devices of a group are paged, and only those that the reader may see', async t => {
  const h = await house(t)
  const { unit, ask } = await floor(h, 0)
  const own = await h.given.unit({ parent: unit.id })
  for (let n = 0; n < 3; n += 1) await h.given.device({ unit: own.id })
  const { blueprint } = await h.given.assigned({ unit: unit.id, enabled: false, policies: [{ value: { other: 1 } }] })
  const shown = await ask('POST', `/blueprints/${blueprint}/assignments?dryRun=true`, { unit: unit.id })
  const { id, groups } = shown.body.preview
  const url = `/previews/${id}/groups/${groups[0].key}/devices`
  const first = await ask('GET', `${url}?limit=2`)
  const rest = await ask('GET', `${url}?limit=2&cursor=${first.body.next}`)
  assert.deepEqual([first.body.items.length, rest.body.items.length, rest.body.next], [2, 1, null])
  assert.equal((await ask('GET', `/previews/${id}/groups/none/devices`)).status, 404)
  const other = await h.given.admin()
  assert.equal((await h.http('GET', `/api/v1/previews/${id}`, { as: other.key })).body.code, 'id.unknown')
})

test('a save whose ground is moved meanwhile is computed again, and refused when it never comes to rest', async t => {
  const h = await house(t)
  const { policy, ask } = await floor(h, 1)
  const { principal } = await h.given.admin()
  const route = routes.find(r => r.path === '/api/v1/blueprints')
  assert.ok(route)
  const call = { ...callOf, principal }
  const about = () => ({ kind: 'policy', id: policy, path: h.root.path })
  const save = (moves: number) => {
    let left = moves
    const run = async (ctx: Ctx) => {
      // Someone else writes as soon as this transaction has ended.
      if (left > 0) void h.run(policies.bumpRevision)
      left -= 1
      return policies.changePolicy(ctx, policy, { description: `Moved ${moves}` })
    }
    return carryOut({ base: h.base, route, call }, [moves], { dryRun: false }, { run, about })
  }
  await save(1)
  assert.equal((await ask('GET', `/policies/${policy}`)).body.description, 'Moved 1')
  await assert.rejects(save(20), (error: { code?: string }) => error.code === 'preview.outdated')
  assert.equal((await ask('GET', `/policies/${policy}`)).body.description, 'Moved 1')
})

test('a preview that is more than a look goes on under its id, and many at once are refused', async t => {
  const h = await house(t)
  const { policy } = await floor(h, 1)
  const before = await snapshot(h.base, h.org)
  await h.run(ctx => policies.saveVersion(ctx, policy, { value: { camera: false } }))
  const after = await snapshot(h.base, h.org)
  const { principal } = await h.given.admin()
  const first = await previewOf(h.base, principal, { before, after }, { patienceMs: 0 })
  assert.equal(first.state, 'computing')
  const now = () => h.base.read(principal, ctx => getPreview(ctx, first.id))
  await until('it is done', async () => (await now()).state === 'done')
  const done = await now()
  assert.deepEqual([done.state, done.changed], ['done', 1])
  const many = Array.from({ length: 5 }, () => previewOf(h.base, principal, { before, after }))
  const outcomes = await Promise.allSettled(many)
  assert.equal(outcomes.filter(o => o.status === 'rejected' && o.reason.code === 'preview.busy').length, 1)
})

test('a change of devices is previewed like a change of policies', async t => {
  const h = await house(t)
  const { unit } = await floor(h, 0)
  const device = await h.given.device()
  const state = await snapshot(h.base, h.org)
  const { principal } = await h.given.admin()
  const among = { within: [], devices: [device.id], users: [], groups: [], tags: [] }
  const retarget = <T extends { path: string }>(target: T): T => ({ ...target, path: unit.path })
  const preview = await previewOf(h.base, principal, { before: state, after: state, among, retarget })
  assert.deepEqual([preview.devices, preview.added], [1, 1])
  assert.equal((await h.run(ctx => devices.get(ctx, device.id))).unitPath, h.root.path)
})
