import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { doorsFor } from '../../../testing/given-doors.ts'

const refusedAt = (status: number) => (error: unknown) =>
  error instanceof apple.EnrollmentFailed && error.step === 'profile' && error.status === status

test('a device says who it is before it is given anything, gets a certificate, and then its profile', async t => {
  const { h, authority, unpack } = await doorsFor(t)
  const { secret } = await h.given.invitation({ uses: 1 })
  const profileUrl = `${h.url}/enroll/apple/ota/${secret}`
  const machine = unpack()
  await apple.enrollOverTheAir(machine, { profileUrl, authority })
  const [claimed] = await h.run(ctx => enrollment.claimed(ctx, machine.hardware.udid))
  assert.equal(claimed?.enrollment.state, 'active')
  await apple.connect(machine)
  // Once, as the invitation says.
  await assert.rejects(apple.enrollOverTheAir(unpack(), { profileUrl, authority }), refusedAt(403))
})

test('a device that Apple does not vouch for, or that answers an old question, gets no certificate', async t => {
  const { h, authority, unpack } = await doorsFor(t)
  const { secret } = await h.given.invitation({ uses: null })
  const profileUrl = `${h.url}/enroll/apple/ota/${secret}`
  await assert.rejects(
    apple.enrollOverTheAir(unpack(), { profileUrl, authority: apple.birthAuthority() }),
    refusedAt(403),
  )
  const machine = unpack()
  for (const challenge of [undefined, 'x'.repeat(32)]) {
    const body = await apple.signedMachine(machine, { authority, ...(challenge ? { wish: { challenge } } : {}) })
    assert.equal((await apple.postBefore(machine, profileUrl, body)).status, 403)
  }
  assert.equal((await apple.openBefore(machine, `${h.url}/enroll/apple/ota/${'x'.repeat(32)}`)).status, 400)
})

test('Apple Configurator takes the profile itself or has the device ask for it; a forged device is refused', async t => {
  const { h, authority, unpack } = await doorsFor(t)
  const { secret } = await h.given.invitation({ uses: null })
  const url = `${h.url}/enroll/apple/configurator/${secret}`
  const machine = unpack()
  const itself = await apple.openBefore(machine, url)
  assert.equal(itself.headers['content-type'], 'application/x-apple-aspen-config')
  const asked = await apple.postBefore(machine, url, await apple.signedMachine(machine, { authority }))
  await apple.installEnrollment(machine, asked.body, {})
  assert.equal((await h.run(ctx => enrollment.claimed(ctx, machine.hardware.udid))).length, 1)
  const forged = await apple.signedMachine(unpack(), { authority: apple.birthAuthority() })
  assert.equal((await apple.postBefore(machine, url, forged)).status, 403)
})
