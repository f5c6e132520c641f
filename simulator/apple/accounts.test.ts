import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import { encode } from '@muster/wire/plist/plist.ts'
import { digestResponse, removeAccount, sharedIpadUserId, signIn } from './accounts.ts'
import { askReturnToService, getBootstrapToken, getToken } from './bootstrap.ts'
import { type AppleDevice, type DeviceOptions, device, putAway } from './device.ts'
import { installEnrollment } from './enroll.ts'
import { keysForTests } from './testing/keys.ts'
import { connect } from './session.ts'
import { type LittleServer, startLittleServer } from './testing/server.ts'

const keys = await keysForTests(24)

async function enrolledMac(
  t: TestContext,
  options: DeviceOptions = { model: 'Mac16,12' },
  capabilities = ['com.apple.mdm.per-user-connections', 'com.apple.mdm.bootstraptoken'],
): Promise<{ server: LittleServer; mac: AppleDevice }> {
  const server = await startLittleServer()
  const mac = device({ seed: 31, keys, ...options })
  t.after(() => {
    putAway(mac)
    return server.close()
  })
  await installEnrollment(mac, server.profile({ ServerCapabilities: capabilities }), {})
  return { server, mac }
}

test('a local account of a Mac opens a channel of its own, with its own token', async t => {
  const { server, mac } = await enrolledMac(t)
  const account = await signIn(mac, { shortName: 'asa', longName: 'Åsa Öhman' })
  const update = server.received.at(-1)?.keys ?? {}
  assert.partialDeepStrictEqual(update, { MessageType: 'TokenUpdate', UserShortName: 'asa', UserLongName: 'Åsa Öhman' })
  assert.equal(update.UserID, account?.userId)
  assert.notDeepEqual(update.Token, mac.enrollment?.token)
  const uuid = server.order({ RequestType: 'ProfileList' })
  await connect(mac, account)
  assert.equal(server.answers.get(uuid)?.[0]?.UserID, account?.userId)
  const forbidden = server.order({ RequestType: 'EraseDevice' })
  await connect(mac, account)
  assert.equal(server.answers.get(forbidden)?.[0]?.Status, 'Error')
  assert.ok(mac.enrollment)
})

test('without per-user connections in the profile there is no user channel', async t => {
  const { server, mac } = await enrolledMac(t, { model: 'Mac16,12' }, [])
  const before = server.received.length
  assert.equal(await signIn(mac), undefined)
  assert.equal(server.received.length, before)
})

test('a network account answers the digest challenge and then carries the token it got', async t => {
  const { server, mac } = await enrolledMac(t)
  server.intercept = ({ keys: k }) => {
    if (k.MessageType !== 'UserAuthenticate') return undefined
    const second = typeof k.DigestResponse === 'string'
    const body = encode(
      second ? { AuthToken: 'token' } : { DigestChallenge: 'Digest realm="r", nonce="n", qop="auth"' },
    )
    return { status: 200, body: Buffer.from(body) }
  }
  await signIn(mac, { shortName: 'tanaka', network: true, password: 'ひみつ' })
  assert.equal(server.received.at(-1)?.keys.AuthToken, 'token')
})

test('an empty challenge lets the person in at once, and 410 leaves the account unmanaged', async t => {
  const { server, mac } = await enrolledMac(t)
  const answer = (status: number): void => {
    server.intercept = ({ keys: k }) =>
      k.MessageType === 'UserAuthenticate' ? { status, body: Buffer.from(encode({ DigestChallenge: '' })) } : undefined
  }
  answer(200)
  assert.ok(await signIn(mac, { shortName: 'one', network: true }))
  answer(410)
  assert.equal(await signIn(mac, { shortName: 'two', network: true }), undefined)
  assert.deepEqual([...(mac.enrollment?.accounts.keys() ?? [])], ['one'])
})

test('a digest response is the one of RFC 2617', () => {
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
  const response = digestResponse('Digest realm="r", nonce="n"', { shortName: 'me', password: 'secret' })
  assert.ok(response.includes(`response="${md5(`${md5('me:r:secret')}:n:${md5('PUT:/')}`)}"`))
})

test('people on a Shared iPad share one UserID and are told apart by their short name', async t => {
  const { server, mac: pad } = await enrolledMac(t, { model: 'iPad15,7' })
  await signIn(pad, { shortName: 'a@example.com' })
  await signIn(pad, { shortName: 'b@example.com' })
  const users = server.received.slice(-2).map(({ keys: k }) => [k.UserID, k.UserShortName])
  assert.deepEqual(users, [
    [sharedIpadUserId, 'a@example.com'],
    [sharedIpadUserId, 'b@example.com'],
  ])
})

test('an account that leaves checks out as itself', async t => {
  const { server, mac } = await enrolledMac(t)
  const account = await signIn(mac)
  assert.ok(account)
  await removeAccount(mac, account)
  assert.partialDeepStrictEqual(server.received.at(-1)?.keys, { MessageType: 'CheckOut', UserID: account.userId })
  assert.equal(mac.enrollment?.accounts.size, 0)
})

test('a Mac gets back the bootstrap token it escrowed, and other tokens by their service', async t => {
  const { server, mac } = await enrolledMac(t)
  assert.deepEqual(Buffer.from((await getBootstrapToken(mac)) ?? []), mac.interior.bootstrapToken)
  server.intercept = ({ keys: k }) =>
    k.TokenServiceType === 'com.apple.maid'
      ? { status: 200, body: Buffer.from(encode({ TokenData: Buffer.from('jwt') })) }
      : { status: 400 }
  assert.equal(Buffer.from((await getToken(mac, 'com.apple.maid')) ?? []).toString(), 'jwt')
  await assert.rejects(getToken(mac, 'com.example.unknown'), /400/)
})

test('a device asks whether to return to service and reads the answer', async t => {
  const { server, mac: phone } = await enrolledMac(t, { model: 'iPhone 17' })
  server.intercept = () => ({ status: 200, body: Buffer.from(encode({ ReturnToService: { Enabled: false } })) })
  assert.deepEqual({ ...(await askReturnToService(phone)) }, { Enabled: false })
  assert.equal(server.received.at(-1)?.keys.MessageType, 'ReturnToService')
})
