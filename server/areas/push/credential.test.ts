import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { apnsFor, mintFor } from '../../testing/given-push.ts'
import { house } from '../../testing/house.ts'
import * as push from './index.ts'

const account = 'push@havsten.example'

async function desk(t: TestContext) {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'admin' })
  const put = (body: object) => h.http('PUT', '/api/v1/push/apple', { as: key, body: { account, ...body } })
  return { h, key, put }
}

test('before an upload the standing is missing, after it ready, and near its end in custody with account and topic', async t => {
  const { h, key, put } = await desk(t)
  const before = await h.http('GET', '/api/v1/push/apple', { as: key })
  assert.partialDeepStrictEqual(before, { status: 200, body: { state: 'missing', topic: null } })
  const minted = mintFor(h, { notAfter: h.now() + 40 * 86_400_000 })
  const answer = await put({ certificate: minted.certificate, key: minted.key })
  assert.partialDeepStrictEqual(answer, { status: 200, body: { state: 'ready', topic: minted.topic, account } })
  assert.equal(await h.run(ctx => push.currentTopic(ctx)), minted.topic)
  const list = await h.http('GET', '/api/v1/certificates', { as: key })
  const kept = list.body.items.find((c: { purpose: string }) => c.purpose === 'apns')
  assert.partialDeepStrictEqual(kept, { topic: minted.topic, account, state: 'expiring', renewable: 'upload' })
  assert.ok(!JSON.stringify(answer.body).includes('PRIVATE KEY'))
  assert.ok((await h.events()).includes('push-credential.uploaded'))
  h.pass(41 * 86_400_000)
  assert.equal((await h.http('GET', '/api/v1/push/apple', { as: key })).body.state, 'expired')
})

test('another topic is refused with the number of devices that would be lost, unless it is to replace', async t => {
  const { h, put } = await desk(t)
  const first = await h.given.pushCertificate()
  for (let n = 0; n < 3; n += 1) await h.given.wakeAddress({ topic: first.topic })
  const other = mintFor(h)
  const refused = await put({ certificate: other.certificate, key: other.key })
  assert.partialDeepStrictEqual(refused, {
    status: 409,
    body: { code: 'push.topic-differs', current: first.topic, offered: other.topic, devices: 3 },
  })
  assert.equal(await h.run(ctx => push.currentTopic(ctx)), first.topic)
  // Who says yes must say how many, and must have shown who they are.
  const body = { certificate: other.certificate, key: other.key, account, replace: true, lose: 3 }
  assert.equal((await put({ ...body, lose: 2 })).body.code, 'push.topic-differs')
  assert.equal((await put(body)).body.code, 'step-up.keys-cannot')
  const as = async (proven: boolean) => {
    const { cookie } = await h.given.admin({ role: 'admin', proven })
    const headers = { cookie, 'sec-fetch-site': 'same-origin' }
    return h.http('PUT', '/api/v1/push/apple', { headers, body })
  }
  assert.equal((await as(false)).body.code, 'step-up.needed')
  assert.equal(await h.run(ctx => push.currentTopic(ctx)), first.topic)
  assert.equal((await as(true)).status, 200)
  assert.equal(await h.run(ctx => push.currentTopic(ctx)), other.topic)
})

test('devices of a former topic are still pushed with its certificate', async t => {
  const { apns, environment } = await apnsFor(t)
  const h = await house(t, environment)
  const { cookie } = await h.given.admin({ role: 'owner', proven: true })
  const first = await h.given.pushCertificate()
  const device = await h.given.wakeAddress({ topic: first.topic, apns })
  const other = mintFor(h)
  const body = { certificate: other.certificate, key: other.key, account, replace: true, lose: 1 }
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  assert.equal((await h.http('PUT', '/api/v1/push/apple', { headers, body })).status, 200)
  await h.run(ctx => push.wake(ctx, device))
  await h.settle()
  assert.partialDeepStrictEqual(apns.log.at(-1), { status: 200, push: { topic: first.topic } })
})

test('a renewal with the same topic replaces the certificate in custody', async t => {
  const { h, key, put } = await desk(t)
  const { topic } = await h.given.pushCertificate()
  const renewed = mintFor(h, { topic })
  assert.equal((await put({ certificate: renewed.certificate + renewed.key })).status, 200)
  const { items } = (await h.http('GET', '/api/v1/certificates', { as: key })).body
  assert.equal(items.filter((c: { purpose: string }) => c.purpose === 'apns').length, 1)
})

test('what cannot work is refused by name and changes nothing', async t => {
  const { h, put } = await desk(t)
  const good = mintFor(h)
  const codeOf = async (body: object) => {
    const { status, body: problem } = await put(body)
    return `${status} ${problem.code}`
  }
  const other = mintFor(h)
  assert.equal(await codeOf({ certificate: good.certificate, key: other.key }), '422 push.key-mismatch')
  assert.equal(await codeOf({ certificate: good.certificate }), '422 push.key-missing')
  const old = mintFor(h, { notBefore: h.now() - 2 * 86_400_000, notAfter: h.now() - 1000 })
  assert.equal(await codeOf({ certificate: old.certificate, key: old.key }), '422 push.expired')
  const app = mintFor(h, { topic: 'com.example.app' })
  assert.equal(await codeOf({ certificate: app.certificate, key: app.key }), '422 push.not-push-certificate')
  assert.equal(await codeOf({ certificate: 'nonsense', key: good.key }), '400 request.malformed')
  assert.equal(
    await codeOf({ certificate: `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`, key: good.key }),
    '400 request.malformed',
  )
  const locked = createPrivateKey(good.key).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'x',
  })
  assert.equal(await codeOf({ certificate: good.certificate, key: locked }), '422 push.key-unreadable')
  assert.equal(await codeOf({ certificate: good.certificate, key: locked, passphrase: 'y' }), '422 push.key-unreadable')
  assert.equal(await h.run(ctx => push.currentTopic(ctx)), null)
  assert.equal(await codeOf({ certificate: good.certificate, key: locked, passphrase: 'x' }), '200 undefined')
})

test('PKCS #12 and the encrypted keys of openssl are read', async t => {
  const { h, put } = await desk(t)
  const folder = mkdtempSync(join(tmpdir(), 'muster-p12-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const minted = mintFor(h)
  const file = (name: string) => join(folder, name)
  writeFileSync(file('c.pem'), minted.certificate)
  writeFileSync(file('k.pem'), minted.key)
  const run = (args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  run(['pkcs12', '-export', '-in', 'c.pem', '-inkey', 'k.pem', '-out', 'both.p12', '-passout', 'pass:secret'])
  run(['rsa', '-in', 'k.pem', '-aes128', '-traditional', '-out', 'old.pem', '-passout', 'pass:secret'])
  const p12 = readFileSync(file('both.p12')).toString('base64')
  assert.equal((await put({ certificate: p12, passphrase: 'secret' })).status, 200)
  assert.equal((await put({ certificate: p12, passphrase: 'wrong' })).body.code, 'push.key-unreadable')
  const key = readFileSync(file('old.pem'), 'utf8')
  assert.equal((await put({ certificate: minted.certificate, key, passphrase: 'secret' })).status, 200)
})

test('who may not write certificates, or only below the top unit, uploads nothing', async t => {
  const { h } = await desk(t)
  const minted = mintFor(h)
  const body = { certificate: minted.certificate, key: minted.key, account }
  const unit = await h.given.unit()
  const auditor = await h.given.admin({ role: 'auditor' })
  const below = await h.given.admin({ role: 'admin', unit: unit.id })
  for (const { key } of [auditor, below]) {
    const { status, body: problem } = await h.http('PUT', '/api/v1/push/apple', { as: key, body })
    assert.deepEqual([status, problem.code], [403, 'permission.missing'])
  }
  assert.equal((await h.http('GET', '/api/v1/push/apple', { as: below.key })).status, 403)
  assert.equal((await h.http('GET', '/api/v1/push/apple', { as: auditor.key })).status, 200)
  assert.equal((await h.http('GET', '/api/v1/push/apple')).status, 401)
})
