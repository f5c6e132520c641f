import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { encode } from '@muster/wire/plist/plist.ts'
import { type Apns, startApns } from '../outside/apns/apns.ts'
import { mintPushCertificate } from '../outside/apns/certificates.ts'
import { clone } from './clone.ts'
import { type AppleDevice, comeOnline, type DeviceOptions, device, goOffline, misbehave, putAway } from './device.ts'
import { changeToken, enroll } from './enroll.ts'
import { keysForTests } from './testing/keys.ts'
import { releaseHeld } from './line.ts'
import { connect, settled, unlock } from './session.ts'
import { pushOnce } from './testing/provider.ts'
import { type LittleServer, startLittleServer } from './testing/server.ts'
import { until } from '../../tools/until.ts'

const keys = await keysForTests(24)
const query = { RequestType: 'DeviceInformation', Queries: ['SerialNumber'] }

async function enrolledDevice(
  t: TestContext,
  options: DeviceOptions = {},
): Promise<{ server: LittleServer; phone: AppleDevice }> {
  const server = await startLittleServer()
  const phone = device({ seed: 11, keys, ...options })
  t.after(() => {
    putAway(phone)
    return server.close()
  })
  await enroll(phone, { profileUrl: `${server.url}/profile` })
  return { server, phone }
}

const statuses = (server: LittleServer): unknown[] => server.received.flatMap(({ keys: k }) => k.Status ?? [])
const answersTo = (server: LittleServer, uuid: string): unknown[] =>
  (server.answers.get(uuid) ?? []).map(answer => answer.Status)

async function pushService(t: TestContext): Promise<Apns> {
  const apns = await startApns()
  t.after(() => apns.close())
  return apns
}

test('a device obeys every waiting command in one conversation and then falls silent', async t => {
  const { server, phone } = await enrolledDevice(t)
  const uuids = [server.order(query), server.order({ RequestType: 'ProfileList' }), server.order(query)]
  assert.deepEqual(await connect(phone), { commands: 3, ended: 'empty', status: 200 })
  assert.deepEqual(statuses(server), ['Idle', 'Acknowledged', 'Acknowledged', 'Acknowledged'])
  for (const uuid of uuids) assert.equal(phone.ledger.executed.get(uuid)?.effects, 1)
})

test('a push wakes the device by its magic; a wrong magic is noted and ignored; a removed token is dead', async t => {
  const apns = await pushService(t)
  const { server, phone } = await enrolledDevice(t, { apns })
  const provider = mintPushCertificate({ topic: server.topic })
  const { token, magic } = server.wake ?? { token: '', magic: '' }
  const uuid = server.order(query)
  assert.equal(await pushOnce(apns, provider, { token, magic: 'wrong' }), 200)
  await until('it is so', () => phone.ledger.wakes.length === 1)
  assert.deepEqual(statuses(server), [])
  assert.equal(await pushOnce(apns, provider, { token, magic }), 200)
  await until('it is so', () => server.answers.has(uuid))
  assert.deepEqual(
    phone.ledger.wakes.map(({ valid }) => valid),
    [false, true],
  )
  await settled(phone)
  server.order({ RequestType: 'EraseDevice' })
  await connect(phone)
  assert.equal(await pushOnce(apns, provider, { token, magic }), 410)
})

test('a push that overtakes the reply to the TokenUpdate is answered after it; a new token replaces the old', async t => {
  const apns = await pushService(t)
  const { server, phone } = await enrolledDevice(t, { apns })
  const provider = mintPushCertificate({ topic: server.topic })
  const old = server.wake ?? { token: '', magic: '' }
  const uuid = server.order(query)
  let early: Promise<number> | undefined // the push sent while the TokenUpdate is still unanswered
  server.intercept = ({ keys: k }) => {
    if (k.MessageType !== 'TokenUpdate' || early !== undefined) return undefined
    const next = { token: Buffer.from(k.Token as Uint8Array).toString('hex'), magic: String(k.PushMagic) }
    early = pushOnce(apns, provider, next)
    return { status: 503 }
  }
  await assert.rejects(changeToken(phone))
  assert.equal(await early, 200)
  await until('it is so', () => phone.ledger.wakes.length === 1)
  assert.equal(server.answers.has(uuid), false)
  await connect(phone)
  await until('it is so', () => server.answers.has(uuid))
  assert.equal(await pushOnce(apns, provider, old), 410)
})

test('an offline device answers nobody and calls once when it is back, however many pushes it missed', async t => {
  const apns = await pushService(t)
  const { server, phone } = await enrolledDevice(t, { apns })
  const provider = mintPushCertificate({ topic: server.topic })
  const wake = server.wake ?? { token: '', magic: '' }
  goOffline(phone)
  assert.equal((await connect(phone)).ended, 'offline')
  for (let n = 0; n < 3; n += 1) await pushOnce(apns, provider, wake)
  comeOnline(phone)
  await until('it is so', () => statuses(server).length > 0)
  await settled(phone)
  assert.deepEqual(statuses(server), ['Idle'])
})

test('a wake during a conversation makes the device look once more at its end', async t => {
  const { server, phone } = await enrolledDevice(t)
  misbehave(phone, { does: 'delay', ms: 50, on: 'Idle' })
  const first = connect(phone)
  const [second, third] = [connect(phone), connect(phone)]
  server.order(query)
  assert.equal((await first).commands, 1)
  assert.deepEqual([await second, await third], [await first, await first])
  assert.deepEqual(statuses(server), ['Idle', 'Acknowledged', 'Idle'])
})

test('NotNow comes as often as asked, for the command asked, and has no effect', async t => {
  const { server, phone } = await enrolledDevice(t)
  misbehave(phone, { does: 'not-now', on: 'ProfileList', times: 2 })
  const uuid = server.order({ RequestType: 'ProfileList' })
  for (let n = 0; n < 3; n += 1) await connect(phone)
  assert.deepEqual(answersTo(server, uuid), ['NotNow', 'NotNow', 'Acknowledged'])
  assert.partialDeepStrictEqual(phone.ledger.executed.get(uuid), { received: 3, effects: 1 })
})

test('a locked iPhone puts an installation off and calls by itself once unlocked', async t => {
  const { server, phone } = await enrolledDevice(t)
  server.order({ RequestType: 'DeviceLock', Message: 'Found? Call us' })
  await connect(phone)
  assert.equal(phone.interior.locked, true)
  const uuid = server.order({ RequestType: 'SecurityInfo' })
  await connect(phone)
  assert.deepEqual(answersTo(server, uuid), ['NotNow'])
  unlock(phone)
  await settled(phone)
  assert.deepEqual(answersTo(server, uuid), ['NotNow', 'Acknowledged'])
})

test('after NotNow followed by another answer the device does not call by itself', async t => {
  const { server, phone } = await enrolledDevice(t)
  phone.interior.locked = true
  server.order({ RequestType: 'SecurityInfo' })
  // This server goes on after NotNow on the same connection, as Apple allows, and then has to push.
  server.intercept = ({ keys: k }) => {
    if (k.Status !== 'NotNow') return undefined
    server.queue = []
    return { status: 200, body: encode({ CommandUUID: 'next', Command: query }) }
  }
  await connect(phone)
  unlock(phone)
  await settled(phone)
  assert.deepEqual(statuses(server), ['Idle', 'NotNow', 'Acknowledged'])
})

test('a server that never stops giving commands is left at some point', async t => {
  const { server, phone } = await enrolledDevice(t)
  server.intercept = () => ({ status: 200, body: encode({ CommandUUID: 'again', Command: query }) })
  phone.options.commandLimit = 20
  assert.deepEqual(await connect(phone), { commands: 20, ended: 'refused', status: 200 })
  assert.match(phone.ledger.troubles.at(-1)?.what ?? '', /never stops/)
})

test('an unknown command is an error 12021, a malformed one a format error, a planned error says what it was told', async t => {
  const { server, phone } = await enrolledDevice(t)
  misbehave(phone, { does: 'error', on: 'ProfileList', code: 4001, domain: 'Example', text: 'no' })
  const unknown = server.order({ RequestType: 'MakeCoffee' })
  const inherited = server.order({ RequestType: 'toString' })
  const malformed = server.order({ RequestType: 'RemoveProfile' })
  const nameless = server.order({})
  const planned = server.order({ RequestType: 'ProfileList' })
  await connect(phone)
  const chain = (uuid: string): unknown => server.answers.get(uuid)?.[0]?.ErrorChain
  for (const uuid of [unknown, inherited])
    assert.partialDeepStrictEqual(chain(uuid), [{ ErrorCode: 12_021, ErrorDomain: 'MCMDMErrorDomain' }])
  assert.deepEqual(
    [answersTo(server, malformed), answersTo(server, nameless)],
    [['CommandFormatError'], ['CommandFormatError']],
  )
  assert.partialDeepStrictEqual(chain(planned), [
    { ErrorCode: 4001, ErrorDomain: 'Example', LocalizedDescription: 'no' },
  ])
})

test('a lost reply makes the server send the command again, and the ledger tells of both', async t => {
  const { server, phone } = await enrolledDevice(t)
  const uuid = server.order(query)
  misbehave(phone, { does: 'lose', on: 'Idle' })
  assert.deepEqual(await connect(phone), { commands: 0, ended: 'unreachable', status: 0 })
  assert.equal(phone.ledger.executed.size, 0)
  misbehave(phone, { does: 'drop', on: 'DeviceInformation' })
  assert.equal((await connect(phone)).ended, 'unreachable')
  assert.equal((await connect(phone)).ended, 'empty')
  assert.partialDeepStrictEqual(phone.ledger.executed.get(uuid), { received: 2, effects: 2 })
  assert.equal(answersTo(server, uuid).length, 1)
})

test('the same message can be sent twice, one after the other or at once', async t => {
  const { server, phone } = await enrolledDevice(t)
  const uuid = server.order(query)
  misbehave(phone, { does: 'duplicate', on: 'DeviceInformation', copies: 3 })
  await connect(phone)
  assert.equal(answersTo(server, uuid).length, 3)
  misbehave(phone, { does: 'duplicate', on: 'Idle', copies: 2, together: true })
  await connect(phone)
  assert.equal(statuses(server).filter(status => status === 'Idle').length, 3)
})

test('answers held back arrive late and out of order, byte for byte', async t => {
  const { server, phone } = await enrolledDevice(t)
  const first = server.order(query)
  misbehave(phone, { does: 'hold', on: 'DeviceInformation', times: 2 })
  await connect(phone)
  await connect(phone)
  assert.equal(server.answers.has(first), false)
  assert.equal(phone.held.length, 2)
  const replies = await releaseHeld(phone, true)
  assert.deepEqual(
    replies.map(({ status }) => status),
    [200, 200],
  )
  assert.equal(answersTo(server, first).length, 2)
})

test('a disguise changes what every message claims, under an honest signature', async t => {
  const { server, phone } = await enrolledDevice(t)
  phone.disguise = { UDID: '00008140-000000000000001E' }
  await connect(phone)
  assert.equal(server.received.at(-1)?.keys.UDID, '00008140-000000000000001E')
  assert.equal(server.received.at(-1)?.signer, server.issued[0])
})

test('a garbled answer is signed as sent', async t => {
  const { server, phone } = await enrolledDevice(t)
  misbehave(phone, { does: 'garble', on: 'Idle', body: Buffer.from('<plist><dict><key>Status') })
  const conversation = await connect(phone)
  assert.deepEqual([conversation.ended, conversation.status], ['refused', 500])
  assert.deepEqual(statuses(server), [])
})

test('clones speak with the identity of the original, under its UDID or their own', async t => {
  const { server, phone } = await enrolledDevice(t)
  await connect(clone(phone, { sameUdid: true }))
  await connect(clone(phone, { sameUdid: false }))
  const [same, other] = server.received.slice(-2)
  assert.equal(same?.keys.UDID, phone.hardware.udid)
  assert.notEqual(other?.keys.UDID, phone.hardware.udid)
  assert.deepEqual([same?.signer, other?.signer], [server.issued[0], server.issued[0]])
})

test('401, or 403 with the code of an unrecognized device, ends the enrollment; any other refusal does not', async t => {
  const { server, phone } = await enrolledDevice(t)
  server.intercept = () => ({ status: 403, body: '{"code":"com.apple.psso.required"}' })
  assert.equal((await connect(phone)).ended, 'refused')
  assert.notEqual(phone.enrollment, undefined)
  server.intercept = () => ({ status: 403, body: '{"code":"com.apple.unrecognized.device"}' })
  assert.equal((await connect(phone)).ended, 'unenrolled')
  assert.equal(phone.enrollment, undefined)
})

test('a device in a fleet tries again by itself when the server is in trouble', async t => {
  const { server, phone } = await enrolledDevice(t, { retryMs: 20 })
  const uuid = server.order(query)
  let troubled = 2 // replies still to be refused
  server.intercept = () => {
    troubled -= 1
    return troubled < 0 ? undefined : { status: 503 }
  }
  await connect(phone)
  await until('it is so', () => server.answers.has(uuid))
})

test('replies that are no commands end the conversation with a note, not with a crash', async t => {
  const { server, phone } = await enrolledDevice(t)
  for (const body of ['garbage', '<?xml version="1.0"?><plist version="1.0"><dict/></plist>']) {
    server.intercept = () => ({ status: 200, body })
    assert.equal((await connect(phone)).ended, 'empty')
  }
  assert.equal(phone.ledger.troubles.filter(({ what }) => what.startsWith('an unreadable command')).length, 2)
})
