import assert from 'node:assert/strict'
import { test } from 'node:test'
import { may } from '../../base/authority.ts'
import { type House, house } from '../../testing/house.ts'
import { authorityFrom, covers } from './grant.ts'
import * as identity from './index.ts'

async function tree(h: House) {
  const tokyo = await h.given.unit({ name: 'Tokyo' })
  const sales = await h.given.unit({ name: 'Sales', parent: tokyo.id })
  const paris = await h.given.unit({ name: 'Paris' })
  return { tokyo, sales, paris }
}

test('roles permit what they say', () => {
  const holds = (role: identity.Role, permission: identity.Permission) => identity.roles[role].includes(permission)
  assert.deepEqual(identity.roles.owner, identity.permissions)
  assert.deepEqual(
    identity.permissions.filter(p => !holds('admin', p)),
    ['org:write'],
  )
  for (const p of identity.permissions) {
    const reading = p.endsWith(':read')
    assert.equal(holds('auditor', p), reading, p)
    if (!reading) assert.equal(holds('read-only', p), false, p)
  }
  assert.deepEqual(
    (['owner', 'admin', 'help-desk', 'operator', 'auditor', 'read-only'] as const).filter(r =>
      holds(r, 'devices:wipe'),
    ),
    ['owner', 'admin'],
  )
  for (const p of ['devices:lock', 'devices:lose', 'devices:clear-passcode'] as const) assert.ok(holds('help-desk', p))
  assert.equal(holds('help-desk', 'devices:write'), false)
  assert.equal(holds('operator', 'devices:write'), true)
})

test('whoever covers a role covers everything it permits there, and nobody covers more than they hold', async t => {
  const h = await house(t)
  const { tokyo, sales, paris } = await tree(h)
  for (const mine of identity.roleIds)
    for (const theirs of identity.roleIds)
      for (const unit of [h.root, tokyo, sales, paris]) {
        const authority = authorityFrom([{ role: mine, unit: { ...tokyo } }])
        const all = identity.roles[theirs].every(p => may(authority, p, unit.path))
        assert.equal(covers(authority, theirs, unit.path), all)
        if (unit === h.root || unit === paris) assert.equal(all, false)
      }
})

test('nobody hands out more than they hold: by invitation, by grant, or by key', async t => {
  const h = await house(t)
  const { tokyo, sales, paris } = await tree(h)
  const boss = await h.given.admin({ role: 'admin', unit: tokyo.id })
  const victim = await h.given.admin({ role: 'read-only', unit: sales.id })
  const body = (role: string, unit: string) => ({ name: 'N', email: `${role}-${unit}@x.test`, role, unit })
  const asked = async (role: string, unit: string) => {
    const ways = [
      await h.http('POST', '/api/v1/admins', { as: boss.key, body: body(role, unit) }),
      await h.http('POST', `/api/v1/admins/${victim.id}/grants`, { as: boss.key, body: { role, unit } }),
      await h.http('POST', '/api/v1/api-keys', { as: boss.key, body: { name: 'n', role, unit } }),
    ]
    return [...new Set(ways.map(w => w.body.code ?? w.status))]
  }
  assert.deepEqual(await asked('owner', tokyo.id), ['role.exceeds-own'])
  assert.deepEqual(await asked('owner', sales.id), ['role.exceeds-own'])
  assert.deepEqual(await asked('admin', sales.id), [201])
  assert.deepEqual(await asked('operator', paris.id), ['id.unknown'])
  assert.deepEqual(await asked('read-only', h.root.id), ['id.unknown'])
  const auditor = await h.given.admin({ role: 'auditor' })
  const none = await h.http('POST', '/api/v1/admins', { as: auditor.key, body: body('auditor', h.root.id) })
  assert.equal(none.body.code, 'permission.missing')
})

test('who holds more cannot be changed, disabled, removed, signed out or given a link by who holds less', async t => {
  const h = await house(t)
  const { tokyo } = await tree(h)
  const owner = await h.given.admin()
  const lesser = await h.given.admin({ role: 'admin' })
  const local = await h.given.admin({ role: 'admin', unit: tokyo.id })
  const attempts = (as: string, id: string, session: string) =>
    Promise.all([
      h.http('PATCH', `/api/v1/admins/${id}`, { as, body: { state: 'disabled' } }),
      h.http('DELETE', `/api/v1/admins/${id}`, { as }),
      h.http('POST', `/api/v1/admins/${id}/link`, { as, body: { totp: 'remove' } }),
      h.http('DELETE', `/api/v1/admins/${id}/sessions/${session}`, { as }),
    ])
  for (const answer of await attempts(lesser.key, owner.id, owner.session))
    assert.equal(answer.body.code, 'role.exceeds-own')
  for (const answer of await attempts(local.key, lesser.id, lesser.session))
    assert.equal(answer.body.code, 'id.unknown')
  const wide = await h.given.admin({ role: 'operator', unit: tokyo.id })
  await h.http('POST', `/api/v1/admins/${wide.id}/grants`, {
    as: owner.key,
    body: { role: 'auditor', unit: h.root.id },
  })
  for (const answer of await attempts(local.key, wide.id, wide.session))
    assert.equal(answer.body.code, 'permission.missing')
  const { items } = (await h.http('GET', '/api/v1/admins', { as: local.key })).body
  assert.deepEqual(
    items.map((a: { id: string; grants: object[] }) => [a.id, a.grants.length]).sort(),
    [
      [local.id, 1],
      [wide.id, 1],
    ].sort(),
    'only those who hold something there, and only what they hold there',
  )
})

test('an org never loses its last owner', async t => {
  const h = await house(t)
  const one = await h.given.admin()
  const two = await h.given.admin()
  const disable = (as: string, id: string) =>
    h.http('PATCH', `/api/v1/admins/${id}`, { as, body: { state: 'disabled' } })
  assert.equal((await disable(two.key, two.id)).body.code, 'admin.yourself', 'also through a key')
  assert.equal((await disable(two.key, one.id)).status, 200)
  assert.equal((await h.http('GET', '/api/v1/units', { as: one.key })).body.code, 'key.refused', 'their keys rest')
  const spare = await identity.createKey(h.base, h.org, { name: 'CLI', role: 'owner' })
  assert.equal((await disable(spare.key, two.id)).body.code, 'admin.last-owner')
  assert.equal((await h.http('DELETE', `/api/v1/admins/${two.id}`, { as: spare.key })).body.code, 'admin.last-owner')
  const third = await h.given.admin()
  assert.equal((await h.http('DELETE', `/api/v1/admins/${two.id}`, { as: spare.key })).status, 204)
  const { items } = (await h.http('GET', '/api/v1/admins', { as: spare.key })).body
  const last = items.find((a: { id: string }) => a.id === third.id).grants[0].id
  const taken = await h.http('DELETE', `/api/v1/admins/${third.id}/grants/${last}`, { as: spare.key })
  assert.equal(taken.body.code, 'admin.last-owner')
  // Those disabled do not count; one who is let in again without a password has to accept first.
  const back = await h.http('PATCH', `/api/v1/admins/${one.id}`, { as: spare.key, body: { state: 'active' } })
  assert.equal(back.body.state, 'invited')
  assert.equal((await disable(spare.key, third.id)).body.code, 'admin.last-owner')
})

test('removing an admin ends their sessions and keys, and the keys those made', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const leaving = await h.given.admin({ role: 'admin' })
  const body = { name: 'child', role: 'read-only', unit: h.root.id, expiresInDays: null }
  const child = await h.http('POST', '/api/v1/api-keys', { as: leaving.key, body })
  assert.equal((await h.http('GET', '/api/v1/units', { as: child.body.key })).status, 200)
  assert.equal((await h.http('DELETE', `/api/v1/admins/${leaving.id}`, { as: owner.key })).status, 204)
  for (const key of [leaving.key, child.body.key])
    assert.equal((await h.http('GET', '/api/v1/units', { as: key })).body.code, 'key.refused')
  assert.equal((await h.http('GET', '/api/v1/session', { headers: { cookie: leaving.cookie } })).status, 401)
})

test('a key is shown once, expires, notes its use to the minute, and is never stored in clear', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const body = { name: 'CI', role: 'operator', unit: h.root.id, expiresInDays: 1 }
  const headers = { 'idempotency-key': 'once' }
  const made = await h.http('POST', '/api/v1/api-keys', { as: owner.key, body, headers })
  assert.match(made.body.key, /^mk_[\w-]{43}$/)
  const again = await h.http('POST', '/api/v1/api-keys', { as: owner.key, body, headers })
  assert.deepEqual(again.body, made.body)
  const listed = async () =>
    (await h.http('GET', '/api/v1/api-keys', { as: owner.key })).body.items.find(
      (k: { id: string }) => k.id === made.body.id,
    )
  assert.partialDeepStrictEqual(await listed(), {
    prefix: made.body.key.slice(0, 9),
    lastUsedAt: null,
    role: 'operator',
  })
  const use = () => h.http('GET', '/api/v1/units', { as: made.body.key })
  await use()
  const first = h.now()
  h.pass(30_000)
  await use()
  assert.equal((await listed()).lastUsedAt, first)
  h.pass(30_000)
  await use()
  assert.equal((await listed()).lastUsedAt, h.now())
  const rows = await h.run(ctx => ctx.tx.selectFrom('api_keys').selectAll().execute())
  assert.equal(JSON.stringify(rows).includes(made.body.key), false)
  const short = { ...body, expiresInDays: 90, role: 'read-only' }
  const made2 = await h.http('POST', '/api/v1/api-keys', {
    as: owner.key,
    body: { ...short, role: 'admin', expiresInDays: 1 },
  })
  const grandchild = await h.http('POST', '/api/v1/api-keys', { as: made2.body.key, body: short })
  h.pass(86_400_000)
  for (const key of [made.body.key, made2.body.key, grandchild.body.key])
    assert.equal((await h.http('GET', '/api/v1/units', { as: key })).body.code, 'key.refused')
  for (const bad of ['mk_', 'mk_short', `mk_${'x'.repeat(43)}`, 'x'])
    assert.equal((await h.http('GET', '/api/v1/units', { as: bad })).status, 401)
  assert.equal((await h.events())[0], 'key.created')
})

test('an invited admin is listed as such, and one address is one admin', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const body = { name: 'Zoé', email: 'Zoe@x.test', role: 'operator', unit: h.root.id, locale: 'fr' }
  const invited = await h.http('POST', '/api/v1/admins', { as: owner.key, body })
  assert.match(invited.body.url, /^https:\/\/muster\.test\/accept\?token=[\w-]{43}$/)
  const twice = await h.http('POST', '/api/v1/admins', { as: owner.key, body: { ...body, email: 'zoe@X.test' } })
  assert.equal(twice.body.code, 'admin.email-taken')
  const { items } = (await h.http('GET', '/api/v1/admins', { as: owner.key })).body
  assert.partialDeepStrictEqual(
    items.find((a: { id: string }) => a.id === invited.body.id),
    { state: 'invited', totp: false, grants: [{ role: 'operator', unit: { id: h.root.id } }] },
  )
  const { items: counts } = (await h.http('GET', '/api/v1/roles', { as: owner.key })).body
  assert.deepEqual(counts.map((r: { id: string; admins: number }) => [r.id, r.admins]).slice(0, 4), [
    ['owner', 1],
    ['admin', 0],
    ['help-desk', 0],
    ['operator', 1],
  ])
  assert.deepEqual(await h.events(), ['admin.invited'])
})
