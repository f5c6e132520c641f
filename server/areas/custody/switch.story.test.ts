import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import { portalIssue } from '@muster/simulator/outside/apns/portal.ts'
import { mintVendor } from '@muster/simulator/outside/signer/signer.ts'
import { apnsFor } from '../../testing/given-push.ts'
import { listening } from '../../testing/listening.ts'
import * as commands from '../commands/index.ts'
import * as enrollment from '../enrollment/index.ts'
import * as push from '../push/index.ts'
import { until } from '../../../tools/until.ts'

const keys = await keysForTests(6)
const account = 'mdm@havsten.example'
const base = '/api/v1/push/apple'

/** A fleet of three that is called by push, and a request for the next certificate that a vendor has signed. */
async function fleet(t: TestContext) {
  const { apns, environment } = await apnsFor(t)
  const h = await listening(t, environment)
  const first = await h.given.pushCertificate({ account })
  const { path } = await h.given.invitation({ uses: null })
  const all: apple.AppleDevice[] = []
  for (let seed = 500; seed < 503; seed += 1) {
    const one = apple.device({ seed, keys, careless: true, apns })
    t.after(() => apple.putAway(one))
    await apple.enroll(one, { profileUrl: `${h.url}${path}/profile` })
    await apple.connect(one)
    all.push(one)
  }
  const { key } = await h.given.admin({ role: 'owner' })
  const call = (method: string, to: string, body?: unknown) =>
    h.http(method, `${base}/${to}`, { as: key, ...(body === undefined ? {} : { body }) })
  await h.settle()
  const vendor = mintVendor()
  await call('PUT', 'signers/vendor', { certificate: vendor.certificate + vendor.chain, key: vendor.key })
  await call('POST', 'renewal', { name: 'Havsten', email: account })
  await call('POST', 'renewal/sign', { way: 'vendor' })
  const signed = String((await call('GET', 'renewal/signed')).body)
  const stateOf = async (id: string) =>
    (await h.http('GET', `/api/v1/commands/${id}`, { as: key })).body.state as string
  const enrollments = async () =>
    Promise.all(
      all.map(async one => (await h.run(ctx => enrollment.claimed(ctx, one.hardware.udid))).map(c => c.enrollment.id)),
    )
  return { h, apns, first, all, key, call, signed, enrollments, stateOf }
}

/** Waits for devices, which call by themselves when they are pushed. */
const called = (h: { settle(): Promise<void> }, what: string, is: () => Promise<boolean> | boolean): Promise<void> =>
  until(what, is, { meanwhile: h.settle })

test('a wrong topic is refused with the number of devices lost; the right renewal is tried on one device and needs no restart and no re-enrollment (S3-18, S4-27)', async t => {
  const { h, apns, first, all, call, signed, enrollments, stateOf } = await fleet(t)
  const before = await enrollments()
  const wrong = await call('PUT', 'renewal/certificate', { certificate: portalIssue(signed).certificate, account })
  assert.partialDeepStrictEqual(wrong, {
    status: 409,
    body: { code: 'push.topic-differs', current: first.topic, devices: 3 },
  })
  assert.equal((await call('GET', 'renewal')).body.state, 'signed', 'nothing was stored')
  assert.equal(await h.run(ctx => push.currentTopic(ctx)), first.topic)
  const right = portalIssue(signed, { renew: first.topic })
  assert.equal((await call('PUT', 'renewal/certificate', { certificate: right.certificate, account })).status, 200)
  assert.equal((await call('POST', 'renewal/take', {})).body.code, 'push.untried')
  const pushes = apns.log.length
  assert.equal((await call('POST', 'renewal/trial', {})).body.trial.state, 'asked')
  await called(h, 'the device did not call', async () => (await call('GET', 'renewal')).body.trial.endedAt !== null)
  const tried = (await call('GET', 'renewal')).body.trial
  assert.equal(tried.state, 'answered')
  assert.ok(tried.device.name.length > 0)
  assert.equal(apns.log.slice(pushes).filter(l => l.status === 200).length, 1, 'one push, to one device')
  assert.equal((await call('POST', 'renewal/take', {})).status, 200)
  // The same process, the same devices: an order reaches each of them by the new certificate.
  for (const one of all) {
    const [held] = (await h.run(ctx => enrollment.claimed(ctx, one.hardware.udid))).map(c => c.enrollment)
    const id = await h.run(ctx => commands.send(ctx, { device: held?.device ?? '', kind: 'device.query', args: {} }))
    await called(h, 'an order was not carried out', async () => (await stateOf(id)) === 'done')
  }
  assert.deepEqual(await enrollments(), before, 'nobody enrolled again')
  const kept = (await call('GET', 'past')).body.items
  assert.equal(kept.length, 1)
  assert.equal((await call('POST', 'past/restore', { fingerprint: kept[0].fingerprint })).status, 200)
  assert.equal((await call('GET', 'past')).body.items.length, 1, 'the one that was left is kept in its stead')
  assert.equal(await h.run(ctx => push.currentTopic(ctx)), first.topic)
  const events = await h.events()
  for (const type of ['push-renewal.tried', 'push-credential.restored']) assert.ok(events.includes(type), type)
  assert.equal(events.filter(e => e === 'push-credential.uploaded').length, 3)
})

test('a new certificate that the push service refuses is found out on one device, and the fleet goes on with the old one', async t => {
  const { h, apns, first, all, call, signed, stateOf } = await fleet(t)
  const right = portalIssue(signed, { renew: first.topic })
  await call('PUT', 'renewal/certificate', { certificate: right.certificate, account })
  apns.script.plan({ kind: 'answer', status: 403, reason: 'BadCertificate' })
  await call('POST', 'renewal/trial', {})
  await called(h, 'the trial did not end', async () => (await call('GET', 'renewal')).body.trial.endedAt !== null)
  assert.partialDeepStrictEqual((await call('GET', 'renewal')).body.trial, {
    state: 'refused',
    reason: 'BadCertificate',
  })
  assert.equal((await call('POST', 'renewal/take', {})).body.code, 'push.untried')
  assert.equal((await h.run(ctx => push.standing(ctx))).refused, null, 'the one in use is not blamed')
  const [one] = all
  const [held] = (await h.run(ctx => enrollment.claimed(ctx, one?.hardware.udid ?? ''))).map(c => c.enrollment)
  const id = await h.run(ctx => commands.send(ctx, { device: held?.device ?? '', kind: 'device.query', args: {} }))
  h.pass(3 * 60_000)
  await called(h, 'the fleet stood still', async () => (await stateOf(id)) === 'done')
})
