import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verify } from '@muster/wire/cms/signed.ts'
import { type Dict, decode, dict } from '@muster/wire/plist/plist.ts'
import { type House, house } from '../../testing/house.ts'
import { payloadsOf } from '../../testing/given-enrollment.ts'
import { localeOf } from '../../areas/enrollment/index.ts'

const html = { accept: 'text/html,application/xhtml+xml' }
const agents = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1',
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15',
  windows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
}

test('the page speaks four languages, by the browser and by choice', async t => {
  assert.equal(localeOf(undefined, 'de, sv;q=0.8, en;q=0.5'), 'sv')
  assert.equal(localeOf(undefined, 'fr-CH, fr;q=0.9, en;q=0.8'), 'fr')
  assert.equal(localeOf(undefined, 'en;q=0.1, ja'), 'ja')
  assert.equal(localeOf('ja', 'fr'), 'ja')
  assert.equal(localeOf('xx', undefined), 'en')
  const h = await house(t)
  await h.given.pushCertificate()
  const { path } = await h.given.invitation()
  for (const [lang, word] of [
    ['en', 'Download profile'],
    ['fr', 'Télécharger le profil'],
    ['sv', 'Hämta profilen'],
    ['ja', 'プロファイルをダウンロード'],
  ] as const) {
    const page = await h.http('GET', path, { headers: { ...html, 'accept-language': lang } })
    assert.equal(page.status, 200)
    assert.match(page.body, new RegExp(`<html lang="${lang}">`))
    assert.ok(page.body.includes(word) && page.body.includes('Havsten'))
    for (const other of ['en', 'fr', 'sv', 'ja'].filter(l => l !== lang))
      assert.ok(page.body.includes(`href="${path}?lang=${other}"`), `${lang} links to ${other}`)
  }
})

test('the page needs no script, allows none, and its style is its own', async t => {
  const h = await house(t)
  await h.given.pushCertificate()
  const { path } = await h.given.invitation()
  const one = await h.http('GET', path)
  const policy = String(one.headers['content-security-policy'])
  assert.match(policy, /^default-src 'none'; style-src 'nonce-[A-Za-z0-9+/=]+'; frame-ancestors 'none'/)
  assert.doesNotMatch(one.body, /<script|\son\w+=|style="/)
  const nonce = /nonce-([^']+)'/.exec(policy)?.[1] ?? '-'
  assert.ok(one.body.includes(`<style nonce="${nonce}">`))
  assert.notEqual((await h.http('GET', path)).headers['content-security-policy'], policy)
  assert.equal(one.headers['referrer-policy'], 'no-referrer')
})

test('a computer shows a code for the phone, a phone does not', async t => {
  const h = await house(t)
  await h.given.pushCertificate()
  const { path } = await h.given.invitation()
  const shown = async (agent: string) => (await h.http('GET', path, { headers: { 'user-agent': agent } })).body
  assert.doesNotMatch(await shown(agents.iphone), /<svg/)
  assert.match(await shown(agents.mac), /<svg/)
  assert.match(await shown(agents.windows), /<svg/)
})

test('only a server that vouches for itself explains how to trust it, and its profile brings the authority', async t => {
  for (const own of [true, false]) {
    const h = await house(t, own ? { MUSTER_LISTEN: 'https://127.0.0.1:0' } : {})
    await h.given.pushCertificate()
    const { path } = await h.given.invitation()
    assert.equal((await h.http('GET', path)).body.includes('/trust.mobileconfig'), own)
    const { all } = payloadsOf((await h.http('GET', `${path}/profile`)).bytes)
    assert.equal(
      all.some(p => p.PayloadType === 'com.apple.security.root'),
      own,
    )
  }
})

test('an invitation that does not work says so in words: unknown, expired, used, revoked', async t => {
  const h = await house(t)
  await h.given.pushCertificate()
  const admin = await h.given.admin({ role: 'admin' })
  const expired = await h.given.invitation({ expiresInHours: 1 })
  h.pass(2 * 3_600_000)
  const revoked = await h.given.invitation()
  await h.http('DELETE', `/api/v1/invitations/${revoked.id}`, { as: admin.key })
  const used = await h.given.invitation({ uses: 1 })
  await h.given.enrolledTalker({ invitation: used })
  const cases: [string, number, string, RegExp][] = [
    [`/enroll/${'x'.repeat(43)}`, 404, 'invitation.unknown', /not known/],
    ['/enroll/short', 404, 'invitation.unknown', /not known/],
    [expired.path, 410, 'invitation.expired', /expired/],
    [revoked.path, 410, 'invitation.revoked', /taken back/],
    [used.path, 410, 'invitation.used', /already been used/],
  ]
  for (const [path, status, code, words] of cases) {
    for (const url of [path, `${path}/profile`]) {
      const page = await h.http('GET', url, { headers: html })
      assert.equal(page.status, status, url)
      assert.match(page.body, words)
    }
    const answer = await h.http('GET', `${path}/profile`)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  }
})

test('without a push certificate the page and the profile say what is missing', async t => {
  const h = await house(t)
  const { path } = await h.given.invitation()
  const page = await h.http('GET', path, { headers: { ...html, 'accept-language': 'sv' } })
  assert.equal(page.status, 409)
  assert.match(page.body, /pushcertifikat/)
  const answer = await h.http('GET', `${path}/profile`)
  assert.deepEqual([answer.status, answer.body.code], [409, 'enrollment.no-push-certificate'])
})

async function rootOf(h: House, path: string): Promise<{ root: Dict; challenge: string; mdm: Dict }> {
  const file = await h.http('GET', `${path}/profile`)
  assert.equal(file.headers['content-type'], 'application/x-apple-aspen-config')
  const { challenge, mdm } = payloadsOf(file.bytes)
  return { root: dict(decode(verify(file.bytes).content)), challenge, mdm }
}

test('each download is a profile of its own under the same name, with a challenge that nobody else has', async t => {
  const h = await house(t)
  const { topic } = await h.given.pushCertificate()
  const { path } = await h.given.invitation({ accessRights: 1027 })
  const [one, two] = [await rootOf(h, path), await rootOf(h, path)]
  assert.equal(one.root.PayloadIdentifier, two.root.PayloadIdentifier)
  assert.notEqual(one.root.PayloadUUID, two.root.PayloadUUID)
  assert.notEqual(one.challenge, two.challenge)
  assert.ok(one.challenge.length >= 43)
  assert.partialDeepStrictEqual(one.mdm, {
    Topic: topic,
    ServerURL: 'https://muster.test/mdm/apple',
    AccessRights: 1027,
    SignMessage: true,
    CheckOutWhenRemoved: true,
  })
})

test('a HEAD of the profile or its page uses no try up and remembers no visit', async t => {
  const h = await house(t)
  await h.given.pushCertificate()
  const { key } = await h.given.admin()
  const { id, path } = await h.given.invitation()
  for (const url of [`${path}/profile`, path]) assert.equal((await h.http('HEAD', url)).status, 404)
  const { body } = await h.http('GET', `/api/v1/invitations/${id}`, { as: key })
  assert.deepEqual([body.openedAt, body.enrollments], [null, []])
  assert.equal((await h.http('HEAD', '/healthz')).status, 200)
  assert.equal((await h.http('HEAD', '/api/v1/devices', { as: key })).status, 200)
})
