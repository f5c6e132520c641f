import assert from 'node:assert/strict'
import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { Malformed } from '../malformed.ts'
import { decryptPush, encryptPush, newRawKey, type RawKey, vapidHeader } from './webpush.ts'

const load = createRequire(import.meta.url)
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const raw = (text: string) => Buffer.from(text, 'base64url')

test('the example of RFC 8291 comes out byte for byte', () => {
  const own: RawKey = {
    secret: raw('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    point: raw('BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8'),
  }
  const to = {
    p256dh: raw('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
    auth: raw('BTBZMqHH6r4Tts7J_aSIgg'),
  }
  const plain = Buffer.from('When I grow up, I want to be a watermelon')
  const body = encryptPush(plain, to, own, raw('DGv6ra1nlYgDCS1FRnbzlw'))
  assert.equal(
    b64(body),
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

test('foreign libraries read what we encrypt and write what we decrypt', () => {
  const ece = load('http_ece') as {
    decrypt(body: Buffer, of: { version: string; privateKey: unknown; authSecret: string }): Buffer
  }
  const push = load('web-push') as {
    generateRequestDetails(to: object, text: string, options: object): { body: Buffer; headers: Record<string, string> }
    generateVAPIDKeys(): { publicKey: string; privateKey: string }
  }
  const receiver = createECDH('prime256v1')
  receiver.generateKeys()
  const auth = randomBytes(16)
  const to = { p256dh: receiver.getPublicKey(), auth }
  const ours = encryptPush(Buffer.from('call home'), to)
  const read = ece.decrypt(Buffer.from(ours), { version: 'aes128gcm', privateKey: receiver, authSecret: b64(auth) })
  assert.equal(read.toString('utf8'), 'call home')
  const theirs = push.generateRequestDetails(
    { endpoint: 'https://push.example/1', keys: { p256dh: b64(to.p256dh), auth: b64(auth) } },
    'call home',
    { vapidDetails: { subject: 'mailto:it@example.com', ...push.generateVAPIDKeys() }, contentEncoding: 'aes128gcm' },
  )
  const own = { secret: receiver.getPrivateKey(), point: receiver.getPublicKey() }
  assert.equal(Buffer.from(decryptPush(theirs.body, own, auth)).toString('utf8'), 'call home')
})

test('what was changed on the way or is for another is not read, and keys that are none are refused', () => {
  const [own, other, auth] = [newRawKey(), newRawKey(), randomBytes(16)]
  const body = Buffer.from(encryptPush(Buffer.from('call home'), { p256dh: own.point, auth }))
  assert.throws(() => decryptPush(body, other, auth))
  assert.throws(() => decryptPush(body, own, randomBytes(16)))
  body[body.length - 20] = (body.at(-20) ?? 0) ^ 1
  assert.throws(() => decryptPush(body, own, auth))
  assert.throws(() => decryptPush(body.subarray(0, 40), own, auth), Malformed)
  const off = Buffer.from(own.point)
  off[40] = (off[40] ?? 0) ^ 1
  assert.throws(() => encryptPush(Buffer.from('x'), { p256dh: off, auth }), Malformed)
  assert.throws(() => encryptPush(Buffer.from('x'), { p256dh: own.point, auth: Buffer.from('short') }), Malformed)
})

test('the token says whom it is for and is signed with the key beside it', () => {
  const own = newRawKey()
  const header = vapidHeader(own, {
    origin: 'https://push.example',
    contact: 'mailto:it@example.com',
    expiresAtSeconds: 9,
  })
  const [, head = '', claims = '', signature = '', key = ''] =
    /^vapid t=([^.]+)\.([^.]+)\.([^,]+), k=(.+)$/.exec(header) ?? []
  assert.deepEqual(JSON.parse(raw(claims).toString('utf8')), {
    aud: 'https://push.example',
    exp: 9,
    sub: 'mailto:it@example.com',
  })
  const point = raw(key)
  const jwk = { kty: 'EC', crv: 'P-256', x: b64(point.subarray(1, 33)), y: b64(point.subarray(33)) }
  const known = createPublicKey({ format: 'jwk', key: jwk })
  const by = { key: known, dsaEncoding: 'ieee-p1363' } as const
  assert.ok(verify('sha256', Buffer.from(`${head}.${claims}`), by, raw(signature)))
})
