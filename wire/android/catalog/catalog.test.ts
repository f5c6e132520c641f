import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Holds } from './catalog.ts'
import { managementCatalog } from './open.ts'
import { validate } from './validate.ts'

const catalog = managementCatalog()
const policy = catalog.message('Policy')
const codes = (value: unknown): string[] => validate(catalog, 'Policy', value).map(f => `${f.code} ${f.path}`)

test('the catalog holds together: every name that is used is there, every enum has values', () => {
  const used = new Set<string>()
  const walk = (kind: Holds): void => {
    if (kind.is === 'type') used.add(kind.type)
    if (kind.is === 'list' || kind.is === 'map') walk(kind.of)
    if (kind.is === 'enum') assert.ok(kind.values.length > 1 && kind.values.every(v => /^[A-Z][A-Z0-9_]+$/.test(v)))
  }
  for (const name of catalog.names) for (const field of catalog.message(name).values()) walk(field.holds)
  assert.deepEqual(
    [...used].filter(name => !catalog.names.includes(name)),
    [],
  )
  assert.ok(catalog.names.length >= 178 && policy.size >= 100)
  assert.deepEqual(policy.get('maximumTimeToLock')?.holds, { is: 'int64' })
  assert.deepEqual(policy.get('minimumApiLevel')?.holds, { is: 'int32' })
  assert.equal(policy.get('cameraDisabled')?.deprecated, true)
  assert.equal(policy.get('screenCaptureDisabled')?.deprecated, false)
  assert.throws(() => catalog.message('toString'), RangeError)
})

test('a sound policy has no findings, each kind of fault has one at its place', () => {
  assert.deepEqual(
    codes({
      applications: [
        { packageName: 'a.b', installType: 'FORCE_INSTALLED', managedConfiguration: { a: { b: [1, 'c'] } } },
        {
          packageName: 'c.d',
          roles: [{ roleType: 'KIOSK' }],
          installConstraint: [{ chargingConstraint: 'INSTALL_ONLY_WHEN_CHARGING' }],
        },
      ],
      maximumTimeToLock: '60000',
      minimumApiLevel: 33,
      passwordPolicies: [{ passwordQuality: 'COMPLEXITY_HIGH', passwordExpirationTimeout: '86400s' }],
      shortSupportMessage: { defaultMessage: 'a', localizedMessages: { ja: 'b' } },
      openNetworkConfiguration: { NetworkConfigurations: [] },
    }),
    [],
  )
  assert.deepEqual(
    codes({
      cameraAcces: 'X',
      cameraAccess: 'NEVER',
      addUserDisabled: 'true',
      minimumApiLevel: 2 ** 31,
      maximumTimeToLock: 'soon',
      applications: [{ packageName: 'a', 'a/b~c': 1 }, { packageName: 'a' }, 'x'],
      passwordPolicies: [{ passwordExpirationTimeout: '1 day' }],
      cameraDisabled: true,
      shortSupportMessage: 'help',
      systemUpdate: { startMinutes: 1440, endMinutes: -1 },
    }).toSorted(),
    [
      'deprecated /cameraDisabled',
      'malformed /passwordPolicies/0/passwordExpirationTimeout',
      'not-offered /cameraAccess',
      'too-big /minimumApiLevel',
      'too-big /systemUpdate/startMinutes',
      'too-small /systemUpdate/endMinutes',
      'twice /applications/1/packageName',
      'type /addUserDisabled',
      'type /applications/2',
      'type /maximumTimeToLock',
      'type /shortSupportMessage',
      'unknown-field /applications/0/a~1b~0c',
      'unknown-field /cameraAcces',
    ],
  )
  assert.deepEqual(codes([]), ['type '])
  assert.deepEqual(codes({ __proto__: null, constructor: 1 }), ['unknown-field /constructor'])
})

test('the limits are those of the API, and what is just within them is taken', () => {
  const apps = (n: number, more: object = {}) =>
    Array.from({ length: n }, (_, i) => ({ packageName: `a.b${i}`, ...more }))
  assert.deepEqual(codes({ applications: apps(3000) }), [])
  assert.deepEqual(codes({ applications: apps(3001) }), ['too-many /applications'])
  assert.deepEqual(codes({ applications: apps(20, { minimumVersionCode: 1 }) }), [])
  assert.deepEqual(codes({ applications: apps(25, { minimumVersionCode: 1 }) }), [
    'too-many /applications/20/minimumVersionCode',
  ])
  const freeze = (a: [number, number], b: [number, number]) => ({
    startDate: { month: a[0], day: a[1] },
    endDate: { month: b[0], day: b[1] },
  })
  const frozen = (...freezePeriods: object[]) => codes({ systemUpdate: { type: 'AUTOMATIC', freezePeriods } })
  assert.deepEqual(frozen(freeze([12, 1], [2, 28])), [])
  assert.deepEqual(frozen(freeze([12, 1], [3, 1])), ['freeze-long /systemUpdate/freezePeriods/0'])
  assert.deepEqual(frozen(freeze([1, 1], [1, 31]), freeze([4, 2], [4, 3])), [])
  assert.deepEqual(frozen(freeze([1, 1], [1, 31]), freeze([3, 1], [3, 3])), [
    'freeze-close /systemUpdate/freezePeriods/1',
  ])
})

test('what is only answered may not be said, and placeholders stand where their kind fits', () => {
  const strict = validate(catalog, 'Command', { type: 'LOCK', esimStatus: {} }, { strict: true })
  assert.deepEqual(
    strict.map(f => f.code),
    ['output-only'],
  )
  const form = (value: Readonly<Record<string, unknown>>) => (Object.hasOwn(value, '$var') ? 'string' : null)
  const found = validate(
    catalog,
    'Policy',
    {
      minimumApiLevel: { $var: 'a' },
      shortSupportMessage: { defaultMessage: { $var: 'a' } },
      openNetworkConfiguration: { a: { $var: 'b' } },
    },
    { form },
  )
  assert.deepEqual(
    found.map(f => `${f.code} ${f.path}`),
    ['form-misplaced /minimumApiLevel'],
  )
})

test('a value of any depth is answered, not died of', () => {
  let deep: unknown = 1
  for (let n = 0; n < 20_000; n += 1) deep = { a: deep }
  assert.deepEqual(codes({ openNetworkConfiguration: deep }), [])
  assert.ok(codes(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`x${i}`, 1]))).length === 500)
})
