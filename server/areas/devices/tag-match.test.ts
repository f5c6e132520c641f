import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { deviceQuery } from '../views/device-list.ts'
import { house } from '../../testing/house.ts'
import { change, type Device } from './index.ts'
import { recordsOf } from './record-store.ts'
import { type DeviceRecord, matches } from './tag-match.ts'
import { readTerms } from './tag-rule.ts'
import { wishOf } from './tagging.ts'

const one = <T>(...of: readonly T[]) => fc.constantFrom(...of)
const people = ['加藤 由美子', 'Emma Nyström', 'Élodie Roux'] as const

const aDevice = fc.record({
  platform: one('ios', 'ipados', 'macos', 'android'),
  osVersion: one('17.7.2', '18.0', '18.1', '18.10', '26.0', ''),
  ownership: one('company', 'personal', 'unknown'),
  model: one('iPhone15,2', 'Mac14,7', 'Pixel 9'),
  name: one('Counter 1', 'ｶｳﾝﾀｰ', 'Élodie’s phone', 'none', 'a_b%c'),
  supervised: one(true, false, null),
  state: one('enrolling', 'active', 'lost', 'ended'),
  imei: one('35 209900 176148 1', '356938035643809', undefined),
  asset: one('T-1', 't-22', ''),
  user: fc.option(fc.nat(2), { nil: null }),
  unit: fc.nat(3),
  shared: fc.boolean(),
})

const term = (values: fc.Arbitrary<string>, field: string) =>
  fc
    .tuple(fc.boolean(), fc.array(values, { minLength: 1, maxLength: 2 }))
    .map(([not, all]) => `${not ? '-' : ''}${field}:${all.map(v => `"${v.replaceAll('"', '')}"`).join(',')}`)

const aTerm = fc.oneof(
  term(one('ios', 'IPADOS', 'none'), 'platform'),
  term(one('company', 'Unknown', 'none'), 'ownership'),
  term(one('active', 'ended'), 'state'),
  term(
    one('18', '18.1', '17.7', 'none').filter(v => v !== 'none'),
    'os',
  ),
  fc
    .tuple(fc.boolean(), one('<', '<=', '>', '>='), one('18', '18.1', '18.2', '26'))
    .map(([not, op, v]) => `${not ? '-' : ''}os${op}${v}`),
  term(one('yes', 'no'), 'supervised'),
  term(one('yes', 'no'), 'shared'),
  term(one('counter', 'カウンター', 'elodie', 'none', '_', '%', 'A_B'), 'name'),
  term(one('iphone', 'mac14', 'none', 'x'), 'model'),
  term(one('352099', '35-2099', 'none', '9'), 'imei'),
  term(one('C1', 'c0', 'none'), 'serial'),
  term(one('t-1', 'T-2', 'none'), 'asset'),
  term(one('加藤', 'nystrom', 'Roux', 'none', 'user:0'), 'user'),
  term(one('Tokyo', 'Sales', 'Tokyo/Sales', 'Lyon'), 'unit'),
)

test('the evaluator of rules agrees with the device list on random devices and filters', async t => {
  const h = await house(t)
  const tokyo = await h.given.unit({ name: 'Tokyo' })
  const sales = await h.given.unit({ name: 'Sales', parent: tokyo.id })
  const lyon = await h.given.unit({ name: 'Lyon' })
  const units = [h.root.id, tokyo.id, sales.id, lyon.id]
  const users: { id: string }[] = []
  for (const displayName of people) users.push(await h.given.user({ displayName }))
  const devices: Device[] = []
  for (const [n, d] of fc.sample(aDevice, { numRuns: 40, seed: 7 }).entries()) {
    const { asset, user, unit, supervised, shared, imei, ...rest } = d
    const made = await h.given.device({
      ...rest,
      ...(imei === undefined ? {} : { imei }),
      serial: `C${n}X`,
      unit: units[unit] ?? h.root.id,
      ...(supervised === null ? {} : { facts: { 'identity.supervised': supervised } }),
    } as Parameters<typeof h.given.device>[0])
    const holder = user === null || shared ? null : (users[user]?.id ?? null)
    devices.push(await h.run(ctx => change(ctx, made.id, { assetTag: asset, shared, user: holder })))
  }
  let matched = 0
  await fc.assert(
    fc.asyncProperty(fc.array(aTerm, { minLength: 1, maxLength: 3 }), async terms => {
      const filter = terms.join(' ').replaceAll('user:0', users[0]?.id ?? '')
      const [listed, evaluated] = await h.run(async ctx => {
        const { conditions, words } = await deviceQuery(ctx, filter)
        assert.ok(words.length <= 40)
        const rows = await ctx.tx.selectFrom('devices').select('id').where(conditions).orderBy('id').execute()
        const read = await readTerms(ctx, filter)
        const records = await recordsOf(
          ctx,
          devices.map(d => d.id),
          wishOf([{ terms: read }]),
        )
        return [rows.map(r => String(r.id)), records.filter(r => matches(read, r)).map(r => r.id)]
      })
      matched += listed.length
      assert.deepEqual(evaluated, listed, filter)
    }),
    { numRuns: 300 },
  )
  assert.ok(matched > 500, `only ${matched} matches: the cases say little`)
})

test('a fact is compared as what it is, and what cannot be compared does not match', () => {
  const facts: [string, unknown][] = [
    ['battery.level', 0.4],
    ['os.build', '22C152'],
    ['os.version', '18.1.1'],
    ['security.encrypted', false],
    ['network.names', ['Corp', 'Gast']],
    ['odd', { a: 1 }],
  ]
  const device = { facts: new Map(facts) } as unknown as DeviceRecord
  const is = (field: string, op: ':' | '<' | '>=', ...values: string[]) =>
    matches([{ field: `fact.${field}`, op, values, negated: false }], device)
  assert.equal(is('battery.level', '<', '0.5'), true)
  assert.equal(is('battery.level', '<', 'half'), false)
  assert.equal(is('battery.level', ':', '0.40'), true)
  assert.equal(is('os.build', ':', '22c'), true)
  assert.equal(is('os.version', '>=', '18.1'), true)
  assert.equal(is('os.version', '<', '18.2'), true)
  assert.equal(is('security.encrypted', ':', 'no'), true)
  assert.equal(is('security.encrypted', ':', 'yes'), false)
  assert.equal(is('security.encrypted', ':', 'maybe'), false)
  assert.equal(is('network.names', ':', 'corp'), true)
  assert.equal(is('odd', ':', '1'), false)
  assert.equal(is('odd', '<', '1'), false)
  assert.equal(is('missing', ':', 'none'), true)
  assert.equal(is('missing', '<', '1'), false)
})
