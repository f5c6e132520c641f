import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromPem } from '@muster/wire/x509/pem.ts'
import { newId } from '../../base/id.ts'
import { house } from '../../testing/house.ts'
import * as certificates from './index.ts'

const day = 86_400_000

test('custody lists what must be renewed with what breaks, and counts devices instead of listing them', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'auditor' })
  await certificates.serverTls(h.base)
  for (let n = 0; n < 3; n += 1)
    await h.given.deviceCertificate({ kind: 'enrollment', id: newId('enrollment') }, n === 2 ? 'pending' : 'active')
  const { status, body } = await h.http('GET', '/api/v1/certificates', { as: key })
  assert.equal(status, 200)
  assert.deepEqual(body.items.map((c: { purpose: string }) => c.purpose).sort(), ['ca-scep', 'ca-tls', 'tls'])
  const of = (purpose: string) => body.items.find((c: { purpose: string }) => c.purpose === purpose)
  assert.partialDeepStrictEqual(of('ca-scep'), { breaks: { code: 'identity', devices: 2 }, renewable: 'none' })
  assert.partialDeepStrictEqual(of('tls'), {
    breaks: { code: 'connect', devices: 2 },
    renewable: 'itself',
    state: 'valid',
  })
  assert.equal(of('tls').chain[0].serial, of('ca-tls').serial)
  assert.equal(body.items[0].purpose, 'tls')
})

test('owner, account and contact are changed with an event, and only by who may', async t => {
  const h = await house(t)
  await certificates.serverTls(h.base)
  const auditor = await h.given.admin({ role: 'auditor' })
  const admin = await h.given.admin({ role: 'admin' })
  const [first] = (await h.http('GET', '/api/v1/certificates', { as: admin.key })).body.items
  const url = `/api/v1/certificates/${first.id}`
  const body = { owner: 'IT operations', contact: 'it@havsten.example' }
  assert.equal((await h.http('PATCH', url, { as: auditor.key, body })).status, 403)
  const changed = await h.http('PATCH', url, { as: admin.key, body })
  assert.partialDeepStrictEqual(changed, { status: 200, body: { ...body, account: null } })
  await h.http('PATCH', url, { as: admin.key, body: { contact: null } })
  const [again] = (await h.http('GET', '/api/v1/certificates', { as: auditor.key })).body.items
  assert.partialDeepStrictEqual(again, { owner: 'IT operations', contact: null })
  assert.equal((await h.events()).filter(e => e === 'certificate.changed').length, 2)
  assert.equal(
    (await h.http('PATCH', `/api/v1/certificates/${newId('certificate')}`, { as: admin.key, body })).status,
    404,
  )
})

test('what one org says of the server certificate, another does not see', async t => {
  const h = await house(t)
  await certificates.serverTls(h.base)
  const { org, root } = await h.given.org()
  const ours = await h.given.admin({ role: 'owner' })
  const theirs = await h.given.admin({ role: 'owner', org, unit: root.id })
  const [tls] = (await h.http('GET', '/api/v1/certificates', { as: ours.key })).body.items
  await h.http('PATCH', `/api/v1/certificates/${tls.id}`, { as: ours.key, body: { owner: 'us' } })
  await certificates.caCertificate(h.base, h.org)
  const list = await h.http('GET', '/api/v1/certificates', { as: theirs.key })
  assert.deepEqual(
    list.body.items.map((c: { owner: null }) => c.owner),
    [null, null],
  )
})

test('a certificate is downloaded with its chain; a device identity is not', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'auditor' })
  await certificates.serverTls(h.base)
  const [tls] = (await h.http('GET', '/api/v1/certificates', { as: key })).body.items
  const pem = await h.http('GET', `/api/v1/certificates/${tls.id}/pem`, { as: key })
  assert.equal(pem.status, 200)
  assert.match(pem.headers['content-disposition'] ?? '', /attachment; filename="tls-/)
  assert.equal(fromPem(pem.body).length, 2)
  const device = await h.given.deviceCertificate({ kind: 'enrollment', id: newId('enrollment') })
  assert.equal((await h.http('GET', `/api/v1/certificates/${device.id}/pem`, { as: key })).status, 404)
  assert.equal((await h.http('GET', `/api/v1/certificates/${tls.id}/pem`)).status, 401)
})

test('device certificates shed their bytes once they are fetched for sure, and leave when they ended and expired', async t => {
  const h = await house(t)
  const owner = { kind: 'enrollment', id: newId('enrollment') } as const
  const kept = await h.given.deviceCertificate(owner)
  const ended = await h.given.deviceCertificate({ kind: 'enrollment', id: newId('enrollment') })
  await h.run(ctx => certificates.revoke(ctx, ended.id, 'lost'))
  h.pass(8 * day)
  await h.settle()
  const bytes = await h.base.engine.read(tx =>
    tx.selectFrom('certificates').select('der').where('id', '=', kept.id).executeTakeFirst(),
  )
  assert.equal((bytes as { der: unknown }).der, null)
  assert.equal((await h.run(ctx => certificates.byFingerprint(ctx, kept.fingerprint)))?.state, 'active')
  h.pass(500 * day)
  await h.settle()
  assert.equal(await h.run(ctx => certificates.byFingerprint(ctx, ended.fingerprint)), null)
  assert.equal((await h.run(ctx => certificates.byFingerprint(ctx, kept.fingerprint)))?.state, 'active')
})
