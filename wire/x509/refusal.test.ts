import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { bits, int, nul, octets, oid, read, seq, set, tagged, tlv, utf8 } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { signatureAlgorithm, signatureHolds } from './algorithm.ts'
import { type Certificate, issueCertificate, parseCertificate, verifyChain, verifyIssued } from './certificate.ts'
import {
  alternativeNamesDer,
  keyUsageDer,
  parseAlternativeNames,
  parseBasicConstraints,
  parseExtensions,
} from './extensions.ts'
import { publicKey, spkiOf } from './key.ts'
import { nameDer, parseName } from './name.ts'
import { fromPem } from './pem.ts'
import { buildRequest, parseRequest } from './request.ts'

const at = Date.UTC(2026, 10, 20)
const DAY = 86_400_000
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

function refuses(code: string, run: () => unknown): void {
  assert.throws(run, (error: unknown) => error instanceof Malformed && error.code === code, code)
}

interface Wish {
  subject?: string
  keys?: { publicKey: KeyObject; privateKey: KeyObject }
  issuer?: { certificate: Certificate; key: KeyObject }
  ca?: boolean
  until?: number
  usage?: readonly string[]
}

function certificate({ subject = 'x', keys = ec, issuer, ca = true, until = at + DAY, usage }: Wish): Certificate {
  const der = issueCertificate({
    subject: [['CN', subject]],
    spki: spkiOf(keys.publicKey),
    notBefore: at - DAY,
    notAfter: until,
    issuer: issuer ?? { key: keys.privateKey },
    ...(ca && { ca: {} }),
    ...(usage && { keyUsage: usage }),
  })
  return parseCertificate(der)
}

test('keys that are weak, huge, or of a kind we do not take are refused', () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 512 })
  const odd = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const exchange = generateKeyPairSync('x25519')
  for (const { publicKey: key } of [weak, odd, exchange]) refuses('x509.key', () => publicKey(spkiOf(key)))
  refuses('x509.key', () => publicKey(new Uint8Array(1201)))
  refuses('x509.key', () => publicKey(Uint8Array.of(0x30, 0)))
  const modulus = new Uint8Array(256).fill(0xff)
  const dear = seq(seq(oid('1.2.840.113549.1.1.1'), nul()), bits(seq(int(modulus), int(modulus))))
  refuses('x509.key', () => publicKey(dear))
  assert.equal(publicKey(spkiOf(rsa.publicKey)), publicKey(spkiOf(rsa.privateKey)))
})

test('the cache of keys forgets what was not used, and keeps what was', () => {
  const numbered = (n: number) =>
    seq(seq(oid('1.3.101.112')), bits(new Uint8Array(32).fill(n % 251, 0, 16).fill(Math.floor(n / 251), 16)))
  const [used, unused] = [numbered(1), numbered(2)]
  const [kept, forgotten] = [publicKey(used), publicKey(unused)]
  for (let n = 3; n < 2200; n++) {
    publicKey(numbered(n))
    if (n % 500 === 0) publicKey(used)
  }
  assert.equal(publicKey(used), kept)
  assert.notEqual(publicKey(unused), forgotten)
})

test('a chain to a root that has expired, may not sign, or is only named alike, says so', () => {
  const root = (wish: Wish) => certificate({ subject: 'root', ...wish })
  const good = root({})
  const leaf = certificate({ issuer: { certificate: good, key: ec.privateKey }, ca: false, keys: rsa })
  const judge =
    (roots: Certificate[], more: object = {}) =>
    () =>
      verifyChain(leaf, { intermediates: [], roots, at, ...more })
  assert.equal(judge([good])().length, 2)
  refuses('x509.expired', judge([root({ until: at - 1 })]))
  refuses('x509.authority', judge([root({ ca: false })]))
  refuses('x509.authority', judge([root({ usage: ['digitalSignature'] })]))
  const alike = certificate({ subject: 'root', keys: generateKeyPairSync('ec', { namedCurve: 'P-256' }) })
  refuses('x509.signature', judge([{ ...alike, subjectKeyId: good.subjectKeyId ?? '' }]))
  assert.deepEqual(judge([root({ until: at - 1 }), good])().length, 2)
  assert.deepEqual(verifyChain(good, { intermediates: [], roots: [good], at }), [good])
})

test('rings and crowds of intermediates end the search', () => {
  const a = certificate({ subject: 'a' })
  const ring = certificate({ subject: 'b', issuer: { certificate: a, key: ec.privateKey } })
  const back = certificate({ subject: 'a', issuer: { certificate: ring, key: ec.privateKey } })
  const leaf = certificate({ issuer: { certificate: ring, key: ec.privateKey }, ca: false })
  refuses('x509.untrusted', () => verifyChain(leaf, { intermediates: [ring, back], roots: [], at }))
  const impostors = Array.from({ length: 70 }, (_, i) => ({
    ...ring,
    spki: spkiOf(rsa.publicKey),
    der: Uint8Array.of(i),
  }))
  refuses('x509.untrusted', () => verifyChain(leaf, { intermediates: impostors, roots: [], at }))
})

test('SHA-1 in a chain needs the legacy flag', () => {
  const root = certificate({ keys: rsa, subject: 'root' })
  const leaf = certificate({ issuer: { certificate: root, key: rsa.privateKey }, ca: false })
  const fields = read(leaf.tbsDer).children.map(field => field.raw)
  const algorithm = seq(oid('1.2.840.113549.1.1.5'), nul())
  const tbs = seq(...fields.map((field, i) => (i === 2 ? algorithm : field)))
  const old = parseCertificate(seq(tbs, algorithm, bits(sign('sha1', tbs, rsa.privateKey))))
  assert.equal(verifyIssued(old, root), true)
  refuses('x509.weak', () => verifyChain(old, { intermediates: [], roots: [root], at }))
  assert.equal(verifyChain(old, { intermediates: [], roots: [root], at, legacySha1: true }).length, 2)
})

test('RSA-PSS is read with its defaults and with what it names, and odd parameters are no algorithm', () => {
  const pss = (...fields: Uint8Array[]) => signatureAlgorithm(read(seq(oid('1.2.840.113549.1.1.10'), seq(...fields))))
  const sha256 = seq(oid('2.16.840.1.101.3.4.2.1'))
  const mask = seq(oid('1.2.840.113549.1.1.8'), sha256)
  assert.deepEqual(pss(), { name: 'rsassa-pss-sha1', key: 'rsa-pss', digest: 'sha1', saltLength: 20 })
  const named = pss(tagged(0, sha256), tagged(1, mask), tagged(2, int(32)))
  assert.equal(named?.saltLength, 32)
  assert.equal(pss(tagged(0, sha256)), undefined)
  assert.equal(pss(tagged(2, int(-1))), undefined)
  assert.equal(pss(tagged(0, seq(oid('1.2.3')))), undefined)
  refuses('x509.algorithm', () => pss(nul()))
  refuses('x509.algorithm', () => signatureAlgorithm(read(seq())))
  assert.ok(named)
  const body = Uint8Array.of(1, 2, 3)
  const made = sign('sha256', body, { key: rsa.privateKey, padding: 6, saltLength: 32 })
  assert.equal(signatureHolds(named, spkiOf(rsa.publicKey), body, made), true)
  assert.equal(signatureHolds(named, spkiOf(ec.publicKey), body, made), false)
})

test('what nobody should issue is refused', () => {
  const wish = {
    subject: [['CN', 'x']] as const,
    spki: spkiOf(ec.publicKey),
    notBefore: at,
    notAfter: at,
    issuer: { key: ec.privateKey },
  }
  refuses('x509.validity', () => issueCertificate({ ...wish, notAfter: at - 1000 }))
  const weak = spkiOf(generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey)
  refuses('x509.key', () => issueCertificate({ ...wish, spki: weak, keyUsage: ['digitalSignature'] }))
  for (const serial of ['', 'xy', '123', 'ff'.repeat(21)])
    refuses('x509.serial', () => issueCertificate({ ...wish, serial }))
  assert.equal(parseCertificate(issueCertificate({ ...wish, serial: '00ff' })).serial, 'ff')
  refuses('x509.usage', () => issueCertificate({ ...wish, keyUsage: ['flying'] }))
  refuses('x509.extension', () => issueCertificate({ ...wish, ipAddresses: ['10.0.0.256'] }))
  refuses('x509.extension', () => issueCertificate({ ...wish, ipAddresses: ['nowhere'] }))
  refuses('der.text', () => issueCertificate({ ...wish, dnsNames: ['é.example'] }))
  refuses('der.text', () => issueCertificate({ ...wish, subject: [['C', 'Ü']] }))
  const other = certificate({ keys: rsa })
  assert.throws(() => issueCertificate({ ...wish, issuer: { certificate: other, key: ec.privateKey } }), TypeError)
  const nameless = parseCertificate(issueCertificate({ ...wish, subject: [], dnsNames: ['a.example'] }))
  assert.equal(nameless.extensions.get('2.5.29.17')?.critical, true)
})

test('extensions that stand twice or say nonsense are refused', () => {
  const one = seq(oid('1.2.3'), octets(nul()))
  refuses('x509.extension', () => parseExtensions(read(seq(one, one))))
  refuses('x509.extension', () => parseExtensions(read(seq(seq(oid('1.2.3'))))))
  refuses('x509.extension', () => parseBasicConstraints(seq(int(-1))))
  refuses('x509.extension', () => parseAlternativeNames(seq(tlv(0x87, Uint8Array.of(1, 2, 3)))))
  assert.equal(alternativeNamesDer({}), undefined)
  assert.equal(keyUsageDer(['decipherOnly']).toHex(), '0303070080')
  const v6 = ['::', '::1', '2001:db8:1:2:3:4:5:6', '1::2:0:0:3', '::ffff:a01:203']
  assert.deepEqual(parseAlternativeNames(alternativeNamesDer({ ipAddresses: v6 })).ipAddresses, [
    '::',
    '::1',
    '2001:db8:1:2:3:4:5:6',
    '1::2:0:0:3',
    '::ffff:a01:203',
  ])
})

test('names keep what they cannot read, and refuse what is no name', () => {
  assert.deepEqual(parseName(read(seq(set(seq(oid('1.2.3'), octets(Uint8Array.of(7))))))), [['1.2.3', '#040107']])
  refuses('x509.name', () => parseName(read(nul())))
  refuses('x509.name', () => parseName(read(seq(set(seq(oid('1.2.3')))))))
  assert.deepEqual(parseName(read(nameDer([['DC', 'a']]))), [['DC', 'a']])
})

test('requests with attributes that stand twice, or of unknown algorithms, are refused or not verified', () => {
  const whole = read(buildRequest({ subject: [['CN', 'x']], key: ec.privateKey, challenge: 'c' }))
  const [body, , signature] = whole.children
  assert.ok(body && signature)
  const other = parseRequest(seq(body.raw, seq(oid('1.2.3')), signature.raw))
  assert.deepEqual([other.verified, other.signatureAlgorithm], [false, 'unknown'])
  const attribute = seq(oid('1.2.840.113549.1.9.7'), set(utf8('c')))
  const twice = seq(...body.children.slice(0, 3).map(field => field.raw), tlv(0xa0, attribute, attribute))
  refuses('x509.request', () => parseRequest(seq(twice, seq(oid('1.2.3')), signature.raw)))
  refuses('x509.size', () => parseRequest(new Uint8Array(70_000)))
  refuses('x509.size', () => parseCertificate(new Uint8Array(70_000)))
})

test('PEM with a label or an end that is missing is refused, and headers are passed over', () => {
  refuses('pem.label', () => fromPem('-----BEGIN lower-----\nAA==\n-----END lower-----'))
  refuses('pem.label', () => fromPem('-----BEGIN A'))
  const blocks = fromPem('-----BEGIN A-----\nProc-Type: 4\n\nAQI=\n-----END A-----')
  assert.deepEqual(blocks, [{ label: 'A', der: Uint8Array.of(1, 2) }])
  assert.deepEqual(fromPem('nothing'), [])
})
