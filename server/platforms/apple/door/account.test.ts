import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { leadingPath, startAde } from '@muster/simulator/outside/ade/ade.ts'
import { type Discovery, startDiscovery } from '@muster/simulator/outside/discovery/discovery.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { createOrg } from '../../../areas/identity/index.ts'
import { everything } from '../../../base/authority.ts'
import { doorsFor } from '../../../testing/given-doors.ts'
import { decideAccounts } from './settings.ts'

const path = '/.well-known/com.apple.remotemanagement'

/** A server whose org lets people enroll by signing in with a mailed code. */
async function office(t: TestContext, decision: object = { byod: true }, environment: Record<string, string> = {}) {
  const doors = await doorsFor(t, environment)
  const owner = await doors.h.given.admin()
  const unit = await doors.h.given.unit({ name: 'Sales' })
  const ada = await doors.h.given.user({ email: 'ada@havsten.example', unit: unit.id })
  const decide = (body: object) => doors.h.http('PATCH', '/api/v1/settings/account-driven', { as: owner.key, body })
  const decided = await decide({ domains: ['havsten.example'], ...decision })
  assert.equal(decided.status, 200, JSON.stringify(decided.body))
  const person = { address: 'ada@havsten.example', code: doors.code }
  const deviceOf = async (machine: apple.AppleDevice) => {
    const key = machine.enrollment?.enrollmentId ?? machine.hardware.udid
    const [claimed] = await doors.h.run(ctx => enrollment.claimed(ctx, key))
    const device = await doors.h.run(ctx => devices.get(ctx, claimed?.enrollment.device ?? ''))
    return { device, enrollment: claimed?.enrollment }
  }
  return { ...doors, owner, ada, unit, decide, person, deviceOf }
}

test('somebody adds their address at work to their own phone, signs in by a mailed code, and only work data is managed', async t => {
  const { h, smtp, owner, authority, unpack, ada, unit, person, deviceOf } = await office(t)
  const machine = unpack({ model: 'iPhone 17' })
  await apple.addWorkAccount(machine, { person, authority, host: h.url })
  const known = await deviceOf(machine)
  assert.partialDeepStrictEqual(known.device, {
    user: ada.id,
    unit: unit.id,
    ownership: 'personal',
    serial: null,
    udid: null,
  })
  assert.equal(known.enrollment?.kind, 'user-enrollment')
  assert.equal(machine.enrollment?.profile.mdm.mode, 'BYOD')
  const payload = machine.enrollment?.profile.payloads.find(p => p.PayloadType === 'com.apple.mdm')
  assert.equal(payload?.AssignedManagedAppleID, 'ada@havsten.example')
  // However often their devices ask, that is one right and nobody's invitation.
  const other = unpack({ model: 'iPhone 17' })
  h.pass(5 * 60_000)
  smtp.received.length = 0
  await apple.addWorkAccount(other, { person, authority, host: h.url })
  assert.equal((await deviceOf(other)).device.user, ada.id)
  const rights = () =>
    h.run(ctx => ctx.tx.selectFrom('invitations').select(['origin', 'used']).where('user_id', '=', ada.id).execute())
  assert.deepEqual(await rights(), [{ origin: 'account', used: 2 }])
  const listed = (await h.http('GET', '/api/v1/invitations', { as: owner.key })).body.items
  assert.deepEqual(listed, [])
  // Control: an invitation that somebody makes for the same person is one.
  const made = { unit: unit.id, user: ada.id, ownership: 'personal' }
  assert.equal((await h.http('POST', '/api/v1/invitations', { as: owner.key, body: made })).status, 201)
  assert.equal((await h.http('GET', '/api/v1/invitations', { as: owner.key })).body.items.length, 1)
  // What the device sends along from now on is not asked for: a fault of ours must never look like the end of management.
  await apple.connect(machine)
  assert.ok(machine.enrollment)
})

test('a device of the org enrolls the same way as a whole', async t => {
  const { h, authority, unpack, ada, person, deviceOf } = await office(t, { adde: true })
  const machine = unpack({ model: 'MacBook Air (13-inch, M4, 2025)' })
  await apple.addWorkAccount(machine, { person, authority, host: h.url })
  const { device, enrollment: held } = await deviceOf(machine)
  assert.partialDeepStrictEqual(device, { user: ada.id, ownership: 'company', serial: machine.hardware.serial })
  assert.equal(held?.kind, 'device')
  assert.equal(machine.enrollment?.profile.mdm.mode, 'ADDE')
})

test('devices find the server by the domain, and nothing where no door is open', async t => {
  const { h, decide } = await office(t)
  const found = await h.http('GET', `${path}?user-identifier=ada@havsten.example&model-family=iPhone`)
  assert.match(found.headers['content-type'] ?? '', /^application\/json/)
  assert.deepEqual(
    found.body.Servers.map((s: { Version: string }) => s.Version),
    ['mdm-byod'],
  )
  await decide({ adde: true })
  assert.equal((await h.http('GET', `${path}?user-identifier=ada@havsten.example`)).body.Servers.length, 2)
  await decide({ byod: false, adde: false })
  const shut = await h.http('GET', `${path}?user-identifier=ada@havsten.example`)
  assert.equal(shut.status, 403)
  assert.equal(shut.body.code, 'com.apple.well-known.failed')
  const gone = await h.http('POST', new URL(found.body.Servers[0].BaseURL).pathname, { body: new Uint8Array([1]) })
  assert.equal(gone.status, 400)
})

test('where a domain answers nothing Apple leads devices here, once it was told; what it refuses is said, and it is told when that is over', async t => {
  const clock = { now: () => Date.now() }
  const [ade, domain] = [await startAde(() => clock.now()), await startDiscovery()]
  const folder = mkdtempSync(join(tmpdir(), 'muster-leading-'))
  writeFileSync(join(folder, 'ca.pem'), ade.ca)
  t.after(async () => {
    await Promise.all([ade.close(), domain.close()])
    rmSync(folder, { recursive: true, force: true })
  })
  const environment = { MUSTER_ADE_URL: ade.url, MUSTER_OUTSIDE_CA: join(folder, 'ca.pem') }
  const { h, owner, authority, unpack, ada, person, deviceOf, decide } = await office(t, { byod: true }, environment)
  clock.now = () => h.now()
  const leading = async () => (await h.http('GET', '/api/v1/settings/account-driven', { as: owner.key })).body.leading
  const alerts = async () =>
    (await h.http('GET', '/api/v1/alerts?filter=type:leading-refused%20-state:resolved', { as: owner.key })).body.items
  const add = async () => {
    const { certificate } = (await h.http('POST', '/api/v1/programs/devices/keys', { as: owner.key })).body
    const token = ade.download(ade.register({ name: 'Havsten', certificate }))
    const body = { name: 'Havsten', token }
    assert.equal((await h.http('POST', '/api/v1/programs/devices', { as: owner.key, body })).status, 201)
    await h.settle()
  }
  const rest = async (ms = 0): Promise<void> => {
    h.pass(ms)
    await h.settle()
  }
  await add()
  assert.deepEqual([ade.leading.size, await leading()], [0, []], 'nobody wishes it')
  const enrolls = (machine: apple.AppleDevice) =>
    apple.addWorkAccount(machine, { person, authority, host: domain.url, vendor: `${ade.url}${leadingPath}` })
  await assert.rejects(enrolls(unpack({ model: 'iPhone 17' })), /404/)

  ade.refuseLeading('ORG_NOT_SUPPORTED')
  await decide({ led: true })
  assert.partialDeepStrictEqual(await leading(), [{ name: 'Havsten', state: 'waits' }])
  await rest()
  assert.partialDeepStrictEqual(await leading(), [{ state: 'refused', problem: 'ORG_NOT_SUPPORTED' }])
  assert.partialDeepStrictEqual(await alerts(), [{ facts: { name: 'Havsten', reason: 'ORG_NOT_SUPPORTED' } }])
  const tries = () => ade.heard.filter(({ path: asked }) => asked.startsWith('/account-driven')).length
  await rest(60 * 60_000)
  assert.equal(tries(), 1, 'what is refused is not asked again at once')
  ade.refuseLeading(null)
  await rest(24 * 60 * 60_000)
  assert.partialDeepStrictEqual(await leading(), [{ state: 'told', problem: null }])
  assert.deepEqual(await alerts(), [], 'what is over needs nobody')
  const [program] = (await h.http('GET', '/api/v1/programs', { as: owner.key })).body.items
  assert.equal(program.state, 'good', 'the program itself was never in trouble')

  const machine = unpack({ model: 'iPhone 17' })
  await enrolls(machine)
  assert.equal((await deviceOf(machine)).device.user, ada.id)
  const [url = ''] = ade.leading.values()
  assert.equal((await h.http('GET', new URL(url).pathname)).status, 200)
  assert.equal((await h.http('GET', new URL(url).pathname.replace(/[^/]+$/, 'org_none'))).status, 403)

  await decide({ byod: false })
  await rest()
  assert.deepEqual([ade.leading.size, await leading()], [0, []], 'no door is open, so nobody is led to it')
  const told = (await h.events()).filter(e => e.startsWith('account-door.led'))
  assert.deepEqual(told, ['account-door.led-refused', 'account-door.led', 'account-door.led'])
})

test('401 is said only to a device whose person has not signed in; a token of another way or time counts for nothing', async t => {
  const { h, authority, unpack, decide, person } = await office(t, { byod: true, adde: true })
  const machine = unpack({ model: 'iPhone 17' })
  const body = await apple.signedMachine(machine, { authority, personal: true })
  const { body: said } = await h.http('GET', `${path}?user-identifier=ada@havsten.example`)
  const [byod, adde] = said.Servers.map((s: { BaseURL: string }) => s.BaseURL) as [string, string]
  const first = await apple.postBefore(machine, byod, body)
  assert.equal(first.status, 401)
  assert.match(
    String(first.headers['www-authenticate']),
    /^Bearer method="apple-as-web", url="https:\/\/[^"]+\/signin"$/,
  )
  for (const text of ['x'.repeat(40), 'Basic abc', 'a.b.c'.repeat(10)])
    assert.equal((await apple.postBefore(machine, byod, body, { authorization: `Bearer ${text}` })).status, 401)
  let token = ''
  await apple.addWorkAccount(machine, {
    person,
    authority,
    host: h.url,
    heard: bearer => {
      token = bearer
    },
  })
  assert.equal((await apple.postBefore(machine, adde, body, { authorization: `Bearer ${token}` })).status, 401)
  h.pass(2 * 3_600_000)
  assert.equal((await apple.postBefore(machine, byod, body, { authorization: `Bearer ${token}` })).status, 401)
  assert.equal((await apple.postBefore(machine, byod, Buffer.from('unsigned'))).status, 400)
  await decide({ byod: false })
  assert.equal((await apple.postBefore(machine, byod, body, { authorization: `Bearer ${token}` })).status, 400)
})

test('a profile for work data alone enrolls no device that shows its numbers, and the other way round', async t => {
  const { h, authority, unpack, person } = await office(t, { byod: true, adde: true })
  const one = unpack({ model: 'iPhone 17' })
  one.disguise = { UDID: one.hardware.udid }
  const personal = apple.addWorkAccount(one, { person, authority, host: h.url, versions: ['mdm-byod'] })
  await assert.rejects(personal, /authenticate.*403/)
  assert.equal((await h.run(ctx => enrollment.claimed(ctx, one.hardware.udid))).length, 0)
})

async function withIssuer(t: TestContext): Promise<Awaited<ReturnType<typeof office>> & { issuer: Discovery }> {
  const issuer = await startDiscovery()
  const folder = mkdtempSync(join(tmpdir(), 'muster-issuer-'))
  writeFileSync(join(folder, 'ca.pem'), issuer.ca)
  t.after(async () => {
    await issuer.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const doors = await doorsFor(t, { MUSTER_OUTSIDE_CA: join(folder, 'ca.pem') })
  const owner = await doors.h.given.admin()
  const unit = await doors.h.given.unit({ name: 'Sales' })
  const ada = await doors.h.given.user({ email: 'ada@havsten.example', unit: unit.id })
  const decide = (body: object) => doors.h.http('PATCH', '/api/v1/settings/account-driven', { as: owner.key, body })
  const decision = { byod: true, way: 'oauth2', issuer: issuer.issuer, clientId: 'muster' }
  assert.equal((await decide(decision)).status, 200)
  const deviceOf = async (machine: apple.AppleDevice) => {
    const [claimed] = await doors.h.run(ctx => enrollment.claimed(ctx, machine.enrollment?.enrollmentId ?? ''))
    const device = await doors.h.run(ctx => devices.get(ctx, claimed?.enrollment.device ?? ''))
    return { device, enrollment: claimed?.enrollment }
  }
  const person = { address: 'ada@havsten.example', code: doors.code }
  return { ...doors, owner, ada, unit, decide, person, deviceOf, issuer }
}

test('with an issuer, the device signs in there and the server believes its token alone', async t => {
  const { h, authority, unpack, ada, person, deviceOf, issuer } = await withIssuer(t)
  const machine = unpack({ model: 'iPhone 17' })
  const body = await apple.signedMachine(machine, { authority, personal: true })
  const url = `${h.url}/enroll/apple/account/byod/${h.org}`
  // Before the issuer was read nobody can be told where to sign in: that is our fault, and says so.
  assert.equal((await apple.postBefore(machine, url, body)).status, 503)
  await h.settle()
  const known = { email: 'ada@havsten.example' }
  await apple.addWorkAccount(machine, { person, authority, host: h.url, token: c => issuer.signIn(known, c) })
  assert.equal((await deviceOf(machine)).device.user, ada.id)
  // Of another device: within a second the same one signs the same message again, which counts once.
  const other = await apple.signedMachine(unpack({ model: 'iPhone 17' }), { authority, personal: true })
  const tried = async (bearer: string) =>
    (await apple.postBefore(machine, url, other, { authorization: `Bearer ${bearer}` })).status
  for (const change of [
    { issuer: 'https://elsewhere.example' },
    { audience: 'another' },
    { expiresInSeconds: -3600 },
    { foreignKey: true },
    { algorithm: 'none' },
    { algorithm: 'HS256' },
  ])
    assert.equal(await tried(issuer.token(known, change)), 401, JSON.stringify(change))
  assert.equal(await tried(issuer.token({ email: 'eve@elsewhere.example' })), 403)
  // Where people write their own address into their account, it is theirs only once the issuer has seen it proved.
  for (const email_verified of [false, 'false'])
    assert.equal(await tried(issuer.token({ ...known, claims: { email_verified } })), 403)
  assert.equal(await tried(issuer.token({ ...known, claims: { email_verified: true } })), 200)
})

test('an issuer that changes its key is read anew; until then the device is told to come again, not that nobody signed in', async t => {
  const { h, authority, unpack, issuer } = await withIssuer(t)
  await h.settle()
  h.pass(60_000)
  issuer.changeKey()
  const machine = unpack({ model: 'iPhone 17' })
  const url = `${h.url}/enroll/apple/account/byod/${h.org}`
  const post = async () => {
    const body = await apple.signedMachine(machine, { authority, personal: true })
    const bearer = issuer.token({ email: 'ada@havsten.example' })
    return apple.postBefore(machine, url, body, { authorization: `Bearer ${bearer}` })
  }
  const early = await post()
  assert.equal(early.status, 503)
  assert.ok(Number(early.headers['retry-after']) > 0)
  await h.settle()
  assert.equal((await post()).status, 200)
})

test('an issuer that cannot be read is shown with why, and read again', async t => {
  const { h, owner, issuer } = await withIssuer(t)
  const end = issuer.trouble({ path: /openid/, say: { status: 500 } })
  const shown = async () => (await h.http('GET', '/api/v1/settings/account-driven', { as: owner.key })).body.issuerRead
  await h.settle()
  assert.partialDeepStrictEqual(await shown(), { problem: 'status', known: false })
  end()
  h.pass(61_000)
  await h.settle()
  assert.partialDeepStrictEqual(await shown(), { problem: null, known: true })
})

test('an issuer is not chosen half, and a domain belongs to one org', async t => {
  const { h, decide } = await office(t)
  assert.equal((await decide({ way: 'oauth2' })).status, 422)
  assert.equal((await decide({ issuer: 'http://plain.example' })).status, 400)
  const { org, root } = await createOrg(h.base, { name: 'Elsewhere' })
  const actor = { kind: 'system', id: null, what: 'test' } as const
  const theirs = h.as({ org, actor, authority: everything }, ctx =>
    decideAccounts(ctx, { domains: ['Havsten.example'] }),
  )
  await assert.rejects(theirs, { code: 'account-door.domain-taken' })
  assert.ok(root)
})
