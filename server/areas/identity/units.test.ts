import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import * as identity from './index.ts'

interface Row {
  id: string
  name: string
  path: string
  parent: string | null
  users: number
}

async function tree(h: House) {
  const [tokyo, paris] = [await h.given.unit({ name: 'Tokyo' }), await h.given.unit({ name: 'Paris' })]
  const sales = await h.given.unit({ name: 'Sales', parent: tokyo.id })
  return { tokyo, paris, sales }
}

const units = async (h: House, as: string): Promise<Row[]> => (await h.http('GET', '/api/v1/units', { as })).body.items

test('a reader sees the tree from their own units down, and no name above', async t => {
  const h = await house(t)
  const { tokyo, sales } = await tree(h)
  await h.given.user({ unit: sales.id })
  const all = await units(h, (await h.given.admin()).key)
  assert.deepEqual(
    all.map(u => u.path),
    ['Havsten', 'Havsten / Paris', 'Havsten / Tokyo', 'Havsten / Tokyo / Sales'],
  )
  const local = await units(h, (await h.given.admin({ role: 'read-only', unit: tokyo.id })).key)
  assert.deepEqual(
    local.map(u => [u.id, u.path, u.parent, u.users]),
    [
      [tokyo.id, 'Tokyo', null, 0],
      [sales.id, 'Tokyo / Sales', tokyo.id, 1],
    ],
  )
})

test('moving a unit moves everything below it and tells what hangs there; a cycle and the top are refused', async t => {
  const h = await house(t)
  const { tokyo, paris, sales } = await tree(h)
  const user = await h.given.user({ unit: sales.id })
  const { key } = await h.given.admin()
  const move = (id: string, parent: string) => h.http('PATCH', `/api/v1/units/${id}`, { as: key, body: { parent } })
  const moved = await move(tokyo.id, paris.id)
  assert.equal(moved.body.path, 'Havsten / Paris / Tokyo')
  const now = await h.run(ctx => identity.userOf(ctx, user.id))
  assert.equal(now.unitPath, `${paris.path}${tokyo.id}/${sales.id}/`)
  assert.equal((await h.run(ctx => identity.unitOf(ctx, sales.id))).path, now.unitPath)
  assert.equal((await move(paris.id, sales.id)).body.code, 'unit.cycle')
  assert.equal((await move(tokyo.id, tokyo.id)).body.code, 'unit.cycle')
  assert.equal((await move(h.root.id, paris.id)).body.code, 'unit.top')
  assert.deepEqual(await h.events(), ['unit.moved'])
})

test('a unit is not moved to where its mover may do more than over it now', async t => {
  const h = await house(t)
  const { tokyo, paris } = await tree(h)
  const boss = await h.given.admin({ role: 'admin', unit: tokyo.id })
  const grant = (role: string, unit: string) =>
    h.given.admin().then(o => h.http('POST', `/api/v1/admins/${boss.id}/grants`, { as: o.key, body: { role, unit } }))
  await grant('owner', paris.id)
  const below = await h.given.unit({ parent: tokyo.id })
  const headers = { cookie: boss.cookie, 'sec-fetch-site': 'same-origin' }
  const up = await h.http('PATCH', `/api/v1/units/${below.id}`, { headers, body: { parent: paris.id } })
  assert.equal(up.body.code, 'permission.missing')
  const aside = await h.given.unit({ parent: tokyo.id })
  const across = await h.http('PATCH', `/api/v1/units/${below.id}`, { headers, body: { parent: aside.id } })
  assert.equal(across.status, 200)
})

test('sisters bear different names, and only an empty unit is removed', async t => {
  const h = await house(t)
  const { tokyo, sales } = await tree(h)
  const { key } = await h.given.admin()
  const add = (name: string) => h.http('POST', '/api/v1/units', { as: key, body: { name, parent: tokyo.id } })
  assert.equal((await add('ＳＡＬＥＳ')).body.code, 'unit.name-taken')
  assert.equal((await add('')).body.fields[0].path, 'body.name')
  const user = await h.given.user({ unit: sales.id })
  await h.given.admin({ role: 'operator', unit: sales.id })
  const remove = (id: string) => h.http('DELETE', `/api/v1/units/${id}`, { as: key })
  assert.deepEqual((await remove(tokyo.id)).body.holds, ['units'])
  assert.deepEqual((await remove(sales.id)).body.holds, ['users', 'grants', 'keys'])
  assert.equal((await remove(h.root.id)).body.code, 'unit.top')
  assert.equal((await h.http('DELETE', `/api/v1/users/${user.id}`, { as: key })).status, 204)
  const fresh = await add('Support')
  assert.equal((await remove(fresh.body.id)).status, 204)
  assert.deepEqual(await h.events(), ['user.removed', 'unit.added', 'unit.removed'])
})

test('users are found by any part of what is known of them, in either order of the name', async t => {
  const h = await house(t)
  const { tokyo, paris, sales } = await tree(h)
  const { key } = await h.given.admin()
  const add = (body: object) => h.http('POST', '/api/v1/users', { as: key, body })
  const ken = {
    displayName: '佐藤 健',
    familyName: '佐藤',
    givenName: '健',
    email: 'Ken.Sato@havsten.test',
    unit: sales.id,
  }
  const added = await add({ ...ken, employeeNumber: 'E-1001', language: 'ja' })
  assert.equal(added.status, 201)
  assert.deepEqual(added.body.unit, { id: sales.id, name: 'Sales', path: 'Havsten / Tokyo / Sales' })
  assert.equal(
    (await add({ displayName: 'X', email: 'ken.sato@HAVSTEN.test', unit: paris.id })).body.code,
    'user.email-taken',
  )
  await add({ displayName: 'Zoé Dubois', familyName: 'Dubois', givenName: 'Zoé', unit: paris.id })
  for (let i = 0; i < 5; i += 1) await h.given.user({ displayName: `Person ${i}`, unit: tokyo.id })
  const find = async (filter: string, rest = ''): Promise<string[]> => {
    const answer = await h.http('GET', `/api/v1/users?filter=${encodeURIComponent(filter)}${rest}`, { as: key })
    return answer.body.items.map((u: { displayName: string }) => u.displayName)
  }
  assert.deepEqual(await find('健佐藤'), [])
  assert.deepEqual(await find('"健 佐藤"'), ['佐藤 健'])
  assert.deepEqual(await find('ken.s'), ['佐藤 健'])
  assert.deepEqual(await find('number:1001 unit:"Tokyo/Sales"'), ['佐藤 健'])
  assert.deepEqual(await find('zoe'), ['Zoé Dubois'])
  assert.deepEqual(await find('unit:Tokyo language:ja'), ['佐藤 健'])
  const first = await h.http('GET', '/api/v1/users?limit=4', { as: key })
  assert.equal(first.body.total, 7)
  const second = await h.http('GET', `/api/v1/users?limit=4&cursor=${first.body.next}`, { as: key })
  assert.equal(new Set([...first.body.items, ...second.body.items].map(u => u.id)).size, 7)
  assert.equal(second.body.next, null)
  const unknown = await h.http('GET', '/api/v1/users?filter=shoe:44', { as: key })
  assert.equal(unknown.body.code, 'filter.field-unknown')
})

test('a user is changed and moved only by someone who may at both ends', async t => {
  const h = await house(t)
  const { tokyo, paris, sales } = await tree(h)
  const user = await h.given.user({ unit: sales.id, displayName: 'Ken' })
  const local = await h.given.admin({ role: 'admin', unit: tokyo.id })
  const change = (as: string, body: object) => h.http('PATCH', `/api/v1/users/${user.id}`, { as, body })
  assert.equal((await change(local.key, { unit: paris.id })).body.code, 'id.unknown')
  const changed = await change(local.key, { unit: tokyo.id, displayName: 'Ken Sato', email: null })
  assert.partialDeepStrictEqual(changed.body, { displayName: 'Ken Sato', unit: { id: tokyo.id } })
  const reader = await h.given.admin({ role: 'read-only' })
  assert.equal((await change(reader.key, { displayName: 'x' })).body.code, 'permission.missing')
  const seen = await h.http('GET', `/api/v1/users/${user.id}`, { as: reader.key })
  assert.partialDeepStrictEqual(seen.body, { displayName: 'Ken Sato', owns: [], devices: 0 })
  assert.deepEqual(await h.events(), ['user.changed'])
})

test('the org has settings, which owners change', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  const second = await h.given.admin({ role: 'admin' })
  const change = (as: string, body: object) => h.http('PATCH', '/api/v1/org', { as, body })
  assert.equal((await change(second.key, { name: 'Mine' })).body.code, 'permission.missing')
  assert.equal((await change(boss.key, { sessionIdleMs: 1000 })).status, 400)
  const changed = await change(boss.key, { name: 'Havsten AB', language: 'sv', sessionIdleMs: 15 * 60_000 })
  assert.partialDeepStrictEqual(changed.body, { name: 'Havsten AB', language: 'sv', sessionIdleMs: 900_000 })
  h.pass(900_000)
  assert.equal((await h.http('GET', '/api/v1/session', { headers: { cookie: boss.cookie } })).status, 401)
  const unit = await h.given.unit()
  const lesser = await h.given.admin({ role: 'owner', unit: unit.id })
  assert.equal((await change(lesser.key, { name: 'Mine' })).status, 404)
})

test('odd text is stored or refused, never a fault', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const odd = ['a\u0000b', '\ud800', '%_\\', "'; DROP TABLE users; --", '🦩'.repeat(60), '\u202e', '\u3000']
  for (const text of odd) {
    const body = { displayName: text, employeeNumber: text, unit: h.root.id }
    const made = await h.http('POST', '/api/v1/users', { as: key, body })
    assert.ok([201, 400].includes(made.status), JSON.stringify(text))
    const filters = [
      `"${text.replaceAll(/["\\]/g, '')}"`,
      `number:"${text.replaceAll(/["\\]/g, '')}"`,
      `language:x unit:"${text.replaceAll(/["\\]/g, '')}"`,
    ]
    for (const filter of filters) {
      const found = await h.http('GET', `/api/v1/users?filter=${encodeURIComponent(filter.toWellFormed())}`, {
        as: key,
      })
      assert.ok([200, 400].includes(found.status), `${filter} ${found.status}`)
    }
  }
})
