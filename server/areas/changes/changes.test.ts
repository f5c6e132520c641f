import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import { note, planOf } from '../reconcile/index.ts'
import { waveOf } from './plan.ts'
import { instantOf, localAt } from './zone.ts'

const minute = 60_000
const hour = 60 * minute

/** Everyone takes everything that is planned for them, or fails at it. */
async function obey(h: House, enrollments: readonly string[], failing = false): Promise<void> {
  await h.settle()
  for (const enrollment of enrollments)
    await h.run(async ctx => {
      const channel = { enrollment, account: '' }
      for (const step of await planOf(ctx, enrollment)) {
        await note(ctx, channel, step.item, { did: 'sent', version: step.version })
        if (failing)
          await note(ctx, channel, step.item, {
            did: 'failed',
            version: step.version,
            error: { code: 'apple.refused' },
            final: true,
          })
        else if (step.do === 'remove') await note(ctx, channel, step.item, { did: 'gone' })
        else await note(ctx, channel, step.item, { did: 'installed', version: step.version })
      }
    })
  await h.settle()
}

interface Person {
  user: string
  device: string
  enrollment: string
}

/** People of Sales with a phone each, and what Sales and Support want of phones. */
async function scene(t: Parameters<typeof house>[0], count: number) {
  const h = await house(t)
  const admin = await h.given.admin()
  const [sales, support] = [await h.given.unit({ name: 'Sales' }), await h.given.unit({ name: 'Support' })]
  const wifi = (ssid: string) => ({ kind: 'test.network', name: ssid, value: { ssid } })
  await h.given.assigned({ unit: sales.id, policies: [wifi('TYO-7'), { value: { camera: false } }] })
  await h.given.assigned({ unit: support.id, policies: [wifi('TYO-9'), { value: { camera: true } }] })
  const people: Person[] = []
  for (let n = 0; n < count; n += 1) {
    const { id: user } = await h.given.user({ displayName: `P${n}`, employeeNumber: `${n}`, unit: sales.id })
    const { device, enrollment } = await h.given.enrolled({ unit: sales.id, user })
    people.push({ user, device: device.id, enrollment })
  }
  await obey(
    h,
    people.map(p => p.enrollment),
  )
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await h.http(method, `/api/v1/changes${path}`, { as: admin.key, ...(body ? { body } : {}) })
    return answer.body
  }
  return { h, admin, sales, support, people, ask }
}

/** What each device should have, and where it and its person hang. */
async function standing(h: House): Promise<unknown[]> {
  return h.run(async ctx => [
    await ctx.tx
      .selectFrom('desired')
      .select(['device', 'effective', 'inputs', 'unit_path'])
      .orderBy('device')
      .execute(),
    await ctx.tx.selectFrom('users').selectAll().orderBy('id').execute(),
    await ctx.tx
      .selectFrom('devices')
      .select(['id', 'unit', 'unit_path', 'user_id', 'user_name'])
      .orderBy('id')
      .execute(),
    await ctx.tx
      .selectFrom('item_status')
      .select(['enrollment', 'item', 'state'])
      .where('state', '<>', 'gone')
      .orderBy('enrollment')
      .orderBy('item')
      .execute(),
  ])
}

test('S4-17: a person moves on the screen: the difference is shown first, their devices swap what they have, and undo restores it to the bit', async t => {
  const { h, people, support, sales, ask } = await scene(t, 2)
  const [hana] = people
  const before = await standing(h)
  const shown = await ask('POST', '/preview', { moves: [{ user: hana?.user, unit: support.id }] })
  assert.deepEqual(
    shown.preview.groups.map((g: { devices: number; effects: { sign: string; item: string }[] }) => [
      g.devices,
      g.effects.map(e => `${e.sign} ${e.item}`).sort(),
    ]),
    [[1, ['add test.network#TYO-9', 'change test.settings', 'remove test.network#TYO-7']]],
  )
  const made = await ask('POST', '', { name: 'Hana moves', at: null, moves: [{ user: hana?.user, unit: support.id }] })
  assert.equal((await ask('POST', `/${made.id}/approve`, {})).code, 'change.not-ready')
  await h.settle()
  assert.deepEqual(await standing(h), before, 'nothing is done by planning')
  const draft = await ask('GET', `/${made.id}`)
  assert.deepEqual(
    draft.places.map(
      (p: {
        from: { path: string }
        to: { path: string }
        people: number
        devices: number
        added: number
        altered: number
        removed: number
      }) => [p.from.path, p.to.path, p.people, p.devices, p.added, p.altered, p.removed],
    ),
    [['Havsten / Sales', 'Havsten / Support', 1, 1, 1, 1, 1]],
  )
  await ask('POST', `/${made.id}/approve`, {})
  await h.settle()
  const running = await ask('GET', `/${made.id}`)
  assert.deepEqual([running.state, running.reach.devices, running.reach.reached], ['done', 1, 0])
  await obey(
    h,
    people.map(p => p.enrollment),
  )
  const done = await ask('GET', `/${made.id}`)
  assert.deepEqual([done.reach.managed, done.reach.reached, done.reach.failed], [1, 1, 0])
  const items = async () =>
    h.run(async ctx => {
      const rows = await ctx.tx
        .selectFrom('item_status')
        .select(['item'])
        .where('enrollment', '=', hana?.enrollment ?? '')
        .where('state', '=', 'installed')
        .orderBy('item')
        .execute()
      return rows.map(r => String(r.item))
    })
  assert.deepEqual(await items(), ['test.network#TYO-9', 'test.settings'])
  await ask('POST', `/${made.id}/undo`)
  await obey(
    h,
    people.map(p => p.enrollment),
  )
  assert.equal((await ask('GET', `/${made.id}`)).state, 'undone')
  assert.deepEqual(await standing(h), before)
  assert.ok(sales)
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('change.')),
    ['change.planned', 'change.approved', 'change.begun', 'change.done', 'change.undoing', 'change.undone'],
  )
})

test('S4-17: the same from a file with a date: it waits for midnight in Tokyo, swaps, and is undone to the bit', async t => {
  const { h, admin, people, ask } = await scene(t, 3)
  const before = await standing(h)
  const body = new TextEncoder().encode('number,unit\n0,Support\n1,Support\n')
  const url = '/api/v1/imports?of=users&mode=update'
  const { id } = (await h.http('POST', url, { as: admin.key, body, headers: { 'content-type': 'text/csv' } })).body
  await h.settle()
  const ready = (await h.http('GET', `/api/v1/imports/${id}`, { as: admin.key })).body
  assert.deepEqual([ready.state, ready.preview.changed, ready.preview.removed, ready.places.length], ['ready', 2, 2, 1])
  const { id: seen, groups } = ready.preview
  const inGroup = await h.http('GET', `/api/v1/previews/${seen}/groups/${groups[0].key}/devices`, { as: admin.key })
  assert.equal(inGroup.body.items.length, 2, 'the devices of a change that a job looked ahead for can be read')
  const apply = (said: object) => h.http('POST', `/api/v1/imports/${id}/apply`, { as: admin.key, body: said })
  assert.equal((await apply({ at: '2026-11-01T00:00', zone: 'Asia/Tokyo' })).body.code, 'change.time-past')
  const planned = (await apply({ at: '2026-12-01T00:00', zone: 'Asia/Tokyo' })).body
  assert.equal((await apply({})).body.code, 'import.planned')
  const change = await ask('GET', `/${planned.change}`)
  assert.deepEqual([change.state, change.at, change.local], ['planned', Date.UTC(2026, 10, 30, 15), '2026-12-01T00:00'])
  h.pass(change.at - h.now() - minute)
  await h.settle()
  assert.deepEqual(await standing(h), before, 'a minute too early')
  h.pass(minute)
  await h.settle()
  h.pass(5000)
  await h.settle()
  assert.deepEqual([(await ask('GET', `/${change.id}`)).state], ['done'])
  const enrollments = people.map(p => p.enrollment)
  await obey(h, enrollments)
  const done = await ask('GET', `/${change.id}`)
  assert.deepEqual([done.reach.devices, done.reach.reached], [2, 2])
  await ask('POST', `/${change.id}/undo`)
  await h.settle()
  h.pass(5000)
  await obey(h, enrollments)
  assert.equal((await ask('GET', `/${change.id}`)).state, 'undone')
  assert.deepEqual(await standing(h), before)
})

test('a change runs in waves by a stable hash, and stops by itself when devices fail', async t => {
  const { h, people, support, ask } = await scene(t, 12)
  const waves = { shares: [40, 100], watchMinutes: 30, stopAbovePercentFailed: 2, minHeardPercent: 0 }
  const moves = people.map(p => ({ user: p.user, unit: support.id }))
  const made = await ask('POST', '', { name: 'All', at: null, waves, moves })
  await h.settle()
  await ask('POST', `/${made.id}/approve`, {})
  await h.settle()
  const first = people.filter(p => waveOf(made.id, p.user, waves.shares) === 0)
  assert.ok(first.length > 0 && first.length < 12)
  const watching = await ask('GET', `/${made.id}`)
  assert.deepEqual([watching.state, watching.done], ['watching', first.length])
  assert.deepEqual(
    watching.byWave.map((w: { moves: number; done: number }) => [w.moves, w.done]),
    [
      [first.length, first.length],
      [12 - first.length, 0],
    ],
  )
  await obey(h, [first[0]?.enrollment ?? ''], true)
  h.pass(minute)
  await h.settle()
  const stopped = await ask('GET', `/${made.id}`)
  assert.deepEqual([stopped.state, stopped.stopped.reason, stopped.done], ['stopped', 'failed', first.length])
  await ask('POST', `/${made.id}/undo`)
  await h.settle()
  const units = (await h.http('GET', '/api/v1/users?filter=unit:Sales', { as: (await h.given.admin()).key })).body.total
  assert.equal(units, 12)
})

test('a wave that goes well is followed by the next when its time is over; one whose devices stay silent is not', async t => {
  const { h, people, support, ask } = await scene(t, 8)
  const moves = people.map(p => ({ user: p.user, unit: support.id }))
  const run = async (minHeardPercent: number) => {
    h.pass(minute)
    const waves = { shares: [50, 100], watchMinutes: 30, stopAbovePercentFailed: 2, minHeardPercent }
    const made = await ask('POST', '', { name: 'All', at: null, waves, moves })
    await h.settle()
    await ask('POST', `/${made.id}/approve`, {})
    await h.settle()
    await obey(
      h,
      people.map(p => p.enrollment),
    )
    h.pass(29 * minute)
    await h.settle()
    assert.equal((await ask('GET', `/${made.id}`)).state, 'watching')
    h.pass(minute)
    await h.settle()
    return ask('GET', `/${made.id}`)
  }
  const unheard = await run(50)
  assert.deepEqual([unheard.state, unheard.stopped.reason], ['stopped', 'unheard'])
  await ask('POST', `/${unheard.id}/undo`)
  await h.settle()
  const well = await run(0)
  assert.deepEqual([well.state, well.done, well.failed], ['done', 8, 0])
})

test('devices go between people and units; a move that is not one any more is left alone, and what went on since stays', async t => {
  const { h, people, support, ask, admin } = await scene(t, 3)
  const [a, b, c] = people
  const moves = [
    { device: a?.device, user: b?.user },
    { device: b?.device, unit: support.id, user: null },
    { device: c?.device, unit: support.id },
  ]
  const made = await ask('POST', '', { name: 'Hands', at: null, moves })
  await h.settle()
  await h.http('PATCH', `/api/v1/devices/${c?.device}`, { as: admin.key, body: { unit: support.id } })
  await ask('POST', `/${made.id}/approve`, {})
  await h.settle()
  const states = async () =>
    (await ask('GET', `/${made.id}/moves`)).items.map((m: { state: string; hands: object | null }) => m.state)
  assert.deepEqual(await states(), ['applied', 'applied', 'same'])
  await h.http('PATCH', `/api/v1/devices/${a?.device}`, { as: admin.key, body: { user: c?.user } })
  await ask('POST', `/${made.id}/undo`)
  await h.settle()
  assert.deepEqual(await states(), ['kept', 'undone', 'same'])
})

test('a change is put off, called off, and not undone after its time; its moves are told of beforehand', async t => {
  const { h, people, support, ask } = await scene(t, 1)
  const moves = [{ user: people[0]?.user, unit: support.id }]
  const at = h.now() + hour
  const made = await ask('POST', '', { name: 'Later', at, moves })
  await h.settle()
  const coming = await ask('GET', `/coming?of=${people[0]?.user}`)
  assert.deepEqual(coming.items, [{ subject: people[0]?.user, change: made.id, name: 'Later', at }])
  await ask('POST', `/${made.id}/approve`, {})
  await ask('POST', `/${made.id}/reschedule`, { at: at + hour })
  h.pass(hour + minute)
  await h.settle()
  assert.equal((await ask('GET', `/${made.id}`)).state, 'planned')
  h.pass(hour)
  await h.settle()
  assert.equal((await ask('GET', `/${made.id}`)).state, 'done')
  assert.equal((await ask('POST', `/${made.id}/cancel`)).code, 'change.not-open')
  h.pass(72 * hour)
  assert.equal((await ask('POST', `/${made.id}/undo`)).code, 'change.undo-over')
  const off = await ask('POST', '', { name: 'Never', at: null, moves })
  assert.equal((await ask('POST', `/${off.id}/cancel`)).state, 'canceled')
  assert.equal((await ask('POST', `/${off.id}/approve`, {})).code, 'change.not-open')
})

test('nobody plans beyond what they may, and names nobody twice', async t => {
  const { h, people, support, ask } = await scene(t, 1)
  const [user, device] = [people[0]?.user, people[0]?.device]
  const plan = (moves: object[]) => ask('POST', '', { name: 'X', at: null, moves })
  assert.equal(
    (
      await plan([
        { user, unit: support.id },
        { user, unit: support.id },
      ])
    ).code,
    'change.twice',
  )
  assert.equal((await plan([{ device }])).code, 'change.empty')
  assert.equal((await plan([{ user: 'usr_none', unit: support.id }])).code, 'id.unknown')
  assert.equal(
    (await ask('POST', '', { name: 'X', at: null, zone: 'Mars/North', moves: [] })).code,
    'change.zone-unknown',
  )
  const local = await h.given.admin({ role: 'admin', unit: support.id })
  const sent = await h.http('POST', '/api/v1/changes', {
    as: local.key,
    body: { name: 'X', at: null, moves: [{ user, unit: support.id }] },
  })
  assert.deepEqual([sent.status, sent.body.code], [404, 'id.unknown'])
  const made = await plan([{ user, unit: support.id }])
  assert.equal((await h.http('GET', `/api/v1/changes/${made.id}`, { as: local.key })).status, 404)
  assert.deepEqual((await h.http('GET', '/api/v1/changes', { as: local.key })).body.items, [])
})

test('what moving a unit with everything below it would do is shown, and refused like the move itself', async t => {
  const { h, sales, support, ask } = await scene(t, 2)
  const shown = async (unit: string, parent: string) => ask('POST', '/preview', { units: [{ unit, parent }] })
  const { preview } = await shown(sales.id, support.id)
  assert.deepEqual([preview.devices, preview.changed, preview.added], [2, 2, 2])
  assert.equal((await shown(sales.id, sales.id)).code, 'unit.cycle')
  assert.equal((await shown(h.root.id, sales.id)).code, 'unit.top')
})

test('a time on the wall is an instant of its zone, also where clocks change', () => {
  assert.equal(instantOf('2026-12-01T00:00', 'Asia/Tokyo'), Date.UTC(2026, 10, 30, 15))
  assert.equal(instantOf('2026-07-01T09:30', 'Europe/Stockholm'), Date.UTC(2026, 6, 1, 7, 30))
  assert.equal(localAt(Date.UTC(2026, 6, 1, 7, 30), 'Europe/Stockholm'), '2026-07-01T09:30')
  // Clocks go forward at 2:00: what would be 2:30 is 3:30.
  assert.equal(localAt(instantOf('2026-03-29T02:30', 'Europe/Paris'), 'Europe/Paris'), '2026-03-29T03:30')
  // Clocks go back at 3:00: 2:30 comes twice, the first is meant.
  assert.equal(instantOf('2026-10-25T02:30', 'Europe/Paris'), Date.UTC(2026, 9, 25, 0, 30))
})
