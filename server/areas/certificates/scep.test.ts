import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { attribute, fingerprint, parseCertificate, spkiOf, verifyChain } from '@muster/wire/x509/certificate.ts'
import { buildRequest } from '@muster/wire/x509/request.ts'
import { newId } from '../../base/id.ts'
import { type House, house } from '../../testing/house.ts'
import * as certificates from './index.ts'

const hour = 3_600_000

async function challengeFor(h: House, kind: 'invitation' | 'enrollment' = 'invitation', ttlMs = hour) {
  const id = newId(kind)
  const challenge = await h.run(ctx => certificates.challenge(ctx, { for: { kind, id }, ttlMs }))
  return { id, challenge }
}

test('a client with a challenge gets a certificate whose name and purpose we chose, pending for what the challenge was bound to', async t => {
  const h = await house(t)
  const { id, challenge } = await challengeFor(h)
  const answer = await h.given.scep({ challenge })
  assert.equal(answer.status, 'success')
  const leaf = parseCertificate(answer.certificates[0] ?? new Uint8Array())
  assert.equal(attribute(leaf.subject, 'CN'), id)
  assert.deepEqual(leaf.extendedKeyUsage, ['1.3.6.1.5.5.7.3.2'])
  assert.deepEqual(leaf.keyUsage, ['digitalSignature', 'keyEncipherment'])
  assert.equal(leaf.notBefore, h.now() - 600_000)
  assert.ok(leaf.notAfter - leaf.notBefore <= 366 * 24 * hour)
  const roots = (await certificates.trustedDeviceCas(h.base)).map(parseCertificate)
  assert.equal(
    verifyChain(leaf, { intermediates: [], roots, at: h.now(), extendedKeyUsage: '1.3.6.1.5.5.7.3.2' }).length,
    2,
  )
  const found = await h.run(ctx => certificates.byFingerprint(ctx, fingerprint(leaf.der)))
  assert.partialDeepStrictEqual(found, { org: h.org, state: 'pending', owner: { kind: 'invitation', id } })
  assert.equal((await h.events()).at(-1), 'certificate.issued')
})

test('the same request comes back by GET with a message in the address', async t => {
  const h = await house(t)
  const { challenge } = await challengeFor(h)
  assert.equal((await h.given.scep({ challenge, method: 'GET' })).status, 'success')
})

test('a client that lost the answer and asks again with the same key gets the same certificate', async t => {
  const h = await house(t)
  const { challenge } = await challengeFor(h)
  const signer = h.given.scepIdentity()
  const first = await h.given.scep({ challenge, signer, transactionId: 'one' })
  h.pass(2 * hour)
  const again = await h.given.scep({ challenge, signer, transactionId: 'one' })
  const other = await h.given.scep({ challenge, signer, transactionId: 'two' })
  assert.deepEqual(again.certificates, first.certificates)
  assert.deepEqual(other.certificates, first.certificates)
  assert.equal((await h.events()).filter(e => e === 'certificate.issued').length, 2) // the authority and the device
})

test('a client that asks twice at once gets one certificate twice', async t => {
  const h = await house(t)
  const { challenge } = await challengeFor(h)
  await certificates.caCertificate(h.base, h.org)
  const signer = h.given.scepIdentity()
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => h.given.scep({ challenge, signer })))
  assert.equal(one?.status, 'success')
  assert.deepEqual(two?.certificates, one?.certificates)
  assert.deepEqual(three?.certificates, one?.certificates)
})

test('a challenge that was used with another key is refused and the first certificate stays the only one', async t => {
  const h = await house(t)
  const { id, challenge } = await challengeFor(h)
  await h.given.scep({ challenge })
  const thief = await h.given.scep({ challenge })
  assert.partialDeepStrictEqual(thief, { status: 'failure', failInfo: 'badRequest', certificates: [] })
  const kept = await h.run(ctx => certificates.identitiesOf(ctx, { kind: 'invitation', id }))
  assert.equal(kept.length, 1)
  assert.equal((await h.events()).at(-1), 'certificate.refused')
})

test('of many clients that use one challenge at once exactly one gets a certificate', async t => {
  const h = await house(t)
  const { challenge } = await challengeFor(h)
  await certificates.caCertificate(h.base, h.org)
  const signers = Array.from({ length: 6 }, () => h.given.scepIdentity())
  const answers = await Promise.all(signers.map(signer => h.given.scep({ challenge, signer })))
  assert.equal(answers.filter(a => a.status === 'success').length, 1)
})

test('a missing, unknown or expired challenge is refused, with an event and nothing changed', async t => {
  const h = await house(t)
  const { challenge } = await challengeFor(h, 'invitation', 1000)
  h.pass(1000)
  assert.equal((await h.given.scep({ challenge })).failInfo, 'badTime')
  assert.equal((await h.given.scep({})).failInfo, 'badRequest')
  assert.equal((await h.given.scep({ challenge: '' })).failInfo, 'badRequest')
  assert.equal((await h.given.scep({ challenge: 'guessed' })).failInfo, 'badRequest')
  const events = await h.events()
  assert.deepEqual(events, ['certificate.issued', ...Array(4).fill('certificate.refused')])
})

test('a request that is not signed by its own key fails the message check', async t => {
  const h = await house(t)
  const { challenge } = await challengeFor(h)
  const signer = h.given.scepIdentity()
  const csr = buildRequest({ subject: [['CN', 'x']], key: signer.key, challenge })
  csr.set([(csr.at(-1) ?? 0) ^ 1], csr.length - 1)
  assert.partialDeepStrictEqual(await h.given.scep({ signer, csr }), { status: 'failure', failInfo: 'badMessageCheck' })
  assert.equal((await h.given.scep({ signer, challenge })).status, 'success')
})

test('weak keys are refused and elliptic ones certified', async t => {
  const h = await house(t)
  const { challenge } = await challengeFor(h)
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  assert.equal((await h.given.scep({ challenge, key: weak })).failInfo, 'badAlg')
  const odd = generateKeyPairSync('ed25519').privateKey
  assert.equal((await h.given.scep({ challenge, key: odd })).failInfo, 'badAlg')
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const answer = await h.given.scep({ challenge, key: curve })
  const leaf = parseCertificate(answer.certificates[0] ?? new Uint8Array())
  assert.deepEqual(leaf.spki, spkiOf(curve))
  assert.deepEqual(leaf.keyUsage, ['digitalSignature'])
})

test('message types other than enrollment and renewal are refused', async t => {
  const h = await house(t)
  assert.equal((await h.given.scep({ messageType: 'CertPoll' })).failInfo, 'badCertId')
})

test('noise instead of a message is refused as malformed, and unknown operations by name', async t => {
  const h = await house(t)
  await certificates.caCertificate(h.base, h.org)
  const noise = await h.http('POST', `/scep/${h.org}?operation=PKIOperation`, { body: new Uint8Array([1, 2, 3]) })
  assert.partialDeepStrictEqual(noise, { status: 400, body: { code: 'certificate.request-malformed' } })
  assert.equal((await h.http('GET', `/scep/${h.org}?operation=PKIOperation&message=%%%`)).status, 400)
  assert.equal((await h.http('GET', `/scep/${h.org}?operation=Other`)).body.code, 'certificate.operation-unknown')
  assert.equal((await h.http('GET', `/scep/${newId('org')}?operation=GetCACert`)).status, 404)
  assert.equal((await h.events()).at(-1), 'certificate.refused')
})

test('an active identity renews itself once per new key; a retry gets the same certificate', async t => {
  const h = await house(t)
  const owner = { kind: 'enrollment', id: newId('enrollment') } as const
  const old = await h.given.deviceCertificate(owner)
  const { key } = h.given.scepIdentity()
  const renewed = await h.given.scep({ messageType: 'RenewalReq', signer: old, key })
  assert.equal(renewed.status, 'success')
  assert.deepEqual(
    (await h.given.scep({ messageType: 'RenewalReq', signer: old, key })).certificates,
    renewed.certificates,
  )
  const found = await h.run(ctx => certificates.byFingerprint(ctx, fingerprint(renewed.certificates[0] ?? old.der)))
  assert.partialDeepStrictEqual(found, { state: 'pending', owner })
  assert.equal((await h.run(ctx => certificates.identitiesOf(ctx, owner))).length, 2)
})

test('renewals that are never used make room for newer ones', async t => {
  const h = await house(t)
  const owner = { kind: 'enrollment', id: newId('enrollment') } as const
  const old = await h.given.deviceCertificate(owner)
  for (let n = 0; n < 6; n += 1)
    await h.given.scep({ messageType: 'RenewalReq', signer: old, key: h.given.scepIdentity().key })
  const states = (await h.run(ctx => certificates.identitiesOf(ctx, owner))).map(c => c.state)
  assert.deepEqual(states, ['active', 'pending', 'pending', 'pending', 'pending'])
})

test('only a valid active identity renews: not a pending, retired, revoked, expired or foreign one', async t => {
  const h = await house(t)
  const owner = () => ({ kind: 'enrollment', id: newId('enrollment') }) as const
  const renew = async (signer: { key: typeof pending.key; der: Uint8Array }) =>
    (await h.given.scep({ messageType: 'RenewalReq', signer })).failInfo
  const pending = await h.given.deviceCertificate(owner(), 'pending')
  assert.equal(await renew(pending), 'badCertId')
  const retiredOwner = owner()
  const retired = await h.given.deviceCertificate(retiredOwner)
  await h.run(ctx => certificates.retireOthers(ctx, retiredOwner, null))
  assert.equal(await renew(retired), 'badCertId')
  const revoked = await h.given.deviceCertificate(owner())
  await h.run(ctx => certificates.revoke(ctx, revoked.id, 'lost'))
  assert.equal(await renew(revoked), 'badCertId')
  assert.equal(await renew(h.given.scepIdentity()), 'badCertId')
  const expired = await h.given.deviceCertificate(owner())
  h.pass(366 * 24 * hour)
  assert.equal(await renew(expired), 'badTime')
})

test('an enrollment renews by a new challenge as Apple devices do', async t => {
  const h = await house(t)
  const owner = { kind: 'enrollment', id: newId('enrollment') } as const
  const old = await h.given.deviceCertificate(owner)
  const challenge = await h.run(ctx => certificates.challenge(ctx, { for: owner, ttlMs: hour }))
  const answer = await h.given.scep({ challenge })
  const fresh = await h.run(ctx => certificates.byFingerprint(ctx, fingerprint(answer.certificates[0] ?? old.der)))
  assert.partialDeepStrictEqual(fresh, { state: 'pending', owner })
  await h.run(async ctx => {
    if (!fresh) return
    await certificates.own(ctx, fresh.id, owner, 'active')
    await certificates.retireOthers(ctx, owner, fresh.id)
  })
  assert.equal((await h.run(ctx => certificates.byFingerprint(ctx, old.fingerprint)))?.state, 'retired')
})

test('an identity of one enrollment cannot be given to another, nor come back after its end', async t => {
  const h = await house(t)
  const owner = { kind: 'enrollment', id: newId('enrollment') } as const
  const { id } = await h.given.deviceCertificate(owner)
  const other = { kind: 'enrollment', id: newId('enrollment') }
  await assert.rejects(
    h.run(ctx => certificates.own(ctx, id, other, 'active')),
    { code: 'certificate.owned' },
  )
  await h.run(ctx => certificates.revoke(ctx, id, 'stolen'))
  await assert.rejects(
    h.run(ctx => certificates.own(ctx, id, owner, 'active')),
    { code: 'certificate.ended' },
  )
})
