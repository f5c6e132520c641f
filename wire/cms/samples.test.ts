import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Malformed } from '../malformed.ts'
import { readRequest } from '../scep/message.ts'
import { parseCertificate } from '../x509/certificate.ts'
import { fromPem } from '../x509/pem.ts'
import { open } from './enveloped.ts'
import { verify } from './signed.ts'

const file = (name: string) => new Uint8Array(readFileSync(new URL(name, import.meta.url)))
const content = file('samples/content.bin')
const pem = fromPem(new TextDecoder().decode(file('samples/recipient.pem')))[0]
assert.ok(pem)
const certificate = parseCertificate(pem.der)
const key = createPrivateKey({ key: Buffer.from(file('samples/recipient.key')), format: 'pem' })

test('every signed sample verifies, whole or in indefinite lengths, with and without attributes', () => {
  for (const name of ['signed', 'signed-ber', 'signed-no-attributes', 'signed-pss']) {
    const signed = verify(file(`samples/${name}.p7`))
    assert.deepEqual([signed.content, signed.signer.der, signed.digest], [content, certificate.der, 'sha256'], name)
  }
  const bare = verify(file('samples/signed-no-certificate.p7'), { certificates: [certificate.der] })
  assert.deepEqual(bare.certificates, [])
  const old = verify(file('samples/signed-sha1-detached.p7'), { content, legacySha1: true })
  assert.equal(old.digest, 'sha1')
})

test('every sealed sample opens', () => {
  for (const name of ['sealed-aes256', 'sealed-des3-ber', 'sealed-oaep']) {
    assert.deepEqual(open(file(`samples/${name}.p7`), { certificate, key }), content, name)
  }
})

test('a request of scepclient is read for those we call legacy, and refused to others', () => {
  const message = file('../scep/samples/scepclient.der')
  const request = readRequest(message, { certificate, key }, { legacy: true })
  assert.deepEqual(
    [request.messageType, request.cipher, request.digest, request.csr?.challenge],
    ['PKCSReq', 'des-cbc', 'sha1', 'sample'],
  )
  assert.throws(
    () => readRequest(message, { certificate, key }),
    (error: unknown) => error instanceof Malformed && error.code === 'cms.digest',
  )
})

test('no sample with a flipped bit verifies as another content or signer', () => {
  const whole = file('samples/signed.p7')
  for (let i = 0; i < whole.length; i++) {
    const bad = new Uint8Array(whole)
    bad[i] = (bad[i] as number) ^ 4
    try {
      const { content: read, signer } = verify(bad)
      // Bytes no signature covers, such as versions, may change; what counts may not.
      assert.deepEqual([read, signer.spki], [content, certificate.spki], `byte ${i}`)
    } catch (error) {
      assert.ok(error instanceof Malformed, String(error))
    }
  }
})
