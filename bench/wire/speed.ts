// Speed of the containers in wire/ beside the packages others use, in one run, as CPU time.
//   node bench/wire/speed.ts            about 20 s, prints a table; ratios hold on any machine, rates only on this one
import { generateKeyPairSync, sign as rawSign, verify as rawVerify } from 'node:crypto'
import '../../wire/testing/reflect.ts'
import * as peculiar from '@peculiar/x509'
import * as bplist from 'bplist-parser'
import * as plist from 'plist'
import { sign, verify } from '../../wire/cms/signed.ts'
import { type Dict, decode, encode, encodeBinary } from '../../wire/plist/plist.ts'
import { readRequest, writeRequest, writeResponse } from '../../wire/scep/message.ts'
import { issueCertificate, parseCertificate, spkiOf } from '../../wire/x509/certificate.ts'
import { buildRequest, parseRequest } from '../../wire/x509/request.ts'

type Run = () => unknown

/** The least CPU time of one run, in microseconds, over rounds of about 100 ms. */
async function cost(run: Run): Promise<number> {
  await run()
  let times = 1
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 8; ) {
    const before = process.cpuUsage()
    for (let i = 0; i < times; i++) {
      const result = run()
      if (result instanceof Promise) await result
    }
    const { user, system } = process.cpuUsage(before)
    if (user + system < 50_000) times = Math.ceil(times * Math.min(10, 110_000 / (user + system + 1)))
    else {
      best = Math.min(best, (user + system) / times)
      round++
    }
  }
  return best
}

async function row(what: string, ours: Run, peer: string, theirs: Run): Promise<void> {
  const [a, b] = [await cost(ours), await cost(theirs)]
  const ratio = (b / a).toFixed(b / a < 10 ? 2 : 0)
  console.log(
    `${what.padEnd(38)}${a.toFixed(1).padStart(10)} µs   ${peer.padEnd(26)}${b.toFixed(1).padStart(10)} µs   ${ratio.padStart(6)}x`,
  )
}

/** A list like the answer to InstalledApplicationList, with invented apps. */
export function inventory(apps: number): Dict {
  const list = Array.from({ length: apps }, (_, i) => ({
    Identifier: `com.example.app.number-${i}`,
    Name: `App & Tool no. ${i}`,
    ShortVersion: `${i % 9}.${i % 7}.${i % 5}`,
    Version: String(1000 + i),
    BundleSize: 1_234_567 + i * 4096,
    DynamicSize: i * 512,
    Installing: false,
    HasUpdateAvailable: i % 3 === 0,
    ExternalVersionIdentifier: 800_000_000 + i,
    Installed: new Date(Date.UTC(2026, 1, 1) + i * 86_400_000),
  }))
  return {
    Status: 'Acknowledged',
    UDID: '00008103-000000000000001E',
    CommandUUID: 'c0ffee',
    InstalledApplicationList: list,
  }
}

async function plists(): Promise<void> {
  const small = encode({
    MessageType: 'TokenUpdate',
    Topic: 'com.example',
    UDID: 'U',
    Token: new Uint8Array(32),
    PushMagic: 'M',
    AwaitingConfiguration: false,
  })
  for (const [name, bytes] of [
    ['check-in', small],
    ['475 apps', encode(inventory(475))],
  ] as const) {
    const value = decode(bytes)
    const text = new TextDecoder().decode(bytes)
    const binary = encodeBinary(value)
    const size = `${(bytes.length / 1024).toFixed(1)} KB`
    await row(
      `plist xml decode, ${name} ${size}`,
      () => decode(bytes),
      'plist',
      () => plist.parse(text),
    )
    await row(
      `plist xml encode, ${name}`,
      () => encode(value),
      'plist',
      () => plist.build(value as plist.PlistValue),
    )
    await row(
      `plist binary decode, ${name}`,
      () => decode(binary),
      'bplist-parser',
      () => bplist.parseBuffer(Buffer.from(binary)),
    )
  }
}

async function certificates(): Promise<void> {
  const { publicKey, privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const at = Date.UTC(2026, 10, 20)
  const subject = [['CN', 'Bench']] as const
  const ca = parseCertificate(
    issueCertificate({ subject, spki: spkiOf(publicKey), notBefore: at, notAfter: at + 1e11, issuer: { key }, ca: {} }),
  )
  const csr = buildRequest({ subject, key })
  const request = parseRequest(csr)
  const subtle = await crypto.subtle.importKey(
    'pkcs8',
    key.export({ type: 'pkcs8', format: 'der' }),
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign'],
  )
  await row(
    'certificate parse',
    () => parseCertificate(ca.der),
    '@peculiar/x509 (lazy)',
    () => new peculiar.X509Certificate(ca.der),
  )
  await row(
    'request parse and verify, P-256',
    () => parseRequest(csr).verified,
    '@peculiar/x509',
    () => new peculiar.Pkcs10CertificateRequest(csr).verify(),
  )
  const theirs = new peculiar.Pkcs10CertificateRequest(csr)
  const generate = () =>
    peculiar.X509CertificateGenerator.create({
      serialNumber: '0102030405060708',
      subject: theirs.subject,
      issuer: 'CN=Bench',
      notBefore: new Date(at),
      notAfter: new Date(at + 1e10),
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      publicKey: theirs.publicKey,
      signingKey: subtle,
      extensions: [
        new peculiar.BasicConstraintsExtension(false, undefined, true),
        new peculiar.KeyUsagesExtension(peculiar.KeyUsageFlags.digitalSignature, true),
      ],
    })
  const issue = () =>
    issueCertificate({
      subject: request.subject,
      spki: request.spki,
      notBefore: at,
      notAfter: at + 1e10,
      issuer: { certificate: ca, key },
    })
  await row('certificate issue, P-256', issue, '@peculiar/x509', generate)
}

async function messages(): Promise<void> {
  const content = new Uint8Array(900).fill(65)
  const at = Date.UTC(2026, 10, 20)
  for (const kind of ['rsa', 'ec'] as const) {
    const { publicKey, privateKey: key } =
      kind === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const der = issueCertificate({
      subject: [['CN', kind]],
      spki: spkiOf(publicKey),
      notBefore: at,
      notAfter: at + 1e11,
      issuer: { key },
      ca: {},
    })
    const message = sign({ content, certificate: der, key, detached: true })
    const plain = rawSign('sha256', content, key)
    await row(
      `CMS verify, ${kind}`,
      () => verify(message, { content }),
      'crypto.verify alone',
      () => rawVerify('sha256', content, publicKey, plain),
    )
    await row(
      `CMS sign, ${kind}`,
      () => sign({ content, certificate: der, key }),
      'crypto.sign alone',
      () => rawSign('sha256', content, key),
    )
    if (kind === 'ec') continue
    const identity = { certificate: parseCertificate(der), key }
    const csr = buildRequest({ subject: [['CN', 'x']], key })
    const ask = writeRequest({
      messageType: 'PKCSReq',
      csr,
      transactionId: '1',
      recipient: identity.certificate,
      signer: identity,
    })
    const serve = () =>
      writeResponse({
        request: readRequest(ask, identity),
        status: 'success',
        certificates: [der],
        responder: identity,
      })
    await row('SCEP read and answer, RSA-2048', serve, 'two crypto.sign alone', () => [
      rawSign('sha256', content, key),
      rawSign('sha256', content, key),
    ])
  }
}

peculiar.cryptoProvider.set(globalThis.crypto)
await plists()
await certificates()
await messages()
