import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
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
const csr = buildRequest({ subject: client.subject, key: client.key, challenge: 'once' })

function enrol(options: object = {}, read: object = {}) {
  const message = writeRequest({
    messageType: 'PKCSReq',
    csr,
    transactionId: 'T-1',
    recipient: ca.certificate,
    signer: client,
    ...options,
  })
  return readRequest(message, ca, read)
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

test('an answer of a stranger is refused', () => {
  const request = enrol()
  const answer = writeResponse({ request, status: 'pending', responder: identity('stranger') })
  const refused = (e: unknown) => e instanceof Malformed && e.code === 'scep.signer'
  assert.throws(() => readResponse(answer, { ...client, ca: ca.certificate }), refused)
})
