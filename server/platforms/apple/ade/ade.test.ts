import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import { promised } from '../../../testing/promised.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const serials = (n: number, from = 'DX') => Array.from({ length: n }, (_, i) => `${from}${String(i).padStart(5, '0')}`)

test('a token is taken into use, devices are read, the setup is defined once and assigned to all', async t => {
  const { h, ade, key, program, shown, work } = await promised(t)
  const setup = await h.given.setup({
    name: 'iPads',
    body: { skip: ['Siri', 'TOS'], support: { phone: '112', email: '', department: 'IT' } },
  })
  const all = serials(2300)
  const { id, server } = await program({ serials: all, setup: setup.id })
  await work()
  const after = await shown(id)
  assert.equal(after.state, 'good')
  assert.equal(after.serverId, server.uuid)
  assert.equal(after.orgName, 'Example Organization')
  assert.equal(after.account, 'admin@example.org')
  assert.deepEqual(after.counts, { promised: 2300, enrolled: 0, gone: 0, waiting: 0, failed: 0 })
  assert.equal(ade.vendor.profiles.size, 1)
  assert.ok([...ade.vendor.devices.values()].every(d => d.status === 'assigned'))
  const assigns = ade.heard.filter(r => r.path === '/profile/devices')
  assert.deepEqual(
    assigns.map(r => JSON.parse(new TextDecoder().decode(r.body)).devices.length),
    [1000, 1000, 300],
  )
  const offered = ade.profileFor('DX00000')
  const secret = await h.run(ctx => roster.setupSecret(ctx, setup))
  assert.partialDeepStrictEqual(offered?.profile, {
    profile_name: 'iPads',
    url: `https://muster.test/enroll/apple/auto/${secret}`,
    is_supervised: true,
    await_device_configured: true,
    skip_setup_items: ['Siri', 'TOS'],
    support_phone_number: '112',
    department: 'IT',
  })
  assert.equal((await h.run(ctx => roster.setupBySecret(ctx, secret)))?.setup.id, setup.id)
  const list = await h.http('GET', '/api/v1/roster?filter=assigned:assigned&limit=2', { as: key })
  assert.equal(list.body.items.length, 2)
  assert.deepEqual((await h.events()).filter(e => /^(program|roster)\./.test(e)).slice(0, 3), [
    'program.added',
    'roster.grew',
    'roster.grew',
  ])
})

test('what changed is read from the cursor; a device that was fetched, moved away or came back is as it is', async t => {
  const { h, ade, program, shown, work } = await promised(t)
  const setup = await h.given.setup()
  const { id, server } = await program({ serials: serials(3), setup: setup.id })
  await work()
  ade.profileFor('DX00000')
  ade.assign(['DX00001'], null)
  ade.assign(['DX00002'], null)
  ade.assign(['DX00002'], server)
  h.pass(16 * minute)
  await work()
  const entry = (serial: string) => h.run(ctx => roster.expected(ctx, serial))
  assert.equal((await entry('DX00000'))?.assigned, 'delivered')
  assert.equal(await entry('DX00001'), null)
  // Deleted and added again in one page: still ours, and without a setup at the vendor, so it is assigned anew.
  assert.equal((await entry('DX00002'))?.assigned, 'assigned')
  assert.deepEqual((await shown(id)).counts, { promised: 2, enrolled: 0, gone: 1, waiting: 0, failed: 0 })
  assert.equal(ade.heard.filter(r => r.path === '/server/devices').length, 1, 'read whole once')
})

test('a changed setup is defined anew and reaches every device; the same words are not said twice', async t => {
  const { h, ade, key, program, work } = await promised(t)
  const setup = await h.given.setup()
  await program({ serials: serials(5), setup: setup.id })
  await work()
  const first = ade.profileFor('DX00003')?.uuid
  const body = roster.setupBody.parse({ mandatory: false })
  assert.equal((await h.http('PATCH', `/api/v1/setups/${setup.id}`, { as: key, body: { body } })).status, 200)
  await work()
  assert.equal(ade.vendor.profiles.size, 2)
  assert.ok([...ade.vendor.devices.values()].every(d => d.profile !== first))
  assert.equal((await h.http('PATCH', `/api/v1/setups/${setup.id}`, { as: key, body: { body } })).status, 200)
  h.pass(16 * minute)
  await work()
  assert.equal(ade.vendor.profiles.size, 2)
})

test('another default reaches devices for which nobody chose, and a choice stays', async t => {
  const { h, ade, key, program, work } = await promised(t)
  const [one, two, mine] = [await h.given.setup(), await h.given.setup(), await h.given.setup()]
  const { id } = await program({ serials: serials(4), setup: one.id })
  await work()
  const chosen = await h.http('PATCH', '/api/v1/roster', { as: key, body: { serials: ['dx00000'], setup: mine.id } })
  assert.equal(chosen.status, 200)
  await h.http('PATCH', `/api/v1/programs/${id}`, { as: key, body: { setup: two.id } })
  await work()
  const names = [...ade.vendor.devices.values()].map(
    d => ade.vendor.profiles.get(d.profile ?? '')?.body['profile_name'],
  )
  assert.deepEqual(names, [mine.name, two.name, two.name, two.name])
  const none = await h.http('PATCH', '/api/v1/roster', { as: key, body: { serials: ['DX00000'], setup: null } })
  assert.equal(none.body.items[0].assigned, 'wanted')
  await work()
  assert.equal(ade.vendor.devices.get('DX00000')?.status, 'removed')
  assert.equal((await h.run(ctx => roster.expected(ctx, 'DX00000')))?.assigned, 'none')
})

test('a full reading once a day finds what no change told of', async t => {
  const { h, ade, program, shown, work } = await promised(t)
  const { id, server } = await program({ serials: serials(2) })
  await work()
  // The vendor forgets to tell: a device appears, another goes.
  ade.buy([{ serial: 'QUIET0001', server: server.uuid }])
  ade.vendor.devices.delete('DX00001')
  h.pass(hour)
  await work()
  assert.equal((await shown(id)).counts.promised, 2)
  h.pass(day)
  await work()
  assert.deepEqual((await shown(id)).counts, { promised: 2, enrolled: 0, gone: 1, waiting: 0, failed: 0 })
  assert.notEqual(await h.run(ctx => roster.expected(ctx, 'QUIET0001')), null)
})

test('a device of two programs of one org keeps what was wanted for it when it moves', async t => {
  const { h, ade, key, program, work } = await promised(t)
  const unit = await h.given.unit({ name: 'Lund' })
  await program({ serials: serials(1), name: 'First' })
  const { server } = await program({ name: 'Second' })
  await work()
  const user = await h.given.user()
  await h.http('PATCH', '/api/v1/roster', { as: key, body: { serials: ['DX00000'], unit: unit.id, user: user.id } })
  ade.assign(['DX00000'], server)
  h.pass(16 * minute)
  await work()
  const entry = await h.run(ctx => roster.expected(ctx, 'DX00000'))
  assert.equal(entry?.unit, unit.id)
  assert.equal(entry?.user, user.id)
})

test('serials that are not promised within one’s units are named, and nothing is changed', async t => {
  const { h, key, program, work } = await promised(t)
  await program({ serials: serials(2) })
  await work()
  const unit = await h.given.unit({ name: 'Other' })
  const admin = await h.given.admin({ unit: unit.id })
  const body = { serials: ['DX00000', 'NOBODY'], unit: unit.id }
  const missing = await h.http('PATCH', '/api/v1/roster', { as: key, body })
  assert.deepEqual([missing.status, missing.body.code, missing.body.serials], [404, 'entry.unknown', ['NOBODY']])
  const theirs = await h.http('PATCH', '/api/v1/roster', { as: admin.key, body: { serials: ['DX00000'], setup: null } })
  assert.equal(theirs.body.code, 'entry.unknown')
  assert.equal((await h.run(ctx => roster.expected(ctx, 'DX00000')))?.unit, h.root.id)
})

test('a device that enrolled by its promise says so, and is only promised again when it is managed no longer', async t => {
  const { h, key, program, work } = await promised(t)
  const { device, enrollment: enrolled } = await h.given.enrolled({})
  const serial = device.serial ?? ''
  await program({ serials: [serial] })
  await work()
  await h.run(ctx => roster.noteEnrolled(ctx, serial, device.id))
  const shown = async () => (await h.http('GET', '/api/v1/roster', { as: key })).body.items[0]
  assert.partialDeepStrictEqual(await shown(), { state: 'enrolled', device: device.id })
  await h.run(ctx => enrollment.end(ctx, enrolled, 'left'))
  await h.settle()
  assert.partialDeepStrictEqual(await shown(), { state: 'promised', device: null })
})
