import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as apps from '../../../areas/apps/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { contentHouse } from '../../../testing/given-licenses.ts'

const required = (app: string, more = {}) => ({ kind: 'app', value: { app, presence: 'required', ...more } })

test('a preview says how many licenses are missing before anything is saved, and a save asks for the number (licenses.short)', async t => {
  const { h, key, app, program, work, seats } = await contentHouse(t)
  const pages = await app({ name: 'Pages', total: 2 })
  const id = await program()
  await work(id, 1)
  for (let i = 0; i < 5; i += 1) await h.given.device({ serial: `S${i}` })
  // The app does not run there, so that it needs none.
  const mac = await h.given.device({ serial: 'M1', platform: 'macos', model: 'Mac16,12', modelName: 'MacBook Air' })
  const policy = await h.given.policy(required(pages))
  const blueprint = await h.given.blueprint({ items: [policy.id] })
  const url = `/api/v1/blueprints/${blueprint.id}/assignments`
  const look = await h.http('POST', `${url}?dryRun=true`, { as: key, body: { unit: h.root.id } })
  assert.deepEqual(look.body.preview.notes, [
    { code: 'licenses.short', facts: { app: pages, name: 'Pages', short: 3, free: 2, needed: 5, total: 2 } },
  ])
  assert.deepEqual(look.body.preview.needsConfirmation, { phrase: 'short 3', removals: 0, limit: 25, short: 3 })
  const save = await h.http('POST', url, { as: key, body: { unit: h.root.id } })
  assert.equal(save.body.code, 'preview.unconfirmed')
  const done = await h.http('POST', url, { as: key, body: { unit: h.root.id, confirm: 'short 3' } })
  assert.equal(done.status, 201)
  const phone = await h.given.device({ serial: 'P1' })
  const expected = [mac, phone].map(({ id }) => ({ device: id, apps: new Map([[pages, 'required' as const]]) }))
  await h.run(ctx => apps.expectSeats(ctx, expected))
  assert.deepEqual(await seats(), { P1: 'wanted' })
})

test('seats that come free by the same change count for it: nobody is counted twice', async t => {
  const { h, key, app, device, ask, program, work } = await contentHouse(t)
  const pages = await app({ name: 'Pages', total: 1 })
  const id = await program()
  await work(id, 1)
  const [one, two] = [await device('S1'), await device('S2')]
  const assigned = await h.given.assigned({ policies: [required(pages)], scope: { include: { devices: [one.id] } } })
  await ask(one, pages)
  await work(id)
  const url = `/api/v1/assignments/${assigned.assignment.id}`
  const scope = (devices: string[]) => ({ include: { devices } })
  const swap = await h.http('PATCH', `${url}?dryRun=true`, { as: key, body: { scope: scope([two.id]) } })
  assert.equal(swap.status, 200)
  assert.deepEqual(swap.body.preview.notes, [])
  const both = await h.http('PATCH', `${url}?dryRun=true`, { as: key, body: { scope: scope([one.id, two.id]) } })
  assert.equal(both.body.preview.notes[0]?.facts.short, 1)
})

test('a tag, another group and a person who leaves are looked at like moves before they are decided: what is missing of licenses is said by number', async t => {
  const { h, key, app, program, work } = await contentHouse(t)
  const pages = await app({ name: 'Pages', total: 1 })
  const keynote = await app({ name: 'Keynote', total: 1 })
  await work(await program(), 1)
  const people = [await h.given.user({ displayName: 'Mia' }), await h.given.user({ displayName: 'Bo' })]
  const [first, second] = await Promise.all(people.map((p, i) => h.given.enrolled({ user: p.id, serial: `S${i}` })))
  assert.ok(first && second)
  const designers = await h.given.group({ name: 'Designers', users: [] })
  await h.given.assigned({ policies: [required(pages)], scope: { include: { groups: [designers.id] } } })
  await h.given.assigned({ policies: [required(keynote)], scope: { include: { tags: ['Stage'] } } })
  const look = async (body: object) => {
    const { status, body: said } = await h.http('POST', '/api/v1/changes/preview', { as: key, body })
    assert.equal(status, 200, JSON.stringify(said))
    const { changed, removed, licenses } = said.preview
    return { changed, removed, short: licenses.map((l: { name: string; short: number }) => [l.name, l.short]) }
  }
  const before = await h.events()
  const joining = { group: designers.id, add: people.map(p => p.id), remove: [] }
  assert.deepEqual(await look({ members: [joining] }), { changed: 2, removed: 0, short: [['Pages', 1]] })
  const tagged = [first, second].map(({ device }) => ({ device: device.id, tags: ['stage'] }))
  assert.deepEqual(await look({ devices: tagged }), { changed: 2, removed: 0, short: [['Keynote', 1]] })
  const both = { moves: [{ device: first.device.id, user: people[1]?.id }], devices: tagged.slice(0, 1) }
  assert.deepEqual(await look(both), { changed: 1, removed: 0, short: [['Keynote', 0]] })
  assert.deepEqual(await h.events(), before, 'looking does nothing')

  await h.http('PUT', `/api/v1/groups/${designers.id}/members`, { as: key, body: { add: [people[0]?.id], remove: [] } })
  await h.http('PATCH', `/api/v1/devices/${first.device.id}`, { as: key, body: { tags: ['Stage'] } })
  await h.settle()
  const leaving = [people[0]?.id]
  const out = { ...joining, add: [], remove: leaving }
  for (const one of [{ leaving }, { members: [out] }, { devices: [{ device: first.device.id, tags: [] }] }])
    assert.partialDeepStrictEqual(await look(one), { changed: 1, removed: 1 })

  const { key: reader } = await h.given.admin({ role: 'read-only' })
  for (const body of [{ leaving }, { members: [joining] }, { devices: tagged }])
    assert.equal((await h.http('POST', '/api/v1/changes/preview', { as: reader, body })).status, 403)
  const unknown = { members: [{ ...joining, add: ['usr_nobody'] }] }
  assert.equal((await h.http('POST', '/api/v1/changes/preview', { as: key, body: unknown })).body.code, 'id.unknown')
})

test('a device moves to another unit: its seats swap, none is held twice, and what was given back serves who waits (S4-17)', async t => {
  const { h, app, program, work, given } = await contentHouse(t)
  const [sales, design] = [await h.given.unit({ name: 'Sales' }), await h.given.unit({ name: 'Design' })]
  const [crm, draw] = [await app({ name: 'CRM', total: 1 }), await app({ name: 'Draw', total: 1 })]
  const id = await program()
  await work(id, 1)
  await h.given.assigned({ unit: sales.id, policies: [{ unit: sales.id, ...required(crm) }] })
  await h.given.assigned({ unit: design.id, policies: [{ unit: design.id, ...required(draw) }] })
  const mover = await h.given.enrolled({ unit: sales.id })
  await work(id, 8)
  const known = await h.run(ctx => apps.appsAmong(ctx, [crm, draw]))
  const storeId = (app: string): string => known.find(a => a.id === app)?.storeId ?? ''
  assert.deepEqual(given(), [`${storeId(crm)} ${mover.device.serial}`])
  const waiting = await h.given.enrolled({ unit: sales.id })
  await work(id, 8)
  assert.deepEqual(given(), [`${storeId(crm)} ${mover.device.serial}`])
  const { key } = await h.given.admin()
  const moved = await h.http('PATCH', `/api/v1/devices/${mover.device.id}`, { as: key, body: { unit: design.id } })
  assert.equal(moved.status, 200)
  await work(id, 10)
  assert.deepEqual(
    given(),
    [`${storeId(crm)} ${waiting.device.serial}`, `${storeId(draw)} ${mover.device.serial}`].sort(),
  )
  assert.equal((await h.events()).includes('license.enough'), true)
})

test('a device that un-enrolls gives its seats back', async t => {
  const { h, app, program, work, given } = await contentHouse(t)
  const pages = await app({ total: 3 })
  const id = await program()
  await work(id, 1)
  await h.given.assigned({ policies: [required(pages)] })
  const one = await h.given.enrolled({})
  await work(id, 8)
  assert.equal(given().length, 1)
  await h.run(ctx => enrollment.end(ctx, one.enrollment, 'left'))
  await work(id, 8)
  assert.deepEqual(given(), [])
})

test('a seat in a person’s name: made known, invited, given once they joined, shared by their devices, and handed on with the device', async t => {
  const { h, content, at, app, device, ask, program, work, given, seats } = await contentHouse(t)
  const pages = await app({ total: 3, toDevices: false })
  const id = await program()
  await work(id, 1)
  const mika = await h.given.user({ displayName: 'Mika', email: 'mika@havsten.example' })
  const [one, two] = [await device('S1', mika.id), await device('S2', mika.id)]
  assert.deepEqual(await ask(one, pages, 'user'), { ready: false, why: 'asked', facts: {} })
  await ask(two, pages, 'user')
  await work(id)
  assert.deepEqual(await seats(), { [mika.id]: 'wanted invited' })
  assert.deepEqual(given(), [])
  const [person] = [...at.people.values()]
  assert.equal(person?.email, 'mika@havsten.example')
  assert.notEqual(person?.clientUserId, mika.id)
  content.accept(at, person?.clientUserId ?? '')
  await content.notify(at, 'USER_ASSOCIATED')
  await work(id)
  assert.deepEqual(given(), [`${[...at.assets.values()][0]?.adamId} ${person?.clientUserId}`])
  assert.deepEqual(await ask(two, pages, 'user'), { ready: true })
  // One device less wishes for it: the other keeps it. The last one lets it go.
  await h.run(ctx => apps.returnSeat(ctx, one.id, pages))
  await work(id)
  assert.equal(given().length, 1)
  await h.run(ctx => apps.returnSeat(ctx, two.id, pages))
  await work(id)
  assert.deepEqual(given(), [])
})

test('someone without an address cannot be invited, and it says so; someone who left is retired', async t => {
  const { h, key, at, app, device, ask, program, work, seats } = await contentHouse(t)
  const pages = await app({ total: 3 })
  const id = await program()
  await work(id, 1)
  const [none, kim] = [
    await h.given.user({ displayName: 'None' }),
    await h.given.user({ displayName: 'Kim', email: 'kim@havsten.example' }),
  ]
  await ask(await device('S1', none.id), pages, 'user')
  await ask(await device('S2', kim.id), pages, 'user')
  await work(id)
  assert.deepEqual(await seats(), { [none.id]: 'wanted no-address', [kim.id]: 'wanted invited' })
  const gone = await h.run(ctx => ctx.tx.selectFrom('devices').select('id').where('user_id', '=', kim.id).execute())
  for (const { id: one } of gone)
    await h.http('PATCH', `/api/v1/devices/${String(one)}`, { as: key, body: { user: null } })
  assert.equal((await h.http('DELETE', `/api/v1/users/${kim.id}`, { as: key })).status, 204)
  await work(id)
  assert.equal([...at.people.values()].find(p => p.email === 'kim@havsten.example')?.status, 'Retired')
})
