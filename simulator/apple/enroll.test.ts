import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { encode } from '@muster/wire/plist/plist.ts'
import { type AppleDevice, type DeviceOptions, device, misbehave } from './device.ts'
import { EnrollmentFailed, enroll, installEnrollment, unenroll } from './enroll.ts'
import { keysForTests } from './testing/keys.ts'
import { promised } from './ledger.ts'
import { connect } from './session.ts'
import { type LittleServer, startLittleServer } from './testing/server.ts'

const keys = await keysForTests(24)

async function house(
  t: TestContext,
  options: DeviceOptions = {},
): Promise<{ server: LittleServer; phone: AppleDevice; enrolled: () => Promise<unknown> }> {
  const server = await startLittleServer()
  t.after(() => server.close())
  const phone = device({ seed: 7, keys, ...options })
  return { server, phone, enrolled: () => enroll(phone, { profileUrl: `${server.url}/profile` }) }
}

const typesOf = (server: LittleServer): unknown[] => server.received.map(({ keys: k }) => k.MessageType ?? k.Status)

test('an iPhone enrolls: profile, SCEP, Authenticate, TokenUpdate with its unlock token, all signed by its identity', async t => {
  const { server, phone, enrolled } = await house(t)
  await enrolled()
  assert.deepEqual(typesOf(server), ['Authenticate', 'TokenUpdate'])
  const [first, second] = server.received
  assert.partialDeepStrictEqual(first?.keys, {
    UDID: phone.hardware.udid,
    Topic: server.topic,
    ProductName: 'iPhone18,3',
    SerialNumber: phone.hardware.serial,
  })
  assert.equal(first?.keys.DeviceName, undefined)
  assert.ok(second?.keys.UnlockToken instanceof Uint8Array)
  assert.ok(second.keys.Token instanceof Uint8Array && second.keys.Token.length === 32)
  assert.equal(server.issued.length, 1)
  assert.deepEqual([first?.signer, second.signer], [server.issued[0], server.issued[0]])
  assert.deepEqual(
    promised(phone.ledger).map(({ message }) => message),
    ['profile', 'scep:GetCACaps', 'scep:GetCACert', 'scep:PKIOperation', 'Authenticate', 'TokenUpdate'],
  )
})

test('a Mac tells its names, escrows a bootstrap token and has nothing to unlock', async t => {
  const { server, enrolled } = await house(t, { model: 'Mac16,12' })
  await enrolled()
  assert.deepEqual(typesOf(server), ['Authenticate', 'TokenUpdate', 'SetBootstrapToken'])
  assert.equal(server.received[0]?.keys.IMEI, undefined)
  assert.equal(server.received[0]?.keys.ModelName, 'MacBook Air (13-inch, M4, 2025)')
  assert.equal(server.received[1]?.keys.UnlockToken, undefined)
  assert.match(String(server.received[0]?.keys.UDID), /^[0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12}$/)
})

test('user enrollment shows an EnrollmentID and no hardware identifiers', async t => {
  const { server, phone } = await house(t)
  await installEnrollment(phone, server.profile({ EnrollmentMode: 'BYOD' }), {})
  const shown = server.received[0]?.keys ?? {}
  assert.ok(typeof shown.EnrollmentID === 'string')
  for (const key of ['UDID', 'SerialNumber', 'IMEI', 'MEID']) assert.equal(shown[key], undefined)
})

test('a profile that is unsigned, tampered with or incomplete is not installed', async t => {
  const { server, phone } = await house(t)
  const refuse = async (file: Uint8Array, pattern: RegExp): Promise<void> => {
    await assert.rejects(installEnrollment(phone, file, {}), error => {
      assert.ok(error instanceof EnrollmentFailed)
      assert.equal(error.step, 'profile')
      assert.match(error.message, pattern)
      return true
    })
  }
  const tampered = Buffer.from(server.profile())
  tampered[tampered.indexOf('Example enrollment')] = 0x65
  await refuse(tampered, /signature/)
  await refuse(encode({ PayloadType: 'Configuration' }), /PayloadIdentifier/)
  await refuse(server.profile({ AccessRights: 0 }), /AccessRights/)
  await refuse(server.profile({ IdentityCertificateUUID: 'another' }), /identity payload/)
  await refuse(Buffer.from('hello'), /property list/)
  assert.equal(server.received.length, 0)
  assert.equal(phone.enrollment, undefined)
})

test('a wrong challenge, a refusal and an endless wait at the issuer stop the enrollment at the certificate', async t => {
  const { server, phone, enrolled } = await house(t)
  const stopped = (error: unknown): boolean => error instanceof EnrollmentFailed && error.step === 'certificate'
  const stale = server.profile()
  server.scep.challenge = 'changed meanwhile'
  await assert.rejects(installEnrollment(phone, stale, {}), stopped)
  server.scep.status = 'pending'
  await assert.rejects(enrolled(), stopped)
  server.scep.status = 'failure'
  await assert.rejects(enrolled(), stopped)
  assert.equal(server.received.length, 0)
})

test('a refused Authenticate or TokenUpdate leaves no enrollment behind', async t => {
  const { server, phone, enrolled } = await house(t)
  for (const [message, step] of [
    ['Authenticate', 'authenticate'],
    ['TokenUpdate', 'token-update'],
  ]) {
    server.intercept = ({ keys: k }) => (k.MessageType === message ? { status: 403 } : undefined)
    await assert.rejects(
      enrolled(),
      error => error instanceof EnrollmentFailed && error.step === step && error.status === 403,
    )
    assert.equal(phone.enrollment, undefined)
  }
})

test('with patience a device survives a lost reply and a server in trouble, and repeats itself', async t => {
  const { server, phone } = await house(t)
  misbehave(phone, { does: 'lose', on: 'Authenticate' }, { does: 'drop', on: 'scep:PKIOperation' })
  let troubled = 2 // how many TokenUpdates are answered with 503
  server.intercept = ({ keys: k }) => {
    if (k.MessageType !== 'TokenUpdate' || troubled === 0) return undefined
    troubled -= 1
    return { status: 503 }
  }
  await enroll(phone, { profileUrl: `${server.url}/profile`, attempts: 4, pauseMs: 1 })
  assert.deepEqual(typesOf(server), ['Authenticate', 'Authenticate', 'TokenUpdate', 'TokenUpdate', 'TokenUpdate'])
  assert.equal(phone.ledger.sent.filter(({ trouble }) => trouble === 'lost').length, 1)
})

test('enrolling again without CheckOut brings a new identity, a new token and the same UDID', async t => {
  const { server, phone, enrolled } = await house(t)
  await enrolled()
  const before = phone.enrollment
  await enrolled()
  assert.deepEqual(typesOf(server), ['Authenticate', 'TokenUpdate', 'Authenticate', 'TokenUpdate'])
  assert.notDeepEqual(phone.enrollment?.token, before?.token)
  assert.equal(server.issued.length, 2)
  assert.equal(server.received[2]?.keys.UDID, server.received[0]?.keys.UDID)
})

test('a removed profile checks out once, and only if the server asked for it', async t => {
  const { server, phone, enrolled } = await house(t)
  await enrolled()
  await unenroll(phone)
  assert.equal(typesOf(server).at(-1), 'CheckOut')
  await installEnrollment(phone, server.profile({ CheckOutWhenRemoved: false }), {})
  await unenroll(phone)
  assert.equal(typesOf(server).filter(type => type === 'CheckOut').length, 1)
  assert.equal((await connect(phone)).ended, 'not-enrolled')
})

test('the clock of a device shows in the signing time of its messages', async t => {
  const { server, enrolled } = await house(t, { clockSkewMs: -3_600_000 })
  await enrolled()
  const late = Date.now() - (server.received[0]?.signingTime ?? 0)
  assert.ok(Math.abs(late - 3_600_000) < 60_000)
})
