import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import * as devices from './index.ts'

const day = 24 * 3_600_000
const phone = { platform: 'ios', name: 'Elin’s iPhone', modelName: 'iPhone 14 Pro', model: 'iPhone15,2' } as const

test('a device seen again by its UDID, in any case, is the same device', async t => {
  const h = await house(t)
  const seen = (udid: string) =>
    h.run(ctx => devices.sighted(ctx, { ...phone, unit: h.root.id, identifiers: [{ kind: 'udid', value: udid }] }))
  const first = await seen('00008110-000a1b2c3d4e5f60')
  const second = await seen('00008110-000A1B2C3D4E5F60')
  assert.equal(second.id, first.id)
  assert.deepEqual(await h.events(), ['device.added'])
})

test('a serial number finds the device of the same maker only, and blanks find nothing', async t => {
  const h = await house(t)
  const seen = (platform: 'ios' | 'windows', serial: string) =>
    h.run(ctx => devices.sighted(ctx, { platform, unit: h.root.id, identifiers: [{ kind: 'serial', value: serial }] }))
  const apple = await seen('ios', 'F2LX1234')
  assert.equal((await seen('ios', 'f2lx1234 ')).id, apple.id)
  assert.notEqual((await seen('windows', 'F2LX1234')).id, apple.id)
  const blank = await seen('windows', 'To be filled by O.E.M.')
  assert.notEqual((await seen('windows', 'To be filled by O.E.M.')).id, blank.id)
  assert.equal(blank.serial, null)
})

test('a serial number with a new UDID is the repaired device once the old one is quiet, and a rival while it is in use', async t => {
  const h = await house(t)
  const seen = (udid: string) =>
    h.run(ctx =>
      devices.sighted(ctx, {
        ...phone,
        unit: h.root.id,
        identifiers: [
          { kind: 'serial', value: 'DX3T9' },
          { kind: 'udid', value: udid },
        ],
      }),
    )
  const first = await seen('AAAA-1')
  const rival = await seen('BBBB-2')
  assert.notEqual(rival.id, first.id)
  assert.deepEqual(
    (await h.events()).filter(e => e === 'device.conflicted'),
    ['device.conflicted', 'device.conflicted'],
  )
  await h.run(ctx => devices.setState(ctx, rival.id, 'ended'))
  h.pass(4 * day)
  const repaired = await seen('CCCC-3')
  assert.equal(repaired.id, first.id)
  assert.equal(repaired.udid, 'CCCC-3')
  const known = await h.run(ctx => devices.identifiersOf(ctx, first.id))
  assert.deepEqual(
    known.filter(i => i.kind === 'udid').map(i => [i.value, i.current]),
    [
      ['CCCC-3', true],
      ['AAAA-1', false],
    ],
  )
  assert.equal((await h.events()).at(-1), 'device.merged')
})

test('learning keeps unknown keys, refreshes every age, and adds history only where a value changed', async t => {
  const h = await house(t)
  const { id } = await h.given.device()
  const learn = (level: number) =>
    h.run(ctx => devices.learn(ctx, id, 'DeviceInformation', { 'battery.level': level, SomethingNew: { a: [1] } }))
  await learn(0.8)
  h.pass(60_000)
  await learn(0.8)
  h.pass(60_000)
  await learn(0.7)
  const facts = await h.run(ctx => devices.factsOf(ctx, id))
  assert.deepEqual(
    facts.map(f => [f.key, f.value, h.now() - f.at, devices.groupOf(f.key)]),
    [
      ['SomethingNew', { a: [1] }, 0, 'other'],
      ['battery.level', 0.7, 0, 'battery'],
    ],
  )
  assert.deepEqual(
    (await h.run(ctx => devices.historyOf(ctx, id, 'battery.level'))).map(e => e.value),
    [0.7, 0.8],
  )
})

test('facts reach the row and the identifiers, every SIM slot of them', async t => {
  const h = await house(t)
  const { id } = await h.given.device()
  await h.run(ctx =>
    devices.learn(ctx, id, 'DeviceInformation', {
      'identity.name': '佐藤の iPhone',
      'os.version': '26.1',
      'identity.supervised': true,
      'cellular.imei': ['35 391110 123456 7', '353911101234575'],
    }),
  )
  const device = await h.run(ctx => devices.get(ctx, id))
  assert.partialDeepStrictEqual(device, { name: '佐藤の iPhone', osVersion: '26.1', supervised: true })
  assert.equal(device.imei, '35 391110 123456 7')
  const found = await h.run(ctx => devices.identifiersOf(ctx, id))
  assert.deepEqual(
    found.filter(i => i.kind === 'imei').map(i => i.slot),
    [0, 1],
  )
})

test('a name an admin gave stays until it is given back', async t => {
  const h = await house(t)
  const { id } = await h.given.device({ name: 'iPhone', facts: { 'identity.name': 'iPhone' } })
  await h.run(ctx => devices.change(ctx, id, { name: 'Front desk' }))
  await h.run(ctx => devices.learn(ctx, id, 'x', { 'identity.name': 'Renamed by hand' }))
  assert.equal((await h.run(ctx => devices.get(ctx, id))).name, 'Front desk')
  await h.run(ctx => devices.change(ctx, id, { name: null }))
  assert.equal((await h.run(ctx => devices.get(ctx, id))).name, 'Renamed by hand')
})

test('an answer over the limit is kept with its lists cut and marked', async t => {
  const h = await house(t)
  const { id } = await h.given.device()
  const apps = Array.from({ length: 30_000 }, (_, i) => ({
    Name: `App number ${i}`,
    Identifier: `org.example.app${i}`,
  }))
  await h.run(ctx => devices.report(ctx, id, 'InstalledApplicationList', { Status: 'Acknowledged', List: apps }))
  const [kept] = await h.run(ctx => devices.reportsOf(ctx, id))
  assert.equal(kept?.truncated, true)
  const { List: list } = (kept?.value ?? {}) as { List: unknown[] }
  assert.ok(list.length > 5000 && list.length < 30_000)
  assert.deepEqual(list[0], apps[0])
})

test('contacts are written in batches, never move back, and wake a silent device', async t => {
  const h = await house(t)
  const { id } = await h.given.device()
  h.pass(15 * day)
  await h.run(ctx => devices.setState(ctx, id, 'silent'))
  devices.seen(h.base, h.org, id, h.now())
  devices.seen(h.base, h.org, id, h.now() - 5)
  await devices.flushSeen(h.base)
  devices.seen(h.base, h.org, id, h.now() - 1000)
  await devices.flushSeen(h.base)
  assert.partialDeepStrictEqual(await h.run(ctx => devices.get(ctx, id)), { lastSeenAt: h.now(), state: 'active' })
  assert.equal((await h.events()).at(-1), 'device.returned')
})

test('a device that ended and enrolls again goes where it was invited to, one in use stays where its admins put it', async t => {
  const h = await house(t)
  const { id, unit } = await h.given.device({ serial: 'REUSED1', udid: 'U-1' })
  const other = await h.given.unit({ name: 'Lyon' })
  const again = () =>
    h.run(ctx => devices.sighted(ctx, { ...phone, unit: other.id, identifiers: [{ kind: 'udid', value: 'U-1' }] }))
  assert.equal((await again()).unit, unit)
  await h.run(ctx => devices.setState(ctx, id, 'ended'))
  h.pass(1000)
  assert.partialDeepStrictEqual(await again(), { id, unit: other.id, unitPath: other.path, state: 'enrolling' })
  const history = await h.run(ctx => devices.assignmentsOf(ctx, id))
  assert.deepEqual(
    history.map(a => [a.unit, a.until]),
    [
      [other.id, null],
      [unit, h.now()],
    ],
  )
})

test('a user who is renamed or removed is so on their devices too', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const user = await h.given.user({ displayName: 'Old Name' })
  const { id } = await h.given.device({ user: user.id })
  const found = async (word: string): Promise<number> =>
    (await h.http('GET', `/api/v1/devices?filter=${word}`, { as: key })).body.total
  await h.http('PATCH', `/api/v1/users/${user.id}`, { as: key, body: { displayName: 'Brännström' } })
  assert.deepEqual([await found('old'), await found('brannstrom')], [0, 1])
  const removed = await h.http('DELETE', `/api/v1/users/${user.id}`, { as: key })
  assert.equal(removed.status, 204)
  assert.equal((await h.run(ctx => devices.get(ctx, id))).user, null)
  assert.equal(await found('brannstrom'), 0)
})

test('a unit with devices is not removed', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const lyon = await h.given.unit({ name: 'Lyon' })
  await h.given.device({ unit: lyon.id })
  const { body } = await h.http('DELETE', `/api/v1/units/${lyon.id}`, { as: key })
  assert.equal(body.code, 'unit.not-empty')
})
