import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { envelop } from '../cms/enveloped.ts'
import { sign } from '../cms/signed.ts'
import { type Asn1, octets, printable, read, utf8 } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { issueCertificate, parseCertificate, spkiOf } from '../x509/certificate.ts'
import { buildRequest } from '../x509/request.ts'
import { readRequest, readResponse, writeRequest, writeResponse } from './message.ts'

const at = Date.UTC(2026, 10, 20)

function identity(name: string) {
  const { publicKey, privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const subject = [['CN', name]] as const
  const der = issueCertificate({
    subject,
    spki: spkiOf(publicKey),
    notBefore: at,
    notAfter: at + 1e9,
    issuer: { key },
    ca: {},
  })
  return { certificate: parseCertificate(der), key, subject }
}

const ca = identity('CA')
const client = identity('client')

/** An identity certified by the authority. */
function issued(name: string) {
  const self = identity(name)
  const { spki, subject } = self.certificate
  const der = issueCertificate({ subject, spki, notBefore: at, notAfter: at + 1e9, issuer: ca })
  return { certificate: parseCertificate(der), key: self.key }
}

const csr = buildRequest({ subject: client.subject, key: client.key, challenge: 'once' })

function enrol(options: object = {}, reading: object = {}) {
  const message = writeRequest({
    messageType: 'PKCSReq',
    csr,
    transactionId: 'T-1',
    recipient: ca.certificate,
    signer: client,
    ...options,
  })
  return readRequest(message, ca, reading)
}

test('a request reaches the server and its certificate comes back', () => {
  for (const cipher of ['aes-256-cbc', 'aes-128-cbc', 'des-ede3-cbc'] as const) {
    const request = enrol({ cipher, digest: 'sha512' })
    assert.deepEqual(
      [request.messageType, request.transactionId, request.cipher, request.digest],
      ['PKCSReq', 'T-1', cipher, 'sha512'],
    )
    assert.equal(request.csr?.challenge, 'once')
    const issued = issueCertificate({
      subject: request.csr.subject,
      spki: request.csr.spki,
      notBefore: at,
      notAfter: at + 1e9,
      issuer: ca,
    })
    const answer = writeResponse({ request, status: 'success', certificates: [issued], responder: ca })
    const response = readResponse(answer, { ...client, ca: ca.certificate })
    assert.deepEqual(response, {
      status: 'success',
      transactionId: 'T-1',
      recipientNonce: request.senderNonce,
      certificates: [issued],
    })
  }
})

test('refusals and waiting come back without certificates', () => {
  const request = enrol()
  for (const [status, failInfo] of [
    ['failure', 'badMessageCheck'],
    ['pending', undefined],
  ] as const) {
    const answer = writeResponse({ request, status, ...(failInfo && { failInfo }), responder: ca })
    const response = readResponse(answer, { ...client, ca: ca.certificate })
    assert.deepEqual([response.status, response.failInfo, response.certificates], [status, failInfo, []])
  }
})

test('SHA-1 is taken only from those we call legacy', () => {
  assert.throws(
    () => enrol({ digest: 'sha1' }),
    (e: unknown) => e instanceof Malformed && e.code === 'cms.digest',
  )
  assert.equal(enrol({ digest: 'sha1' }, { legacy: true }).digest, 'sha1')
})

test('a poll names issuer and subject', () => {
  const request = enrol({ messageType: 'CertPoll' })
  assert.equal(request.messageType, 'CertPoll')
  assert.equal(request.csr, undefined)
  assert.equal(request.content.length > 10, true)
})

test('an answer of a stranger, or of another device the authority certified, is refused; one of a registrar is not', () => {
  const request = enrol()
  const registrar = issued('registrar')
  for (const responder of [identity('stranger'), registrar]) {
    const answer = writeResponse({ request, status: 'pending', responder })
    refuses('scep.signer', () => readResponse(answer, { ...client, ca: ca.certificate }))
  }
  const answer = writeResponse({ request, status: 'pending', responder: registrar })
  const response = readResponse(answer, { ...client, ca: ca.certificate, registrars: [registrar.certificate] })
  assert.equal(response.status, 'pending')
})

/** The same value as a streaming encoder writes it: indefinite lengths everywhere, strings in pieces. */
function streamed(node: Asn1): Uint8Array {
  const end = Uint8Array.of(0, 0)
  if (node.children.length > 0)
    return Buffer.concat([Uint8Array.of(node.tag, 0x80), ...node.children.map(streamed), end])
  if (node.tag !== 4 || node.content.length < 50) return node.raw
  const [head, tail] = [node.content.subarray(0, 40), node.content.subarray(40)]
  return Buffer.concat([Uint8Array.of(0x24, 0x80), octets(head), octets(tail), end])
}

test('a request in BER with indefinite lengths throughout, as Apple sends it, reads as the same', () => {
  const message = writeRequest({
    messageType: 'PKCSReq',
    csr,
    transactionId: 'T-1',
    recipient: ca.certificate,
    signer: client,
  })
  const signed = read(message)
  const inner = signed.children[1]?.children[0]?.children[2]?.children[1]?.children[0]
  assert.ok(inner)
  const outer = streamed(signed)
  assert.notDeepEqual(outer, message)
  assert.deepEqual(readRequest(outer, ca), readRequest(message, ca))
  const content = streamed(read(inner.content))
  const list = [
    [2, printable('19')],
    [5, octets(new Uint8Array(16))],
    [7, printable('T')],
  ] as const
  const attributes = list.map(([n, value]) => ({ oid: `2.16.840.1.113733.1.9.${n}`, value }))
  const both = sign({ content, certificate: client.certificate.der, key: client.key, attributes })
  assert.equal(readRequest(streamed(read(both)), ca).csr?.challenge, 'once')
})

function refuses(code: string, run: () => unknown): void {
  assert.throws(run, (e: unknown) => e instanceof Malformed && e.code === code, code)
}

/** A request signed by the client whose attributes are ours to spoil. */
function spoilt(attributes: Record<number, Uint8Array>, inner: Uint8Array = csr): Uint8Array {
  const all = { 2: printable('19'), 5: octets(new Uint8Array(16)), 7: printable('T'), ...attributes }
  const list = Object.entries(all).map(([n, value]) => ({ oid: `2.16.840.1.113733.1.9.${n}`, value }))
  const content = envelop({ content: inner, recipient: ca.certificate })
  return sign({
    content,
    certificate: client.certificate.der,
    key: client.key,
    attributes: list.filter(({ value }) => value.length > 0),
  })
}

test('a request without what the protocol asks for is refused, and so is every other type of message', () => {
  assert.equal(readRequest(spoilt({}), ca).messageType, 'PKCSReq')
  assert.equal(readRequest(spoilt({ 2: printable('17') }), ca).messageType, 'RenewalReq')
  for (let type = 0; type < 256; type++) {
    if (![17, 19, 20, 21, 22].includes(type))
      refuses('scep.messageType', () => readRequest(spoilt({ 2: printable(String(type)) }), ca))
  }
  for (const n of [2, 5, 7]) refuses('scep.attribute', () => readRequest(spoilt({ [n]: new Uint8Array(0) }), ca))
  refuses('scep.nonce', () => readRequest(spoilt({ 5: octets(new Uint8Array(65)) }), ca))
  refuses('scep.transactionId', () => readRequest(spoilt({ 7: printable('') }), ca))
  refuses('scep.transactionId', () => readRequest(spoilt({ 7: printable('T'.repeat(257)) }), ca))
  refuses('scep.size', () => readRequest(new Uint8Array(65_537), ca))
})

test('a request that its own key did not sign is refused', () => {
  const bad = new Uint8Array(csr)
  const last = bad.length - 1
  bad[last] = (bad[last] as number) ^ 1
  refuses('scep.request', () => readRequest(spoilt({}, bad), ca))
})

test('a message for another authority is not opened', () => {
  refuses('cms.recipient', () => readRequest(spoilt({}), identity('another')))
})

test('a transaction in letters beyond ASCII, and certificates as bare bytes, travel as well', () => {
  const request = readRequest(spoilt({ 7: utf8('Ü') }), { certificate: ca.certificate.der, key: ca.key })
  const answer = writeResponse({
    request,
    status: 'failure',
    responder: { certificate: ca.certificate.der, key: ca.key },
  })
  const response = readResponse(answer, { ...client, ca: ca.certificate })
  assert.deepEqual([response.transactionId, response.failInfo], ['Ü', 'badRequest'])
})

test('an answer that is no answer, or of no known status, is refused', () => {
  const answer = (type: string, status: string) => {
    const attribute = (n: number, value: Uint8Array) => ({ oid: `2.16.840.1.113733.1.9.${n}`, value })
    const attributes = [attribute(2, printable(type)), attribute(3, printable(status))]
    return sign({
      content: new Uint8Array(0),
      detached: true,
      certificate: ca.certificate.der,
      key: ca.key,
      attributes,
    })
  }
  refuses('scep.messageType', () => readResponse(answer('19', '0'), { ...client, ca: ca.certificate }))
  refuses('scep.status', () => readResponse(answer('3', '9'), { ...client, ca: ca.certificate }))
  assert.throws(
    () => writeRequest({ messageType: 'PKCSReq', transactionId: 'T', recipient: ca.certificate, signer: client }),
    TypeError,
  )
})
