import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { portalIssue } from '@muster/simulator/outside/apns/portal.ts'
import { mintVendor, startSigner } from '@muster/simulator/outside/signer/signer.ts'
import { mintFor } from '../../testing/given-push.ts'
import { everything } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type House, house } from '../../testing/house.ts'
import { anotherProcess } from '../../testing/process.ts'
import * as push from '../push/index.ts'

const account = 'mdm@havsten.example'
const base = '/api/v1/push/apple'

/** An admin who asks for a push certificate. */
function asker(h: House, key: string) {
  const call = (method: string, path: string, body?: unknown) =>
    h.http(method, `${base}/${path}`, { as: key, ...(body === undefined ? {} : { body }) })
  return {
    call,
    begin: () => call('POST', 'renewal', { name: 'Havsten', email: account }),
    signed: async () => String((await call('GET', 'renewal/signed')).body),
    state: async () => (await call('GET', 'renewal')).body,
  }
}

async function desk(t: TestContext, environment: Record<string, string> = {}) {
  const h = await house(t, environment)
  const { key } = await h.given.admin({ role: 'admin' })
  return { h, key, ...asker(h, key) }
}

/** Until when what the portal makes is good, by both clocks. */
const year = (h: House) => ({ notBefore: h.now() - 86_400_000, notAfter: h.now() + 365 * 86_400_000 })

test('from the request to the first push certificate with a vendor certificate of our own; no key ever leaves', async t => {
  const { h, call, begin, signed, state } = await desk(t)
  assert.equal((await state()).state, 'none')
  const made = await begin()
  assert.partialDeepStrictEqual(made, { status: 201, body: { state: 'made', name: 'Havsten', email: account } })
  assert.equal((await begin()).body.code, 'push.renewal-pending')
  assert.match(String((await call('GET', 'renewal/request')).body), /^-----BEGIN CERTIFICATE REQUEST-----/)
  assert.equal((await call('GET', 'renewal/signed')).body.code, 'push.not-signed')
  assert.equal((await call('POST', 'renewal/sign', { way: 'vendor' })).body.code, 'push.no-signer')
  const vendor = mintVendor({ notBefore: h.now() - 86_400_000, notAfter: h.now() + 86_400_000 })
  const alone = await call('PUT', 'signers/vendor', { certificate: vendor.certificate, key: vendor.key })
  assert.partialDeepStrictEqual(alone, {
    status: 422,
    body: { code: 'push.vendor-chain', issuer: 'Simulated Root CA' },
  })
  const whole = { certificate: vendor.certificate + vendor.chain, key: vendor.key }
  const taken = await call('PUT', 'signers/vendor', whole)
  assert.partialDeepStrictEqual(taken.body.items, [{ way: 'vendor', subject: 'MDM Vendor: Havsten', secret: true }])
  assert.equal((await call('POST', 'renewal/sign', { way: 'vendor' })).body.state, 'signed')
  const { certificate, topic } = portalIssue(await signed(), year(h))
  const offered = await call('PUT', 'renewal/certificate', { certificate, account })
  assert.partialDeepStrictEqual(offered.body, { state: 'offered', offered: { topic, account, replaces: 0 } })
  assert.equal(await h.run(ctx => push.currentTopic(ctx)), null, 'nothing is switched yet')
  const stands = await call('POST', 'renewal/take', {})
  assert.partialDeepStrictEqual(stands, { status: 200, body: { state: 'ready', topic } })
  assert.equal((await state()).state, 'none')
  for (const answer of [made, taken, offered, stands]) assert.doesNotMatch(JSON.stringify(answer.body), /PRIVATE KEY/)
  const events = await h.events()
  for (const type of [
    'push-renewal.began',
    'push-signer.changed',
    'push-renewal.signed',
    'push-renewal.offered',
    'push-credential.uploaded',
  ])
    assert.equal(events.filter(e => e === type).length, 1, type)
  h.pass(2 * 86_400_000)
  await begin()
  assert.equal((await call('POST', 'renewal/sign', { way: 'vendor' })).body.code, 'push.vendor-expired')
})

test('a signing service is asked by a job, and its answer is read plain or encrypted, also when it comes by mail', async t => {
  const signer = await startSigner()
  const folder = mkdtempSync(join(tmpdir(), 'muster-signer-'))
  t.after(async () => {
    await signer.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, signer.ca)
  const { h, call, begin, signed, state } = await desk(t, { MUSTER_OUTSIDE_CA: ca })
  signer.key = 'our key'
  const set = (secret?: string | null) =>
    call('PUT', 'signers/service', { url: `${signer.url}/sign`, email: account, secret })
  assert.equal((await call('PUT', 'signers/service', { url: 'http://signer.example', email: account })).status, 400)
  await set('our key')
  assert.doesNotMatch(JSON.stringify((await call('GET', 'signers')).body), /our key/)
  for (const mode of ['json', 'text', 'hex', 'der'] as const) {
    signer.mode = mode
    await begin()
    assert.equal(
      (await call('POST', 'renewal/sign', { way: 'service' })).body.state,
      'signing',
      'no answer is waited for',
    )
    await h.settle()
    assert.partialDeepStrictEqual(await state(), { state: 'signed', way: 'service', problem: null }, mode)
    portalIssue(await signed())
    await call('DELETE', 'renewal')
  }
  signer.mode = 'mail'
  await begin()
  await call('POST', 'renewal/sign', { way: 'service' })
  await h.settle()
  assert.equal((await state()).state, 'mailed')
  const [mail] = signer.mails
  assert.equal(mail?.to, account)
  assert.equal((await call('PUT', 'renewal/signed', { signed: mail?.text })).body.state, 'signed')
  portalIssue(await signed())
  // What was encrypted for one request cannot be opened by the next.
  await call('DELETE', 'renewal')
  await begin()
  assert.equal((await call('PUT', 'renewal/signed', { signed: mail?.text })).body.code, 'push.signed-unreadable')
})

test('a signing service that refuses, is unreachable or answers nonsense says so with the request, and another way stays open', async t => {
  const signer = await startSigner('failure')
  const folder = mkdtempSync(join(tmpdir(), 'muster-signer-'))
  t.after(async () => {
    await signer.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, signer.ca)
  const { h, call, begin, state } = await desk(t, { MUSTER_OUTSIDE_CA: ca })
  await call('PUT', 'signers/service', { url: `${signer.url}/sign`, email: account, secret: 'x' })
  await begin()
  const sign = async () => {
    await call('POST', 'renewal/sign', { way: 'service' })
    await h.settle()
    return state()
  }
  assert.partialDeepStrictEqual(await sign(), { state: 'made', problem: { code: 'refused', text: 'not on our list' } })
  signer.key = 'another'
  assert.partialDeepStrictEqual(await sign(), { state: 'made', problem: { code: 'refused' } })
  signer.key = null
  let end = signer.trouble({ say: { body: 'hello' } })
  assert.partialDeepStrictEqual(await sign(), { state: 'made', problem: { code: 'unreadable', text: 'hello' } })
  end()
  end = signer.trouble({ cut: 'before' })
  assert.partialDeepStrictEqual(await sign(), { state: 'signing', problem: { code: 'silent' } })
  end()
  signer.mode = 'json'
  h.pass(60_000)
  await h.settle()
  assert.partialDeepStrictEqual(await state(), { state: 'signed', problem: null }, 'it is asked again by itself')
})

test('what is brought must belong to our request: another key, an expired one, another kind and a foreign signature are refused by name', async t => {
  const { h, call, begin, signed, state } = await desk(t)
  assert.equal((await call('PUT', 'renewal/certificate', { certificate: 'x', account })).body.code, 'push.no-renewal')
  const vendor = mintVendor({ notBefore: h.now() - 1000, notAfter: h.now() + 86_400_000 })
  await call('PUT', 'signers/vendor', { certificate: vendor.certificate + vendor.chain, key: vendor.key })
  await begin()
  await call('POST', 'renewal/sign', { way: 'vendor' })
  const former = await signed()
  await call('DELETE', 'renewal')
  await begin()
  assert.equal((await call('PUT', 'renewal/signed', { signed: former })).body.code, 'push.signed-other')
  assert.equal((await call('PUT', 'renewal/signed', { signed: 'nonsense' })).body.code, 'push.signed-unreadable')
  await call('POST', 'renewal/sign', { way: 'vendor' })
  const bring = async (certificate: string) =>
    (await call('PUT', 'renewal/certificate', { certificate, account })).body.code
  const ours = await signed()
  assert.equal(await bring(portalIssue(former, year(h)).certificate), 'push.key-mismatch')
  // A key beside it does not help: only ours is the one the request was made with.
  const foreign = mintFor(h)
  assert.equal(await bring(foreign.certificate + foreign.key), 'push.key-mismatch')
  assert.equal(
    await bring(portalIssue(ours, { notBefore: h.now() - 9000, notAfter: h.now() - 1000 }).certificate),
    'push.expired',
  )
  assert.equal(
    await bring(portalIssue(ours, { ...year(h), renew: 'com.example.app' }).certificate),
    'push.not-push-certificate',
  )
  assert.equal((await state()).state, 'signed')
  assert.equal((await call('POST', 'renewal/take', {})).body.code, 'push.nothing-offered')
  assert.equal(await bring(portalIssue(ours, year(h)).certificate), undefined)
  assert.equal(await h.run(ctx => push.currentTopic(ctx)), null)
})

test('the pending key is sealed, and another process, as after a restart, goes on with it to the end', async t => {
  const { h, call, begin, state } = await desk(t)
  await begin()
  const row = await h.base.engine.read(tx => tx.selectFrom('push_renewals').selectAll().executeTakeFirstOrThrow())
  const kept = row as unknown as { private_key: Uint8Array; opening_key: Uint8Array }
  for (const sealed of [kept.private_key, kept.opening_key]) {
    assert.equal(sealed[0], 1)
    assert.ok(!Buffer.from(sealed).includes(Buffer.from('2a864886f70d010101', 'hex')), 'no PKCS #8 in the clear')
  }
  const vendor = mintVendor({ notBefore: h.now() - 1000, notAfter: h.now() + 86_400_000 })
  await call('PUT', 'signers/vendor', { certificate: vendor.certificate + vendor.chain, key: vendor.key })
  const other = await anotherProcess(h, t)
  const actor = { kind: 'system', id: null, what: 'test' } as const
  const there = <T>(work: (ctx: Ctx) => Promise<T>) =>
    other.base.transact({ org: h.org, actor, authority: everything }, work)
  await there(ctx => push.signRenewal(ctx, 'vendor'))
  const { certificate, topic } = portalIssue(await there(push.signedFile), year(h))
  await there(ctx => push.offerCertificate(ctx, { certificate, account, replace: false }))
  assert.partialDeepStrictEqual(await state(), { state: 'offered', offered: { topic } })
  assert.equal((await call('POST', 'renewal/take', {})).body.topic, topic)
})
