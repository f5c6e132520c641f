import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { connect, type TLSSocket } from 'node:tls'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { verify } from '@muster/wire/cms/signed.ts'
import { decode, dict } from '@muster/wire/plist/plist.ts'
import { fingerprint, parseCertificate, verifyChain } from '@muster/wire/x509/certificate.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import { house } from '../../testing/house.ts'
import { listening } from '../../testing/listening.ts'
import * as certificates from './index.ts'
import { until } from '../../../tools/until.ts'

const day = 86_400_000

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-issuer-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('authorities are made once however many ask at once, and found again by a server that starts later', async t => {
  const h = await house(t)
  const asked = await Promise.all(Array.from({ length: 5 }, () => certificates.caCertificate(h.base, h.org)))
  assert.equal(new Set(asked.map(fingerprint)).size, 1)
  assert.deepEqual(await h.events(), ['certificate.issued'])
  const later = { ...h.base, secrets: { ...h.base.secrets } }
  assert.deepEqual(await certificates.caCertificate(later, h.org), asked[0])
  assert.equal(await certificates.scepCaFingerprint(h.base, h.org), fingerprint(asked[0] ?? new Uint8Array()))
  const ca = parseCertificate(await certificates.caCertificate(h.base, h.org, 'ca-device'))
  assert.equal(ca.isCa, true)
})

test('private keys rest sealed', async t => {
  const h = await house(t)
  await certificates.serverTls(h.base)
  const rows = await h.base.engine.read(tx => tx.selectFrom('issuers').select('private_key').execute())
  assert.equal(rows.length, 2)
  // A PKCS #8 key begins with a SEQUENCE; a sealed value with its version.
  assert.ok(rows.every(r => (r as { private_key: Uint8Array }).private_key[0] === 1))
})

test('the server certificate carries the public host and this machine, and openssl and a TLS client accept it', async t => {
  const h = await house(t, { MUSTER_URL: 'https://mdm.havsten.example:8443' })
  const tls = await certificates.serverTls(h.base)
  const leaf = new X509Certificate(tls.cert)
  for (const name of ['mdm.havsten.example', 'localhost']) assert.ok(leaf.checkHost(name), name)
  for (const ip of ['127.0.0.1', '::1']) assert.ok(leaf.checkIP(ip), ip)
  assert.ok(leaf.validToDate.getTime() - leaf.validFromDate.getTime() <= 397 * day)
  const folder = folderFor(t)
  writeFileSync(join(folder, 'ca.pem'), tls.ca ?? '')
  writeFileSync(join(folder, 'leaf.pem'), tls.cert)
  const at = String(Math.floor(h.now() / 1000))
  const args = ['verify', '-x509_strict', '-attime', at, '-purpose', 'sslserver', '-CAfile', 'ca.pem', 'leaf.pem']
  assert.match(execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' }), /leaf\.pem: OK/)
})

test('the server certificate renews itself at two thirds of its life, and those who listen are given the new one', async t => {
  const h = await house(t)
  const tls = await certificates.serverTls(h.base)
  const given: string[] = []
  const stop = certificates.watchServerTls(h.base, tls, fresh => given.push(fresh.cert))
  t.after(stop)
  h.pass(260 * day)
  await h.settle()
  assert.equal((await certificates.serverTls(h.base)).cert, tls.cert)
  h.pass(10 * day)
  await h.settle()
  await until('the new one is given', () => given.length > 0)
  assert.equal(given.length, 1)
  assert.notEqual(given[0], tls.cert)
  const fresh = await certificates.serverTls(h.base)
  assert.equal(fresh.cert, given[0])
  assert.equal(fresh.ca, tls.ca)
  assert.ok(new X509Certificate(fresh.cert).validToDate.getTime() > h.now() + 390 * day)
})

test('the signing certificate of an org renews itself even when nothing is signed for a year', async t => {
  const h = await house(t)
  await certificates.sign(h.base, h.org, Buffer.from('once'))
  const before = (await h.run(ctx => certificates.list(ctx))).find(c => c.purpose === 'profile-signing')
  for (let n = 0; n < 14; n += 1) {
    h.pass(30 * day)
    await h.settle()
  }
  const after = (await h.run(ctx => certificates.list(ctx))).filter(c => c.purpose === 'profile-signing')
  assert.equal(after.length, 1)
  assert.ok((after[0]?.notAfter ?? 0) > (before?.notAfter ?? 0))
  assert.ok(!(await h.events()).includes('certificate.expiring'))
})

test('another public host gets another certificate from the same authority', async t => {
  const h = await house(t)
  const before = await certificates.serverTls(h.base)
  const moved = { ...h.base, config: { ...h.base.config, url: 'https://new.example' }, secrets: { ...h.base.secrets } }
  const after = await certificates.serverTls(moved)
  assert.ok(new X509Certificate(after.cert).checkHost('new.example'))
  assert.equal(after.ca, before.ca)
  assert.equal((await certificates.serverTls(moved)).cert, after.cert)
})

test('a running HTTPS server is trusted by the authority and takes a renewed certificate over', async t => {
  const h = await house(t, { MUSTER_URL: 'https://localhost' })
  h.pass(Date.now() - h.now())
  const tls = await certificates.serverTls(h.base)
  const server = createServer({ cert: tls.cert, key: tls.key }, (_request, response) => response.end('here'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const peer = (options: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const ask = request({ host: '127.0.0.1', port, agent: false, ...options }, answer => {
        resolve((answer.socket as TLSSocket).getPeerCertificate().fingerprint256)
        answer.resume()
      })
      ask.on('error', reject)
      ask.end()
    })
  assert.equal(await peer({ ca: tls.ca }), new X509Certificate(tls.cert).fingerprint256)
  await assert.rejects(peer({}))
  h.pass(300 * day)
  const fresh = await certificates.serverTls(h.base)
  server.setSecureContext({ cert: fresh.cert, key: fresh.key })
  assert.equal(await peer({ rejectUnauthorized: false }), new X509Certificate(fresh.cert).fingerprint256)
  assert.notEqual(fresh.cert, tls.cert)
})

test('the listener of devices alone takes a renewed certificate too', async t => {
  const h = await listening(t)
  const shown = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(
        { port: Number(new URL(h.url).port), host: '127.0.0.1', rejectUnauthorized: false },
        () => {
          resolve(socket.getPeerCertificate().fingerprint256)
          socket.destroy()
        },
      )
      socket.on('error', reject)
    })
  const before = await shown()
  h.pass(300 * day)
  await h.settle()
  await until('another certificate is shown', async () => (await shown()) !== before)
})

test('certificate files of the operator are used, kept in custody and read anew', async t => {
  const folder = folderFor(t)
  const make = (): string =>
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        'k.pem',
        '-out',
        'c.pem',
        '-subj',
        '/CN=own.example',
        '-days',
        '30',
      ],
      { cwd: folder, stdio: 'pipe' },
    ).toString()
  make()
  const h = await house(t, { MUSTER_TLS_CERT: join(folder, 'c.pem'), MUSTER_TLS_KEY: join(folder, 'k.pem') })
  const tls = await certificates.serverTls(h.base)
  assert.equal(tls.ca, null)
  const listed = async () => (await h.run(ctx => certificates.list(ctx))).filter(c => c.purpose === 'tls')
  assert.partialDeepStrictEqual(await listed(), [{ subject: 'CN=own.example', renewable: 'upload' }])
  make()
  const fresh = await certificates.serverTls(h.base)
  assert.notEqual(fresh.cert, tls.cert)
  assert.equal((await listed()).length, 1)
})

test('what is signed verifies up to the authority of the trust file, which is signed itself and stays the same', async t => {
  const h = await house(t)
  const signed = verify(await certificates.sign(h.base, h.org, Buffer.from('hello')))
  assert.equal(Buffer.from(signed.content).toString(), 'hello')
  const pem = await h.http('GET', '/trust.pem')
  assert.partialDeepStrictEqual(pem, { status: 200, headers: { 'content-type': 'application/x-pem-file' } })
  const root = parseCertificate(fromPem(pem.body)[0]?.der ?? new Uint8Array())
  assert.equal(verifyChain(signed.signer, { intermediates: [], roots: [root], at: h.now() }).length, 2)
  const file = await h.http('GET', '/trust.mobileconfig')
  assert.equal(file.headers['content-type'], 'application/x-apple-aspen-config')
  const profile = dict(decode(verify(file.bytes).content))
  const again = dict(decode(verify((await h.http('GET', '/trust.mobileconfig')).bytes).content))
  assert.deepEqual(again, profile)
  const [payload] = profile.PayloadContent as { PayloadType: string; PayloadContent: Uint8Array }[]
  assert.equal(payload?.PayloadType, 'com.apple.security.root')
  assert.equal(fingerprint(payload?.PayloadContent ?? new Uint8Array()), fingerprint(root.der))
})
