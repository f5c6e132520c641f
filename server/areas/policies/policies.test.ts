import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../base/problem.ts'
import { house } from '../../testing/house.ts'
import * as policies from './index.ts'

const code = (expected: string) => (error: unknown) => error instanceof Problem && error.code === expected

test('a policy begins with version 1; every save is a version of its own, and none is ever changed', async t => {
  const h = await house(t)
  const { id } = await h.given.policy({ name: 'Floor', value: { camera: true } })
  await h.run(ctx => policies.saveVersion(ctx, id, { value: { camera: false }, note: 'For the shop' }))
  const back = await h.run(ctx => policies.rollBack(ctx, id, { version: 1, note: 'Too strict' }))
  assert.equal(back.policy.version, 3)
  assert.deepEqual(await h.run(async ctx => [await policies.valueOf(ctx, id, 1), await policies.valueOf(ctx, id, 2)]), [
    { camera: true },
    { camera: false },
  ])
  assert.deepEqual(await h.run(ctx => policies.valueOf(ctx, id, 3)), { camera: true })
  assert.deepEqual(await h.events(), ['policy.added', 'policy.versioned', 'policy.versioned'])
})

test('whoever began from an older version is told, and nothing of the other is lost', async t => {
  const h = await house(t)
  const { id } = await h.given.policy({ value: { a: 1 } })
  await h.run(ctx => policies.saveVersion(ctx, id, { value: { a: 2 }, base: 1 }))
  await assert.rejects(
    h.run(ctx => policies.saveVersion(ctx, id, { value: { a: 3 }, base: 1 })),
    code('policy.changed-meanwhile'),
  )
  await assert.rejects(
    h.run(ctx => policies.rollBack(ctx, id, { version: 1, base: 1 })),
    code('policy.changed-meanwhile'),
  )
  assert.deepEqual(await h.run(ctx => policies.valueOf(ctx, id, 2)), { a: 2 })
})

test('a save that says the same is refused, and so is rolling back to what is', async t => {
  const h = await house(t)
  const { id } = await h.given.policy({ value: { a: 1 } })
  await assert.rejects(
    h.run(ctx => policies.saveVersion(ctx, id, { value: { a: 1 } })),
    code('policy.unchanged'),
  )
  await assert.rejects(
    h.run(ctx => policies.rollBack(ctx, id, { version: 1 })),
    code('policy.unchanged'),
  )
})

test('a value that its kind finds wrong is refused by its places; a remark is answered', async t => {
  const h = await house(t)
  const wish = { kind: 'test.settings', name: 'One', unit: h.root.id }
  await assert.rejects(
    h.run(ctx => policies.createPolicy(ctx, { ...wish, value: { wrong: 1, password: 'open' } })),
    (error: unknown) =>
      error instanceof Problem &&
      error.code === 'policy.invalid' &&
      error.fields.map(f => `${f.path} ${f.message}`).join() ===
        'value/wrong value.unknown-key,value/password policy.secret-plain',
  )
  const kept = await h.run(ctx => policies.createPolicy(ctx, { ...wish, value: { odd: 1 } }))
  assert.deepEqual(
    kept.findings.map(f => [f.severity, f.path]),
    [['warning', '/odd']],
  )
  await assert.rejects(
    h.run(ctx => policies.createPolicy(ctx, { ...wish, kind: 'test.unheard-of', value: {} })),
    code('policy.kind-unknown'),
  )
})

test('values have a size and a depth that devices can bear', async t => {
  const h = await house(t)
  const wish = { kind: 'test.settings', name: 'One', unit: h.root.id }
  let deep: policies.Json = {}
  for (let n = 0; n < 32; n += 1) deep = { deep }
  await assert.rejects(
    h.run(ctx => policies.createPolicy(ctx, { ...wish, value: deep })),
    code('policy.too-deep'),
  )
  await assert.rejects(
    h.run(ctx => policies.createPolicy(ctx, { ...wish, value: { text: 'x'.repeat(1024 * 1024) } })),
    code('policy.too-large'),
  )
})

test('two policies never bear one name, however it is written; an archived one gives its name free', async t => {
  const h = await house(t)
  const { id } = await h.given.policy({ name: 'Sales  Floor' })
  await assert.rejects(h.given.policy({ name: 'ＳＡＬＥＳ floor' }), code('policy.name-taken'))
  await h.run(ctx => policies.archivePolicy(ctx, id))
  const next = await h.given.policy({ name: 'Sales Floor' })
  await assert.rejects(
    h.run(ctx => policies.saveVersion(ctx, id, { value: {} })),
    code('policy.archived'),
  )
  assert.notEqual(next.id, id)
  assert.deepEqual(await h.events(), ['policy.added', 'policy.archived', 'policy.added'])
})

test('a secret typed into a value is sealed on the way in: neither the policy nor the log nor the API says it', async t => {
  const h = await house(t)
  const { id } = await h.given.policy({ name: 'Wi-Fi', value: { password: { $newSecret: 'hunter2', name: 'PSK' } } })
  const value = await h.run(ctx => policies.valueOf(ctx, id, 1))
  const [secret = ''] = policies.secretsIn(value)
  assert.match(secret, /^sec_/)
  assert.equal(await h.run(ctx => policies.openSecret(ctx, secret)), 'hunter2')
  const { key } = await h.given.admin()
  await h.settle()
  for (const url of [`/api/v1/policies/${id}`, '/api/v1/policy-secrets', '/api/v1/events'])
    assert.doesNotMatch(JSON.stringify((await h.http('GET', url, { as: key })).body), /hunter2/, url)
  assert.deepEqual(await h.events(), ['secret.added', 'policy.added'])
})

test('a secret that is rotated has another version, and the org another revision', async t => {
  const h = await house(t)
  const { id } = await h.run(ctx => policies.putSecret(ctx, { name: 'PSK', unit: h.root.id, value: 'one' }))
  const before = await h.run(policies.revisionOf)
  await h.run(ctx => policies.rotateSecret(ctx, id, 'two'))
  assert.equal(await h.run(ctx => policies.openSecret(ctx, id)), 'two')
  assert.deepEqual(await h.run(ctx => policies.secretVersions(ctx, [id])), new Map([[id, 2]]))
  assert.equal(await h.run(policies.revisionOf), before + 1)
})

test('nobody carries the secret of a foreign unit to devices of their own', async t => {
  const h = await house(t)
  const own = await h.given.unit()
  const other = await h.given.unit()
  const { principal } = await h.given.admin({ role: 'admin', unit: own.id })
  const { id } = await h.run(ctx => policies.putSecret(ctx, { name: 'PSK', unit: other.id, value: 'theirs' }))
  const wish = { kind: 'test.settings', name: 'Mine', unit: own.id, value: { password: { $secret: id } } }
  await assert.rejects(
    h.as(principal, ctx => policies.createPolicy(ctx, wish)),
    code('policy-secret.unknown'),
  )
  await h.run(ctx => policies.createPolicy(ctx, wish))
})

test('a secret goes only when nothing names it', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { id } = await h.given.policy({ value: { password: { $newSecret: 'x' } } })
  const listed = await h.http('GET', '/api/v1/policy-secrets', { as: key })
  const url = `/api/v1/policy-secrets/${listed.body.items[0].id}`
  assert.equal((await h.http('DELETE', url, { as: key })).body.code, 'policy-secret.in-use')
  await h.run(ctx => policies.archivePolicy(ctx, id))
  assert.equal((await h.http('DELETE', url, { as: key })).status, 204)
  assert.equal((await h.events()).at(-1), 'secret.removed')
})

test('a policy follows the unit it hangs on, and the unit stays as long as it does', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const from = await h.given.unit()
  const to = await h.given.unit()
  const unit = await h.given.unit({ parent: from.id })
  const { id } = await h.given.policy({ unit: unit.id })
  const before = await h.run(policies.revisionOf)
  await h.http('PATCH', `/api/v1/units/${unit.id}`, { as: key, body: { parent: to.id } })
  assert.equal((await h.run(ctx => policies.getPolicy(ctx, id))).unitPath, `${to.path}${unit.id}/`)
  assert.ok((await h.run(policies.revisionOf)) > before)
  const kept = await h.http('DELETE', `/api/v1/units/${unit.id}`, { as: key })
  assert.deepEqual([kept.body.code, kept.body.holds], ['unit.not-empty', ['policies']])
  await h.run(ctx => policies.archivePolicy(ctx, id))
  assert.equal((await h.http('DELETE', `/api/v1/units/${unit.id}`, { as: key })).status, 204)
})

test('the list is filtered, sorted and paged, and tells who uses what', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const unit = await h.given.unit({ name: 'Tokyo' })
  await h.given.policy({ name: 'Café floor', unit: unit.id })
  const { policies: ids, blueprint } = await h.given.assigned({ policies: [{ name: 'Base' }] })
  const get = async (query: string) => (await h.http('GET', `/api/v1/policies?${query}`, { as: key })).body
  const names = (body: { items: { name: string }[] }) => body.items.map(p => p.name)
  assert.deepEqual(names(await get('')), ['Base', 'Café floor'])
  assert.deepEqual(names(await get('filter=cafe')), ['Café floor'])
  assert.deepEqual(names(await get('filter=unit:Tokyo')), ['Café floor'])
  assert.deepEqual(names(await get('filter=kind:test.network')), [])
  const first = await get('limit=1&sort=-name')
  assert.deepEqual(names(first), ['Café floor'])
  assert.deepEqual(names(await get(`limit=1&sort=-name&cursor=${first.next}`)), ['Base'])
  const row = (await get('filter=name:base')).items[0]
  assert.deepEqual([row.id, row.usedBy[0].id, row.devices, row.rollout], [ids[0], blueprint, null, null])
})

test('versions are listed without their values, newest first, and read one by one', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { id } = await h.given.policy({ value: { a: 1 } })
  await h.run(ctx => policies.saveVersion(ctx, id, { value: { a: 2 }, note: 'Because' }))
  const url = `/api/v1/policies/${id}/versions`
  const first = await h.http('GET', `${url}?limit=1`, { as: key })
  assert.deepEqual([first.body.items[0].version, first.body.items[0].note, first.body.total], [2, 'Because', 2])
  assert.equal('value' in first.body.items[0], false)
  const next = await h.http('GET', `${url}?limit=1&cursor=${first.body.next}`, { as: key })
  assert.deepEqual([next.body.items[0].version, next.body.next], [1, null])
  assert.deepEqual((await h.http('GET', `${url}/1`, { as: key })).body.value, { a: 1 })
  assert.equal((await h.http('GET', `${url}/3`, { as: key })).body.code, 'id.unknown')
})

test('a file that nobody can read is refused, and strangers send none', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const headers = { 'content-type': 'application/octet-stream' }
  const file = { body: new Uint8Array([1, 2, 3]), headers }
  const refused = await h.http('POST', '/api/v1/policies/import', { ...file, as: key })
  assert.deepEqual([refused.status, refused.body.code], [422, 'policy.file-unknown'])
  assert.equal((await h.http('POST', '/api/v1/policies/import', file)).status, 401)
})
