import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as roster from '../../../areas/roster/index.ts'
import { everything } from '../../../base/authority.ts'
import { own } from '../../../base/db.ts'
import { businessFor } from '../../../testing/given-portal-program.ts'
import { house } from '../../../testing/house.ts'
import { carryOut } from './carry-out.ts'
import { openLine } from './client.ts'
import { portalJob } from './work.ts'

const serials = ['C02AAAAAA1', 'C02AAAAAA2', 'C02AAAAAA3', 'C02AAAAAA4', 'C02AAAAAA5']
const minuteMs = 60_000

/** A server with an API key of a portal that holds five Macs. */
async function office(t: TestContext, kind: 'BUSINESS' | 'SCHOOL' = 'BUSINESS') {
  const clock = { now: () => Date.now() }
  const { business, environment } = await businessFor(t, () => clock.now())
  const h = await house(t, environment)
  clock.now = () => h.now()
  const admin = await h.given.admin({ passkey: true, role: 'owner' })
  const ours = business.addServer('Muster')
  const other = business.addServer('Old MDM')
  business.hold(serials, other)
  const account = business.account(kind)
  const made = await h.http('POST', '/api/v1/programs/portal', {
    as: admin.key,
    body: { name: 'Portal', account: 'it@example.org', ...account },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const url = `/api/v1/programs/portal/${made.body.id}`
  const get = async (path: string) => (await h.http('GET', `${url}${path}`, { as: admin.key })).body
  const program = async () => (await h.http('GET', `/api/v1/programs/${made.body.id}`, { as: admin.key })).body
  const session = { cookie: admin.cookie, 'sec-fetch-site': 'same-origin' }
  // Sessions end long before what these tests wait for; a key does not, and cannot release.
  const act = (body: { what: string; [key: string]: unknown }) =>
    h.http('POST', `${url}/acts`, { ...(body.what === 'release' ? { headers: session } : { as: admin.key }), body })
  const rest = async (ms = 0): Promise<void> => {
    h.pass(ms)
    await h.settle()
  }
  await rest()
  return { h, business, admin, account, ours, other, get, program, act, rest, url }
}

for (const kind of ['BUSINESS', 'SCHOOL'] as const)
  test(`what the portal of ${kind.toLowerCase()} holds is read over pages, with the server each device is assigned to, by one token`, async t => {
    const { business, get, program, other, rest } = await office(t, kind)
    assert.partialDeepStrictEqual(await program(), { state: 'good', problem: null, kind: 'portal' })
    const { items } = await get('/devices')
    assert.deepEqual(
      items.map((d: { serial: string; server: { id: string } }) => [d.serial, d.server.id]),
      serials.map(s => [s, other]),
    )
    assert.deepEqual(
      (await get('/servers')).items.map((s: { name: string }) => s.name),
      ['Muster', 'Old MDM'],
    )
    await rest(10 * minuteMs)
    assert.equal(business.tokens, 1, 'a token is good for an hour')
    business.hold(['C02BBBBBB1'])
    business.devices.delete('C02AAAAAA1')
    await rest(70 * minuteMs)
    assert.deepEqual(
      (await get('/devices')).items.map((d: { serial: string }) => d.serial),
      [...serials.slice(1), 'C02BBBBBB1'],
    )
  })

test('devices are assigned, and the act is awaited until the vendor ends it', async t => {
  const { h, business, ours, get, act, rest } = await office(t)
  business.slow(3)
  const ordered = await act({ what: 'assign', serials: serials.slice(0, 2), server: ours })
  assert.deepEqual([ordered.status, ordered.body.state], [202, 'wanted'])
  await rest()
  assert.equal((await get('/acts')).items[0].state, 'asked')
  for (let i = 0; i < 4; i += 1) await rest(2 * minuteMs)
  assert.partialDeepStrictEqual((await get('/acts')).items[0], { state: 'done', answer: 'COMPLETED_WITH_SUCCESS' })
  assert.equal(business.activities.size, 1, 'asked once')
  await rest(2 * minuteMs)
  const { items } = await get('/devices')
  assert.deepEqual(
    items.map((d: { server: { name: string } }) => d.server.name),
    ['Muster', 'Muster', 'Old MDM', 'Old MDM', 'Old MDM'],
  )
  const events = (await h.events()).filter(e => e.startsWith('portal.'))
  assert.deepEqual(events, ['portal.ordered', 'portal.done'])
})

test('two processes never work one key at once, and who has lost the turn asks nothing any more; without a turn two do speak', async t => {
  const { h, business, account, ours, act, get } = await office(t)
  const { id } = (await h.http('GET', '/api/v1/programs?kind=portal', { as: (await h.given.admin()).key })).body
    .items[0]
  const scope = { org: h.org, actor: { kind: 'system', id: null, what: 'test' }, authority: everything } as const
  const { signal } = new AbortController()
  // As processes of their own to each of which the job was handed.
  const worker = (job: string) =>
    portalJob.run(h.base, { org: h.org, id: job, payload: { program: id }, attempt: 1, signal, scope })
  h.pass(70 * minuteMs)
  assert.equal((await act({ what: 'assign', serials: serials.slice(0, 2), server: ours })).status, 202)
  const atOnce = business.trouble({ delayMs: 20 })
  business.busiest()
  const answers = await Promise.all(['job_1', 'job_2', 'job_3'].map(worker))
  assert.equal(answers.filter(a => a !== undefined && a.againInMs === minuteMs).length, 2, 'two found the turn taken')
  assert.deepEqual([business.busiest(), business.activities.size], [1, 1])
  atOnce()

  // Somebody took the turn between the look at what is wanted and the question: only who has it now may ask.
  await act({ what: 'assign', serials: serials.slice(2, 3), server: ours })
  const take = (by: string) => h.run(ctx => roster.takeTurn(ctx, id, by, 10 * minuteMs))
  const free = () =>
    h.run(async ctx => {
      await own<{ programs: { worker: string | null } }>(ctx.tx).updateTable('programs').set({ worker: null }).execute()
    })
  const stale = (await take('slow')) ?? 0
  await free()
  const fresh = (await take('quick')) ?? 0
  const line = openLine(h.base, id, account, signal)
  const ask = (fence: number) => carryOut(h.base, scope, { program: id, fence, forMs: 10 * minuteMs }, line)
  await assert.rejects(ask(stale), roster.TurnLost)
  assert.equal(business.activities.size, 1)
  await ask(fresh)
  assert.equal(business.activities.size, 2)

  await free()
  h.pass(70 * minuteMs)
  const heard = business.heard.length
  const answered = Promise.withResolvers<void>()
  business.trouble({ holds: answered.promise })
  const asked = async (many: number) => {
    while (business.heard.length < heard + many) await new Promise(resolve => setImmediate(resolve))
  }
  const first = worker('job_1')
  await asked(1)
  await free()
  const second = worker('job_2')
  await asked(2)
  answered.resolve()
  await Promise.allSettled([first, second])
  assert.equal(business.busiest(), 2, 'the test would notice two at once')
  assert.equal((await get('/devices')).items.length, serials.length, 'and nothing is torn by it')
})

test('a deadline for moving is set, changed and canceled; one that makes no sense is refused', async t => {
  const { h, business, ours, act, rest } = await office(t)
  const one = serials.slice(0, 1)
  const day = 24 * 60 * minuteMs
  const soon = await act({ what: 'assign-by', serials: one, server: ours, deadline: h.now() + minuteMs })
  assert.equal(soon.body.code, 'portal.deadline')
  assert.equal((await act({ what: 'release', serials: one, deadline: h.now() + 5 * day })).body.code, 'portal.deadline')
  assert.equal((await act({ what: 'assign', serials: one, server: 'nobody' })).body.code, 'portal.server-unknown')
  assert.equal((await act({ what: 'assign', serials: ['X99999'], server: ours })).body.code, 'portal.unknown')
  await act({ what: 'assign-by', serials: one, server: ours, deadline: h.now() + 5 * day })
  await rest()
  await rest(minuteMs)
  const held = business.devices.get(one[0] ?? '')
  assert.deepEqual([held?.server, held?.migration], [ours, 'REQUESTED'])
  const later = h.now() + 9 * day
  await act({ what: 'change-deadline', serials: one, deadline: later })
  await rest()
  await rest(minuteMs)
  assert.equal(held?.deadline, new Date(later).toISOString())
  await act({ what: 'cancel-migration', serials: one })
  await rest()
  await rest(minuteMs)
  assert.deepEqual([held?.migration, held?.deadline], [null, null])
})

test('releasing takes a proof, the number and the guard, and cannot be done by a key', async t => {
  const { h, admin, business, act, rest, get, url } = await office(t)
  const two = serials.slice(0, 2)
  const byKey = await h.http('POST', `${url}/acts`, {
    as: admin.key,
    body: { what: 'release', serials: two, confirm: 2 },
  })
  assert.equal(byKey.body.code, 'step-up.keys-cannot')
  assert.equal((await act({ what: 'release', serials: two, confirm: 2 })).body.code, 'step-up.needed')
  await h.given.stepUp(admin)
  assert.equal((await act({ what: 'release', serials: two, confirm: 3 })).body.code, 'portal.confirm-differs')
  assert.ok([...business.devices.values()].every(d => !d.released))
  const released = await act({ what: 'release', serials: two, confirm: 2 })
  assert.equal(released.status, 202, JSON.stringify(released.body))
  for (let i = 0; i < 3; i += 1) await rest(minuteMs)
  assert.deepEqual(
    [...business.devices.values()].filter(d => d.released).map(d => d.serial),
    two,
  )
  await rest(minuteMs)
  assert.deepEqual(
    (await get('/devices')).items.map((d: { serial: string }) => d.serial),
    serials.slice(2),
  )
})

test('a release whose answer was lost is not asked twice, and counts as what it was', async t => {
  const { h, admin, business, act, rest, get } = await office(t)
  await h.given.stepUp(admin)
  business.trouble({ path: /orgDeviceActivities/, cut: 'after', times: 1 })
  assert.equal((await act({ what: 'release', serials: serials.slice(0, 2), confirm: 2 })).status, 202)
  for (let i = 0; i < 6; i += 1) await rest(minuteMs)
  assert.partialDeepStrictEqual((await get('/acts')).items[0], { state: 'done' })
  const asked = [...business.activities.values()].filter(a => a.type === 'RELEASE_DEVICES')
  assert.equal(asked.length, 1)
  assert.equal([...business.devices.values()].filter(d => d.released).length, 2)
})

test('each fault of the vendor ends in a state with words, and nothing loops', async t => {
  const { h, business, program, rest, get, act, ours, account } = await office(t)
  const busy = business.trouble({
    path: /orgDevices/,
    say: { status: 429, headers: { 'retry-after': '600' }, body: {} },
  })
  await rest(70 * minuteMs)
  assert.partialDeepStrictEqual(await program(), { state: 'throttled', problem: { code: 'portal-busy' } })
  const before = business.heard.length
  await rest(5 * minuteMs)
  assert.equal(business.heard.length, before, 'it is left alone for as long as it asked')
  busy()
  await rest(10 * minuteMs)
  assert.equal((await program()).state, 'good')
  business.endTokens()
  await rest(70 * minuteMs)
  assert.equal((await program()).state, 'good', 'a token that is over is asked for anew')
  const cut = business.trouble({ cut: 'before' })
  await rest(70 * minuteMs)
  assert.partialDeepStrictEqual(await program(), { state: 'silent', problem: { code: 'portal-silent' } })
  cut()
  await rest(20 * minuteMs)
  business.failNext('COMPLETED_WITH_FAILURE')
  await act({ what: 'assign', serials: serials.slice(0, 1), server: ours })
  await rest()
  await rest(minuteMs)
  assert.partialDeepStrictEqual((await get('/acts')).items[0], { state: 'failed', answer: 'COMPLETED_WITH_FAILURE' })
  business.slow(Number.POSITIVE_INFINITY)
  await act({ what: 'unassign', serials: serials.slice(0, 1), server: ours })
  for (let i = 0; i < 8; i += 1) await rest(8 * 60 * minuteMs)
  assert.equal((await get('/acts')).items[0].state, 'failed', 'what never ends is not waited for for ever')
  business.withdraw(account)
  business.endTokens()
  await rest(70 * minuteMs)
  assert.partialDeepStrictEqual(await program(), { state: 'refused', problem: { code: 'portal-key-refused' } })
  assert.ok((await h.events()).includes('program.troubled'))
})

test('a release that the guard holds is asked of Apple once when somebody agrees, and never when they decline', async t => {
  const { h, admin, business, other, get, rest } = await office(t)
  business.hold(['C02AAAAAA6'], other)
  await rest(70 * minuteMs)
  const six = [...serials, 'C02AAAAAA6']
  const heldForMs = 10 * 24 * 60 * minuteMs
  const bo = await h.given.admin({ passkey: true, role: 'owner', name: 'Bo', heldForMs })
  const asker = await h.given.admin({ passkey: true, role: 'owner' })
  const as = (who: typeof bo) => ({ headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' } })
  const release = async () => {
    await h.given.stepUp(asker)
    const body = { what: 'release', serials: six, confirm: 6, reason: 'sold with the office' }
    const made = await h.http('POST', `/api/v1/programs/portal/${program}/acts`, { ...as(asker), body })
    assert.partialDeepStrictEqual(made.body, { state: 'held', devices: { all: 6, held: 6 } }, JSON.stringify(made.body))
    const { items } = await get(`/act-devices?act=${made.body.id}`)
    return { act: made.body.id, intent: String(items[0].intent), items }
  }
  const program = (await h.http('GET', '/api/v1/programs?kind=portal', { as: admin.key })).body.items[0].id
  const asked = () => [...business.activities.values()].filter(a => a.type === 'RELEASE_DEVICES')

  const declined = await release()
  assert.equal(new Set(declined.items.map((i: { intent: string }) => i.intent)).size, 1, 'they wait as one')
  const again = await h.http('POST', `/api/v1/programs/portal/${program}/acts`, {
    ...as(asker),
    body: { what: 'release', serials: six.slice(0, 1), confirm: 1 },
  })
  assert.equal(again.body.code, 'portal.under-way', 'what waits is not ordered twice')
  await rest(minuteMs)
  assert.equal((await get('/acts')).items[0].state, 'held')
  const denied = await h.http('POST', `/api/v1/intents/${declined.intent}/deny`, { ...as(bo), body: { reason: 'no' } })
  assert.equal(denied.status, 200, JSON.stringify(denied.body))
  for (let i = 0; i < 2; i += 1) await rest(minuteMs)
  const over = (await get('/acts')).items[0]
  assert.partialDeepStrictEqual(over, { state: 'declined', reason: 'sold with the office', devices: { declined: 6 } })
  assert.deepEqual([asked().length, over.endedAt === null], [0, false], 'Apple was asked nothing')

  const agreed = await release()
  const offered = await h.http('POST', `/api/v1/intents/${agreed.intent}/approval-options`, as(bo))
  const response = bo.authenticator.assert(offered.body.options)
  const signed = await h.http('POST', `/api/v1/intents/${agreed.intent}/approve`, { ...as(bo), body: { response } })
  assert.equal(signed.body.state, 'released', JSON.stringify(signed.body))
  for (let i = 0; i < 3; i += 1) await rest(minuteMs)
  assert.partialDeepStrictEqual((await get('/acts')).items[0], { state: 'held', devices: { done: 5, held: 1 } })
  for (let i = 0; i < 3; i += 1) await rest(62 * minuteMs)
  assert.partialDeepStrictEqual((await get('/acts')).items[0], { state: 'done', devices: { done: 6 } })
  assert.deepEqual(
    asked().map(a => a.devices.length),
    [5, 1],
    'each once, at the pace that is allowed',
  )
  assert.deepEqual(
    asked()
      .flatMap(a => a.devices)
      .sort(),
    six,
  )
  const told = (await h.events()).filter(e => e.startsWith('portal.'))
  assert.deepEqual(told, ['portal.ordered', 'portal.declined', 'portal.ordered', 'portal.done', 'portal.done'])
})
