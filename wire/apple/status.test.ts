import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Malformed } from '../malformed.ts'
import {
  capabilitiesOf,
  declarationsOf,
  decodeStatus,
  itemOf,
  mergeStatus,
  type StatusReport,
  type StatusTree,
} from './status.ts'

const read = (value: unknown): StatusReport => decodeStatus(Buffer.from(JSON.stringify(value)))
const items = (tree: unknown): StatusTree => read({ StatusItems: tree }).items

test('a full report is one wherever it says so', () => {
  assert.equal(read({ StatusItems: {}, FullReport: true }).full, true)
  const inside = read({ StatusItems: { FullReport: true, a: 1 } })
  assert.deepEqual([inside.full, inside.items], [true, { a: 1 }])
  assert.equal(read({ StatusItems: {}, FullReport: false }).full, false)
  assert.equal(read({ StatusItems: {} }).full, false)
  assert.equal(read({ Errors: [] }).full, false)
})

test('unknown items are kept, and known ones are found by their dotted names', () => {
  const tree = items({ device: { 'operating-system': { version: '27.0' } }, new: { thing: [1] } })
  assert.equal(itemOf(tree, 'device.operating-system.version'), '27.0')
  assert.deepEqual(itemOf(tree, 'new.thing'), [1])
  assert.equal(itemOf(tree, 'device.operating-system.version.more'), undefined)
  assert.equal(itemOf(tree, 'device.constructor'), undefined)
})

test('lists with identifiers are brought up to date one by one, others are replaced', () => {
  const known = items({
    app: {
      list: [
        { identifier: 'a', v: 1 },
        { identifier: 'b', v: 1 },
      ],
    },
    plain: [1, 2],
    gone: { here: true },
  })
  const next = read({
    StatusItems: {
      app: {
        list: [
          { identifier: 'b', v: 2 },
          { identifier: 'a', _removed: true },
          { identifier: 'c', v: 3 },
        ],
      },
      plain: [3],
    },
  })
  assert.deepEqual(mergeStatus(known, next), {
    app: {
      list: [
        { identifier: 'b', v: 2 },
        { identifier: 'c', v: 3 },
      ],
    },
    plain: [3],
    gone: { here: true },
  })
  assert.deepEqual(mergeStatus(known, { ...next, full: true, items: { x: [] } }), { x: [] })
})

test('two rows of one identifier with different tokens both stay', () => {
  const rows = [
    { identifier: 'a', 'server-token': 'old', valid: 'valid', active: true },
    { identifier: 'a', 'server-token': 'new', valid: 'unknown', active: false },
  ]
  const tree = mergeStatus({}, read({ StatusItems: { management: { declarations: { configurations: rows } } } }))
  assert.deepEqual(
    declarationsOf(tree)?.map(d => d.token),
    ['old', 'new'],
  )
  const later = read({ StatusItems: { management: { declarations: { configurations: rows.slice(1) } } } })
  assert.deepEqual(
    declarationsOf(mergeStatus(tree, later))?.map(d => d.token),
    ['new'],
  )
})

test('reasons are read in small and in capital letters, with and without details', () => {
  const [one] =
    declarationsOf(
      items({
        management: {
          declarations: {
            configurations: [
              { identifier: 'a', 'server-token': 't', active: false, valid: 'invalid', reasons: [{ code: 'Error.X' }] },
            ],
          },
        },
      }),
    ) ?? []
  assert.deepEqual(one, {
    of: 'configuration',
    identifier: 'a',
    token: 't',
    active: false,
    valid: 'invalid',
    reasons: [{ code: 'Error.X', description: null, details: null }],
    removed: false,
  })
  const { errors } = read({
    StatusItems: {},
    Errors: [
      { StatusItem: 'mdm.app', Reasons: [{ Code: 'Error.Y', Description: 'why', Details: { a: 1 } }] },
      { StatusItem: 'bare' },
      'nonsense',
    ],
  })
  assert.deepEqual(errors, [
    { item: 'mdm.app', reasons: [{ code: 'Error.Y', description: 'why', details: { a: 1 } }] },
    { item: 'bare', reasons: [] },
  ])
})

test('what is not said of declarations and capabilities is not none', () => {
  assert.equal(declarationsOf({}), null)
  assert.deepEqual(declarationsOf(items({ management: { declarations: { configurations: [] } } })), [])
  assert.equal(capabilitiesOf({}), null)
  const partial = items({
    management: {
      'client-capabilities': { 'supported-payloads': { declarations: { configurations: ['x'], assets: [] } } },
    },
  })
  assert.deepEqual(capabilitiesOf(partial), {
    versions: null,
    features: null,
    declarations: { activation: null, configuration: ['x'], asset: [], management: null },
    statusItems: null,
  })
})

test('nonsense is malformed: no JSON, no object, nesting without end, too many parts', () => {
  const codes = [
    '',
    'x',
    '[]',
    '1',
    'null',
    '{"StatusItems":[]}',
    '['.repeat(99),
    `{"a":${'['.repeat(40)}${']'.repeat(40)}}`,
  ]
  for (const text of codes) assert.throws(() => decodeStatus(Buffer.from(text)), Malformed, text.slice(0, 20))
  const many = JSON.stringify({ StatusItems: { a: Array(300_000).fill(1) } })
  assert.throws(() => decodeStatus(Buffer.from(many)), { code: 'status.nodes' })
  assert.deepEqual(decodeStatus(Buffer.from('\ufeff{"StatusItems":{"a":"b\\u0000c"}}')).items, { a: 'bc' })
})

test('keys that reach a prototype are left out', () => {
  const { items: tree } = decodeStatus(Buffer.from('{"StatusItems":{"__proto__":{"x":1},"a":{"__proto__":{"y":1}}}}'))
  assert.equal(Object.getPrototypeOf(mergeStatus({}, { full: false, items: tree, errors: [] })), Object.prototype)
  assert.deepEqual(tree, { a: {} })
})
