import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { Malformed } from '../malformed.ts'
import { readAttestation } from './attestation.ts'
import { type Cbor, readCbor, writeCbor } from './cbor.ts'
import { bindingHolds, jwkOf, jwsHolds, readJws, thumbprint } from './jws.ts'

const url64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url')

/** A request as a client writes it. */
function jws(key: KeyObject, alg: string, head: object, payload = '{}') {
  const parts = [url64(JSON.stringify({ alg, url: 'https://ca.example/x', nonce: 'n', ...head })), url64(payload)]
  const data = Buffer.from(parts.join('.'))
  const signature = alg.startsWith('ES')
    ? sign(alg === 'ES256' ? 'sha256' : 'sha384', data, { key, dsaEncoding: 'ieee-p1363' })
    : sign(alg === 'EdDSA' ? null : 'sha256', data, key)
  return { protected: parts[0], payload: parts[1], signature: url64(signature) }
}

const text = (value: object): string => JSON.stringify(value)
const code = (wanted: string) => (error: unknown) => error instanceof Malformed && error.code === wanted

test('the thumbprint is the one of RFC 7638 §3.1', () => {
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'
  const jwk = jwkOf({ kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' })
  assert.equal(thumbprint(jwk), 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
})

test('a signature holds for its key and its text alone, with each algorithm; weak keys and other algorithms never do', () => {
  const pairs = [
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ] as const
  for (const [alg, { privateKey }] of pairs) {
    const jwk = jwkOf(createPublicKey(privateKey).export({ format: 'jwk' }))
    const made = jws(privateKey, alg, { jwk })
    const read = readJws(text(made))
    assert.equal(jwsHolds(read, jwk), true, alg)
    assert.equal(jwsHolds(readJws(text({ ...made, payload: url64('{"a":1}') })), jwk), false, alg)
    for (const [other, pair] of pairs)
      if (other !== alg)
        assert.equal(jwsHolds(read, jwkOf(createPublicKey(pair.privateKey).export({ format: 'jwk' }))), false)
  }
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const jwk = jwkOf(createPublicKey(weak).export({ format: 'jwk' }))
  assert.equal(jwsHolds(readJws(text(jws(weak, 'RS256', { jwk }))), jwk), false)
  const { privateKey } = pairs[0][1]
  const none = {
    ...jws(privateKey, 'ES256', { kid: 'x' }),
    protected: url64(text({ alg: 'none', url: 'x', kid: 'x' })),
    signature: '',
  }
  assert.equal(jwsHolds(readJws(text(none)), jwk), false)
})

test('a request is refused that names two keys or none, has several signatures, demands what we do not know, or is no JSON', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' })
  assert.throws(() => readJws(text(jws(privateKey, 'ES256', { jwk, kid: 'x' }))), code('jws.header'))
  assert.throws(() => readJws(text(jws(privateKey, 'ES256', {}))), code('jws.header'))
  assert.throws(() => readJws(text(jws(privateKey, 'ES256', { jwk, crit: ['exp'] }))), code('jws.header'))
  assert.throws(() => readJws(text({ ...jws(privateKey, 'ES256', { jwk }), signatures: [] })), code('jws.form'))
  assert.throws(() => readJws('[]'), code('jws.json'))
  assert.throws(() => readJws('x'.repeat(70_000)), code('jws.size'))
  assert.throws(() => readJws(text({ ...jws(privateKey, 'ES256', { jwk }), payload: 'a+b=' })), code('jws.base64'))
  for (const wrong of [
    null,
    {},
    { kty: 'oct', k: 'x' },
    { kty: 'EC', crv: 'P-521', x: 'a', y: 'b' },
    { kty: 'EC', crv: 'P-256', x: 'a' },
  ])
    assert.throws(() => jwkOf(wrong), code('jws.jwk'))
})

test('a binding holds with its secret and for its key alone', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = jwkOf(createPublicKey(privateKey).export({ format: 'jwk' }))
  const secret = Buffer.alloc(32, 7)
  const parts = [url64(text({ alg: 'HS256', kid: 'k', url: 'u' })), url64(text(jwk))]
  const signature = createHmac('sha256', secret).update(parts.join('.')).digest('base64url')
  const binding = readJws(text({ protected: parts[0], payload: parts[1], signature }))
  const other = jwkOf(
    createPublicKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey).export({ format: 'jwk' }),
  )
  assert.equal(bindingHolds(binding, secret, jwk), true)
  assert.equal(bindingHolds(binding, Buffer.alloc(32, 8), jwk), false)
  assert.equal(bindingHolds(binding, secret, other), false)
})

test('CBOR comes back as it was written, and examples of RFC 8949 appendix A are read', () => {
  const value = new Map<string | number, Cbor>([
    ['fmt', 'apple'],
    ['list', [0, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_296, -1, -500, true, false, null]],
    [-7, new Uint8Array([1, 2, 3])],
    ['long', 'å'.repeat(300)],
  ])
  assert.deepEqual(readCbor(writeCbor(value)), value)
  const examples: [string, Cbor][] = [
    ['1903e8', 1000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['1bffffffffffffffff', 18_446_744_073_709_551_615n],
    ['3903e7', -1000],
    ['fb3ff199999999999a', 1.1],
    ['fa47c35000', 100_000],
    ['4401020304', new Uint8Array([1, 2, 3, 4])],
    ['6449455446', 'IETF'],
    ['83010203', [1, 2, 3]],
    [
      'a201020304',
      new Map([
        [1, 2],
        [3, 4],
      ]),
    ],
  ]
  for (const [hex, wanted] of examples) assert.deepEqual(readCbor(Buffer.from(hex, 'hex')), wanted, hex)
})

test('CBOR that lies about its size, nests without end, repeats a key or goes on after its end is refused', () => {
  const wrong: [string, string][] = [
    ['9a7fffffff', 'cbor.truncated'],
    ['5affffffff', 'cbor.truncated'],
    ['ba7fffffff01', 'cbor.truncated'],
    [`${'81'.repeat(40)}01`, 'cbor.depth'],
    ['a201010102', 'cbor.key'],
    ['a1410101', 'cbor.key'],
    ['0101', 'cbor.trailing'],
    ['9f01ff', 'cbor.length'],
    ['c101', 'cbor.tag'],
    ['61ff', 'cbor.text'],
    ['', 'cbor.truncated'],
  ]
  for (const [hex, wanted] of wrong) assert.throws(() => readCbor(Buffer.from(hex, 'hex')), code(wanted), hex)
  assert.throws(() => readAttestation(writeCbor(new Map([['fmt', 'apple']]))), code('attestation.form'))
})
