import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { constants, createCipheriv, createPrivateKey, generateKeyPairSync, publicEncrypt } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { implicit, int, nul, octets, oid, seq, set } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { issueCertificate, parseCertificate, spkiOf } from '../x509/certificate.ts'
import { toPem } from '../x509/pem.ts'
import { contentInfo } from './content.ts'
import { envelop, open } from './enveloped.ts'

const folder = mkdtempSync(join(tmpdir(), 'wire-enveloped-'))
const content = new TextEncoder().encode('a secret of some length, not a multiple of sixteen')
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
const file = (name: string) => new Uint8Array(readFileSync(join(folder, name)))

const { publicKey, privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const now = Date.UTC(2026, 10, 20)
const der = issueCertificate({
  subject: [['CN', 'us']],
  spki: spkiOf(publicKey),
  notBefore: now,
  notAfter: now + 1e11,
  issuer: { key },
  ca: {},
})
const certificate = parseCertificate(der)
writeFileSync(join(folder, 'us.pem'), toPem('CERTIFICATE', der))
writeFileSync(join(folder, 'us.key'), key.export({ type: 'pkcs8', format: 'pem' }))
writeFileSync(join(folder, 'body'), content)

function refuses(code: string, run: () => unknown): void {
  assert.throws(run, (error: unknown) => error instanceof Malformed && error.code === code, code)
}

/** An envelope made by hand around a content key and cipher text of our choice. */
function envelope(encryptedKey: Uint8Array, cipher: string, iv: Uint8Array, encrypted: Uint8Array): Uint8Array {
  const who = seq(certificate.issuerDer, certificate.serialDer)
  const info = seq(int(0), who, seq(oid('1.2.840.113549.1.1.1'), nul()), octets(encryptedKey))
  const body = seq(oid('1.2.840.113549.1.7.1'), seq(oid(cipher), octets(iv)), implicit(0, encrypted))
  return contentInfo('1.2.840.113549.1.7.3', seq(int(0), set(info), body))
}

test('our envelopes open, for us and for openssl', () => {
  for (const cipher of ['aes-256-cbc', 'aes-128-cbc', 'des-ede3-cbc'] as const) {
    const sealed = envelop({ content, recipient: certificate, cipher })
    assert.deepEqual(open(sealed, { certificate, key }), content)
    writeFileSync(join(folder, 'ours.p7'), sealed)
    openssl(
      'cms',
      '-decrypt',
      '-inform',
      'DER',
      '-in',
      'ours.p7',
      '-inkey',
      'us.key',
      '-recip',
      'us.pem',
      '-out',
      'out',
      '-binary',
    )
    assert.deepEqual(file('out'), content)
  }
})

test('the envelopes of openssl open, in every form it knows', () => {
  const ciphers = ['-aes256', '-aes192', '-aes128', '-des3']
  const oaep = ['-keyopt', 'rsa_padding_mode:oaep']
  const forms = [[], ['-keyid'], ['-stream'], ['-indef'], oaep, [...oaep, '-keyopt', 'rsa_oaep_md:sha256']]
  for (const cipher of ciphers) {
    for (const form of forms) {
      const to = ['-outform', 'DER', '-out', 'theirs.p7', '-recip', 'us.pem']
      openssl('cms', '-encrypt', '-binary', '-in', 'body', cipher, ...to, ...form)
      assert.deepEqual(open(file('theirs.p7'), { certificate, key }), content, `${cipher} ${form.join(' ')}`)
    }
  }
})

test('single DES opens only for those we call legacy', () => {
  const k = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  const cipher = createCipheriv('des-ede3-cbc', Buffer.concat([k, k, k]), k)
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()])
  const wrapped = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, k)
  const sealed = envelope(wrapped, '1.3.14.3.2.7', k, encrypted)
  refuses('cms.cipher', () => open(sealed, { certificate, key }))
  assert.deepEqual(open(sealed, { certificate, key, legacy: true }), content)
})

test('every wrong key, padding and cipher text fails alike', () => {
  const wrap = (bytes: Uint8Array) =>
    new Uint8Array(publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes))
  const raw = (bytes: Uint8Array) =>
    new Uint8Array(publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, bytes))
  const aes = '2.16.840.1.101.3.4.1.42'
  const iv = new Uint8Array(16)
  const encrypted = new Uint8Array(64).fill(7)
  const badPadding = new Uint8Array(256).fill(1, 1)
  const keys = [
    wrap(new Uint8Array(32)),
    wrap(new Uint8Array(31)),
    wrap(new Uint8Array(0)),
    raw(badPadding),
    new Uint8Array(256),
    new Uint8Array(10),
    new Uint8Array(0),
  ]
  for (const wrapped of keys) {
    let failures = 0
    // Random keys yield a valid last byte once in 256 tries; then the content is garbage, which is as good.
    for (let i = 0; i < 8; i++) {
      try {
        open(envelope(wrapped, aes, iv, encrypted), { certificate, key })
      } catch (error) {
        assert.ok(error instanceof Malformed && error.code === 'cms.decrypt', String(error))
        failures++
      }
    }
    assert.ok(failures > 0)
  }
  refuses('cms.decrypt', () =>
    open(envelope(wrap(new Uint8Array(32)), aes, iv, encrypted.subarray(1)), { certificate, key }),
  )
})

test('an envelope for another, for a key that is not RSA, or cut off, is refused', () => {
  const strange = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const other = parseCertificate(
    issueCertificate({
      subject: [['CN', 'x']],
      spki: spkiOf(strange.publicKey),
      notBefore: now,
      notAfter: now,
      issuer: { key: strange.privateKey },
    }),
  )
  const sealed = envelop({ content, recipient: other })
  refuses('cms.recipient', () => open(sealed, { certificate, key }))
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ec = issueCertificate({
    subject: [],
    spki: spkiOf(curve.publicKey),
    notBefore: now,
    notAfter: now,
    issuer: { key: curve.privateKey },
  })
  refuses('cms.recipient', () => envelop({ content, recipient: parseCertificate(ec) }))
  const ours = envelop({ content, recipient: certificate })
  for (let length = 0; length < ours.length; length += 7) {
    assert.throws(
      () =>
        open(ours.subarray(0, length), {
          certificate,
          key: createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' })),
        }),
      Malformed,
    )
  }
})
