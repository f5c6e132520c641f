import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as roster from '../../../areas/roster/index.ts'
import type { House } from '../../../testing/house.ts'
import { promised } from '../../../testing/promised.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** What was recorded is followed, and it is so. */
async function follow(h: House, is: () => Promise<boolean>): Promise<void> {
  await h.settle()
  assert.equal(await is(), true)
}

const serials = (n: number) => Array.from({ length: n }, (_, i) => `FX${String(i).padStart(5, '0')}`)

test('terms that are not accepted stop the program, say so, and it goes on where it was once they are', async t => {
  const { h, ade, key, program, shown, work } = await promised(t)
  const { id, server } = await program({ serials: serials(2) })
  await work()
  ade.terms(false)
  h.pass(16 * minute)
  await work()
  assert.partialDeepStrictEqual(await shown(id), { state: 'terms', problem: { code: 'terms' } })
  const alerts = async () =>
    (await h.http('GET', '/api/v1/alerts?filter=type:program-troubled', { as: key })).body.items
  await follow(h, async () => (await alerts()).length === 1)
  assert.partialDeepStrictEqual((await alerts())[0], { severity: 'critical', state: 'open' })
  const asked = ade.heard.length
  h.pass(minute)
  await work()
  assert.equal(ade.heard.length, asked, 'it is not asked again at once')
  ade.terms(true)
  ade.buy([{ serial: 'NEW0001' }])
  ade.assign(['NEW0001'], server)
  h.pass(day)
  await work()
  assert.partialDeepStrictEqual(await shown(id), { state: 'good', problem: null })
  assert.notEqual(await h.run(ctx => roster.expected(ctx, 'NEW0001')), null)
  const told = (await h.events()).filter(e => /^program\.(troubled|recovered)/.test(e))
  assert.deepEqual(told, ['program.troubled', 'program.recovered'])
  await follow(h, async () => (await alerts())[0]?.state === 'resolved')
})

test('a cursor that expired, is not valid or has nothing more ends in a full reading or in nothing, never in a loop', async t => {
  const { h, ade, program, shown, work } = await promised(t)
  const { id } = await program({ serials: serials(3) })
  await work()
  const whole = () => ade.heard.filter(r => r.path === '/server/devices').length
  assert.equal(whole(), 1)
  ade.refuseCursors('EXHAUSTED_CURSOR', 1)
  h.pass(16 * minute)
  await work()
  assert.deepEqual([whole(), (await shown(id)).state], [1, 'good'])
  ade.refuseCursors('EXPIRED_CURSOR', 1)
  h.pass(16 * minute)
  await work()
  assert.deepEqual([whole(), (await shown(id)).state], [2, 'good'])
  // A vendor that refuses every cursor.
  ade.refuseCursors('INVALID_CURSOR', 1e9)
  h.pass(16 * minute)
  const before = ade.heard.length
  await work()
  assert.partialDeepStrictEqual(await shown(id), { state: 'silent', problem: { code: 'cursor' } })
  assert.ok(ade.heard.length - before < 12, `${ade.heard.length - before} requests`)
  assert.equal((await shown(id)).counts.promised, 3, 'nothing is lost meanwhile')
  ade.refuseCursors('INVALID_CURSOR', 0)
  h.pass(hour)
  await work()
  assert.equal((await shown(id)).state, 'good')
})

test('a session that is over is opened anew once, and a rotated one is used', async t => {
  const { h, ade, program, shown, work } = await promised(t)
  const { id } = await program({ serials: serials(1) })
  await work()
  assert.equal(ade.logins, 1, 'one session for the whole run, although each answer rotates it')
  const once = ade.trouble({ path: /^\/devices\/sync/, times: 1, say: { status: 403, body: '"FORBIDDEN"' } })
  h.pass(16 * minute)
  await work()
  once()
  assert.deepEqual([ade.logins, (await shown(id)).state], [3, 'good'])
  const always = ade.trouble({
    path: /^\/devices\/sync/,
    say: { status: 401, headers: { date: new Date(h.now() + 16 * minute).toUTCString() } },
  })
  h.pass(16 * minute)
  await work()
  always()
  assert.equal(ade.logins, 5, 'not again and again')
  assert.partialDeepStrictEqual(await shown(id), { state: 'refused', problem: { code: 'credential-refused' } })
})

test('a token that was replaced at the vendor, expired, or signed by a clock that is wrong is named as such', async t => {
  const { h, ade, program, shown, work } = await promised(t)
  const { id, server } = await program({ serials: serials(1) })
  await work()
  ade.download(server)
  h.pass(16 * minute)
  await work()
  assert.partialDeepStrictEqual(await shown(id), { state: 'refused', problem: { code: 'token-rejected' } })

  const clock = await promised(t)
  const theirs = await clock.program({ serials: [] })
  clock.ade.trouble({
    path: /session/,
    say: { status: 401, headers: { date: new Date(clock.h.now() + hour).toUTCString() } },
  })
  await clock.work()
  assert.partialDeepStrictEqual(await clock.shown(theirs.id), {
    state: 'refused',
    problem: { code: 'clock', text: '3600 s' },
  })

  const old = await promised(t)
  const gone = await old.program({ serials: [] })
  await old.work()
  old.h.pass(366 * day)
  const asked = old.ade.heard.length
  await old.work()
  assert.partialDeepStrictEqual(await old.shown(gone.id), { state: 'expired', problem: { code: 'token-over' } })
  assert.equal(old.ade.heard.length, asked, 'nobody is asked with it')
})

test('a vendor that asks for silence gets it, whoever presses the button', async t => {
  const { h, ade, key, program, shown, work } = await promised(t)
  const { id } = await program({ serials: serials(1) })
  await work()
  const end = ade.trouble({ say: { status: 429, headers: { 'retry-after': '1800' } } })
  h.pass(16 * minute)
  await work()
  end()
  assert.partialDeepStrictEqual(await shown(id), { state: 'throttled', problem: { code: 'throttled' } })
  const asked = ade.heard.length
  h.pass(20 * minute)
  assert.equal((await h.http('POST', `/api/v1/programs/${id}/sync`, { as: key })).status, 202)
  await work()
  assert.equal(ade.heard.length, asked)
  h.pass(11 * minute)
  await work()
  assert.equal((await shown(id)).state, 'good')
})

test('a vendor that does not answer is told of only when it lasts, and asked ever more rarely', async t => {
  const { h, ade, program, shown, work } = await promised(t)
  const { id } = await program({ serials: serials(1) })
  await work()
  const end = ade.trouble({ cut: 'before' })
  const tries: number[] = []
  for (let i = 0; i < 40; i += 1) {
    h.pass(15 * minute)
    const before = ade.heard.length
    await work()
    tries.push(ade.heard.length - before)
    if (i === 0) assert.equal((await h.events()).includes('program.troubled'), false, 'once may pass')
  }
  assert.partialDeepStrictEqual(await shown(id), { state: 'silent', problem: { code: 'unreachable' } })
  const sum = tries.reduce((a, b) => a + b, 0)
  assert.ok(sum >= 4 && sum <= 12, `${sum} tries in ten hours`)
  assert.equal((await h.events()).filter(e => e === 'program.troubled').length, 1)
  end()
  h.pass(7 * hour)
  await work()
  assert.equal((await shown(id)).state, 'good')
})

test('devices that the vendor does not take say so each for itself, and are tried again in their time', async t => {
  const { h, ade, key, program, shown, work } = await promised(t)
  const setup = await h.given.setup()
  const { id } = await program({ serials: serials(4), setup: setup.id })
  ade.answerFor(['FX00000'], 'FAILED')
  ade.answerFor(['FX00001'], 'THROTTLED', 600)
  await work()
  const entry = async (serial: string) =>
    (await h.http('GET', `/api/v1/roster?filter=serial:${serial}`, { as: key })).body.items[0]
  assert.partialDeepStrictEqual(await entry('FX00000'), {
    assigned: 'failed',
    problem: { code: 'vendor-failed', text: 'FAILED' },
  })
  assert.partialDeepStrictEqual(await entry('FX00001'), { assigned: 'wanted', problem: { code: 'throttled' } })
  assert.partialDeepStrictEqual(await entry('FX00002'), { assigned: 'assigned', problem: null })
  assert.deepEqual((await shown(id)).counts, { promised: 4, enrolled: 0, gone: 0, waiting: 1, failed: 1 })
  assert.equal((await h.events()).filter(e => e === 'roster.unassigned').length, 1)
  const calls = () => ade.heard.filter(r => r.path === '/profile/devices').length
  const before = calls()
  await work()
  assert.equal(calls(), before, 'not at once')
  ade.answerFor(['FX00000', 'FX00001'], null)
  h.pass(11 * minute)
  await work()
  assert.deepEqual((await shown(id)).counts, { promised: 4, enrolled: 0, gone: 0, waiting: 0, failed: 0 })
})

test('a setup that the vendor refuses is said with its words, and its devices wait for other words', async t => {
  const { h, ade, key, program, shown, work } = await promised(t)
  const setup = await h.given.setup()
  ade.refuseProfiles('DEPARTMENT_INVALID')
  const { id } = await program({ serials: serials(2), setup: setup.id })
  await work()
  const [entry] = (await h.http('GET', '/api/v1/roster', { as: key })).body.items
  assert.partialDeepStrictEqual(entry, {
    assigned: 'wanted',
    problem: { code: 'setup-refused', text: 'DEPARTMENT_INVALID' },
  })
  assert.deepEqual((await shown(id)).facts.refusedSetups, [{ setup: setup.id, text: 'DEPARTMENT_INVALID' }])
  const defines = () => ade.heard.filter(r => r.path === '/profile').length
  h.pass(16 * minute)
  await work()
  assert.equal(defines(), 1, 'the same words are not said again')
  ade.refuseProfiles(null)
  const body = roster.setupBody.parse({ skip: ['Siri'] })
  await h.http('PATCH', `/api/v1/setups/${setup.id}`, { as: key, body: { body } })
  await work()
  assert.equal((await shown(id)).counts.waiting, 0)
  assert.deepEqual((await shown(id)).facts.refusedSetups, [])
})

test('two servers that undo each other’s setups do not go on for ever: ours stops and says so', async t => {
  const { h, ade, key, program, shown, work } = await promised(t)
  const setup = await h.given.setup()
  const { id, server } = await program({ serials: serials(3), setup: setup.id })
  await work()
  const theirs = 'F'.repeat(32)
  ade.vendor.profiles.set(theirs, { uuid: theirs, server: server.uuid, body: { profile_name: 'Theirs' } })
  for (let round = 0; round < 6; round += 1) {
    h.pass(30 * minute)
    for (const device of ade.vendor.devices.values()) {
      Object.assign(device, { profile: theirs, status: 'assigned', assignedAt: h.now() })
      ade.vendor.changes.push({ at: h.now(), server: server.uuid, serial: device.serial, op: 'modified' })
    }
    await work()
  }
  assert.partialDeepStrictEqual(await shown(id), { state: 'elsewhere', counts: { failed: 3 } })
  const calls = ade.heard.filter(r => r.path === '/profile/devices').length
  assert.ok(calls <= 4, `${calls} assignments`)
  // A person says it again: it is tried again.
  await h.http('PATCH', '/api/v1/roster', { as: key, body: { serials: serials(3), setup: setup.id } })
  await work()
  assert.partialDeepStrictEqual(await shown(id), { state: 'good', counts: { failed: 0, waiting: 0 } })
})

test('a token of another server is refused, by its key at once and by its account before anything is read', async t => {
  const { h, ade, key, program, shown, work } = await promised(t)
  const { id, server } = await program({ serials: serials(1) })
  await work()
  const made = await h.http('POST', '/api/v1/programs/devices/keys', { as: key })
  const other = ade.register({ name: 'Other', certificate: made.body.certificate })
  const put = (token: string) => h.http('PUT', `/api/v1/programs/devices/${id}/token`, { as: key, body: { token } })
  assert.equal((await put(ade.download(other))).body.code, 'program.other-server')
  assert.equal((await put('no token')).body.code, 'program.file-unreadable')
  assert.equal((await put(ade.download(server, 'der'))).status, 200)
  await work()
  assert.equal((await shown(id)).state, 'good')
  // The vendor says it is another one now.
  server.uuid = 'ANOTHER'
  h.pass(2 * day)
  ade.vendor.servers.set('ANOTHER', server)
  await work()
  assert.partialDeepStrictEqual(await shown(id), {
    state: 'refused',
    problem: { code: 'other-server' },
    counts: { promised: 1 },
  })
})

test('one credential speaks for one program, in any org; a key that no token is for is said', async t => {
  const { h, ade, key, program } = await promised(t)
  const { server } = await program({ serials: [] })
  const token = ade.download(server)
  const again = await h.http('POST', '/api/v1/programs/devices', { as: key, body: { name: 'Again', token } })
  // Its key belongs to the first program now.
  assert.equal(again.body.code, 'program.key-unknown')
  const made = await h.http('POST', '/api/v1/programs/devices/keys', { as: key })
  Object.assign(server, { certificate: ade.register({ name: 'x', certificate: made.body.certificate }).certificate })
  const taken = await h.http('POST', '/api/v1/programs/devices', {
    as: key,
    body: { name: 'Again', token: ade.download(server) },
  })
  assert.equal(taken.body.code, 'program.taken')
})
