import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Malformed } from '../malformed.ts'
import {
  attribute,
  type Certificate,
  fingerprint,
  issueCertificate,
  parseCertificate,
  spkiOf,
  verifyChain,
  verifyIssued,
} from './certificate.ts'
import { fromPem, toPem } from './pem.ts'

const DAY = 86_400_000
const at = Date.UTC(2026, 10, 20)
type Keys = { publicKey: KeyObject; privateKey: KeyObject }
const p256 = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const folder = mkdtempSync(join(tmpdir(), 'wire-x509-'))
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const CLIENT = '1.3.6.1.5.5.7.3.2'

function root(keys: Keys, ca: { pathLength?: number } = {}): Certificate {
  const subject = [
    ['O', 'Muster'],
    ['CN', 'Root'],
  ] as const
  const spki = spkiOf(keys.publicKey)
  return parseCertificate(
    issueCertificate({
      subject,
      spki,
      notBefore: at - DAY,
      notAfter: at + 365 * DAY,
      issuer: { key: keys.privateKey },
      ca,
    }),
  )
}

function below(issuer: Certificate, key: KeyObject, extra: object = {}): { certificate: Certificate; key: KeyObject } {
  const keys = p256()
  const der = issueCertificate({
    subject: [['CN', 'device']],
    spki: spkiOf(keys.publicKey),
    notBefore: at - DAY,
    notAfter: at + DAY,
    issuer: { certificate: issuer, key },
    extendedKeyUsage: [CLIENT],
    ...extra,
  })
  return { certificate: parseCertificate(der), key: keys.privateKey }
}

function refuses(code: string, run: () => unknown): void {
  assert.throws(run, (error: unknown) => error instanceof Malformed && error.code === code, code)
}

test('openssl accepts our chain strictly, and node reads what we read', () => {
  for (const keys of [p256(), generateKeyPairSync('ec', { namedCurve: 'P-384' }), rsa]) {
    const ca = root(keys)
    const names = {
      dnsNames: ['a.example'],
      ipAddresses: ['10.1.2.3', '2001:db8::1'],
      uris: ['urn:x'],
      emails: ['a@b.c'],
    }
    const { certificate } = below(ca, keys.privateKey, names)
    writeFileSync(join(folder, 'ca.pem'), toPem('CERTIFICATE', ca.der))
    writeFileSync(join(folder, 'leaf.pem'), toPem('CERTIFICATE', certificate.der))
    const time = String(at / 1000)
    const said = execFileSync('openssl', [
      'verify',
      '-x509_strict',
      '-attime',
      time,
      '-CAfile',
      join(folder, 'ca.pem'),
      join(folder, 'leaf.pem'),
    ])
    assert.match(said.toString(), /OK/)
    const node = new X509Certificate(certificate.der)
    assert.equal(node.serialNumber.toLowerCase(), certificate.serial)
    assert.equal(node.fingerprint256.replaceAll(':', '').toLowerCase(), fingerprint(certificate.der))
    assert.equal(node.validToDate.getTime(), certificate.notAfter)
    assert.match(node.subjectAltName ?? '', /2001:DB8:0:0:0:0:0:1/)
    assert.deepEqual(certificate.ipAddresses, names.ipAddresses)
    assert.deepEqual(certificate.emails, names.emails)
    assert.equal(attribute(certificate.issuer, 'O'), 'Muster')
    assert.equal(verifyIssued(certificate, ca), true)
    assert.equal(verifyIssued(ca, certificate), false)
  }
})

test('a chain holds from the leaf over an intermediate to the root, and tells why when it does not', () => {
  const keys = p256()
  const ca = root(keys, { pathLength: 1 })
  const middle = below(ca, keys.privateKey, {
    subject: [['CN', 'Middle']],
    ca: { pathLength: 0 },
    extendedKeyUsage: [],
  })
  const leaf = below(middle.certificate, middle.key)
  const good = { intermediates: [middle.certificate], roots: [ca], at, extendedKeyUsage: CLIENT }
  assert.deepEqual(verifyChain(leaf.certificate, good), [leaf.certificate, middle.certificate, ca])
  refuses('x509.expired', () => verifyChain(leaf.certificate, { ...good, at: at + 2 * DAY }))
  assert.equal(verifyChain(leaf.certificate, { ...good, at: at + DAY + 5, skewMs: 10 }).length, 3)
  refuses('x509.notYetValid', () => verifyChain(leaf.certificate, { ...good, at: at - 2 * DAY }))
  refuses('x509.untrusted', () => verifyChain(leaf.certificate, { ...good, intermediates: [] }))
  refuses('x509.usage', () => verifyChain(leaf.certificate, { ...good, extendedKeyUsage: '1.3.6.1.5.5.7.3.1' }))
  const under = below(leaf.certificate, leaf.key)
  refuses('x509.authority', () =>
    verifyChain(under.certificate, { ...good, intermediates: [middle.certificate, leaf.certificate] }),
  )
  const tooDeep = below(middle.certificate, middle.key, { subject: [['CN', 'Deep']], ca: {}, extendedKeyUsage: [] })
  const last = below(tooDeep.certificate, tooDeep.key)
  const both = [middle.certificate, tooDeep.certificate]
  refuses('x509.pathLength', () => verifyChain(last.certificate, { ...good, intermediates: both }))
  const odd = below(ca, keys.privateKey, { extra: [{ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }] })
  refuses('x509.critical', () => verifyChain(odd.certificate, good))
  const impostor = root(p256())
  refuses('x509.untrusted', () => verifyChain(leaf.certificate, { ...good, roots: [impostor] }))
})

test('a changed byte anywhere is refused or breaks the signature', () => {
  const keys = p256()
  const ca = root(keys)
  const { certificate } = below(ca, keys.privateKey)
  for (let i = 0; i < certificate.der.length; i++) {
    const bad = new Uint8Array(certificate.der)
    bad[i] = (bad[i] as number) ^ 1
    try {
      assert.equal(verifyIssued(parseCertificate(bad), ca), false, `byte ${i}`)
    } catch (error) {
      assert.ok(error instanceof Malformed, String(error))
    }
  }
})

test('PEM comes back as it went in, with text around it and line ends of any kind', () => {
  const der = new Uint8Array(100).map((_, i) => i)
  const text = `junk\n${toPem('CERTIFICATE', der)}more\n${toPem('EC PRIVATE KEY', der)}`
  const expected = [
    { label: 'CERTIFICATE', der },
    { label: 'EC PRIVATE KEY', der },
  ]
  assert.deepEqual(fromPem(text), expected)
  assert.deepEqual(fromPem(text.replaceAll('\n', '\r\n')), expected)
  refuses('pem.truncated', () => fromPem('-----BEGIN X-----\nAA'.replace('X', 'A')))
  refuses('pem.base64', () => fromPem('-----BEGIN A-----\n!!\n-----END A-----'))
})
