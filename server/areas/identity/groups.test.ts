import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import * as identity from './index.ts'

test('a group takes people in and lets them go; who repeats it changes nothing', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const unit = await h.given.unit({ name: 'Sales' })
  const [hana, emma] = [await h.given.user({ unit: unit.id }), await h.given.user()]
  const made = await h.http('POST', '/api/v1/groups', { as: key, body: { name: 'First', unit: unit.id } })
  assert.deepEqual([made.status, made.body.unit.path, made.body.source], [201, 'Havsten / Sales', 'hand'])
  const members = (body: object) => h.http('PUT', `/api/v1/groups/${made.body.id}/members`, { as: key, body })
  assert.deepEqual((await members({ add: [hana.id, emma.id] })).body, { added: 2, removed: 0, members: 2 })
  assert.deepEqual((await members({ add: [hana.id] })).body, { added: 0, removed: 0, members: 2 })
  assert.deepEqual((await members({ remove: [emma.id] })).body, { added: 0, removed: 1, members: 1 })
  const inside = await h.http('GET', `/api/v1/users?filter=group:first`, { as: key })
  assert.deepEqual(
    inside.body.items.map((u: { id: string; groups: unknown }) => [u.id, u.groups]),
    [[hana.id, [{ id: made.body.id, name: 'First' }]]],
  )
  const alone = await h.http('GET', '/api/v1/users?filter=group:none', { as: key })
  assert.deepEqual(
    alone.body.items.map((u: { id: string }) => u.id),
    [emma.id],
  )
  const of = await h.run(ctx => identity.groupsOf(ctx, [hana.id, emma.id]))
  assert.deepEqual([...of], [[hana.id, [made.body.id]]])
  assert.deepEqual(await h.events(), ['group.added', 'group.membersChanged', 'group.membersChanged'])
})

test('members of a large group are told of in events of at most fifty, and paged', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const users: string[] = []
  for (let n = 0; n < 120; n += 1) users.push((await h.given.user()).id)
  const { id } = await h.given.group()
  const put = await h.http('PUT', `/api/v1/groups/${id}/members`, { as: key, body: { add: users } })
  assert.equal(put.body.members, 120)
  assert.deepEqual(await h.events(), ['group.membersChanged', 'group.membersChanged', 'group.membersChanged'])
  const first = await h.run(ctx => identity.usersOfGroup(ctx, id, { limit: 100 }))
  const rest = await h.run(ctx => identity.usersOfGroup(ctx, id, { after: first.next ?? '', limit: 100 }))
  assert.deepEqual([...first.ids, ...rest.ids], users.sort())
  assert.equal(rest.next, null)
  assert.equal((await h.http('DELETE', `/api/v1/groups/${id}`, { as: key })).status, 204)
  assert.equal((await h.run(ctx => identity.groupsOf(ctx, users))).size, 0)
})

test('two groups of one unit bear different names, a unit with a group is not removed, and a group follows its unit', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const [tokyo, paris] = [await h.given.unit({ name: 'Tokyo' }), await h.given.unit({ name: 'Paris' })]
  const group = await h.given.group({ name: 'First', unit: tokyo.id })
  const add = (name: string, unit: string) => h.http('POST', '/api/v1/groups', { as: key, body: { name, unit } })
  assert.equal((await add('ＦＩＲＳＴ', tokyo.id)).body.code, 'group.name-taken')
  assert.equal((await add('First', paris.id)).status, 201)
  assert.deepEqual((await h.http('DELETE', `/api/v1/units/${tokyo.id}`, { as: key })).body.holds, ['groups'])
  await h.http('PATCH', `/api/v1/units/${tokyo.id}`, { as: key, body: { parent: paris.id } })
  assert.equal((await h.run(ctx => identity.groupOf(ctx, group.id))).unitPath, `${paris.path}${tokyo.id}/`)
})

test('someone whom one may not change is not put into a group, and someone unseen is nobody', async t => {
  const h = await house(t)
  const [tokyo, paris] = [await h.given.unit({ name: 'Tokyo' }), await h.given.unit({ name: 'Paris' })]
  const local = await h.given.admin({ role: 'admin', unit: tokyo.id })
  const group = await h.given.group({ unit: tokyo.id })
  const stranger = await h.given.user({ unit: paris.id })
  const put = await h.http('PUT', `/api/v1/groups/${group.id}/members`, { as: local.key, body: { add: [stranger.id] } })
  assert.deepEqual([put.status, put.body.code], [404, 'id.unknown'])
  assert.deepEqual(await h.events(), [])
})

test('a person is found by how their name is read and by what is kept about them, and sorted by reading', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const add = (body: object) => h.http('POST', '/api/v1/users', { as: key, body: { unit: h.root.id, ...body } })
  await add({ displayName: '加藤 由美子', yomi: 'かとう ゆみこ', attributes: { floor: '7', 内線: '4021' } })
  await add({ displayName: '安藤 遥', yomi: 'アンドウ ハルカ', attributes: { floor: '17' } })
  const names = async (query: string) =>
    (await h.http('GET', `/api/v1/users?${query}`, { as: key })).body.items.map(
      (u: { displayName: string }) => u.displayName,
    )
  assert.deepEqual(await names('sort=yomi'), ['安藤 遥', '加藤 由美子'])
  assert.deepEqual(await names(`filter=${encodeURIComponent('あんどう')}`), ['安藤 遥'])
  assert.deepEqual(await names('filter=4021'), ['加藤 由美子'])
  assert.deepEqual(await names('filter=attribute:floor=7'), ['加藤 由美子'])
  assert.deepEqual(await names(`filter=${encodeURIComponent('attribute:内線')}`), ['加藤 由美子'])
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`a${n}`, 'x']))
  assert.equal((await add({ displayName: 'X', attributes: many })).status, 400)
  assert.equal((await add({ displayName: 'X', attributes: { 'a.b': 'x' } })).status, 400)
  const one = (await h.http('GET', '/api/v1/users?filter=4021', { as: key })).body.items[0]
  const patched = await h.http('PATCH', `/api/v1/users/${one.id}`, {
    as: key,
    body: { attributes: { 内線: '4021', floor: '7' } },
  })
  assert.equal(patched.status, 200)
  assert.deepEqual(await h.events(), ['user.added', 'user.added'])
})

test('a person who moves takes along the devices of the same unit when asked to, and no others', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const [sales, support] = [await h.given.unit({ name: 'Sales' }), await h.given.unit({ name: 'Support' })]
  const hana = await h.given.user({ unit: sales.id })
  const phone = await h.given.device({ unit: sales.id, user: hana.id })
  const spare = await h.given.device({ user: hana.id })
  const unitsNow = () =>
    h.run(async ctx => {
      const rows = await ctx.tx.selectFrom('devices').select(['id', 'unit']).execute()
      return Object.fromEntries(rows.map(r => [String(r.id), String(r.unit)]))
    })
  await h.http('PATCH', `/api/v1/users/${hana.id}`, { as: key, body: { unit: support.id, devicesFollow: true } })
  assert.deepEqual(await unitsNow(), { [phone.id]: support.id, [spare.id]: h.root.id })
  await h.http('PATCH', `/api/v1/users/${hana.id}`, { as: key, body: { unit: sales.id } })
  assert.deepEqual(await unitsNow(), { [phone.id]: support.id, [spare.id]: h.root.id })
})
