import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../base/problem.ts'
import { type House, house } from '../../testing/house.ts'
import { scopeOfFilter } from './where.ts'

/** A unit with a personal and a company device that have one policy, and an owner to speak as. */
async function floor(h: House) {
  const unit = await h.given.unit({ name: 'Floor' })
  const company = await h.given.device({ unit: unit.id })
  const personal = await h.given.device({ unit: unit.id, ownership: 'personal' })
  const { policies: ids } = await h.given.assigned({ unit: unit.id, policies: [{ value: { camera: true, least: 5 } }] })
  const { key } = await h.given.admin()
  const ask = (method: string, path: string, body?: unknown, as = key) =>
    h.http(method, `/api/v1${path}`, { as, ...(body === undefined ? {} : { body }) })
  return { unit, company, personal, policy: ids[0] ?? '', ask }
}

const camera = (unit: string, equals: boolean) => ({
  name: 'Personal devices keep their camera',
  unit,
  where: 'ownership:personal',
  expect: { has: 'test.settings', key: 'camera', equals },
})

test('a save that makes a policy test fail is refused by the name of the test', async t => {
  const h = await house(t)
  const { unit, personal, policy, ask } = await floor(h)
  assert.equal((await ask('POST', '/policy-tests', camera(unit.id, true))).status, 201)
  const value = { camera: false, least: 5 }
  const shown = await ask('POST', `/policies/${policy}/versions?dryRun=true`, { value })
  assert.deepEqual(shown.body.preview.tests, [
    {
      id: shown.body.preview.tests[0].id,
      name: 'Personal devices keep their camera',
      passed: false,
      devices: 1,
      failing: 1,
      newly: 1,
      failures: [
        {
          device: { id: personal.id, name: personal.name },
          why: 'value',
          item: 'test.settings',
          key: 'camera',
          is: false,
        },
      ],
    },
  ])
  const refused = await ask('POST', `/policies/${policy}/versions`, { value })
  assert.deepEqual([refused.status, refused.body.code], [422, 'policy-test.failed'])
  assert.deepEqual(refused.body.tests, ['Personal devices keep their camera'])
  assert.equal((await ask('GET', `/policies/${policy}`)).body.version, 1)
  // The control: what the test does not speak about is saved.
  assert.equal((await ask('POST', `/policies/${policy}/versions`, { value: { camera: true } })).status, 201)
})

test('a failing test is overridden with a reason by whoever may, and the log says so', async t => {
  const h = await house(t)
  const { unit, policy, ask } = await floor(h)
  await ask('POST', '/policy-tests', camera(unit.id, true))
  const body = { value: { camera: false }, override: 'Agreed with the works council' }
  const { status } = await ask('POST', `/policies/${policy}/versions`, body)
  assert.equal(status, 201)
  assert.deepEqual((await h.events()).slice(-2), ['policy.versioned', 'policyTest.overridden'])
  await h.settle()
  const events = await ask('GET', '/events?filter=type:policyTest.overridden')
  assert.deepEqual(events.body.items[0].data, {
    reason: 'Agreed with the works council',
    tests: ['Personal devices keep their camera'],
  })
})

test('nobody overrides a test without the permission for it', async t => {
  const h = await house(t)
  const { unit, policy, ask } = await floor(h)
  await ask('POST', '/policy-tests', camera(unit.id, true))
  const { principal } = await h.given.admin()
  const lesser = { where: (p: string) => (p === 'policies:override' ? [] : principal.authority.where(p)) }
  const { routes } = await import('./routes.ts')
  const save = routes.find(r => r.path === '/api/v1/policies/:id/versions' && r.method === 'POST')
  const input = {
    params: { id: policy },
    query: { dryRun: 'false' },
    body: { value: { camera: false }, override: 'x' },
  }
  const call = { principal: { ...principal, authority: lesser }, headers: {}, request: 't' }
  await assert.rejects(
    async () => save?.serve?.(h.base, input, call as never),
    (error: unknown) => error instanceof Problem && error.code === 'permission.missing',
  )
})

test('a test that failed before does not keep a change from being saved that makes it no worse', async t => {
  const h = await house(t)
  const { unit, policy, ask } = await floor(h)
  await ask('POST', '/policy-tests', camera(unit.id, false))
  const { status, body } = await ask('POST', `/policies/${policy}/versions`, { value: { camera: true, least: 6 } })
  assert.equal(status, 201)
  assert.deepEqual([body.preview.tests[0].failing, body.preview.tests[0].newly], [1, 0])
})

test('tests are run over all devices, and how they came out is kept until they ask something else', async t => {
  const h = await house(t)
  const { unit, ask } = await floor(h)
  const good = await ask('POST', '/policy-tests', camera(unit.id, true))
  await ask('POST', '/policy-tests', {
    name: 'At least six',
    unit: h.root.id,
    expect: { has: 'test.settings', key: 'least', atLeast: 6 },
  })
  const { body } = await ask('POST', '/policy-tests/run', {})
  assert.equal(body.passed, false)
  assert.deepEqual(
    body.tests.map((r: { name: string; passed: boolean; devices: number; failing: number }) => [
      r.name,
      r.passed,
      r.devices,
      r.failing,
    ]),
    [
      ['At least six', false, 2, 2],
      ['Personal devices keep their camera', true, 1, 0],
    ],
  )
  assert.equal((await h.events()).at(-1), 'policyTest.ran')
  const listed = await ask('GET', '/policy-tests')
  assert.deepEqual(listed.body.items[1].last, { at: h.now(), passed: true, devices: 1, failing: 0 })
  await ask('PATCH', `/policy-tests/${good.body.id}`, { name: 'Renamed' })
  const changed = await ask('PATCH', `/policy-tests/${good.body.id}`, { expect: { lacks: 'test.network' } })
  assert.equal(changed.body.last, null)
  assert.equal((await ask('DELETE', `/policy-tests/${good.body.id}`)).status, 204)
  assert.deepEqual((await h.events()).slice(-3), ['policyTest.changed', 'policyTest.changed', 'policyTest.removed'])
})

test('a run holds only the tests and names only the devices that the reader may see', async t => {
  const h = await house(t)
  const { unit, ask } = await floor(h)
  const other = await h.given.unit()
  await ask('POST', '/policy-tests', { name: 'All', unit: h.root.id, expect: { lacks: 'test.settings' } })
  await ask('POST', '/policy-tests', { name: 'Floor', unit: unit.id, expect: { lacks: 'test.settings' } })
  const reader = await h.given.admin({ role: 'read-only', unit: unit.id })
  const seen = await ask('POST', '/policy-tests/run', {}, reader.key)
  assert.deepEqual(
    seen.body.tests.map((r: { name: string; failures: unknown[] }) => [r.name, r.failures.length]),
    [['Floor', 2]],
  )
  const elsewhere = await h.given.admin({ role: 'read-only', unit: other.id })
  assert.deepEqual((await ask('POST', '/policy-tests/run', {}, elsewhere.key)).body, { passed: true, tests: [] })
})

test('a filter becomes the scope that means the same devices', async t => {
  const h = await house(t)
  const sales = await h.given.unit({ name: 'Sales' })
  const none = { units: [], groups: [], tags: [], users: [], devices: [] }
  const scope = (filter: string) => h.run(ctx => scopeOfFilter(ctx, filter))
  assert.deepEqual(await scope(''), { include: none, exclude: none, conditions: {} })
  assert.deepEqual(await scope('unit:Sales -tag:Lab os>=17.2 os<19 supervised:yes'), {
    include: { ...none, units: [{ unit: sales.id, below: true }] },
    exclude: { ...none, tags: ['lab'] },
    conditions: { osFrom: '17.2', osBelow: '19', supervised: true },
  })
  assert.deepEqual((await scope('-ownership:personal platform:ios,ipados')).conditions, {
    ownership: ['company', 'unknown'],
    platforms: ['ios', 'ipados'],
  })
  assert.deepEqual((await scope('os:18')).conditions, { osFrom: '18', osBelow: '19' })
  assert.deepEqual((await scope('tag:a tag:b')).conditions, { tags: ['a', 'b'] })
})

test('a filter that a scope cannot say is refused by what is in its way', async t => {
  const h = await house(t)
  const facts = async (filter: string) => {
    const error: unknown = await h.run(ctx => scopeOfFilter(ctx, filter)).catch((e: unknown) => e)
    return error instanceof Problem ? [error.code, error.facts['field']] : error
  }
  await h.given.unit({ name: 'Sales' })
  for (const [filter, code, field] of [
    ['name:x', 'filter.field-unknown', 'name'],
    ['word', 'filter.field-unknown', ''],
    ['tag:a,b', 'filter.malformed', 'tag'],
    ['unit:Nowhere', 'filter.malformed', 'unit'],
    ['unit:Sales unit:Sales', 'filter.malformed', 'unit'],
    ['platform:toaster', 'filter.malformed', 'platform'],
    ['supervised:maybe', 'filter.malformed', 'supervised'],
    ['os:eighteen', 'filter.malformed', 'os'],
  ] as const)
    assert.deepEqual(await facts(filter), [code, field], filter)
})
