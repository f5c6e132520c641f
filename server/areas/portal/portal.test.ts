import assert from 'node:assert/strict'
import { test } from 'node:test'
import { own } from '../../base/db.ts'
import { newId } from '../../base/id.ts'
import type { EventTables } from '../../base/seal.ts'
import { type House, house } from '../../testing/house.ts'
import { mailingHouse } from '../../testing/mailing.ts'
import * as devices from '../devices/index.ts'
import { userOf } from '../identity/index.ts'
import * as privacy from '../privacy/index.ts'
import { sendCode, takeCode } from './index.ts'

const minute = 60_000
const hour = 60 * minute
const self = (cookie: string) => ({ headers: { cookie, 'sec-fetch-site': 'same-origin' } })
const cookieOf = (headers: Record<string, string>): string => String(headers['set-cookie']).split(';')[0] ?? ''
const tokenOf = (text: string): string => /\/my#([\w-]{43})/.exec(text)?.[1] ?? assert.fail('no link')
const portalEvents = async (h: House): Promise<string[]> => (await h.events()).filter(e => e.startsWith('portal.'))
const open = (h: House, token: string) => h.http('POST', '/api/v1/my/visit', { body: { token } })

/** A person with a device, and what it said. */
async function person(h: House, what: { ownership?: 'company' | 'personal'; email?: string | null } = {}) {
  const { ownership = 'company', email = 'kaoru@havsten.example' } = what
  const unit = await h.given.unit()
  const user = await h.given.user({ unit: unit.id, displayName: 'Kaoru Ito', email, language: 'ja-JP' })
  const facts = {
    'identity.supervised': true,
    'os.version': '27.0',
    'security.passcode': true,
    'battery.level': 0.71,
    'cellular.phoneNumber': '+81 90 1234 5678',
    'network.ssid': 'Home',
  }
  const { device } = await h.given.enrolled({ user: user.id, unit: unit.id, ownership, facts })
  return { user, unit, device }
}

test('a mailed link opens the own page once, in the person’s language, and visits end by rest and by time', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { user, unit, device } = await person(h)
  const desk = await h.given.admin({ role: 'help-desk', unit: unit.id })
  const made = await h.http('POST', `/api/v1/users/${user.id}/portal-link`, { as: desk.key, body: { send: 'mail' } })
  assert.equal(made.status, 201)
  assert.deepEqual(made.body, { url: null, qrSvg: null, to: 'kaoru@havsten.example', expiresAt: h.now() + 72 * hour })
  await h.settle()
  const [{ mail }] = smtp.received as [(typeof smtp.received)[0]]
  assert.match(String(mail.text), /Kaoru Ito 様/)
  assert.match(String(mail.subject), /端末/)
  const token = tokenOf(String(mail.text))
  const entered = await open(h, token)
  assert.equal(entered.status, 204)
  assert.match(
    String(entered.headers['set-cookie']),
    /^__Host-muster-person=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200$/,
  )
  assert.equal((await open(h, token)).body.code, 'link.unknown', 'a second use is refused')
  const cookie = cookieOf(entered.headers)
  const page = await h.http('GET', '/api/v1/my', self(cookie))
  assert.partialDeepStrictEqual(page.body, {
    person: { name: 'Kaoru Ito', language: 'ja' },
    org: { name: 'Havsten' },
    devices: [{ id: device.id, ownership: 'company', missing: null }],
    trusted: true,
    codes: true,
  })
  const rests = async (ms: number): Promise<number> => {
    h.pass(ms)
    return (await h.http('GET', '/api/v1/my', self(cookie))).status
  }
  assert.equal(await rests(29 * minute), 200)
  assert.equal(await rests(29 * minute), 200, 'reading is no rest')
  assert.equal(await rests(30 * minute), 401)
  const again = await h.given.visit({ user: user.id })
  for (let left = 12 * hour; left > 20 * minute; left -= 20 * minute) {
    h.pass(20 * minute)
    assert.equal((await h.http('GET', '/api/v1/my', self(again.cookie))).status, 200)
  }
  h.pass(20 * minute)
  assert.equal((await h.http('GET', '/api/v1/my', self(again.cookie))).status, 401, 'twelve hours are the most')
  assert.deepEqual(await portalEvents(h), ['portal.linked', 'portal.entered'])
})

test('only the newest link opens, for as long as it lasts, and ending all ends visits too', async t => {
  const h = await house(t)
  const { user, unit } = await person(h)
  const desk = await h.given.admin({ role: 'help-desk', unit: unit.id })
  const make = async (): Promise<string> => {
    const made = await h.http('POST', `/api/v1/users/${user.id}/portal-link`, { as: desk.key, body: { send: 'show' } })
    return tokenOf(made.body.url)
  }
  const [first, second] = [await make(), await make()]
  assert.equal((await open(h, first)).body.code, 'link.unknown')
  const entered = await open(h, second)
  const late = await make()
  h.pass(hour)
  assert.equal((await open(h, late)).body.code, 'link.unknown')
  const cookie = cookieOf(entered.headers)
  const fresh = await h.given.visit({ user: user.id })
  const standing = await h.http('GET', `/api/v1/users/${user.id}/portal`, { as: desk.key })
  assert.deepEqual([standing.body.mail, standing.body.link, standing.body.visits.length], ['no-mail', null, 2])
  assert.equal((await h.http('DELETE', `/api/v1/users/${user.id}/portal`, { as: desk.key })).status, 204)
  for (const c of [cookie, fresh.cookie]) assert.equal((await h.http('GET', '/api/v1/my', self(c))).status, 401)
  const mail = await h.http('POST', `/api/v1/users/${user.id}/portal-link`, { as: desk.key, body: { send: 'mail' } })
  assert.equal(mail.body.code, 'portal.no-mail')
  const stranger = await open(h, 'x'.repeat(43))
  assert.equal(stranger.body.code, 'link.unknown')
})

test('a person sees their own devices and nobody else’s, which are as if they were not there', async t => {
  const h = await house(t)
  const one = await person(h)
  const other = await person(h, { email: 'other@havsten.example' })
  const { cookie } = await h.given.visit({ user: one.user.id, proven: true })
  const nowhere = `dev_${'0123456789abcdef'.repeat(2)}`
  const bare = ({ status, body }: { status: number; body: object }) => ({ status, ...body, request: '' })
  const asked: readonly [string, string, object?][] = [
    ['GET', ''],
    ['POST', '/lost', { kind: 'lost' }],
  ]
  for (const [method, path, body] of asked) {
    const ask = (id: string) =>
      h.http(method, `/api/v1/my/devices/${id}${path}`, { ...self(cookie), ...(body ? { body } : {}) })
    assert.equal((await ask(other.device.id)).body.code, 'id.unknown')
    assert.deepEqual(bare(await ask(other.device.id)), bare(await ask(nowhere)))
  }
  const hours = { kind: 'hours', device: other.device.id, until: h.now() + hour, reason: 'x' }
  assert.equal((await h.http('POST', '/api/v1/my/asks', { ...self(cookie), body: hours })).body.code, 'id.unknown')
  const page = await h.http('GET', `/api/v1/my/devices/${one.device.id}`, self(cookie))
  assert.equal(page.status, 200, JSON.stringify(page.body))
  const text = JSON.stringify((await h.http('GET', '/api/v1/my', self(cookie))).body)
  assert.equal(text.includes(other.device.id), false)
})

test('the page is made from what is in force and stored: values with ages, what never is, and who may order what', async t => {
  const h = await house(t)
  const { user, unit, device } = await person(h)
  await h.given.admin({ role: 'help-desk', unit: unit.id })
  await h.given.admin({ role: 'help-desk' })
  const owner = await h.given.admin({ role: 'owner' })
  const { cookie } = await h.given.visit({ user: user.id })
  const read = async () => (await h.http('GET', `/api/v1/my/devices/${device.id}`, self(cookie))).body
  const saidAt = h.now()
  h.pass(2 * minute)
  const page = await read()
  const of = (body: typeof page, type: string) => body.collected.find((c: { type: string }) => c.type === type)
  const [os] = of(page, 'system').facts.filter((f: { key: string }) => f.key === 'os.version')
  assert.deepEqual(os, { key: 'os.version', value: '27.0', at: saidAt })
  assert.equal(page.readAt, h.now())
  assert.partialDeepStrictEqual(page.charter, { version: 0, since: null, cosigners: [] })
  const place = { ownership: 'company', mode: 'device', unitPath: device.unitPath }
  const collecting = await h.run(ctx => privacy.collecting(ctx, place))
  for (const type of privacy.dataTypes) {
    assert.equal(page.never.includes(type), of(page, type) === undefined, type)
    if (of(page, type)) assert.equal(of(page, type).how, collecting(type))
    else assert.equal(collecting(type), 'never')
  }
  const order = (name: string) => page.orders.find((o: { order: string }) => o.order === name)
  assert.deepEqual(
    new Map(order('lock').roles.map((r: object) => Object.values(r))),
    new Map([
      ['help-desk', 2],
      ['owner', 1],
    ]),
  )
  assert.deepEqual([order('wipe').rule === 'never', order('lock').able], [false, true])
  // What an admin loses shows at once.
  const [grant] = (await h.http('GET', '/api/v1/admins', { as: owner.key })).body.items
    .flatMap((a: { id: string; grants: object[] }) => a.grants.map(g => ({ admin: a.id, ...g })))
    .filter((g: { role: string }) => g.role === 'help-desk')
  await h.http('DELETE', `/api/v1/admins/${grant.admin}/grants/${grant.id}`, { as: owner.key })
  const after = (await read()).orders.find((o: { order: string }) => o.order === 'lock')
  assert.equal(after.roles.find((r: { role: string }) => r.role === 'help-desk').people, 1)
  // So does what the device says next.
  await h.run(ctx => devices.learn(ctx, device.id, 'test', { 'os.version': '27.1' }))
  assert.equal(of(await read(), 'system').facts.find((f: { key: string }) => f.key === 'os.version').value, '27.1')
})

test('on a personal device a full wipe is impossible, and what is somebody’s own is never collected', async t => {
  const h = await house(t)
  const { user, device } = await person(h, { ownership: 'personal' })
  await h.given.admin()
  const { cookie } = await h.given.visit({ user: user.id })
  const { body } = await h.http('GET', `/api/v1/my/devices/${device.id}`, self(cookie))
  const wipe = body.orders.find((o: { order: string }) => o.order === 'wipe')
  assert.deepEqual(wipe, { order: 'wipe', rule: 'never', able: false, roles: [] })
  for (const type of ['location', 'usage', 'accounts']) assert.ok(body.never.includes(type), type)
})

test('what admins see only with a reason is not shown by a link an admin was shown, until a mailed code was typed', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { user, device } = await person(h)
  const { cookie } = await h.given.visit({ user: user.id, sent: 'show' })
  const phone = async () => {
    const { body } = await h.http('GET', `/api/v1/my/devices/${device.id}`, self(cookie))
    return body.collected.find((c: { type: string }) => c.type === 'phone-number')
  }
  const before = await phone()
  assert.deepEqual([before.how, before.masked, before.facts], ['hidden', true, []])
  assert.equal((await h.http('POST', '/api/v1/my/export', self(cookie))).body.code, 'portal.code-needed')
  const sent = await h.http('POST', '/api/v1/my/code', self(cookie))
  assert.deepEqual(sent.body, { to: 'k…@havsten.example', until: h.now() + 10 * minute })
  assert.equal((await h.http('POST', '/api/v1/my/code', self(cookie))).body.code, 'request.too-many')
  await h.settle()
  const code = /\d{6}/.exec(String(smtp.received[0]?.mail.text))?.[0] ?? ''
  const prove = (value: string, as = cookie) =>
    h.http('POST', '/api/v1/my/step-up', { ...self(as), body: { code: value } })
  const wrong = code === '000000' ? '000001' : '000000'
  assert.equal((await prove(wrong)).body.code, 'portal.code-refused')
  const elsewhere = await h.given.visit({ user: user.id, sent: 'show' })
  assert.equal((await prove(code, elsewhere.cookie)).body.code, 'portal.code-refused', 'good in one visit alone')
  assert.deepEqual((await prove(code)).body, { until: h.now() + 10 * minute })
  assert.equal((await prove(code)).body.code, 'portal.code-refused', 'once')
  assert.equal((await phone()).facts[0].value, '+81 90 1234 5678')
  const exported = await h.http('POST', '/api/v1/my/export', self(cookie))
  assert.equal(exported.status, 200)
  assert.match(JSON.stringify(exported.body), /\+81 90 1234 5678/)
  assert.deepEqual(await portalEvents(h), ['portal.coded', 'portal.refused', 'portal.proven', 'portal.exported'])
  const rows = await h.base.engine.read(tx => own<EventTables>(tx).selectFrom('events').selectAll().execute())
  assert.equal(JSON.stringify(rows).includes(code), false)
})

test('a code is worth nothing after five wrong ones or ten minutes, and only five are mailed in an hour', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { user } = await person(h)
  const { cookie } = await h.given.visit({ user: user.id })
  const ask = () => h.http('POST', '/api/v1/my/code', self(cookie))
  const prove = async (code: string) =>
    (await h.http('POST', '/api/v1/my/step-up', { ...self(cookie), body: { code } })).status
  const mailed = async (): Promise<string> => {
    assert.equal((await ask()).status, 200)
    await h.settle()
    return /\d{6}/.exec(String(smtp.received.at(-1)?.mail.text))?.[0] ?? ''
  }
  const first = await mailed()
  for (let n = 0; n < 5; n += 1) assert.equal(await prove(first === '111111' ? '222222' : '111111'), 403)
  assert.equal(await prove(first), 403, 'tried too often')
  h.pass(minute)
  const second = await mailed()
  h.pass(10 * minute)
  assert.equal(await prove(second), 403, 'too late')
  for (let n = 0; n < 3; n += 1) {
    await mailed()
    h.pass(minute)
  }
  assert.equal((await ask()).body.code, 'request.too-many')
  h.pass(20 * minute)
  assert.equal((await ask()).body.code, 'request.too-many')
  h.pass(26 * minute)
  assert.equal(await prove(await mailed()), 200, 'control')
})

test('whoever says on a device to be somebody guesses fifteen times a day and no more; the person’s own page goes on', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { user } = await person(h)
  const place = { visit: newId('visit'), secret: 'a page', stranger: true }
  const send = async (at = place) => {
    await h.run(async ctx => sendCode(ctx, await userOf(ctx, user.id), at))
    await h.settle()
    return /\d{6}/.exec(String(smtp.received.at(-1)?.mail.text))?.[0] ?? ''
  }
  const take = (code: string, at = place) => h.run(async ctx => takeCode(ctx, await userOf(ctx, user.id), at, code))
  const wrong = async (times: number) => {
    const code = await send()
    for (let n = 0; n < times; n += 1) assert.equal(await take(code === '111111' ? '222222' : '111111'), false)
    h.pass(15 * minute)
    return code
  }
  for (let n = 0; n < 3; n += 1) await wrong(5)
  await assert.rejects(send(), { code: 'request.too-many' })
  const own = { ...place, stranger: false }
  assert.equal(await take(await send(own), own), true)
  h.pass(24 * hour)
  await wrong(1)
  assert.equal(await take(await send()), true, 'control')
})

test('S4-9: a person reports their phone lost with a mailed code; reporting twice is one incident', async t => {
  const h = await house(t)
  const { user, device } = await person(h)
  const { cookie } = await h.given.visit({ user: user.id })
  const report = (as: string) =>
    h.http('POST', `/api/v1/my/devices/${device.id}/lost`, { ...self(as), body: { kind: 'lost', note: 'Tram 2' } })
  assert.equal((await report(cookie)).body.code, 'portal.code-needed')
  const proven = await h.given.visit({ user: user.id, proven: true })
  const told = await report(proven.cookie)
  assert.equal(told.status, 201, JSON.stringify(told.body))
  assert.deepEqual(told.body, { number: 1, action: 'lost-mode', why: 'lost-mode' })
  assert.equal((await report(proven.cookie)).body.number, 1)
  const { body } = await h.http('GET', '/api/v1/my', self(cookie))
  assert.equal(body.devices[0].missing.number, 1)
  const log = await h.base.engine.read(tx =>
    own<EventTables>(tx).selectFrom('events').selectAll().where('type', '=', 'incident.opened').execute(),
  )
  assert.deepEqual(
    log.map(e => [e.actor_kind, e.actor_id]),
    [['user', user.id]],
  )
  h.pass(10 * minute)
  assert.equal((await report(proven.cookie)).body.code, 'portal.code-needed', 'a proof is over after ten minutes')
})

test('a choice of language holds for the page and for mail, and leaving ends the visit', async t => {
  const h = await house(t)
  const { user } = await person(h)
  const { cookie } = await h.given.visit({ user: user.id })
  const chosen = await h.http('PATCH', '/api/v1/my', { ...self(cookie), body: { language: 'fr' } })
  assert.equal(chosen.body.person.language, 'fr')
  assert.equal((await h.http('PATCH', '/api/v1/my', { ...self(cookie), body: { language: 'xx' } })).status, 400)
  const foreign = { headers: { cookie, 'sec-fetch-site': 'cross-site' } }
  assert.equal((await h.http('DELETE', '/api/v1/my/visit', foreign)).body.code, 'request.foreign-origin')
  assert.equal((await h.http('DELETE', '/api/v1/my/visit', self(cookie))).status, 204)
  assert.equal((await h.http('GET', '/api/v1/my', self(cookie))).status, 401)
  assert.deepEqual((await h.events()).slice(-2), ['user.changed', 'portal.left'])
})

test('nobody walks through the page faster than people read', async t => {
  const h = await house(t)
  const { cookie } = await h.given.visit()
  const codes = new Set<number>()
  for (let n = 0; n < 130; n += 1) codes.add((await h.http('GET', '/api/v1/my', self(cookie))).status)
  assert.deepEqual([...codes].sort(), [200, 429])
})

test('S2-3: who looked and why is on the page of whoever it was about, and only there; orders wait for a yes', async t => {
  const h = await house(t)
  const [mine, other] = [await person(h), await person(h, { email: 'other@havsten.example' })]
  const desk = await h.given.admin({ role: 'help-desk', name: 'Sofia Ek' })
  const wish = { what: 'phone-number', purpose: 'Ticket 19877' } as const
  const { id, unitPath, user } = mine.device
  await h.as(desk.principal, ctx => privacy.openLook(ctx, { device: id, unitPath, user, ...wish }))
  const { cookie } = await h.given.visit({ user: mine.user.id })
  const { cookie: others } = await h.given.visit({ user: other.user.id })
  const read = async (who: string, device: string) =>
    (await h.http('GET', `/api/v1/my/devices/${device}`, self(who))).body
  assert.deepEqual((await read(cookie, id)).looks, [
    { at: h.now(), name: 'Sofia Ek', byKind: 'admin', what: 'phone-number', purpose: 'Ticket 19877' },
  ])
  assert.deepEqual((await read(others, other.device.id)).looks, [])
  const ask = await h.as(desk.principal, ctx =>
    privacy.askConsent(ctx, mine.device, { action: 'restart', reason: 'Update' }),
  )
  const [consent] = (await read(cookie, id)).consents
  assert.partialDeepStrictEqual(consent, { id: ask, order: 'restart', reason: 'Update', name: 'Sofia Ek' })
  const answer = (who: string, device: string) =>
    h.http('POST', `/api/v1/my/devices/${device}/consents/${ask}`, { ...self(who), body: { agrees: true } })
  assert.equal((await answer(others, id)).body.code, 'id.unknown')
  assert.equal((await answer(others, other.device.id)).body.code, 'id.unknown')
  assert.equal((await answer(cookie, id)).status, 204)
  assert.deepEqual((await read(cookie, id)).consents, [])
  await h.run(ctx => privacy.demandConsent(ctx, id, 'restart'))
  // When the device goes to someone else, what was looked at before is not theirs to read.
  await h.run(ctx => devices.change(ctx, id, { user: other.user.id }))
  assert.deepEqual((await read(others, id)).looks, [])
})

test('S4-2: a rule that is not kept is on the page with how to mend it, and a person asks for an exception', async t => {
  const h = await house(t)
  const { user, device } = await person(h)
  const other = await person(h, { email: 'other@havsten.example' })
  const owner = await h.given.admin()
  const app = { identifier: 'com.example.game', name: 'Game', shortVersion: '1.0', managed: null }
  await h.run(ctx => devices.reportList(ctx, device.id, 'apps', [app]))
  const rule = {
    unit: h.root.id,
    name: 'No games',
    kind: 'apps',
    params: { list: 'deny', apps: [{ app: app.identifier, name: app.name }] },
    severity: 'high',
  }
  const { body: made } = await h.http('POST', '/api/v1/rules', { as: owner.key, body: rule })
  await h.settle()
  const { cookie } = await h.given.visit({ user: user.id })
  const read = async () => (await h.http('GET', `/api/v1/my/devices/${device.id}`, self(cookie))).body.violations
  const [violation] = await read()
  assert.partialDeepStrictEqual(violation, {
    rule: made.id,
    name: 'No games',
    verdict: 'violating',
    code: 'app-forbidden',
    found: ['Game'],
  })
  const ask = (what: object) =>
    h.http('POST', '/api/v1/my/asks', { ...self(cookie), body: { kind: 'exception', reason: 'For a test', ...what } })
  assert.equal((await ask({ device: other.device.id, rule: made.id })).body.code, 'id.unknown')
  assert.equal((await ask({ device: device.id, rule: newId('rule') })).body.code, 'id.unknown')
  const asked = await ask({ device: device.id, rule: made.id })
  assert.deepEqual([asked.status, asked.body.state], [201, 'asked'])
  assert.equal((await h.events()).at(-1), 'exception.asked')
  await h.run(ctx => devices.reportList(ctx, device.id, 'apps', []))
  h.pass(minute)
  await h.settle()
  assert.deepEqual(await read(), [], 'and it closes by itself')
})
