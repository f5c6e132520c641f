import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { newId } from '../../base/id.ts'
import type { GivenAdmin } from '../../testing/given-identity.ts'
import { type House, house } from '../../testing/house.ts'
import * as identity from './index.ts'

const minute = 60_000
const hour = 60 * minute
const self = (cookie: string) => ({ headers: { cookie, 'sec-fetch-site': 'same-origin' } })
const asked = (h: House, admin: GivenAdmin) => h.as(admin.principal, ctx => identity.demandStepUp(ctx))

test('a session is proven for five minutes, and only that session; keys never, the server always', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ passkey: true })
  await assert.rejects(asked(h, admin), { code: 'step-up.needed' })
  await h.given.stepUp(admin)
  await asked(h, admin)
  const elsewhere = { ...admin.principal, actor: { kind: 'admin', id: admin.id, session: newId('session') } as const }
  await assert.rejects(asked(h, { ...admin, principal: elsewhere }), { code: 'step-up.needed' })
  h.pass(5 * minute)
  await asked(h, admin)
  h.pass(1)
  await assert.rejects(asked(h, admin), { code: 'step-up.needed' })
  const key = { ...admin.principal, actor: { kind: 'key', id: admin.keyId } as const }
  await assert.rejects(asked(h, { ...admin, principal: key }), { code: 'step-up.keys-cannot' })
  await h.run(ctx => identity.demandStepUp(ctx))
  assert.deepEqual(
    (await h.events()).filter(e => e !== 'org.created'),
    ['session.proven'],
  )
})

test('a code proves a session too, each once, and guessing is slowed', async t => {
  const h = await house(t)
  const admin = await h.given.admin()
  const { body: begun } = await h.http('POST', '/api/v1/me/totp', { ...self(admin.cookie), body: {} })
  const app = new TOTP({ secret: Secret.fromBase32(begun.secret) })
  const confirm = { code: app.generate({ timestamp: h.now() }) }
  await h.http('POST', '/api/v1/me/totp/confirm', { ...self(admin.cookie), body: confirm })
  h.pass(minute)
  const { body: choice } = await h.http('POST', '/api/v1/me/step-up/options', self(admin.cookie))
  assert.deepEqual(choice, { passkey: null, code: true })
  const prove = (code: string) => h.http('POST', '/api/v1/me/step-up', { ...self(admin.cookie), body: { code } })
  const code = app.generate({ timestamp: h.now() })
  assert.deepEqual((await prove(code)).body, { until: h.now() + 5 * minute })
  assert.equal((await prove(code)).body.code, 'step-up.refused')
  // Five wrong ones cost nothing but themselves.
  const answers = []
  for (let n = 0; n < 8; n += 1) answers.push((await prove('000000')).body.code)
  assert.ok(answers.includes('sign-in.wait'), answers.join())
  const neither = await h.http('POST', '/api/v1/me/step-up', { ...self(admin.cookie), body: {} })
  assert.equal(neither.status, 400)
})

test('whoever could have let themselves in as someone is their maker: by invitation for ever, by a link for a month', async t => {
  const h = await house(t)
  const [root, reset] = [await h.given.admin(), await h.given.admin()]
  const invite = async (as: string, email: string): Promise<{ id: string; key: string }> => {
    const body = { name: email, email, role: 'owner', unit: h.root.id }
    const made = await h.http('POST', '/api/v1/admins', { as, body })
    assert.equal(made.body.held, null)
    const token = new URL(made.body.url).searchParams.get('token')
    const accepted = await h.http('POST', '/api/v1/accept', { body: { token, password: 'four quiet herons at dusk' } })
    const cookie = String(accepted.headers['set-cookie']).split(';')[0] ?? ''
    const order = { name: 'Key', role: 'owner', unit: h.root.id }
    const key = await h.http('POST', '/api/v1/api-keys', { ...self(cookie), body: order })
    return { id: made.body.id, key: key.body.key }
  }
  const child = await invite(root.key, 'child@muster.test')
  const grandchild = await invite(child.key, 'grandchild@muster.test')
  const makers = (id: string) => h.run(async ctx => new Set(await identity.makersOf(ctx, id)))
  assert.deepEqual(await makers(grandchild.id), new Set([child.id, root.id]))
  assert.deepEqual(await makers(root.id), new Set())
  const link = await h.http('POST', `/api/v1/admins/${child.id}/link`, { as: reset.key, body: {} })
  assert.deepEqual(await makers(child.id), new Set([root.id]), 'a link that nobody opened let nobody in')
  const token = new URL(link.body.url).searchParams.get('token')
  await h.http('POST', '/api/v1/accept', { body: { token, password: 'four quiet herons at dawn' } })
  assert.deepEqual(await makers(grandchild.id), new Set([child.id, root.id, reset.id]))
  h.pass(31 * 24 * hour)
  assert.deepEqual(await makers(grandchild.id), new Set([child.id, root.id]))
})

test('a role counts from its oldest grant that still gives the permission there, and only for who may sign in', async t => {
  const h = await house(t)
  const unit = await h.given.unit()
  const admin = await h.given.admin({ role: 'admin', unit: unit.id, heldForMs: 100 * hour })
  const owner = await h.given.admin()
  const grant = { role: 'owner', unit: h.root.id }
  await h.http('POST', `/api/v1/admins/${admin.id}/grants`, { as: owner.key, body: grant })
  const since = (permission: string, path: string) => h.run(ctx => identity.heldSince(ctx, admin.id, permission, path))
  assert.equal(await since('guard:approve', unit.path), h.now() - 100 * hour)
  assert.equal(await since('guard:approve', h.root.path), h.now())
  assert.equal(await since('org:write', unit.path), h.now())
  const holders = () =>
    h.run(async ctx => (await identity.adminsHolding(ctx, 'guard:approve', unit.path)).map(a => a.id))
  assert.deepEqual(new Set(await holders()), new Set([admin.id, owner.id]))
  await h.http('PATCH', `/api/v1/admins/${admin.id}`, { as: owner.key, body: { state: 'disabled' } })
  assert.equal(await since('guard:approve', unit.path), null)
  assert.deepEqual(await holders(), [owner.id])
})

test('ending all sessions leaves one; keys rest until someone with a proven session lets each go on', async t => {
  const h = await house(t)
  const [owner, other] = [await h.given.admin({ passkey: true }), await h.given.admin()]
  const link = await h.http('POST', `/api/v1/admins/${other.id}/link`, { as: owner.key, body: {} })
  await h.as(owner.principal, ctx => identity.endAllSessions(ctx, { except: owner.session }))
  const me = (cookie: string) => h.http('GET', '/api/v1/session', { headers: { cookie } })
  assert.deepEqual([(await me(owner.cookie)).status, (await me(other.cookie)).status], [200, 401])
  assert.equal((await h.http('GET', '/api/v1/units', { as: owner.key })).body.code, 'key.refused')
  const token = new URL(link.body.url).searchParams.get('token')
  const opened = await h.http('POST', '/api/v1/accept', { body: { token, password: 'four quiet herons at dusk' } })
  assert.equal(opened.body.code, 'link.unknown')
  const resume = () => h.http('POST', `/api/v1/api-keys/${owner.keyId}/resume`, self(owner.cookie))
  assert.equal((await resume()).body.code, 'step-up.needed')
  await h.given.stepUp(owner)
  assert.equal((await resume()).status, 204)
  assert.equal((await h.http('GET', '/api/v1/units', { as: owner.key })).status, 200)
  assert.equal((await h.http('GET', '/api/v1/units', { as: other.key })).body.code, 'key.refused')
  assert.deepEqual((await h.events()).slice(-3), ['access.ended', 'session.proven', 'key.resumed'])
})

test('power waits where a later area says so, and is given when its time has come', async t => {
  const h = await house(t)
  const [owner, admin] = [await h.given.admin({ passkey: true }), await h.given.admin({ role: 'read-only' })]
  const waiting: identity.Power[] = []
  const intent = newId('intent')
  const before = identity.restrainGrants(async (_ctx, power) => {
    waiting.push(power)
    return intent
  })
  t.after(() => identity.restrainGrants(before))
  const body = { role: 'owner', unit: h.root.id }
  const granted = await h.http('POST', `/api/v1/admins/${admin.id}/grants`, { as: owner.key, body })
  assert.deepEqual([granted.status, granted.body], [201, { id: null, held: intent }])
  const key = await h.http('POST', '/api/v1/api-keys', { as: owner.key, body: { ...body, name: 'Wipes' } })
  assert.equal(key.body.held, intent)
  assert.equal((await h.http('GET', '/api/v1/units', { as: key.body.key })).body.code, 'key.refused')
  await h.given.stepUp(owner)
  await h.http('POST', `/api/v1/api-keys/${key.body.id}/resume`, self(owner.cookie))
  assert.equal(
    (await h.http('GET', '/api/v1/units', { as: key.body.key })).body.code,
    'key.refused',
    'held is not suspended',
  )
  const writes = () => h.run(ctx => identity.heldSince(ctx, admin.id, 'org:write', h.root.path))
  assert.equal(await writes(), null)
  for (const power of waiting) await h.run(ctx => identity.givePower(ctx, power))
  for (const power of waiting) await h.run(ctx => identity.givePower(ctx, power))
  assert.equal(await writes(), h.now())
  assert.equal((await h.http('GET', '/api/v1/units', { as: key.body.key })).status, 200)
  assert.deepEqual(
    (await h.events()).filter(e => /grant|key/.test(e)),
    ['key.created', 'grant.added', 'key.resumed'],
  )
})
