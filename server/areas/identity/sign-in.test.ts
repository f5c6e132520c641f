import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { type House, house } from '../../testing/house.ts'
import { network } from './attempt.ts'
import * as identity from './index.ts'
import { demandStrong } from './password.ts'

const password = 'four quiet herons at dusk'
const owner = { orgName: 'Havsten', name: 'Åsa Lind', email: 'asa@havsten.test', password, locale: 'sv' as const }
const from = { address: '192.0.2.7', agent: 'test' }

/** An admin who can sign in with `password`. */
async function person(h: House, email = 'kenji@muster.test'): Promise<{ id: string; email: string; cookie: string }> {
  const asked = { name: 'Kenji Sato', email, role: 'operator', unit: h.root.id }
  const invited = await h.http('POST', '/api/v1/admins', { as: (await h.given.admin()).key, body: asked })
  assert.equal(invited.status, 201)
  const accepted = await h.http('POST', '/api/v1/accept', { body: { token: tokenOf(invited.body.url), password } })
  assert.equal(accepted.status, 200)
  return { id: invited.body.id, email, cookie: cookieOf(accepted.headers) }
}

function tokenOf(url: string): string {
  return new URL(url).searchParams.get('token') ?? ''
}

function cookieOf(headers: Record<string, string>): string {
  return String(headers['set-cookie']).split(';')[0] ?? ''
}

function signIn(h: House, body: object) {
  return h.http('POST', '/api/v1/sign-in', { body })
}

async function withTotp(h: House, t: TestContext): Promise<{ email: string; app: TOTP; recoveryCodes: string[] }> {
  const { email, cookie } = await person(h)
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const begun = await h.http('POST', '/api/v1/me/totp', { headers, body: { password } })
  const app = new TOTP({ secret: Secret.fromBase32(begun.body.secret) })
  t.diagnostic(begun.body.uri.slice(0, 40))
  assert.match(begun.body.qrSvg, /^<svg/)
  const wrong = await h.http('POST', '/api/v1/me/totp/confirm', { headers, body: { code: '000000' } })
  assert.equal(wrong.body.code, 'totp.code-wrong')
  const code = app.generate({ timestamp: h.now() })
  const confirmed = await h.http('POST', '/api/v1/me/totp/confirm', { headers, body: { code } })
  assert.equal(confirmed.body.recoveryCodes.length, 10)
  h.pass(60_000)
  return { email, app, recoveryCodes: confirmed.body.recoveryCodes }
}

test('the printed link sets the server up once, and never again', async t => {
  const h = await house(t, {}, { empty: true })
  assert.deepEqual((await h.http('GET', '/api/v1/setup')).body, { needed: true })
  const older = tokenOf((await identity.ensureSetup(h.base)) ?? '')
  const url = (await identity.ensureSetup(h.base)) ?? ''
  assert.match(url, /^https:\/\/muster\.test\/setup\?token=[\w-]{43}$/)
  const set = (token: string) => h.http('POST', '/api/v1/setup', { body: { token, ...owner } })
  assert.equal((await set(older)).body.code, 'link.unknown')
  assert.equal((await set('x'.repeat(43))).body.code, 'link.unknown')
  const done = await set(tokenOf(url))
  assert.equal(done.status, 201)
  assert.partialDeepStrictEqual(done.body, { admin: { locale: 'sv', totp: false }, org: { name: 'Havsten' } })
  assert.equal(done.body.permissions.length, identity.permissions.length)
  assert.match(
    String(done.headers['set-cookie']),
    /^__Host-muster=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200$/,
  )
  assert.equal((await set(tokenOf(url))).body.code, 'setup.done')
  assert.equal(await identity.ensureSetup(h.base), null)
  const session = await h.http('GET', '/api/v1/session', { headers: { cookie: cookieOf(done.headers) } })
  assert.deepEqual(session.body, done.body)
  assert.deepEqual(await h.events(), ['org.created', 'admin.signedIn'])
  const log = await h.base.engine.read(tx => tx.selectFrom('events').select(['actor_kind', 'actor_id']).execute())
  assert.deepEqual(new Set(log.map(e => `${e.actor_kind} ${e.actor_id}`)), new Set([`admin ${done.body.admin.id}`]))
})

test('of two who set up at once, one is refused', async t => {
  const h = await house(t, {}, { empty: true })
  const token = tokenOf((await identity.ensureSetup(h.base)) ?? '')
  const both = await Promise.allSettled(
    ['a@x.test', 'b@x.test'].map(email => identity.setUp(h.base, { ...owner, email }, { token, from, request: '' })),
  )
  assert.deepEqual(both.map(b => b.status).sort(), ['fulfilled', 'rejected'])
  assert.equal((await identity.orgs(h.base)).length, 1)
})

test('a wrong password, an unknown account and a disabled one are told the same', async t => {
  const h = await house(t)
  const { id, email } = await person(h)
  const right = await signIn(h, { email: ' KENJI@muster.test'.trim(), password })
  assert.equal(right.status, 200)
  const wrong = await signIn(h, { email, password: 'not this one at all' })
  const unknown = await signIn(h, { email: 'nobody@muster.test', password })
  const owner = await h.given.admin()
  await h.http('PATCH', `/api/v1/admins/${id}`, { as: owner.key, body: { state: 'disabled' } })
  const disabled = await signIn(h, { email, password })
  for (const answer of [wrong, unknown, disabled]) {
    assert.equal(answer.status, 401)
    assert.deepEqual({ ...answer.body, request: '' }, { ...wrong.body, request: '' })
    assert.equal(answer.headers['set-cookie'], undefined)
  }
  assert.equal((await h.http('GET', '/api/v1/session', { headers: { cookie: cookieOf(right.headers) } })).status, 401)
  assert.equal((await h.events()).filter(e => e === 'admin.refused').length, 3)
})

test('guessing is slowed by doubling waits, but never for someone at a place they have signed in from', async t => {
  const h = await house(t, { MUSTER_TRUSTED_PROXIES: '127.0.0.1' })
  const { email } = await person(h)
  const at = (address: string, secret: string) =>
    h.http('POST', '/api/v1/sign-in', { body: { email, password: secret }, headers: { 'x-forwarded-for': address } })
  assert.equal((await at('198.51.100.1', password)).status, 200)
  for (let i = 0; i < 5; i += 1) assert.equal((await at('203.0.113.9', 'wrong')).status, 401)
  const waits: number[] = []
  for (let i = 0; i < 11; i += 1) {
    assert.equal((await at('203.0.113.9', 'wrong')).status, 401)
    const again = await at('203.0.113.10', password)
    assert.equal(again.body.code, 'sign-in.wait', 'from any place that has not succeeded before')
    assert.equal(Number(again.headers['retry-after']), Math.ceil(again.body.retryAfterMs / 1000))
    waits.push(again.body.retryAfterMs)
    assert.equal((await at('198.51.100.1', password)).status, 200, 'the owner of the account gets in meanwhile')
    h.pass(again.body.retryAfterMs)
  }
  assert.deepEqual(waits.slice(0, 5), [2000, 4000, 8000, 16_000, 32_000])
  assert.equal(Math.max(...waits), 15 * 60_000)
  h.pass(15 * 60_000)
  assert.equal((await at('203.0.113.77', password)).status, 200)
})

test('many attempts at once cannot outrun the count', async t => {
  const h = await house(t)
  const { email } = await person(h)
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(h, { email, password: 'wrong' })))
  assert.equal(answers.filter(a => a.status === 401).length, 6)
  assert.equal(answers.filter(a => a.status === 429).length, 6)
})

test('a code is asked for once it is set up, and opens once', async t => {
  const h = await house(t)
  const { email, app } = await withTotp(h, t)
  assert.equal((await signIn(h, { email, password })).body.code, 'sign-in.code-needed')
  const code = app.generate({ timestamp: h.now() })
  assert.equal((await signIn(h, { email, password, code: '123456' })).body.code, 'sign-in.refused')
  assert.equal((await signIn(h, { email, password, code })).status, 200)
  assert.equal((await signIn(h, { email, password, code })).body.code, 'sign-in.refused', 'a replay')
  h.pass(30_000)
  assert.equal((await signIn(h, { email, password, code: app.generate({ timestamp: h.now() }) })).status, 200)
})

test('a recovery code opens once, however it is typed, and codes can be switched off with the password only', async t => {
  const h = await house(t)
  const { email, recoveryCodes } = await withTotp(h, t)
  const code = (recoveryCodes[3] ?? '').toUpperCase().replaceAll('-', ' ')
  const signed = await signIn(h, { email, password, code })
  assert.equal(signed.status, 200)
  assert.equal((await signIn(h, { email, password, code })).status, 401)
  const headers = { cookie: cookieOf(signed.headers), 'sec-fetch-site': 'same-origin' }
  const off = (secret: string) => h.http('DELETE', '/api/v1/me/totp', { headers, body: { password: secret } })
  assert.equal((await off('wrong')).body.code, 'password.wrong')
  assert.equal((await off(password)).status, 204)
  assert.equal((await signIn(h, { email, password })).status, 200)
  const rows = await h.run(ctx => ctx.tx.selectFrom('admins').selectAll().where('email', '=', email).execute())
  assert.equal(JSON.stringify(rows).includes(password), false)
})

test('an invitation, a sign-in link and a reset open once and for a while', async t => {
  const h = await house(t)
  const { id, email, cookie } = await person(h)
  const link = await identity.signInLink(h.base, email)
  assert.match(link, /\/sign-in\/link\?token=/)
  const open = (url: string) => h.http('POST', '/api/v1/sign-in/link', { body: { token: tokenOf(url) } })
  assert.equal((await open(link)).status, 200)
  assert.equal((await open(link)).body.code, 'link.unknown')
  const late = await identity.signInLink(h.base, email)
  h.pass(3_600_000)
  assert.equal((await open(late)).body.code, 'link.unknown')
  const boss = await h.given.admin()
  const reset = await h.http('POST', `/api/v1/admins/${id}/link`, { as: boss.key, body: {} })
  const accept = (secret: string) =>
    h.http('POST', '/api/v1/accept', { body: { token: tokenOf(reset.body.url), password: secret } })
  assert.equal((await open(reset.body.url)).body.code, 'link.unknown', 'a link of one purpose does not serve another')
  assert.equal((await accept('kenji@muster.test')).body.code, 'password.weak')
  assert.equal((await accept('another quiet heron came')).status, 200)
  assert.equal((await accept('another quiet heron came')).body.code, 'link.unknown')
  assert.equal((await h.http('GET', '/api/v1/session', { headers: { cookie } })).status, 401, 'older sessions ended')
  assert.equal((await signIn(h, { email, password })).status, 401)
})

test('a link opens no more than its maker could hand out', async t => {
  const h = await house(t)
  const tokyo = await h.given.unit()
  const owner = await h.given.admin()
  const maker = await h.given.admin({ role: 'admin', unit: tokyo.id })
  const invite = async (email: string) => {
    const body = { name: 'New', email, role: 'operator', unit: tokyo.id }
    return (await h.http('POST', '/api/v1/admins', { as: maker.key, body })).body
  }
  const grant = (as: string, id: string, role: string, unit: string) =>
    h.http('POST', `/api/v1/admins/${id}/grants`, { as, body: { role, unit } })
  const open = (url: string) => h.http('POST', '/api/v1/accept', { body: { token: tokenOf(url), password } })
  const [kept, raised, orphan] = [await invite('a@x.test'), await invite('b@x.test'), await invite('c@x.test')]
  assert.equal((await grant(maker.key, kept.id, 'auditor', tokyo.id)).status, 201)
  assert.equal((await open(kept.url)).status, 200)
  assert.equal((await grant(owner.key, raised.id, 'auditor', h.root.id)).status, 201)
  assert.equal((await open(raised.url)).body.code, 'link.unknown')
  const anew = await h.http('POST', `/api/v1/admins/${raised.id}/link`, { as: owner.key, body: {} })
  assert.equal((await open(anew.body.url)).status, 200)
  await h.http('PATCH', `/api/v1/admins/${maker.id}`, { as: owner.key, body: { state: 'disabled' } })
  assert.equal((await open(orphan.url)).body.code, 'link.unknown')
})

test('a session ends when idle, at its age, when revoked and when the password changes', async t => {
  const h = await house(t)
  const { email, cookie } = await person(h)
  const holds = async (c: string) => (await h.http('GET', '/api/v1/session', { headers: { cookie: c } })).status === 200
  const fresh = async () => cookieOf((await signIn(h, { email, password })).headers)
  h.pass(59 * 60_000)
  assert.equal(await holds(cookie), true)
  h.pass(59 * 60_000)
  assert.equal(await holds(cookie), true, 'use keeps it')
  h.pass(60 * 60_000)
  assert.equal(await holds(cookie), false, 'idle')
  const aged = await fresh()
  for (let i = 0; i < 12; i += 1) {
    assert.equal(await holds(aged), true)
    h.pass(60 * 60_000 - 1)
  }
  h.pass(12)
  assert.equal(await holds(aged), false, 'twelve hours')
  const [one, two] = [await fresh(), await fresh()]
  const headers = { cookie: two, 'sec-fetch-site': 'same-origin' }
  const { items } = (await h.http('GET', '/api/v1/me/sessions', { headers })).body
  assert.deepEqual(items.map((s: { current: boolean }) => s.current).sort(), [false, true])
  const other = items.find((s: { current: boolean }) => !s.current)
  assert.equal((await h.http('DELETE', `/api/v1/me/sessions/${other.id}`, { headers })).status, 204)
  assert.deepEqual([await holds(one), await holds(two)], [false, true])
  const change = (current: string) =>
    h.http('POST', '/api/v1/me/password', { headers, body: { current, next: 'seven herons flew over' } })
  assert.equal((await change('wrong')).body.code, 'password.wrong')
  const changed = await change(password)
  assert.equal(changed.status, 200)
  assert.deepEqual([await holds(two), await holds(cookieOf(changed.headers))], [false, true])
  const out = await h.http('POST', '/api/v1/sign-out', { headers: { ...headers, cookie: cookieOf(changed.headers) } })
  assert.equal(out.status, 204)
  assert.match(String(out.headers['set-cookie']), /^__Host-muster=; .*Max-Age=0$/)
  assert.equal(await holds(cookieOf(changed.headers)), false)
})

test('a change by cookie must come from our own pages', async t => {
  const h = await house(t)
  const { cookie } = await h.given.admin()
  const change = async (headers: Record<string, string>) =>
    (await h.http('PATCH', '/api/v1/me', { headers: { cookie, ...headers }, body: { theme: 'dark' } })).body.code
  assert.equal(await change({}), 'request.foreign-origin')
  assert.equal(await change({ 'sec-fetch-site': 'cross-site' }), 'request.foreign-origin')
  assert.equal(await change({ 'sec-fetch-site': 'same-site', origin: 'https://muster.test' }), 'request.foreign-origin')
  assert.equal(await change({ origin: 'https://evil.test' }), 'request.foreign-origin')
  assert.equal(await change({ origin: 'https://muster.test' }), undefined)
  assert.equal(await change({ 'sec-fetch-site': 'same-origin' }), undefined)
  const forged = await h.http('POST', '/api/v1/sign-in', {
    headers: { 'sec-fetch-site': 'cross-site' },
    body: { email: 'a@b.test', password: 'x' },
  })
  assert.equal(forged.body.code, 'request.foreign-origin')
})

test('screens remember what they are told, within bounds', async t => {
  const h = await house(t)
  const { cookie } = await h.given.admin()
  const other = await h.given.admin()
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const at = '/api/v1/me/preferences/devices.columns'
  assert.deepEqual((await h.http('GET', at, { headers })).body, { value: null })
  await h.http('PUT', at, { headers, body: { value: ['name', 'os'] } })
  assert.deepEqual((await h.http('GET', at, { headers })).body, { value: ['name', 'os'] })
  assert.deepEqual((await h.http('GET', at, { headers: { cookie: other.cookie } })).body, { value: null })
  assert.equal((await h.http('PUT', at, { headers, body: { value: 'x'.repeat(17_000) } })).status, 413)
})

test('what is guessed first is refused as a password', () => {
  const me = { name: 'Kenji Sato', email: 'kenji.sato@havsten.test', orgName: 'Havsten' }
  for (const weak of [
    'short',
    'aaaaaaaaaaaaaa',
    'abababababab',
    '123456789012',
    'kenji.sato1234',
    'Havsten20262026',
    'Password12345',
  ])
    assert.throws(() => demandStrong(weak, me), { code: 'password.weak' }, weak)
  for (const good of ['four quiet herons', '正しい馬の電池とホチキス', 'kZ8#mq2vLx0pTr']) demandStrong(good, me)
})

test('one IPv6 customer is one place', () => {
  assert.equal(network('2001:db8:1:2:3:4:5:6'), network('2001:0db8:1:2::ffff'))
  assert.notEqual(network('2001:db8:1:2::1'), network('2001:db8:1:3::1'))
  assert.equal(network('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(network('::1'), '0:0:0:0')
})
