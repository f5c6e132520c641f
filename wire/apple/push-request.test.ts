import assert from 'node:assert/strict'
import { createSign, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { Malformed } from '../malformed.ts'
import { decode, dict } from '../plist/plist.ts'
import { issueCertificate, parseCertificate, spkiOf } from '../x509/certificate.ts'
import { buildRequest } from '../x509/request.ts'
import { encodePushRequest, readPushRequest, signPushRequest } from './push-request.ts'

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

function vendor() {
  const key = rsa()
  const now = Date.UTC(2026, 0, 1)
  const der = issueCertificate({
    subject: [['CN', 'MDM Vendor: Havsten']],
    spki: spkiOf(key),
    notBefore: now,
    notAfter: now + 365 * 86_400_000,
    issuer: { key },
  })
  return { key, certificate: parseCertificate(der) }
}

test('a signed request is base64 of a property list of three texts, and reads back', () => {
  const { key, certificate } = vendor()
  const request = buildRequest({ subject: [['CN', 'mdm']], key: rsa() })
  const text = encodePushRequest(signPushRequest(request, [certificate], key))
  const fields = dict(decode(Buffer.from(text, 'base64')))
  assert.deepEqual(Object.keys(fields), ['PushCertRequestCSR', 'PushCertCertificateChain', 'PushCertSignature'])
  for (const value of Object.values(fields)) assert.equal(typeof value, 'string')
  const back = readPushRequest(text)
  assert.deepEqual(back.request, request)
  assert.deepEqual(back.chain[0]?.der, certificate.der)
  // The bare list, and lines that were folded on the way, say the same.
  assert.deepEqual(readPushRequest(Buffer.from(text, 'base64').toString('utf8')).request, request)
  assert.deepEqual(readPushRequest(text.replaceAll(/(.{64})/g, '$1\r\n')).request, request)
})

test('a signature with SHA-1, as vendors made them in former years, holds; one by another key or over another request does not', () => {
  const { key, certificate } = vendor()
  const request = buildRequest({ subject: [['CN', 'mdm']], key: rsa() })
  const old = createSign('sha1').update(request).sign(key)
  assert.deepEqual(
    readPushRequest(encodePushRequest({ request, chain: [certificate], signature: old })).request,
    request,
  )
  const other = signPushRequest(buildRequest({ subject: [['CN', 'x']], key: rsa() }), [certificate], key)
  for (const signed of [signPushRequest(request, [certificate], rsa()), { ...other, request }])
    assert.throws(() => readPushRequest(encodePushRequest(signed)), { code: 'push-request.signature' })
})

test('what is no signed request is refused as malformed, never otherwise', () => {
  const { key, certificate } = vendor()
  const good = encodePushRequest(
    signPushRequest(buildRequest({ subject: [['CN', 'm']], key: rsa() }), [certificate], key),
  )
  const bad = [
    '',
    'nonsense',
    '<plist><dict/></plist>',
    good.slice(0, 200),
    Buffer.from('<plist version="1.0"><dict/></plist>').toString('base64'),
  ]
  for (const text of bad) assert.throws(() => readPushRequest(text), Malformed)
})
