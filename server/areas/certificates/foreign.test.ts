import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fingerprint, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { fromPem, toPem } from '@muster/wire/x509/pem.ts'
import { newId } from '../../base/id.ts'
import { type House, house } from '../../testing/house.ts'
import * as certificates from './index.ts'

interface Run {
  code: number
  output: string
}

/** Runs a program without holding up the server that it talks to. */
function run(folder: string, program: string, args: readonly string[]): Promise<Run> {
  return new Promise(resolve => {
    execFile(program, [...args], { cwd: folder, timeout: 300_000 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, output: `${out}${err}${code === -1 ? String(error) : ''}` })
    })
  })
}

/** A house that listens on loopback by plain HTTP, by the machine's clock, with a folder for the client's files. */
async function desk(t: TestContext, environment: Record<string, string>) {
  const h = await house(t, environment)
  h.pass(Date.now() - h.now())
  await h.server.http.listen({ host: '127.0.0.1', port: 0 })
  const folder = mkdtempSync(join(tmpdir(), 'muster-scep-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const { port } = h.server.http.server.address() as AddressInfo
  const ca = await certificates.caCertificate(h.base, h.org)
  writeFileSync(join(folder, 'ca.pem'), toPem('CERTIFICATE', ca))
  writeFileSync(join(folder, 'ca.der'), ca)
  return { h, folder, url: `http://127.0.0.1:${port}/scep/${h.org}`, apple: `http://127.0.0.1:${port}/scep/apple` }
}

function certificateIn(path: string) {
  const bytes = readFileSync(path)
  const der = bytes[0] === 0x30 ? new Uint8Array(bytes) : (fromPem(bytes.toString('utf8'))[0]?.der ?? new Uint8Array())
  return parseCertificate(der)
}

/** The fetched certificate must be the one the server stored for this owner; makes it active as the first contact would. */
async function activate(h: House, path: string, owner: { kind: 'enrollment'; id: string }): Promise<string> {
  const sha256 = fingerprint(certificateIn(path).der)
  await h.run(async ctx => {
    const found = await certificates.byFingerprint(ctx, sha256)
    assert.ok(found, 'the server knows what the client got')
    await certificates.own(ctx, found.id, owner, 'active')
  })
  return sha256
}

async function absent(t: TestContext, program: string, why: string, args: readonly string[]): Promise<boolean> {
  const { code, output } = await run(tmpdir(), program, args)
  const missing = code === -1 && output.includes('ENOENT')
  const crippled = output.includes('no capable fetcher')
  if (missing) t.skip(`${program} is absent: ${why}`)
  if (crippled) t.skip(`${program} cannot fetch by HTTP: apt-get install libstrongswan-extra-plugins`)
  return missing || crippled
}

test("Debian's scepclient enrolls with a challenge and renews with the certificate it got", async t => {
  if (await absent(t, 'scepclient', 'apt-get install scep', ['-version'])) return
  // It speaks single DES and SHA-1 only.
  const { h, folder, url } = await desk(t, { MUSTER_SCEP_LEGACY: 'on' })
  const owner = { kind: 'enrollment', id: newId('enrollment') } as const
  const challenge = await h.run(ctx => certificates.challenge(ctx, { for: owner, ttlMs: 60_000 }))
  const args = ['-server-url', url, '-private-key', 'client.key', '-certificate', 'client.pem', '-keySize', '2048']
  const enrolled = await run(folder, 'scepclient', [...args, '-challenge', challenge])
  assert.equal(enrolled.code, 0, enrolled.output)
  const first = await activate(h, join(folder, 'client.pem'), owner)
  const renewed = await run(folder, 'scepclient', args)
  assert.equal(renewed.code, 0, renewed.output)
  const identities = await h.run(ctx => certificates.identitiesOf(ctx, owner))
  assert.deepEqual(
    identities.map(i => i.state),
    ['active', 'pending'],
  )
  const fresh = fingerprint(certificateIn(join(folder, 'client.pem')).der)
  assert.ok(fresh === first || (await h.run(ctx => certificates.byFingerprint(ctx, fresh)))?.state === 'pending')
})

test("Debian's scepclient is refused without the legacy setting, and with a used challenge", async t => {
  if (await absent(t, 'scepclient', 'apt-get install scep', ['-version'])) return
  const { h, folder, url } = await desk(t, {})
  const owner = { kind: 'enrollment', id: newId('enrollment') } as const
  const challenge = await h.run(ctx => certificates.challenge(ctx, { for: owner, ttlMs: 60_000 }))
  const args = ['-server-url', url, '-private-key', 'client.key', '-certificate', 'client.pem', '-challenge', challenge]
  assert.notEqual((await run(folder, 'scepclient', args)).code, 0)
  assert.equal((await h.events()).at(-1), 'certificate.refused')
  assert.equal((await h.run(ctx => certificates.identitiesOf(ctx, owner))).length, 0)
})

test('strongSwan enrolls with AES and SHA-256 and renews with a new key', async t => {
  const probe = ['--scepca', '--url', 'http://127.0.0.1:9', '--caout', '/dev/null', '--force']
  if (await absent(t, 'pki', 'apt-get install strongswan-pki', probe)) return
  const { h, folder, url, apple } = await desk(t, {})
  const owner = { kind: 'enrollment', id: newId('enrollment') } as const
  const challenge = await h.run(ctx => certificates.challenge(ctx, { for: owner, ttlMs: 60_000 }))
  const openssl = async (name: string) => {
    const made = await run(folder, 'openssl', ['genrsa', '-traditional', '-out', name, '2048'])
    assert.equal(made.code, 0, made.output)
  }
  await openssl('one.key')
  await openssl('two.key')
  const ask = async (at: string, key: string, more: readonly string[]) => {
    const fixed = ['--scep', '--url', at, '--in', key, '--dn', 'C=SE, O=strongSwan, CN=client']
    const ca = ['--cacert-enc', 'ca.der', '--cacert-sig', 'ca.der', '--cacert', 'ca.der', '--outform', 'pem']
    return strongswan(folder, [...fixed, ...ca, '--cipher', 'aes', '--digest', 'sha256', ...more])
  }
  const enrolled = await ask(url, 'one.key', ['--password', challenge])
  assert.equal(enrolled.code, 0, enrolled.output)
  writeFileSync(join(folder, 'one.pem'), enrolled.pem)
  const first = await activate(h, join(folder, 'one.pem'), owner)
  const renewed = await ask(apple, 'two.key', ['--cert', 'one.pem', '--key', 'one.key'])
  assert.equal(renewed.code, 0, renewed.output)
  writeFileSync(join(folder, 'two.pem'), renewed.pem)
  const second = await activate(h, join(folder, 'two.pem'), owner)
  assert.notEqual(second, first)
  const verified = await run(folder, 'openssl', [
    'verify',
    '-x509_strict',
    '-purpose',
    'sslclient',
    '-CAfile',
    'ca.pem',
    'one.pem',
    'two.pem',
  ])
  assert.equal(verified.code, 0, verified.output)
})

async function strongswan(folder: string, args: readonly string[]): Promise<Run & { pem: string }> {
  const result = await run(folder, 'pki', args)
  const pem = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.exec(result.output)?.[0] ?? ''
  return { ...result, pem }
}
