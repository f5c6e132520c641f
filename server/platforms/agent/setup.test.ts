import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { hash64 } from '@muster/wire/agent/compact.ts'
import { packageSignedBy } from '@muster/wire/android/testing/package.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { type House, house } from '../../testing/house.ts'

const certificate = Buffer.from('the certificate of the key of the agent')
const android = { 'user-agent': 'Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile', 'accept-language': 'sv' }

/** A house with the agent's file, and how to put another there. */
async function withPackage(t: TestContext): Promise<{ h: House; put(bytes: Uint8Array): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-apk-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'agent.apk')
  const put = (bytes: Uint8Array): void => writeFileSync(path, bytes)
  put(packageSignedBy([certificate]))
  return { h: await house(t, { MUSTER_ANDROID_APK: path }), put }
}

async function invited(h: House, ownership = 'company') {
  const { key } = await h.given.admin({ role: 'owner' })
  const body = { platform: 'agent', unit: h.root.id, ownership, uses: 5 }
  const { body: made } = await h.http('POST', '/api/v1/invitations', { as: key, body })
  const secret = String(made.url).split('/').at(-1) ?? ''
  const ways = (wish: object) =>
    h.http('POST', `/api/v1/invitations/${made.id}/provisioning`, { as: key, body: { secret, ...wish } })
  return { key, id: String(made.id), secret, ways }
}

test('an invitation becomes a code, links and lines that lead a device to this server and this invitation', async t => {
  const { h } = await withPackage(t)
  const { ways, secret } = await invited(h)
  const { status, body } = await ways({ mode: 'dedicated', wifi: { ssid: '倉庫', password: 'låtsas-hemligt' } })
  assert.equal(status, 200)
  assert.match(body.code.qrSvg, /^<svg/)
  assert.ok(body.code.easy && body.code.bytes > 400)
  const link = new URL(body.link)
  assert.equal(`${link.protocol}//${link.host}`, 'muster://enroll')
  assert.deepEqual(Object.fromEntries(link.searchParams), {
    u: 'https://muster.test',
    t: secret,
    m: 'dedicated',
    o: 'Havsten',
  })
  assert.equal(body.page.url, `https://muster.test/enroll/${secret}?how=dedicated`)
  assert.ok(body.cable.some((line: string) => line.includes('dpm set-device-owner org.muster.agent/.app.Admin')))
  const profile = await ways({ mode: 'company-profile' })
  assert.deepEqual(profile.body.cable, [], 'Android has no such way over a cable')
  // What the link carries enrolls.
  const agent = givenAgents(h).agent({ mode: 'dedicated' })
  assert.equal((await agent.enroll(link.searchParams.get('t') ?? '')).action, 'none')
})

test('a secret of another invitation, a mode that does not fit and a code that no device takes are refused', async t => {
  const { h } = await withPackage(t)
  const company = await invited(h)
  const personal = await invited(h, 'personal')
  const refused = async (answer: Promise<{ status: number; body: { code: string } }>) => (await answer).body.code
  assert.equal(await refused(company.ways({ secret: personal.secret, mode: 'dedicated' })), 'invitation.unknown')
  assert.equal(await refused(company.ways({ mode: 'work-profile' })), 'agent.mode')
  assert.equal(await refused(personal.ways({ mode: 'fully-managed' })), 'agent.mode')
  const open = { ssid: 'Guests', security: 'NONE', password: 'and yet one' }
  assert.equal(await refused(company.ways({ mode: 'dedicated', wifi: open })), 'agent.code-refused')
  const own = await personal.ways({ mode: 'work-profile' })
  assert.equal(own.body.code, null, 'a personal device is never set up by a code')
})

test('the agent is served as it is now, with the sums by which devices know it', async t => {
  const { h, put } = await withPackage(t)
  const { key, ways } = await invited(h)
  const known = await h.http('GET', '/api/v1/agent/package', { as: key })
  assert.partialDeepStrictEqual(known.body, { state: 'ready', signer: hash64(certificate), publicAuthority: true })
  const loaded = await h.http('GET', '/agent/agent.apk')
  assert.equal(loaded.headers['content-type'], 'application/vnd.android.package-archive')
  assert.equal(hash64(loaded.bytes), known.body.sha256)
  put(packageSignedBy([Buffer.from('another key')], { comment: 'a newer one' }))
  assert.equal(
    (await h.http('GET', '/api/v1/agent/package', { as: key })).body.signer,
    hash64(Buffer.from('another key')),
  )
  put(Buffer.from('no package at all'))
  assert.equal((await h.http('GET', '/api/v1/agent/package', { as: key })).body.state, 'unreadable')
  assert.equal((await ways({ mode: 'dedicated' })).body.code, 'agent.package-unreadable')
})

test('without a file there is no code, and everything says so', async t => {
  const h = await house(t)
  const { key, ways, secret } = await invited(h)
  assert.equal((await h.http('GET', '/agent/agent.apk')).status, 404)
  assert.equal((await h.http('GET', '/api/v1/agent/package', { as: key })).body.state, 'missing')
  assert.equal((await ways({ mode: 'fully-managed' })).body.code, 'agent.package-missing')
  const page = await h.http('GET', `/enroll/${secret}`)
  assert.ok(page.status === 200 && !page.body.includes('<svg'))
})

test('the page shows a phone what to tap and another screen what to scan, in four languages, and remembers the visit', async t => {
  const { h } = await withPackage(t)
  const personal = await invited(h, 'personal')
  const here = await h.http('GET', `/enroll/${personal.secret}?how=work-profile`, { headers: android })
  assert.equal(here.status, 200)
  assert.match(here.body, /<html lang="sv">/)
  assert.ok(here.body.includes('jobbprofil') && here.body.includes('href="/agent/agent.apk"'))
  assert.ok(here.body.includes('href="muster://enroll?u=') && !here.body.includes('<svg'))
  assert.doesNotMatch(here.body, /<script|\son\w+=|style="/)
  const shown = await h.http('GET', `/api/v1/invitations/${personal.id}`, { as: personal.key })
  assert.equal(shown.body.openedAt, h.now())
  const company = await invited(h)
  for (const lang of ['en', 'fr', 'sv', 'ja']) {
    const page = await h.http('GET', `/enroll/${company.secret}?how=dedicated&lang=${lang}`)
    assert.match(page.body, new RegExp(`<html lang="${lang}">`))
    assert.ok(page.body.includes('<svg'), 'a new device scans it')
    for (const other of ['en', 'fr', 'sv', 'ja'].filter(l => l !== lang))
      assert.ok(page.body.includes(`?how=dedicated&amp;lang=${other}"`))
  }
  // An invitation for company devices never makes a work profile of somebody's own.
  const bent = await h.http('GET', `/enroll/${company.secret}?how=work-profile`, { headers: android })
  assert.ok(!bent.body.includes('m=work-profile'))
  await h.http('DELETE', `/api/v1/invitations/${company.id}`, { as: company.key })
  const gone = await h.http('GET', `/enroll/${company.secret}`, { headers: android })
  assert.ok(gone.status === 410 || gone.status === 403 || gone.status === 404)
  assert.ok(gone.body.includes('Inbjudan har dragits tillbaka'))
})

test('how the agent of a device stands is told with its page, and a copy of it is named', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'owner' })
  const agent = await givenAgents(h).enrolledAgent({ mode: 'dedicated' })
  const path = `/api/v1/devices/${agent.state.enrolled?.device ?? ''}/agent`
  const { body } = await h.http('GET', path, { as: key })
  assert.partialDeepStrictEqual(body, { mode: 'dedicated', version: '1.0', clonedAt: null })
  assert.equal(body.generation, agent.state.document?.generation)
  Object.assign(agent.state, { instance: '3f0f6c7e-0000-4000-8000-000000000001' })
  await agent.contact()
  assert.equal((await h.http('GET', path, { as: key })).body.clonedAt, h.now())
  const { device } = await h.given.enrolled()
  assert.equal((await h.http('GET', `/api/v1/devices/${device.id}/agent`, { as: key })).body.code, 'agent.none')
})
