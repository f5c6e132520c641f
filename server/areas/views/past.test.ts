import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { adopt } from '../../testing/charters.ts'
import { type House, house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import * as identity from '../identity/index.ts'
import * as privacy from '../privacy/index.ts'
import * as policies from '../policies/index.ts'
import * as reconcile from '../reconcile/index.ts'
import { listDevices } from './device-list.ts'
import { countPast, listPast, pageOfPast } from './past.ts'
import { pastFacts } from './past-store.ts'
import { devicePage } from './device-page.ts'

const day = 24 * 3_600_000
const filters = ['', 'state:active', 'tag:loan', 'tag:none', 'os>=18.2', 'policy:ok', 'policy:failed', 'policy:pending']
const more = [
  'policy:none',
  'user:none',
  'ownership:personal',
  'supervised:yes',
  'asset:a1',
  'unit:Sales',
  'phone -spare',
]

/** What a list says now, in the form in which the past is compared. */
async function snapshot(h: House, filter: string) {
  return h.run(async ctx => {
    const { items } = await listDevices(ctx, { filter, sort: 'name', cursor: undefined, limit: 200 })
    return items.map(({ waiting: _, alerts: __, ...row }) => ({
      ...row,
      policy: row.policy?.items ? row.policy : null,
    }))
  })
}

async function factsNow(h: House, id: string) {
  const page = await h.run(ctx => devicePage(ctx, id))
  return page.facts.map(f => [f.key, f.value]).sort()
}

type Change = (h: House, on: { id: string; enrollment: string }, pick: (most: number) => number) => Promise<void>

interface World {
  units: string[]
  users: string[]
  policies: string[]
  saved: number
}

function changes(world: World): Change[] {
  const alter = (of: (pick: (most: number) => number) => Parameters<typeof devices.change>[2]): Change => {
    return (h, { id }, pick) => h.run(async ctx => void (await devices.change(ctx, id, of(pick))))
  }
  const learn = (of: (pick: (most: number) => number) => Record<string, devices.JsonValue>): Change => {
    return (h, { id }, pick) => h.run(ctx => devices.learn(ctx, id, 'x', of(pick)))
  }
  const word = (did: 'installed' | 'failed' | 'drifted'): Change => {
    return (h, { enrollment }, pick) =>
      h.run(async ctx => {
        const items = await reconcile.statusOf(ctx, enrollment)
        const item = items[pick(Math.max(1, items.length))]
        if (!item?.wanted) return
        const version = item.wanted
        const error = { code: 'x.y', facts: {} }
        const said = { installed: { did, version }, failed: { did, version, error }, drifted: { did, has: null } }[did]
        await reconcile.note(ctx, { enrollment, account: '' }, item.item, said as Parameters<typeof reconcile.note>[3])
      })
  }
  return [
    alter(pick => ({ name: ['Phone A', 'Phone B', 'spare 1'][pick(3)] })),
    alter(pick => ({ unit: world.units[pick(world.units.length)] })),
    alter(pick => ({ user: [null, ...world.users][pick(world.users.length + 1)] })),
    alter(pick => ({ tags: [['loan'], ['loan', 'old'], [], ['old']][pick(4)] })),
    alter(pick => ({ assetTag: ['A1', 'B2', null][pick(3)] })),
    alter(pick => ({ ownership: (['company', 'unknown'] as const)[pick(2)] })),
    learn(pick => ({ 'os.version': ['18.1', '18.2', '26.0'][pick(3)] ?? '', 'storage.free': pick(3) })),
    learn(pick => ({ 'identity.supervised': pick(2) === 1, 'network.wifiMac': `0${pick(3)}:11` })),
    async (h, { id }) => {
      devices.seen(h.base, h.org, id as devices.Device['id'], h.now())
      await devices.flushSeen(h.base)
    },
    (h, { id }, pick) =>
      h.run(ctx => devices.setState(ctx, id, (['active', 'lost', 'silent'] as const)[pick(3)] ?? 'active')),
    word('installed'),
    word('failed'),
    word('drifted'),
    word('installed'),
    (h, _on, pick) =>
      h.run(async ctx => {
        world.saved += 1
        const value = { camera: pick(2) === 1, n: world.saved }
        await policies.saveVersion(ctx, world.policies[pick(world.policies.length)] ?? '', { value })
      }),
    (h, _on, pick) =>
      h.run(
        async ctx =>
          void (await identity.changeUser(ctx, world.users[pick(world.users.length)] ?? '', {
            displayName: `User ${pick(4)}`,
          })),
      ),
  ]
}

test('what is asked as of any instant is what was true then: random changes, snapshots kept at random instants', {
  timeout: 600_000,
}, async t => {
  const h = await house(t)
  const sales = await h.given.unit({ name: 'Sales' })
  const works = await h.given.unit({ name: 'Works' })
  const users = [await h.given.user(), await h.given.user()]
  const { policies: shared } = await h.given.assigned()
  const { policies: local } = await h.given.assigned({
    unit: sales.id,
    policies: [{ kind: 'test.network', value: { ssid: 'Corp' } }],
  })
  const phones: { id: string; enrollment: string }[] = []
  for (const unit of [sales.id, works.id, sales.id]) {
    const { device, enrollment } = await h.given.enrolled({ unit })
    phones.push({ id: device.id, enrollment })
  }
  await h.settle()
  const world = { units: [sales.id, works.id], users: users.map(u => u.id), policies: [...shared, ...local], saved: 0 }
  const all = changes(world)
  const kept: { at: number; filter: string; rows: unknown; phone: string; facts: unknown }[] = []
  const one = fc.record({
    change: fc.nat(all.length - 1),
    phone: fc.nat(phones.length - 1),
    wait: fc.constantFrom(0, 1, 1000, 3_600_000, day),
    look: fc.option(fc.constantFrom(...filters, ...more), { freq: 2 }),
    picks: fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
  })
  const sequence = fc.sample(fc.array(one, { minLength: 120, maxLength: 160 }), 1)[0] ?? []
  for (const { change, phone, wait, look, picks } of sequence) {
    h.pass(wait)
    const on = phones[phone]
    if (!on) continue
    const left = [...picks]
    await all[change]?.(h, on, most => (left.pop() ?? 0) % most)
    if (look === null) continue
    await h.settle()
    kept.push({
      at: h.now(),
      filter: look,
      rows: await snapshot(h, look),
      phone: on.id,
      facts: await factsNow(h, on.id),
    })
    h.pass(1)
  }
  assert.ok(kept.length >= 20, `${kept.length} snapshots`)
  assert.ok(new Set(kept.map(k => JSON.stringify(k.rows))).size > 10, 'they differ')
  h.pass(40 * day)
  for (const { at, filter, rows, phone, facts } of kept) {
    const said = await h.run(async ctx => (await pastFacts(ctx, at, [phone])).map(f => [f.key, f.value]))
    assert.deepEqual(said.sort(), facts)
    const { items } = await h.run(ctx => pageOfPast(ctx, at, { filter, limit: 200 }))
    // Where a device has called since, its last contact is known to the day and not to the instant.
    const exact = (row: { lastSeenAt: number | null }, i: number): unknown => {
      const then = (rows as { lastSeenAt: number | null }[])[i]
      const on = (instant: number): number => Math.floor(instant / day)
      const known = row.lastSeenAt === null ? [] : [on(at), ...(then?.lastSeenAt == null ? [] : [on(then.lastSeenAt)])]
      const same = then !== undefined && row.lastSeenAt !== null && known.includes(on(row.lastSeenAt))
      return same ? { ...row, lastSeenAt: then.lastSeenAt } : row
    }
    assert.deepEqual(items.map(exact as never), rows, `${filter} as of ${at}`)
    assert.equal(await h.run(ctx => countPast(ctx, at, filter)), items.length)
  }
})

test('facts as of an instant are what the device had said by then', async t => {
  const h = await house(t)
  const { id } = await h.given.device({ facts: { 'os.version': '18.1', 'battery.level': 0.5 } })
  const first = h.now()
  h.pass(day)
  await h.run(ctx => devices.learn(ctx, id, 'x', { 'battery.level': 0.4 }))
  const second = h.now()
  const at = (when: number) => h.run(async ctx => (await pastFacts(ctx, when, [id])).map(f => [f.key, f.value]))
  assert.deepEqual(await at(first - 1), [])
  assert.deepEqual(await at(first), [
    ['battery.level', 0.5],
    ['os.version', '18.1'],
  ])
  assert.deepEqual(await at(second), [
    ['battery.level', 0.4],
    ['os.version', '18.1'],
  ])
  // Four hundred days later the older value is forgotten, the one that held is not.
  h.pass(500 * day)
  await h.run(ctx => devices.learn(ctx, id, 'x', { 'battery.level': 0.3 }))
  const { forgetHistory } = await import('../devices/fact.ts')
  await h.run(forgetHistory)
  assert.deepEqual(await at(first), [['os.version', '18.1']])
  assert.deepEqual(await at(h.now() - day), [
    ['battery.level', 0.4],
    ['os.version', '18.1'],
  ])
})

test('a clock that was put back leaves one answer for every instant', async t => {
  const h = await house(t)
  const { id } = await h.given.device({ name: 'first' })
  const start = h.now()
  h.pass(30 * day)
  await h.run(ctx => devices.change(ctx, id, { name: 'ahead' }))
  h.pass(-29 * day)
  await h.run(ctx => devices.change(ctx, id, { name: 'back' }))
  h.pass(40 * day)
  for (const at of [start, start + day, start + 2 * day, start + 31 * day]) {
    const { items } = await h.run(ctx => pageOfPast(ctx, at, { filter: '', limit: 10 }))
    assert.deepEqual(
      items.map(i => i.name),
      [at === start ? 'first' : 'back'],
    )
  }
})

test('a day means its end in the zone; what lies ahead or is not kept is refused', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  await h.given.device({ name: 'Phone' })
  const from = h.now()
  const ask = (query: string) => h.http('GET', `/api/v1/devices/past?${query}`, { as: key })
  h.pass(10 * day)
  const there = await ask('asOf=2026-11-20&zone=Asia/Tokyo')
  assert.equal(there.status, 200)
  assert.partialDeepStrictEqual(there.body, { total: 1, asOf: Date.UTC(2026, 10, 20, 14, 59, 59, 999), keptFrom: from })
  assert.equal((await ask('asOf=2026-11-19')).body.code, 'past.not-kept')
  assert.equal((await ask('asOf=2026-12-24')).body.code, 'past.ahead')
  assert.equal((await ask('asOf=yesterday')).body.code, 'past.unread')
  assert.equal((await ask('asOf=2026-11-20&zone=Mars')).body.code, 'past.unread')
  assert.equal((await ask('asOf=2026-11-30')).body.asOf, h.now())
  assert.equal((await ask('asOf=2026-11-20&filter=battery:1')).body.code, 'filter.field-unknown')
})

test('the page and the comparison say what differs; who may not see the unit it was in then sees nothing', async t => {
  const h = await house(t)
  const [sales, works] = [await h.given.unit({ name: 'Sales' }), await h.given.unit({ name: 'Works' })]
  const owner = await h.given.admin()
  const local = await h.given.admin({ role: 'help-desk', unit: works.id })
  const { id } = await h.given.device({
    name: 'Phone',
    unit: sales.id,
    facts: { 'os.version': '18.1' },
    tags: ['loan'],
  })
  const then = new Date(h.now()).toISOString()
  h.pass(2 * day)
  await h.run(async ctx => {
    await devices.change(ctx, id, { name: 'New', unit: works.id, tags: [] })
    await devices.learn(ctx, id, 'x', { 'os.version': '18.2' })
  })
  h.pass(day)
  const now = new Date(h.now()).toISOString()
  const page = await h.http('GET', `/api/v1/devices/${id}/as-of?asOf=${then}`, { as: owner.key })
  assert.partialDeepStrictEqual(page.body, {
    device: { name: 'Phone', unit: { name: 'Sales' }, tags: ['loan'], osVersion: '18.1' },
  })
  const { body } = await h.http('GET', `/api/v1/devices/${id}/compare?from=${then}&to=${now}`, { as: owner.key })
  assert.deepEqual(
    body.differences.map((d: { part: string; key: string; before: unknown; after: unknown }) => [
      d.part,
      d.key,
      d.before,
      d.after,
    ]),
    [
      ['device', 'name', 'Phone', 'New'],
      ['device', 'osVersion', '18.1', '18.2'],
      ['device', 'tags', ['loan'], []],
      ['device', 'unit', 'Havsten / Sales', 'Havsten / Works'],
      ['fact', 'os.version', '18.1', '18.2'],
    ],
  )
  assert.equal((await h.http('GET', `/api/v1/devices/${id}/as-of?asOf=${now}`, { as: local.key })).status, 200)
  assert.equal((await h.http('GET', `/api/v1/devices/${id}/as-of?asOf=${then}`, { as: local.key })).status, 404)
  const list = await h.http('GET', `/api/v1/devices/past?asOf=${then}`, { as: local.key })
  assert.equal(list.body.items.length, 0)
})

test('a removed device stays in the past it had, a personal one does not', async t => {
  const h = await house(t)
  const company = await h.given.device({ name: 'Company', tags: ['loan'] })
  const personal = await h.given.device({ name: 'Personal', ownership: 'personal' })
  const at = h.now()
  h.pass(day)
  for (const { id } of [company, personal])
    await h.run(async ctx => {
      await devices.setState(ctx, id, 'ended')
      await devices.remove(ctx, id)
    })
  h.pass(day)
  const { items } = await h.run(ctx => pageOfPast(ctx, at, { filter: 'tag:loan', limit: 10 }))
  assert.deepEqual(
    items.map(i => i.name),
    ['Company'],
  )
  assert.equal(await h.run(ctx => countPast(ctx, at, '')), 1)
  const { total } = await h.run(ctx =>
    listPast(ctx, {
      filter: '',
      sort: undefined,
      cursor: undefined,
      limit: 10,
      asOf: new Date(ctx.now).toISOString(),
      zone: 'UTC',
    }),
  )
  assert.equal(total, 0)
})

test('a past day tells a person’s number to nobody, as today does not without a purpose; a device of nobody has none to hide', async t => {
  const h = await house(t)
  await adopt(h, privacy.preset('dedicated'))
  const owner = await h.given.admin({ role: 'owner' })
  const facts = { 'cellular.phoneNumber': '+46701234567', 'os.version': '18.1' }
  const held = await h.given.device({ name: 'Held', user: (await h.given.user()).id, facts })
  const spare = await h.given.device({ name: 'Spare', facts })
  h.pass(day)
  const keys = async (id: string): Promise<string[]> => {
    const at = `/api/v1/devices/${id}/as-of?asOf=${new Date(h.now()).toISOString()}`
    return (await h.http('GET', at, { as: owner.key })).body.facts.map((f: { key: string }) => f.key)
  }
  assert.deepEqual(await keys(held.id), ['os.version'])
  assert.deepEqual((await keys(spare.id)).toSorted(), ['cellular.phoneNumber', 'os.version'])
})
