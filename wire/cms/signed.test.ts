import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { implicit, int, octets, oid, read, seq, set, tagged, utf8 } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { signatureOver } from '../x509/algorithm.ts'
import { issueCertificate, parseCertificate, spkiOf } from '../x509/certificate.ts'
import { toPem } from '../x509/pem.ts'
import { contentInfo } from './content.ts'
import { certificatesOf, degenerate } from './degenerate.ts'
import { sign, verify } from './signed.ts'

const folder = mkdtempSync(join(tmpdir(), 'wire-signed-'))
const at = Date.UTC(2026, 10, 20)
const content = new TextEncoder().encode('<plist>\r\nhello\n</plist>\n')
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
const file = (name: string) => new Uint8Array(readFileSync(join(folder, name)))

function identity(name: string, kind: 'rsa' | 'P-256' | 'P-384' | 'ed25519') {
  const { publicKey, privateKey: key } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : kind === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('ec', { namedCurve: kind })
  const spki = spkiOf(publicKey)
  const certificate = issueCertificate({
    subject: [['CN', name]],
    spki,
    notBefore: at,
    notAfter: at + 1e11,
    issuer: { key },
    ca: {},
  })
  writeFileSync(join(folder, `${name}.pem`), toPem('CERTIFICATE', certificate))
  writeFileSync(join(folder, `${name}.key`), key.export({ type: 'pkcs8', format: 'pem' }))
  return { name, certificate, key }
}

const rsa = identity('rsa', 'rsa')
const ec = identity('ec', 'P-256')
const all = [rsa, ec, identity('ec384', 'P-384'), identity('ed', 'ed25519')]
writeFileSync(join(folder, 'body'), content)

function refuses(code: string, run: () => unknown): void {
  assert.throws(run, (error: unknown) => error instanceof Malformed && error.code === code, code)
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const out = new Uint8Array(bytes)
  out[at] = (out[at] as number) ^ 1
  return out
}

test('what we sign we verify, with content inside or elsewhere', () => {
  for (const { certificate, key } of all) {
    const inside = verify(
      sign({ content, certificate, key, signingTime: at, attributes: [{ oid: '1.2.3', value: utf8('x') }] }),
    )
    assert.deepEqual(inside.content, content)
    assert.equal(inside.signingTime, at)
    assert.deepEqual(inside.signer.der, certificate)
    assert.deepEqual(inside.attributes.get('1.2.3'), [utf8('x')])
    const detached = sign({ content, certificate, key, detached: true, chain: [rsa.certificate] })
    assert.equal(verify(detached, { content }).certificates.length, 2)
    refuses('cms.detached', () => verify(detached))
    refuses('cms.signature', () => verify(detached, { content: changed(content, 3) }))
  }
})

test('openssl verifies what we sign', () => {
  // OpenSSL 3.0 cannot verify Ed25519 in CMS.
  for (const { name, certificate, key } of all.slice(0, 3)) {
    for (const digest of ['sha256', 'sha512', 'sha1'] as const) {
      writeFileSync(join(folder, 'ours.p7'), sign({ content, certificate, key, digest, signingTime: at }))
      const trust = ['-CAfile', `${name}.pem`, '-no_check_time', '-purpose', 'any']
      openssl('cms', '-verify', '-inform', 'DER', '-in', 'ours.p7', '-binary', '-out', 'out', ...trust)
      assert.deepEqual(file('out'), content)
    }
  }
})

test('what openssl signs we verify, in every form it knows', () => {
  const forms = [
    [],
    ['-nodetach'],
    ['-noattr'],
    ['-nosmimecap'],
    ['-keyid'],
    ['-nodetach', '-stream'],
    ['-nodetach', '-indef'],
    ['-md', 'sha512'],
  ]
  for (const { name } of [rsa, ec]) {
    for (const form of forms) {
      const args = [
        '-binary',
        '-in',
        'body',
        '-signer',
        `${name}.pem`,
        '-inkey',
        `${name}.key`,
        '-outform',
        'DER',
        '-out',
        'theirs.p7',
      ]
      openssl('cms', '-sign', ...args, ...form)
      const signed = verify(file('theirs.p7'), { content })
      assert.deepEqual(signed.content, content)
      assert.throws(() => verify(changed(file('theirs.p7'), file('theirs.p7').length - 1), { content }), Malformed)
    }
  }
  const pss = ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:32']
  openssl(
    'cms',
    '-sign',
    '-binary',
    '-in',
    'body',
    '-signer',
    'rsa.pem',
    '-inkey',
    'rsa.key',
    ...pss,
    '-outform',
    'DER',
    '-out',
    'pss.p7',
  )
  assert.deepEqual(verify(file('pss.p7'), { content }).content, content)
})

test('SHA-1 needs the legacy flag, and MD5 is never taken', () => {
  const one = sign({ content, ...rsa, digest: 'sha1' })
  refuses('cms.digest', () => verify(one))
  assert.equal(verify(one, { legacySha1: true }).digest, 'sha1')
  openssl(
    'cms',
    '-sign',
    '-binary',
    '-in',
    'body',
    '-signer',
    'rsa.pem',
    '-inkey',
    'rsa.key',
    '-md',
    'md5',
    '-outform',
    'DER',
    '-out',
    'md5.p7',
  )
  refuses('cms.digest', () => verify(file('md5.p7'), { content, legacySha1: true }))
})

test('a signer left out of the bag is found among the given certificates, or missed', () => {
  openssl(
    'cms',
    '-sign',
    '-binary',
    '-nocerts',
    '-in',
    'body',
    '-signer',
    'ec.pem',
    '-inkey',
    'ec.key',
    '-outform',
    'DER',
    '-out',
    'bare.p7',
  )
  refuses('cms.signerMissing', () => verify(file('bare.p7'), { content }))
  refuses('cms.signerMissing', () => verify(file('bare.p7'), { content, certificates: [rsa.certificate] }))
  const found = verify(file('bare.p7'), { content, certificates: [rsa.certificate, ec.certificate] })
  assert.deepEqual([found.signer.der, found.certificates], [ec.certificate, []])
})

test('with two certificates in the bag the one named signed, whatever their order', () => {
  const message = sign({ content, certificate: rsa.certificate, key: rsa.key, chain: [ec.certificate] })
  assert.deepEqual(verify(message).signer.der, rsa.certificate)
  openssl(
    'cms',
    '-sign',
    '-binary',
    '-in',
    'body',
    '-signer',
    'ec.pem',
    '-inkey',
    'ec.key',
    '-certfile',
    'rsa.pem',
    '-outform',
    'DER',
    '-out',
    'two.p7',
  )
  const { signer, certificates } = verify(file('two.p7'), { content })
  assert.deepEqual([signer.der, certificates.length], [ec.certificate, 2])
})

test('no signer and two signers are refused', () => {
  refuses('cms.signers', () => verify(degenerate([rsa.certificate]), { content }))
  const two = ['-signer', 'ec.pem', '-inkey', 'ec.key', '-signer', 'rsa.pem', '-inkey', 'rsa.key']
  openssl('cms', '-sign', '-binary', '-in', 'body', ...two, '-outform', 'DER', '-out', 'signers.p7')
  refuses('cms.signers', () => verify(file('signers.p7'), { content }))
})

test('signed attributes cannot be passed off as content', () => {
  const real = read(sign({ content, ...ec }))
  const signedData = real.children[1]?.children[0]
  const info = signedData?.children.at(-1)?.children[0]
  const attributes = info?.children[3]
  assert.ok(info && attributes)
  const posing = new Uint8Array(attributes.raw)
  posing[0] = 0x31
  const bare = seq(...info.children.filter(field => field !== attributes).map(field => field.raw))
  const body = seq(
    int(1),
    set(),
    seq(oid('1.2.840.113549.1.7.1'), tagged(0, octets(posing))),
    implicit(0, ec.certificate, true),
    set(bare),
  )
  refuses('cms.attribute', () => verify(contentInfo('1.2.840.113549.1.7.2', body)))
})

test('a message without a message digest, or with another type of content, is refused', () => {
  const forged = (attributes: Uint8Array) => {
    const { issuerDer, serialDer } = parseCertificate(ec.certificate)
    const digest = seq(oid('2.16.840.1.101.3.4.2.1'))
    const algorithm = seq(oid('1.2.840.10045.4.3.2'))
    const signature = octets(signatureOver(attributes, ec.key))
    const signer = seq(
      int(1),
      seq(issuerDer, serialDer),
      digest,
      implicit(0, read(attributes).content, true),
      algorithm,
      signature,
    )
    const data = seq(oid('1.2.840.113549.1.7.1'), tagged(0, octets(content)))
    return contentInfo(
      '1.2.840.113549.1.7.2',
      seq(int(1), set(digest), data, implicit(0, ec.certificate, true), set(signer)),
    )
  }
  const type = seq(oid('1.2.840.113549.1.9.3'), set(oid('1.2.840.113549.1.7.1')))
  refuses('cms.attribute', () => verify(forged(set(type))))
  const other = seq(oid('1.2.840.113549.1.9.3'), set(oid('1.2.840.113549.1.7.5')))
  refuses('cms.attribute', () => verify(forged(set(other))))
  refuses('cms.attribute', () => verify(forged(set(type, type))))
})

test('a message cut off at any byte is malformed', () => {
  const whole = sign({ content, ...ec })
  for (let length = 0; length < whole.length; length += 1)
    assert.throws(() => verify(whole.subarray(0, length)), Malformed)
})

test('certificates alone come back in their order, and openssl lists them', () => {
  const bag = degenerate([rsa.certificate, ec.certificate])
  assert.deepEqual(certificatesOf(bag), [rsa.certificate, ec.certificate])
  writeFileSync(join(folder, 'bag.p7'), bag)
  const listed = openssl('pkcs7', '-inform', 'DER', '-in', 'bag.p7', '-print_certs', '-noout').toString()
  assert.equal(listed.match(/subject=/g)?.length, 2)
  openssl('crl2pkcs7', '-nocrl', '-certfile', 'ec.pem', '-outform', 'DER', '-out', 'theirs-bag.p7')
  assert.deepEqual(certificatesOf(file('theirs-bag.p7')), [ec.certificate])
})
