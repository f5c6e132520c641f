import assert from 'node:assert/strict'
import { execFile, spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { freePort } from '../../tools/ports.ts'
import { issueCertificate, parseCertificate, spkiOf, verifyIssued } from '../x509/certificate.ts'
import { fromPem } from '../x509/pem.ts'
import { buildRequest } from '../x509/request.ts'
import { readRequest, readResponse, type ScepRequest, writeRequest, writeResponse } from './message.ts'

const DAY = 86_400_000
const missing = (tool: string) =>
  spawnSync(tool, ['-version']).error ? `${tool} (Debian package scep) is not installed` : false

function authority() {
  const { publicKey, privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const window = { notBefore: Date.now() - DAY, notAfter: Date.now() + DAY }
  const keyUsage = ['keyCertSign', 'cRLSign', 'digitalSignature', 'keyEncipherment']
  const der = issueCertificate({
    subject: [['CN', 'Interop CA']],
    spki: spkiOf(publicKey),
    ...window,
    issuer: { key },
    ca: {},
    keyUsage,
  })
  return { certificate: parseCertificate(der), key, window }
}

async function serve(t: TestContext, seen: ScepRequest[]): Promise<{ url: string; ca: ReturnType<typeof authority> }> {
  const ca = authority()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const operation = url.searchParams.get('operation')
    if (operation === 'GetCACaps')
      return response.end('POSTPKIOperation\nSHA-1\nSHA-256\nAES\nDES3\nSCEPStandard\nRenewal\n')
    if (operation === 'GetCACert')
      return response.setHeader('content-type', 'application/x-x509-ca-cert').end(ca.certificate.der)
    const body = Buffer.concat(await request.toArray())
    const message = request.method === 'POST' ? body : Buffer.from(url.searchParams.get('message') ?? '', 'base64')
    const asked = readRequest(message, ca, { legacy: true })
    seen.push(asked)
    assert.ok(asked.csr)
    const issued = issueCertificate({ subject: asked.csr.subject, spki: asked.csr.spki, ...ca.window, issuer: ca })
    const answer = writeResponse({ request: asked, status: 'success', certificates: [issued], responder: ca })
    return response.setHeader('content-type', 'application/x-pki-message').end(answer)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scep`, ca }
}

test('the scepclient of MicroMDM enrolls with us and then renews', { skip: missing('scepclient') }, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'wire-scep-'))
  const seen: ScepRequest[] = []
  const { url, ca } = await serve(t, seen)
  const [key, certificate] = [join(folder, 'client.key'), join(folder, 'client.pem')]
  const args = [
    '-server-url',
    url,
    '-private-key',
    key,
    '-certificate',
    certificate,
    '-challenge',
    'opensesame',
    '-cn',
    'phone',
  ]
  const run = () => promisify(execFile)('scepclient', args, { cwd: folder })
  await run()
  const first = fromPem(readFileSync(certificate, 'utf8'))[0]
  assert.ok(first)
  assert.equal(verifyIssued(parseCertificate(first.der), ca.certificate), true)
  await run()
  assert.deepEqual(
    seen.map(({ messageType }) => messageType),
    ['PKCSReq', 'RenewalReq'],
  )
  assert.equal(seen[0]?.csr?.challenge, 'opensesame')
  assert.deepEqual(seen[1]?.signer.der, first.der)
})

test('we enroll with the scepserver of MicroMDM', { skip: missing('scepserver') }, async t => {
  const depot = mkdtempSync(join(tmpdir(), 'wire-depot-'))
  const port = String(await freePort())
  assert.equal(spawnSync('scepserver', ['ca', '-init', '-depot', depot]).status, 0)
  const server = spawn('scepserver', ['-depot', depot, '-port', port, '-challenge', 'sesame'], { stdio: 'ignore' })
  t.after(() => server.kill())
  const url = `http://127.0.0.1:${port}/scep`
  const ca = parseCertificate(
    await patiently(async () => new Uint8Array(await (await fetch(`${url}?operation=GetCACert`)).arrayBuffer())),
  )
  const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const subject = [['CN', 'phone']] as const
  const window = { notBefore: Date.now() - DAY, notAfter: Date.now() + DAY }
  const certificate = parseCertificate(
    issueCertificate({ subject, spki: spkiOf(publicKey), ...window, issuer: { key } }),
  )
  const csr = buildRequest({ subject, key, challenge: 'sesame' })
  const senderNonce = new Uint8Array(16).fill(7)
  const ask = {
    messageType: 'PKCSReq',
    csr,
    transactionId: 'T1',
    recipient: ca,
    signer: { certificate, key },
    senderNonce,
    cipher: 'aes-128-cbc',
  } as const
  const reply = await fetch(`${url}?operation=PKIOperation`, { method: 'POST', body: writeRequest(ask) })
  const answer = readResponse(new Uint8Array(await reply.arrayBuffer()), { certificate, key, ca, legacy: true })
  assert.equal(answer.status, 'success')
  assert.deepEqual([answer.recipientNonce, answer.transactionId], [senderNonce, 'T1'])
  const issued = answer.certificates
    .map(der => parseCertificate(der))
    .find(one => Buffer.compare(one.spki, certificate.spki) === 0)
  assert.ok(issued && verifyIssued(issued, ca))
})

async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (let left = 600; ; left--) {
    try {
      return await run()
    } catch (error) {
      if (left === 0) throw error
      await new Promise(done => setTimeout(done, 100))
    }
  }
}
