import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { declarationsToken, decodeEndpoint } from '../apple/declaration.ts'
import { parsePredicate } from '../apple/predicate.ts'
import { capabilitiesOf, declarationsOf, decodeStatus, mergeStatus } from '../apple/status.ts'
import { certificatesOf, degenerate } from '../cms/degenerate.ts'
import { envelop, open } from '../cms/enveloped.ts'
import { sign, verify } from '../cms/signed.ts'
import { read, text, tlv } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { decode, encode, encodeBinary, Real } from '../plist/plist.ts'
import { readRequest, readResponse, writeRequest, writeResponse } from '../scep/message.ts'
import { issueCertificate, parseCertificate, spkiOf, verifyIssued } from '../x509/certificate.ts'
import { fromPem, toPem } from '../x509/pem.ts'
import { buildRequest, parseRequest } from '../x509/request.ts'
import { acme } from './fuzz-acme.ts'
import { anyBinary, anyXml } from './documents.ts'
import { anyDer, mutate, regrow, trees } from './mutate.ts'
import { Random } from './random.ts'

/** A decoder under fire: how a case is made and what takes it. */
export interface Target {
  name: string
  make: (random: Random) => Uint8Array
  take: (bytes: Uint8Array, random: Random) => void
}

/** What a run found; `faults` are cases that threw anything but `Malformed` or stalled. */
export interface Outcome {
  name: string
  cases: number
  accepted: number
  codes: Map<string, number>
  slowestMs: number
  tookMs: number
  faults: string[]
}

const STALL_MS = 50
const NOW = Date.UTC(2026, 10, 20)

interface Party {
  der: Uint8Array
  key: KeyObject
}

function party(name: string, keys: { publicKey: KeyObject; privateKey: KeyObject }): Party {
  const options = {
    subject: [
      ['CN', name],
      ['O', 'Müster'],
    ] as const,
    spki: spkiOf(keys.publicKey),
    notBefore: NOW,
    notAfter: NOW + 1e10,
    issuer: { key: keys.privateKey },
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
    dnsNames: ['a.example'],
    ipAddresses: ['::1', '10.0.0.1'],
  }
  return { der: issueCertificate({ ...options, ca: { pathLength: 1 } }), key: keys.privateKey }
}

/** Every decoder of the containers, with seeds made here; the keys differ from run to run, the cases' shapes do not. */
export function targets(): Target[] {
  // Short keys: a private operation per case is what limits the number of cases.
  const rsa = party('rsa', generateKeyPairSync('rsa', { modulusLength: 1024 }))
  const ec = party('ec', generateKeyPairSync('ec', { namedCurve: 'P-256' }))
  return [
    ...documents(),
    ...declarative(),
    ...structures(rsa, ec),
    ...signed(rsa, ec),
    enveloped(rsa),
    scep(rsa, ec),
    answer(rsa, ec),
    ...acme(ec.der),
  ]
}

function documents(): Target[] {
  const value = {
    a: [1, -2, 0.5, new Real(2), 2n ** 63n, true, new Date(0)],
    b: { c: 'é & <x>' },
    d: new Uint8Array(20),
    e: 'x'.repeat(40),
  }
  const xml = [
    encode(value),
    encode(['a', {}, []]),
    Buffer.from(`\ufeff${new TextDecoder().decode(encode(value))}`, 'utf16le'),
  ]
  const binary = [encodeBinary(value), encodeBinary(['a', 'a', {}, []])]
  const again = (bytes: Uint8Array, random: Random) => {
    const read = decode(bytes, { exact: true })
    if (!random.once(16)) return
    // What was read can be written in binary, and reads as the same again.
    const twice = decode(encodeBinary(read), { exact: true })
    if (Buffer.compare(encodeBinary(twice), encodeBinary(read)) !== 0) throw new Error('not the same when read again')
  }
  return [
    { name: 'plist xml', make: r => (r.once(2) ? anyXml(r) : mutate(r, r.pick(xml), xml)), take: again },
    { name: 'plist binary', make: r => (r.once(2) ? anyBinary(r) : mutate(r, r.pick(binary), binary)), take: again },
  ]
}

function declarative(): Target[] {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  const rows =
    '[{"identifier":"a","server-token":"t","active":true,"valid":"valid","reasons":[{"code":"Info.Predicate"}]}]'
  const reports = [
    `{"StatusItems":{"management":{"declarations":{"configurations":${rows},"assets":[]}}},"Errors":[{"StatusItem":"x","Reasons":[{"Code":"E"}]}]}`,
    '{"StatusItems":{"FullReport":true,"management":{"client-capabilities":{"supported-payloads":{"status-items":["a"]}}},"mdm":{"app":[{"identifier":"b","_removed":true}]}}}',
    '[{"StatusItems":{}}]',
    '{"StatusItems":[]}',
    `{"StatusItems":{"a":${'['.repeat(30)}${']'.repeat(30)}}}`,
  ].map(bytes)
  const predicates = [
    '@status(device.model.family) IN {\'iPad\', "Mac"} AND NOT (@property(a) >= -1.5e3 || ANY @key(x) CONTAINS[cd] NIL)',
    "SUBQUERY(@status(mdm.app), $a, $a.@key(identifier) MATCHES '^c.*').@count == 0 OR TRUEPREDICATE",
  ].map(bytes)
  const endpoints = ['declaration/asset/a%2Fb/%C3%BC', 'tokens', 'declaration/management/x', 'declaration/asset/'].map(
    bytes,
  )
  const readStatus = (body: Uint8Array): void => {
    const report = decodeStatus(body)
    const tree = mergeStatus(mergeStatus({}, report), report)
    capabilitiesOf(tree)
    declarationsToken((declarationsOf(tree) ?? []).map(d => ({ identifier: d.identifier, token: d.token ?? '' })))
  }
  return [
    { name: 'status report', make: r => mutate(r, r.pick(reports), reports), take: readStatus },
    {
      name: 'predicate',
      make: r => mutate(r, r.pick(predicates), predicates),
      take: body => void parsePredicate(Buffer.from(body).toString('utf8')),
    },
    {
      name: 'declarative endpoint',
      make: r => mutate(r, r.pick(endpoints), endpoints),
      take: body => void decodeEndpoint(Buffer.from(body).toString('utf8')),
    },
  ]
}

/** Cases of which three in four keep right lengths all through. */
function shaped(seeds: readonly Uint8Array[]): (random: Random) => Uint8Array {
  const grown = trees(seeds)
  return random =>
    !random.once(4) ? regrow(random, random.pick(grown), grown) : mutate(random, random.pick(seeds), seeds)
}

function structures(rsa: Party, ec: Party): Target[] {
  const certificates = [rsa.der, ec.der]
  const requests = [rsa, ec].map(({ key }) =>
    buildRequest({ subject: [['CN', 'x']], key, challenge: 'secret', dnsNames: ['a.example'] }),
  )
  const any = shaped([...certificates, ...requests])
  const issuer = parseCertificate(ec.der)
  return [
    {
      name: 'der',
      make: r => (r.once(2) ? anyDer(r) : any(r)),
      take: (bytes, r) => void read(bytes, { ber: r.once(2) }),
    },
    {
      name: 'x509',
      make: shaped(certificates),
      take: (bytes, r) => {
        const certificate = parseCertificate(bytes)
        if (r.once(8)) verifyIssued(certificate, issuer)
      },
    },
    { name: 'pkcs10', make: shaped(requests), take: bytes => void parseRequest(bytes) },
  ]
}

function signed(rsa: Party, ec: Party): Target[] {
  const content = new TextEncoder().encode('content')
  const seeds = [rsa, ec].flatMap(({ der, key }) => [
    sign({ content, certificate: der, key, signingTime: NOW }),
    sign({ content, certificate: der, key, detached: true, digest: 'sha1', chain: [rsa.der] }),
  ])
  const take = (bytes: Uint8Array, r: Random) =>
    void verify(bytes, {
      ...(r.once(2) && { content }),
      legacySha1: r.once(2),
      ...(r.once(4) && { certificates: [ec.der] }),
    })
  const bags = [degenerate([rsa.der, ec.der]), degenerate([]), ...seeds]
  const text = toPem('CERTIFICATE', ec.der)
  const pems = [text, `x\r\n${text.replaceAll('\n', '\r\n')}${text}`].map(pem => new TextEncoder().encode(pem))
  return [
    { name: 'cms signed', make: shaped(seeds), take },
    { name: 'cms degenerate', make: shaped(bags), take: bytes => void certificatesOf(bytes) },
    {
      name: 'pem',
      make: r => mutate(r, r.pick(pems), pems),
      take: bytes => void fromPem(Buffer.from(bytes).toString('latin1')),
    },
  ]
}

function enveloped(rsa: Party): Target {
  const certificate = parseCertificate(rsa.der)
  const content = new TextEncoder().encode('some content')
  const ciphers = ['aes-256-cbc', 'aes-128-cbc', 'des-ede3-cbc'] as const
  const seeds = ciphers.map(cipher => envelop({ content, recipient: certificate, cipher }))
  const take = (bytes: Uint8Array, r: Random) => void open(bytes, { certificate, key: rsa.key, legacy: r.once(2) })
  return { name: 'cms enveloped', make: shaped(seeds), take }
}

function scep(rsa: Party, ec: Party): Target {
  const recipient = parseCertificate(rsa.der)
  const csr = buildRequest({ subject: [['CN', 'x']], key: ec.key, challenge: 'secret' })
  const signer = { certificate: ec.der, key: ec.key }
  const ask = { messageType: 'PKCSReq', csr, transactionId: 'T', recipient, signer } as const
  const seeds = [writeRequest(ask), writeRequest({ ...ask, digest: 'sha1', cipher: 'des-ede3-cbc' })]
  const outside = shaped(seeds)
  const inside = shaped([csr])
  const hex = '2.16.840.1.113733.1.9.'
  const attributes = (r: Random) =>
    [2, 5, 7].map(n => ({
      oid: `${hex}${n}`,
      value: r.once(9)
        ? tlv(r.pick([2, 4, 5, 12, 19, 22]), r.bytes(r.below(70)))
        : n === 5
          ? Uint8Array.of(4, 1, 9)
          : text(r.pick(['19', '17', '20', '3', '', 'x'])),
    }))
  const make = (r: Random) => {
    if (!r.once(4)) return outside(r)
    // Past the signature and the cipher, what is inside must hold too.
    const inner = r.once(3) ? inside(r) : csr
    const content = r.once(6) ? inner : envelop({ content: inner, recipient })
    return sign({ content, certificate: ec.der, key: ec.key, attributes: attributes(r) })
  }
  const take = (bytes: Uint8Array, r: Random) =>
    void readRequest(bytes, { certificate: recipient, key: rsa.key }, { legacy: r.once(2) })
  return { name: 'scep', make, take }
}

function answer(rsa: Party, ec: Party): Target {
  const ca = parseCertificate(ec.der)
  const client = { certificate: parseCertificate(rsa.der), key: rsa.key }
  const csr = buildRequest({ subject: [['CN', 'x']], key: rsa.key })
  const authority = { certificate: client.certificate, key: rsa.key }
  const ask = writeRequest({
    messageType: 'PKCSReq',
    csr,
    transactionId: 'T',
    recipient: client.certificate,
    signer: client,
  })
  const request = readRequest(ask, authority)
  const responder = { certificate: ca, key: ec.key }
  const seeds = [
    writeResponse({ request, status: 'success', certificates: [ec.der], responder }),
    writeResponse({ request, status: 'failure', failInfo: 'badRequest', responder }),
  ]
  return { name: 'scep response', make: shaped(seeds), take: bytes => void readResponse(bytes, { ...client, ca }) }
}

/** Runs the cases numbered from `first`. Documents repeat exactly; messages but for their keys, so a fault carries its bytes. */
export function fuzz(target: Target, first: number, cases: number): Outcome {
  const out: Outcome = { name: target.name, cases, accepted: 0, codes: new Map(), slowestMs: 0, tookMs: 0, faults: [] }
  const began = performance.now()
  for (let number = first; number < first + cases; number++) one(target, number, out)
  out.tookMs = performance.now() - began
  return out
}

function one(target: Target, number: number, out: Outcome): void {
  const random = new Random(number)
  const bytes = target.make(random)
  let ms = timed(target, bytes, number, out)
  // A pause of the machine is not ours: only what is slow every time is.
  for (let again = 0; again < 3 && ms > STALL_MS / 2; again++)
    ms = Math.min(ms, timed(target, bytes, number, undefined))
  out.slowestMs = Math.max(out.slowestMs, ms)
  if (ms > STALL_MS)
    out.faults.push(`${target.name} case ${number} took ${ms.toFixed(0)} ms: ${bytes.toHex().slice(0, 16_000)}`)
}

function timed(target: Target, bytes: Uint8Array, number: number, out: Outcome | undefined): number {
  const began = performance.now()
  try {
    target.take(bytes, new Random(number ^ 0x5bd1e995))
    if (out) out.accepted++
  } catch (error) {
    if (out && error instanceof Malformed) out.codes.set(error.code, (out.codes.get(error.code) ?? 0) + 1)
    else if (out)
      out.faults.push(`${target.name} case ${number} threw ${String(error)}: ${bytes.toHex().slice(0, 16_000)}`)
  }
  return performance.now() - began
}
