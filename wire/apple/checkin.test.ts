import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Malformed } from '../malformed.ts'
import { type Dict, encode, encodeBinary } from '../plist/plist.ts'
import { type Checkin, decodeCheckin } from './checkin.ts'
import { sharedIpadUser } from './identity.ts'

const udid = '00008103-001A2B3C4D5E601E'
const topic = 'com.apple.mgmt.External.0f1e2d3c-0000-4000-8000-000000000001'
const device = { UDID: udid }
const some = new Uint8Array([1, 2, 3, 4])

const samples: Record<Checkin['type'], Dict> = {
  Authenticate: { MessageType: 'Authenticate', ...device, Topic: topic, OSVersion: '27.0', SerialNumber: 'F2LXTEST01' },
  TokenUpdate: {
    MessageType: 'TokenUpdate',
    ...device,
    Topic: topic,
    Token: some,
    PushMagic: 'MAGIC',
    UnlockToken: some,
  },
  CheckOut: { MessageType: 'CheckOut', ...device, Topic: topic },
  UserAuthenticate: { MessageType: 'UserAuthenticate', ...device, UserID: 'A-B', UserShortName: 'hanako' },
  SetBootstrapToken: { MessageType: 'SetBootstrapToken', ...device, BootstrapToken: some },
  GetBootstrapToken: { MessageType: 'GetBootstrapToken', ...device },
  DeclarativeManagement: { MessageType: 'DeclarativeManagement', ...device, Endpoint: 'tokens' },
  GetToken: { MessageType: 'GetToken', ...device, TokenServiceType: 'com.apple.maid' },
  ReturnToService: { MessageType: 'ReturnToService', ...device },
}

function read(message: Dict): Checkin {
  return decodeCheckin(encode(message))
}

function of<T extends Checkin['type']>(type: T, changes: Dict): Extract<Checkin, { type: T }> {
  const message = read({ ...samples[type], ...changes })
  assert.equal(message.type, type)
  return message as Extract<Checkin, { type: T }>
}

test('each of the nine check-ins is read, from XML and from binary', () => {
  for (const [type, sample] of Object.entries(samples)) {
    assert.equal(read(sample).type, type)
    assert.deepEqual(decodeCheckin(encodeBinary(sample)), read(sample))
  }
})

test('an Authenticate tells what the device is', () => {
  const message = of('Authenticate', {
    BuildVersion: '24A1',
    ProductName: 'Mac16,1',
    IMEI: '35 209900 176148 1',
    DeviceName: '山田の"Mac" & <Co>',
    Model: 'MW123',
    ModelName: 'MacBook Pro',
  })
  assert.equal(message.imei, '352099001761481')
  assert.equal(message.deviceName, '山田の"Mac" & <Co>')
  assert.equal(message.serialNumber, 'F2LXTEST01')
  assert.equal(message.productName, 'Mac16,1')
})

test('booleans may come as numbers and as text, and absent means false', () => {
  assert.equal(of('TokenUpdate', {}).notOnConsole, false)
  for (const drift of [true, 1, 'true', 'YES']) {
    assert.equal(of('TokenUpdate', { NotOnConsole: drift }).notOnConsole, true)
    assert.equal(of('TokenUpdate', { AwaitingConfiguration: drift }).awaitingConfiguration, true)
  }
  for (const drift of [false, 0, 'false', 'no', 'odd'])
    assert.equal(of('TokenUpdate', { NotOnConsole: drift }).notOnConsole, false)
})

test('an empty unlock or bootstrap token is no token', () => {
  assert.equal(of('TokenUpdate', { UnlockToken: new Uint8Array() }).unlockToken, undefined)
  assert.equal(of('SetBootstrapToken', { BootstrapToken: new Uint8Array() }).bootstrapToken, undefined)
})

test('the key of the channel follows UDID, account, Shared iPad and User Enrollment', () => {
  const key = (who: Dict): string => read({ MessageType: 'GetBootstrapToken', ...who }).identity.key
  assert.equal(key({ UDID: udid }), udid)
  assert.equal(key({ UDID: udid, EnrollmentID: 'E1' }), udid, 'UDID goes first')
  assert.equal(key({ UDID: udid, UserID: 'a-b', UserShortName: 'hanako' }), `${udid}:A-B`)
  assert.equal(
    key({ UDID: udid, UserID: sharedIpadUser, UserShortName: 'hanako@example.org' }),
    `${udid}:hanako@example.org`,
  )
  assert.equal(key({ EnrollmentID: 'e1' }), 'E1')
  assert.equal(key({ EnrollmentID: 'e1', EnrollmentUserID: 'u1' }), 'E1:U1')
  assert.equal(key({ UDID: udid.toLowerCase() }), udid, 'case does not make another device')
  assert.equal(key({ UDID: udid, UserID: '', UserLongName: '' }), udid, 'empty names on the device channel are none')
})

test('a message without a usable identity is refused', () => {
  const refused = (who: Dict): void =>
    assert.throws(() => read({ MessageType: 'GetBootstrapToken', ...who }), { code: 'checkin.identity' })
  refused({})
  refused({ UDID: '' })
  refused({ UDID: some })
  refused({ UDID: 'A:B' })
  refused({ UDID: 'x'.repeat(256) })
  refused({ UDID: 'a\u0009b' })
  refused({ UDID: udid, UserID: sharedIpadUser })
})

test('a check-in without its required parts is refused', () => {
  assert.throws(() => of('Authenticate', { Topic: '' }), { code: 'checkin.field' })
  assert.throws(() => of('TokenUpdate', { Token: new Uint8Array() }), { code: 'checkin.field' })
  assert.throws(() => of('TokenUpdate', { PushMagic: '' }), { code: 'checkin.field' })
  assert.throws(() => of('TokenUpdate', { Token: 'text' }), { code: 'checkin.field' })
  assert.throws(() => read({ ...device }), { code: 'checkin.type' })
  assert.throws(() => read({ ...device, MessageType: 'Unheard' }), { code: 'checkin.type' })
  assert.throws(() => decodeCheckin(encode(['Authenticate'])), { code: 'plist.dict' })
})

test('whatever the bytes are, only Malformed is thrown', () => {
  const sample = encode(samples.TokenUpdate)
  const mutated = fc
    .array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { maxLength: 12 })
    .map(changes => changes.reduce((b, [at, to]) => b.with(at, to), sample))
  const dicts = fc
    .record({ MessageType: fc.constantFrom(...Object.keys(samples)), UDID: fc.string(), Token: fc.uint8Array() })
    .map(value => encodeBinary(value as Dict))
  fc.assert(
    fc.property(fc.oneof(mutated, dicts, fc.uint8Array({ maxLength: 300 })), input => {
      try {
        decodeCheckin(input)
      } catch (error) {
        assert.ok(error instanceof Malformed, String(error))
      }
    }),
    { numRuns: 2000 },
  )
})
