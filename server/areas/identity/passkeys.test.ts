import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSecret } from '../../base/id.ts'
import { type Asserted, authenticator, type Lies } from '../../testing/authenticator.ts'
import type { GivenAdmin } from '../../testing/given-identity.ts'
import { type House, house } from '../../testing/house.ts'
import * as identity from './index.ts'

const password = 'four quiet herons at dusk'
const site = 'https://muster.test'
const minute = 60_000

const self = (cookie: string) => ({ headers: { cookie, 'sec-fetch-site': 'same-origin' } })
const cookieOf = (headers: Record<string, string>): string => String(headers['set-cookie']).split(';')[0] ?? ''
const tokenOf = (url: string): string => new URL(url).searchParams.get('token') ?? ''

/** An admin with a password, signed in, and an authenticator that holds nothing yet. */
async function person(h: House) {
  const asked = { name: 'Kenji Sato', email: 'kenji@muster.test', role: 'operator', unit: h.root.id }
  const maker = await h.given.admin()
  const invited = await h.http('POST', '/api/v1/admins', { as: maker.key, body: asked })
  const accepted = await h.http('POST', '/api/v1/accept', { body: { token: tokenOf(invited.body.url), password } })
  return {
    id: String(invited.body.id),
    maker,
    email: asked.email,
    cookie: cookieOf(accepted.headers),
    held: authenticator(site),
  }
}

async function add(h: House, cookie: string, held: ReturnType<typeof authenticator>, name = 'Laptop') {
  const begun = await h.http('POST', '/api/v1/me/passkeys/options', { ...self(cookie), body: { password } })
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  const body = { name, response: held.register(begun.body) }
  return h.http('POST', '/api/v1/me/passkeys', { ...self(cookie), body })
}

async function alone(h: House, held: ReturnType<typeof authenticator>, lies: Lies = {}) {
  const { body: options } = await h.http('POST', '/api/v1/sign-in/passkey/options')
  return h.http('POST', '/api/v1/sign-in/passkey', { body: { response: held.assert(options, lies) } })
}

const types = async (h: House, ...starts: string[]): Promise<string[]> =>
  (await h.events()).filter(e => starts.some(s => e.startsWith(s)))

test('a passkey is added with the password, listed, named anew, signs in alone and beside the password', async t => {
  const h = await house(t)
  const { id, email, cookie, held } = await person(h)
  const wrong = await h.http('POST', '/api/v1/me/passkeys/options', { ...self(cookie), body: {} })
  assert.equal(wrong.body.code, 'password.wrong', 'a borrowed session cannot make itself a passkey')
  const added = await add(h, cookie, held)
  assert.equal(added.status, 201, JSON.stringify(added.body))
  assert.partialDeepStrictEqual(added.body.passkey, { name: 'Laptop', synced: false, lastUsedAt: null, suspect: false })
  assert.equal(added.body.recoveryCodes.length, 10)
  const at = `/api/v1/me/passkeys/${added.body.passkey.id}`
  assert.equal((await h.http('PATCH', at, { ...self(cookie), body: { name: 'Work laptop' } })).body.name, 'Work laptop')
  const listed = await h.http('GET', '/api/v1/me/passkeys', self(cookie))
  assert.deepEqual(
    listed.body.items.map((p: { name: string }) => p.name),
    ['Work laptop'],
  )

  const signed = await alone(h, held)
  assert.equal(signed.status, 200, JSON.stringify(signed.body))
  assert.partialDeepStrictEqual(signed.body.admin, { id, passkeys: 1, totp: false })
  const session = await h.http('GET', '/api/v1/session', { headers: { cookie: cookieOf(signed.headers) } })
  assert.deepEqual(session.body, signed.body)

  const needed = await h.http('POST', '/api/v1/sign-in', { body: { email, password } })
  assert.deepEqual([needed.status, needed.body.code, needed.body.totp], [401, 'sign-in.code-needed', false])
  assert.deepEqual(needed.body.credentials, [held.assert({ challenge: 'x', rpId: 'muster.test' }).id])
  const options = { challenge: needed.body.challenge, rpId: 'muster.test' }
  const both = { email, password, response: held.assert(options) }
  assert.equal((await h.http('POST', '/api/v1/sign-in', { body: both })).status, 200)
  assert.equal((await h.http('POST', '/api/v1/sign-in', { body: both })).body.code, 'sign-in.refused', 'once')
  assert.equal(
    (await h.http('POST', '/api/v1/sign-in', { body: { ...both, password: 'wrong' } })).body.code,
    'sign-in.refused',
  )
  assert.deepEqual(await types(h, 'passkey.'), ['passkey.added', 'passkey.renamed'])
  const log = await h.base.engine.read(tx =>
    tx.selectFrom('events').select(['type', 'data']).where('type', '=', 'admin.signedIn').execute(),
  )
  assert.deepEqual(
    log.map(e => (JSON.parse(String(e.data)) as { how: string }).how),
    ['link', 'passkey', 'passkey'],
  )
})

test('a lost passkey locks nobody out: recovery codes open once each, and the last way in cannot be removed', async t => {
  const h = await house(t)
  const { email, cookie, held } = await person(h)
  const { body } = await add(h, cookie, held)
  const [one = '', two = ''] = body.recoveryCodes as string[]
  const signIn = (code: string) => h.http('POST', '/api/v1/sign-in', { body: { email, password, code } })
  const signed = await signIn(one)
  assert.equal(signed.status, 200)
  assert.equal((await signIn(one)).body.code, 'sign-in.refused')
  assert.equal((await signIn('123456')).body.code, 'sign-in.refused', 'there is no app that shows six digits')
  // Signed in by a recovery code just now, which is proof enough to take the lost one away.
  const at = `/api/v1/me/passkeys/${body.passkey.id}`
  assert.equal((await h.http('DELETE', at, self(cookie))).body.code, 'step-up.needed')
  assert.equal((await h.http('DELETE', at, self(cookieOf(signed.headers)))).status, 204)
  assert.equal((await h.http('POST', '/api/v1/sign-in', { body: { email, password } })).status, 200)
  assert.equal((await signIn(two)).status, 200, 'a code that is not asked for is not looked at')

  const only = await h.given.admin({ passkey: true, proven: true })
  const [passkey] = (await h.http('GET', '/api/v1/me/passkeys', self(only.cookie))).body.items
  const last = await h.http('DELETE', `/api/v1/me/passkeys/${passkey.id}`, self(only.cookie))
  assert.equal(last.body.code, 'passkey.last', 'without a password it is the only way in')
})

test('a second passkey takes a proof with the first, and passkeys of others are nothing', async t => {
  const h = await house(t)
  const { cookie, held } = await person(h)
  await add(h, cookie, held)
  const begun = await h.http('POST', '/api/v1/me/passkeys/options', { ...self(cookie), body: { password } })
  assert.equal(begun.body.code, 'step-up.needed')
  const { body: choice } = await h.http('POST', '/api/v1/me/step-up/options', self(cookie))
  assert.equal(choice.code, true)
  const response = held.assert(choice.passkey)
  const other = await h.given.admin({ passkey: true })
  const stolen = await h.http('POST', '/api/v1/me/step-up', { ...self(other.cookie), body: { response } })
  assert.deepEqual([stolen.status, stolen.body.reason], [403, 'challenge'], 'bound to the session it was asked in')
  assert.equal((await h.http('POST', '/api/v1/me/step-up', { ...self(cookie), body: { response } })).status, 200)
  const second = authenticator(site, { counts: false, synced: true })
  const added = await add(h, cookie, second, 'Phone')
  assert.equal(added.status, 201)
  assert.equal(added.body.recoveryCodes, null)
  assert.equal(added.body.passkey.synced, true)
  // A synced passkey never counts, and that is no copy.
  assert.equal((await alone(h, second)).status, 200)
  assert.equal((await alone(h, second)).status, 200)
  const [theirs] = (await h.http('GET', '/api/v1/me/passkeys', self(other.cookie))).body.items
  for (const method of ['PATCH', 'DELETE']) {
    const body = method === 'PATCH' ? { body: { name: 'x' } } : {}
    const answer = await h.http(method, `/api/v1/me/passkeys/${theirs.id}`, { ...self(cookie), ...body })
    assert.equal(answer.body.code, 'id.unknown')
  }
})

test('what was not signed for this moment, this site, by this person with their verification opens nothing', async t => {
  const h = await house(t)
  const { cookie, held } = await person(h)
  await add(h, cookie, held)
  const refused = async (answer: Asserted, reason: string, why: string): Promise<void> => {
    const got = await h.http('POST', '/api/v1/sign-in/passkey', { body: { response: answer } })
    assert.deepEqual([got.status, got.body.code, got.body.reason], [403, 'passkey.refused', reason], why)
  }
  const options = async () => (await h.http('POST', '/api/v1/sign-in/passkey/options')).body
  await refused(
    held.assert(await options(), { origin: 'https://muster.test.evil.example' }),
    'signature',
    'other origin',
  )
  await refused(held.assert(await options(), { rpId: 'evil.example' }), 'signature', 'other RP id')
  await refused(held.assert(await options(), { verifies: false }), 'signature', 'nobody verified')
  await refused(held.assert(await options(), { crossOrigin: true }), 'challenge', 'inside a frame of another site')
  await refused(held.assert({ challenge: newSecret(32), rpId: 'muster.test' }), 'challenge', 'a challenge of their own')
  const foreign = authenticator(site)
  foreign.register({ challenge: 'x', rp: { id: 'muster.test' }, user: { id: 'x' } })
  await refused(foreign.assert(await options()), 'credential', 'a passkey nobody knows')
  const late = await options()
  h.pass(5 * minute)
  await refused(held.assert(late), 'challenge', 'expired')
  const good = held.assert(await options())
  const forged = { ...good, response: { ...good.response, signature: held.assert(await options()).response.signature } }
  await refused(forged, 'signature', 'signed for something else')
  await refused(good, 'challenge', 'a challenge is used up by a wrong answer too')
  const right = held.assert(await options())
  assert.equal((await h.http('POST', '/api/v1/sign-in/passkey', { body: { response: right } })).status, 200, 'control')
  await refused(right, 'challenge', 'replayed')
  const bad = await h.http('POST', '/api/v1/sign-in/passkey', { body: { response: { ...right, id: '{}' } } })
  assert.equal(bad.status, 400)
})

test('a passkey whose counter goes back is a copy: it is ended, and still asks for a second proof beside the password', async t => {
  const h = await house(t)
  const { email, cookie, held } = await person(h)
  const { body: added } = await add(h, cookie, held)
  const thief = held.copy()
  assert.equal((await alone(h, held)).status, 200)
  assert.equal((await alone(h, held)).status, 200)
  const copied = await alone(h, thief)
  assert.deepEqual([copied.body.code, copied.body.reason], ['passkey.refused', 'clone'])
  assert.equal((await alone(h, held)).body.reason, 'clone', 'which of the two is the owner’s nobody can tell')
  assert.deepEqual(await types(h, 'passkey.', 'admin.refused'), [
    'passkey.added',
    'passkey.suspected',
    'admin.refused',
    'admin.refused',
  ])
  const needed = await h.http('POST', '/api/v1/sign-in', { body: { email, password } })
  assert.deepEqual([needed.body.code, needed.body.challenge], ['sign-in.code-needed', undefined])
  const [code] = added.recoveryCodes
  assert.equal((await h.http('POST', '/api/v1/sign-in', { body: { email, password, code } })).status, 200)
})

test('making a passkey takes the challenge of this session, this site and verification', async t => {
  const h = await house(t)
  const { cookie, held } = await person(h)
  const begin = async () =>
    (await h.http('POST', '/api/v1/me/passkeys/options', { ...self(cookie), body: { password } })).body
  const keep = (response: unknown, who = cookie) =>
    h.http('POST', '/api/v1/me/passkeys', { ...self(who), body: { name: 'Key', response } })
  const other = await h.given.admin()
  assert.equal((await keep(held.register(await begin()), other.cookie)).body.reason, 'challenge')
  assert.equal((await keep(held.register(await begin(), { verifies: false }))).body.reason, 'signature')
  assert.equal((await keep(held.register(await begin(), { origin: 'https://other.test' }))).body.reason, 'signature')
  assert.equal((await keep(held.register(await begin(), { rpId: 'other.test' }))).body.reason, 'signature')
  const late = await begin()
  h.pass(5 * minute)
  assert.equal((await keep(held.register(late))).body.reason, 'challenge')
  const made = held.register(await begin())
  assert.equal((await keep(made)).status, 201)
  assert.equal((await keep(made)).body.reason, 'challenge')
  assert.deepEqual(await types(h, 'passkey.'), ['passkey.added'])
})

test('an authenticator app is no way around: who borrows a session cannot set one up and call it a proof', async t => {
  const h = await house(t)
  const { cookie, held } = await person(h)
  const begin = (body: object) => h.http('POST', '/api/v1/me/totp', { ...self(cookie), body })
  assert.equal((await begin({})).body.code, 'password.wrong')
  assert.equal((await begin({ password })).status, 200)
  await add(h, cookie, held)
  assert.equal((await begin({ password })).body.code, 'step-up.needed')
  const { body: choice } = await h.http('POST', '/api/v1/me/step-up/options', self(cookie))
  const proof = { response: held.assert(choice.passkey) }
  await h.http('POST', '/api/v1/me/step-up', { ...self(cookie), body: proof })
  assert.equal((await begin({})).status, 200)
})

test('where the server is known by an address no passkey can be', async t => {
  const h = await house(t, { MUSTER_URL: 'https://192.0.2.10:8443' })
  const { cookie } = await h.given.admin()
  const begun = await h.http('POST', '/api/v1/me/passkeys/options', { ...self(cookie), body: {} })
  assert.equal(begun.body.code, 'passkey.no-name')
})

const proof = async (
  h: House,
  { id, principal, authenticator: held }: GivenAdmin,
  challenge: string,
  lies: Lies = {},
) => held.assert(await h.as(principal, ctx => identity.beginAssertion(ctx, { admin: id, challenge })), lies)

test('an approval is a signature of this admin under this very thing, once', async t => {
  const h = await house(t)
  const approver = await h.given.admin({ passkey: true })
  const other = await h.given.admin({ passkey: true })
  const [batch, edited] = [newSecret(32), newSecret(32)]
  const verify = (who: GivenAdmin, challenge: string, response: Asserted) =>
    h.as(who.principal, ctx => identity.verifyAssertion(ctx, { admin: who.id, challenge, response }))
  const refuses = (work: Promise<unknown>, reason: string) =>
    assert.rejects(work, { code: 'passkey.refused', facts: { reason } })
  const response = await proof(h, approver, batch)
  await refuses(verify(approver, edited, response), 'challenge')
  await refuses(verify(other, batch, response), 'challenge')
  await proof(h, other, batch)
  await refuses(verify(other, batch, response), 'credential')
  await refuses(verify(approver, batch, await proof(h, approver, batch, { verifies: false })), 'signature')
  const done = await verify(approver, batch, await proof(h, approver, batch))
  assert.match(done.passkey, /^psk_/)
  assert.equal(done.since, h.now())
  await refuses(verify(approver, batch, response), 'challenge')
  const late = await proof(h, approver, batch)
  h.pass(10 * minute)
  await refuses(verify(approver, batch, late), 'challenge')
  const none = await h.given.admin()
  await assert.rejects(
    h.as(none.principal, ctx => identity.beginAssertion(ctx, { admin: none.id, challenge: batch })),
    { code: 'passkey.none' },
  )
  assert.deepEqual(await types(h, 'passkey.'), ['passkey.used'])
})

test('the server’s own command line lets someone in who lost everything, and forgets what they lost', async t => {
  const h = await house(t)
  const { email, cookie, held } = await person(h)
  await add(h, cookie, held)
  const enter = async (url: string) => {
    const signed = await h.http('POST', '/api/v1/sign-in/link', { body: { token: tokenOf(url) } })
    return signed.body.admin.passkeys
  }
  assert.equal(await enter(await identity.signInLink(h.base, email)), 1)
  assert.equal(await enter(await identity.signInLink(h.base, email, { forgetProofs: true })), 0)
  assert.equal((await h.http('POST', '/api/v1/sign-in', { body: { email, password } })).status, 200)
  assert.equal((await alone(h, held)).body.reason, 'credential')
  assert.deepEqual(await types(h, 'passkey.'), ['passkey.added', 'passkey.removed'])
})
