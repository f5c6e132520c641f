import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import '../testing/reflect.ts'
import * as peculiar from '@peculiar/x509'
import fc from 'fast-check'
import { attribute, fingerprint, issueCertificate, parseCertificate, spkiOf } from './certificate.ts'
import type { Name } from './name.ts'
import { buildRequest, parseRequest } from './request.ts'

peculiar.cryptoProvider.set(globalThis.crypto)
const sample = (name: string) => new Uint8Array(readFileSync(new URL(`samples/${name}`, import.meta.url)))
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

test('the certificate that has everything says what openssl was asked to put in', () => {
  const it = parseCertificate(sample('everything.der'))
  assert.deepEqual(it.subject, [
    ['C', 'DE'],
    ['O', 'Müster'],
    ['OU', 'a'],
    ['OU', 'b'],
    ['CN', 'everything'],
    ['UID', 'u1'],
    ['serialNumber', 'S 1'],
    ['emailAddress', 'x@y.z'],
    ['DC', 'dc'],
  ])
  assert.deepEqual(it.keyUsage, ['digitalSignature', 'keyCertSign', 'encipherOnly'])
  assert.deepEqual(it.extendedKeyUsage, ['1.3.6.1.5.5.7.3.2', '1.2.3.4.5'])
  assert.deepEqual([it.isCa, it.pathLength, it.serial], [true, 3, `7f${'ff'.repeat(19)}`])
  assert.deepEqual([it.dnsNames, it.emails, it.uris], [['a.example'], ['a@b.example'], ['urn:x']])
  assert.deepEqual(it.ipAddresses, ['192.0.2.1', '2001:db8::1'])
  assert.deepEqual(it.extensions.get('1.2.3.4'), { critical: true, value: Uint8Array.of(5, 0) })
  const node = new X509Certificate(it.der)
  assert.equal(node.fingerprint256.replaceAll(':', '').toLowerCase(), fingerprint(it.der))
})

test('a certificate of version 1 has no extensions and is no authority', () => {
  const it = parseCertificate(sample('version1.der'))
  assert.deepEqual([it.extensions.size, it.isCa, it.serial, attribute(it.subject, 'CN')], [0, false, '01', 'one'])
})

test('the request sample says what openssl was asked to put in', () => {
  const it = parseRequest(sample('request.der'))
  assert.deepEqual(
    [it.subject, it.challenge, it.dnsNames, it.verified],
    [[['CN', 'request']], 'open sesame', ['r.example'], true],
  )
})

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter(s => s.isWellFormed())
const name: fc.Arbitrary<Name> = fc.array(fc.tuple(fc.constantFrom('CN', 'O', 'OU', 'L', 'UID', '1.2.3.4'), word), {
  minLength: 1,
  maxLength: 4,
})
const instant = fc.integer({ min: Date.UTC(1950, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 }).map(s => s * 1000)

test('what we issue, node and @peculiar/x509 read as we do', () => {
  fc.assert(
    fc.property(name, instant, instant, fc.array(fc.domain(), { maxLength: 3 }), (subject, one, other, dnsNames) => {
      const [notBefore, notAfter] = [Math.min(one, other), Math.max(one, other)]
      const der = issueCertificate({
        subject,
        spki: spkiOf(keys.publicKey),
        notBefore,
        notAfter,
        issuer: { key: keys.privateKey },
        dnsNames,
      })
      const ours = parseCertificate(der)
      assert.deepEqual(
        [ours.subject, ours.notBefore, ours.notAfter, ours.dnsNames],
        [subject, notBefore, notAfter, dnsNames],
      )
      const theirs = new peculiar.X509Certificate(der)
      assert.deepEqual(
        [theirs.notBefore.getTime(), theirs.notAfter.getTime(), theirs.serialNumber],
        [notBefore, notAfter, ours.serial],
      )
      const common = subject.filter(([type]) => type === 'CN').map(([, value]) => value)
      assert.deepEqual(theirs.subjectName.getField('CN'), common)
      const alternatives = theirs.getExtension(peculiar.SubjectAlternativeNameExtension)
      assert.deepEqual(alternatives?.names.toJSON().map(({ value }) => value) ?? [], dnsNames)
      assert.equal(new X509Certificate(der).verify(keys.publicKey), true)
    }),
  )
})

test('@peculiar/x509 verifies our requests, and its certificates and requests read as it meant them', async () => {
  const ours = new peculiar.Pkcs10CertificateRequest(
    buildRequest({ subject: [['CN', 'ä']], key: keys.privateKey, challenge: 'c' }),
  )
  assert.equal(await ours.verify(), true)
  const algorithm = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' }
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const request = await peculiar.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=theirs, O=Ü',
    keys: pair,
    signingAlgorithm: algorithm,
    attributes: [new peculiar.ChallengePasswordAttribute('pass')],
    extensions: [new peculiar.SubjectAlternativeNameExtension([{ type: 'ip', value: '10.0.0.9' }])],
  })
  const csr = parseRequest(new Uint8Array(request.rawData))
  assert.deepEqual(
    [csr.subject, csr.challenge, csr.ipAddresses, csr.verified],
    [
      [
        ['CN', 'theirs'],
        ['O', 'Ü'],
      ],
      'pass',
      ['10.0.0.9'],
      true,
    ],
  )
  const certificate = await peculiar.X509CertificateGenerator.createSelfSigned({
    serialNumber: '0102',
    name: 'CN=self',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2051-01-01T00:00:00Z'),
    keys: pair,
    signingAlgorithm: algorithm,
    extensions: [
      new peculiar.BasicConstraintsExtension(true, 2, true),
      new peculiar.KeyUsagesExtension(peculiar.KeyUsageFlags.keyCertSign, true),
    ],
  })
  const it = parseCertificate(new Uint8Array(certificate.rawData))
  assert.deepEqual([it.serial, it.isCa, it.pathLength, it.keyUsage], ['0102', true, 2, ['keyCertSign']])
  assert.deepEqual([it.notBefore, it.notAfter], [Date.UTC(2026, 0, 1), Date.UTC(2051, 0, 1)])
  assert.equal(it.signatureAlgorithm, 'ecdsa-with-SHA384')
})
