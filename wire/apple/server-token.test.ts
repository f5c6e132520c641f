import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { envelop } from '../cms/enveloped.ts'
import { Malformed } from '../malformed.ts'
import { issueCertificate, parseCertificate, spkiOf } from '../x509/certificate.ts'
import { toPem } from '../x509/pem.ts'
import { authorization, baseString } from './oauth1.ts'
import { openServerToken } from './server-token.ts'

const json = {
  consumer_key: 'CK_1',
  consumer_secret: 'CS_1',
  access_token: 'AT_1',
  access_secret: 'AS_1',
  access_token_expiry: '2027-11-20T08:00:00Z',
}
const token = {
  consumerKey: 'CK_1',
  consumerSecret: 'CS_1',
  accessToken: 'AT_1',
  accessSecret: 'AS_1',
  expiresAt: Date.UTC(2027, 10, 20, 8),
}

function mint() {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const der = issueCertificate({
    subject: [['CN', 'muster']],
    spki: spkiOf(key),
    notBefore: Date.UTC(2026, 0, 1),
    notAfter: Date.UTC(2030, 0, 1),
    issuer: { key },
  })
  return { key, certificate: parseCertificate(der) }
}
const ours = mint()
const message = `Content-Type: text/plain;charset=UTF-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n-----BEGIN MESSAGE-----\r\n${JSON.stringify(json)}\r\n-----END MESSAGE-----\r\n`
const sealed = (text: string) => envelop({ content: new TextEncoder().encode(text), recipient: ours.certificate })
const bytes = (text: string) => new TextEncoder().encode(text)
const folded = (der: Uint8Array, end: string) =>
  (
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join(end)
const headers = (end: string) =>
  [
    'Content-Type: application/pkcs7-mime; name="smime.p7m";',
    ' smime-type=enveloped-data',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join(end)

test('a server token opens in every form of its file', () => {
  const der = sealed(message)
  const forms: Record<string, Uint8Array> = {
    'S/MIME with CRLF': bytes(`${headers('\r\n')}${folded(der, '\r\n')}\r\n`),
    'S/MIME with LF': bytes(`${headers('\n')}${folded(der, '\n')}\n`),
    'S/MIME with a byte order mark': bytes(`\ufeff${headers('\r\n')}${folded(der, '\r\n')}`),
    DER: der,
    base64: bytes(folded(der, '\n')),
    PEM: bytes(toPem('PKCS7', der)),
    'base64 of S/MIME': bytes(Buffer.from(`${headers('\r\n')}${folded(der, '\r\n')}`).toString('base64')),
  }
  for (const [form, file] of Object.entries(forms)) assert.deepEqual(openServerToken(file, ours), token, form)
})

test('what is inside may be bare, in base64 or broken into lines', () => {
  const insides = [
    JSON.stringify(json),
    `-----BEGIN MESSAGE-----\n${JSON.stringify(json)}\n-----END MESSAGE-----`,
    message.replace('"access_token"', '"access\r\n_token"'),
    `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from(JSON.stringify(json)).toString('base64')}`,
  ]
  for (const inside of insides) assert.deepEqual(openServerToken(sealed(inside), ours), token, inside)
})

test('the file that openssl makes opens', () => {
  const folder = mkdtempSync(join(tmpdir(), 'server-token-'))
  writeFileSync(join(folder, 'us.pem'), toPem('CERTIFICATE', ours.certificate.der))
  writeFileSync(join(folder, 'body'), message)
  execFileSync('openssl', ['smime', '-encrypt', '-des3', '-in', 'body', '-out', 'token.p7m', 'us.pem'], { cwd: folder })
  assert.deepEqual(openServerToken(new Uint8Array(readFileSync(join(folder, 'token.p7m'))), ours), token)
})

test('another certificate’s token, no token and a token without a part are refused by name', () => {
  const refused = (code: string, run: () => unknown) =>
    assert.throws(run, (e: unknown) => e instanceof Malformed && e.code === code, code)
  refused('cms.recipient', () => openServerToken(sealed(message), mint()))
  refused('token.form', () => openServerToken(bytes('%PDF-1.7 something else'), ours))
  refused('token.form', () => openServerToken(bytes('Content-Type: text/plain'), ours))
  refused('token.json', () => openServerToken(sealed('no token at all'), ours))
  refused('token.field', () => openServerToken(sealed(JSON.stringify({ ...json, access_secret: '' })), ours))
  refused('token.field', () => openServerToken(sealed(JSON.stringify({ ...json, access_token_expiry: 'soon' })), ours))
  refused('token.size', () => openServerToken(new Uint8Array(300_000), ours))
})

test('requests are signed as RFC 5849 says, by its own example', () => {
  const base = baseString('POST', 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b', [
    ['oauth_consumer_key', '9djdj82h48djs9d2'],
    ['oauth_token', 'kkk9d7dh3k39sjv7'],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', '137131201'],
    ['oauth_nonce', '7d8f3e4a'],
    ['c2', ''],
    ['a3', '2 q'],
  ])
  assert.equal(
    base,
    'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
  )
})

test('the header names everything but the secrets', () => {
  const header = authorization({
    method: 'GET',
    url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
    consumerKey: 'dpf43f3p2l4k3l03',
    consumerSecret: 'kd94hf93k423kf44',
    token: 'nnch734d00sl2jdk',
    tokenSecret: 'pfkkdhi9sl3r4s00',
    timestamp: 1191242096,
    nonce: 'kllo9940pd9333jh',
    realm: 'ADM',
  })
  // The example of OAuth Core 1.0 §A.5, whose signature is known.
  assert.match(header, /oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D"/)
  assert.match(header, /^OAuth realm="ADM", oauth_consumer_key="dpf43f3p2l4k3l03", /)
  assert.doesNotMatch(header, /kd94hf93k423kf44|pfkkdhi9sl3r4s00/)
})
