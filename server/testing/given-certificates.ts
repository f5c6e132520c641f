import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readResponse, type ScepResponse, writeRequest } from '@muster/wire/scep/message.ts'
import { fingerprint, issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { buildRequest } from '@muster/wire/x509/request.ts'
import * as certificates from '../areas/certificates/index.ts'
import type { Id } from '../base/id.ts'
import type { House } from './house.ts'

/** A key with the certificate that a client signs with: a throw-away one at first. */
export interface ScepIdentity {
  key: KeyObject
  der: Uint8Array
}

/** What a test may wish different from a well-behaved SCEP client. */
export interface ScepWish {
  challenge?: string
  /** The key to be certified; the signer's own when absent. */
  key?: KeyObject
  signer?: ScepIdentity
  messageType?: 'PKCSReq' | 'RenewalReq' | 'CertPoll'
  transactionId?: string
  csr?: Uint8Array
  method?: 'GET' | 'POST'
}

export interface GivenCertificates {
  /** An RSA key with a self-signed certificate, as a new SCEP client has. */
  scepIdentity(bits?: number): ScepIdentity
  /** Asks the server's SCEP endpoint over HTTP as a client would and answers what it said. */
  scep(wish: ScepWish): Promise<ScepResponse & { http: number }>
  /** A device identity of this owner, made by the real SCEP server; active unless said otherwise. */
  deviceCertificate(
    owner: { kind: 'enrollment'; id: string },
    state?: 'pending' | 'active',
  ): Promise<ScepIdentity & { id: Id<'certificate'>; fingerprint: string }>
}

/** Arranges certificates through the product's own SCEP server. */
export function givenCertificates(house: House): GivenCertificates {
  const scepIdentity = (bits = 2048): ScepIdentity => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
    const der = issueCertificate({
      subject: [['CN', 'a new client']],
      spki: spkiOf(privateKey),
      notBefore: house.now() - 60_000,
      notAfter: house.now() + 86_400_000,
      issuer: { key: privateKey },
      keyUsage: ['digitalSignature', 'keyEncipherment'],
    })
    return { key: privateKey, der }
  }
  const scep = async (wish: ScepWish): Promise<ScepResponse & { http: number }> => {
    const ca = parseCertificate(await certificates.caCertificate(house.base, house.org))
    const signer = wish.signer ?? scepIdentity()
    const csr =
      wish.csr ??
      buildRequest({
        subject: [['CN', 'whatever the client says']],
        key: wish.key ?? signer.key,
        ...(wish.challenge === undefined ? {} : { challenge: wish.challenge }),
      })
    const message = writeRequest({
      messageType: wish.messageType ?? 'PKCSReq',
      csr,
      transactionId: wish.transactionId ?? fingerprint(csr),
      recipient: ca,
      signer: { certificate: signer.der, key: signer.key },
    })
    const path = `/scep/${house.org}?operation=PKIOperation`
    const answer =
      wish.method === 'GET'
        ? await house.http('GET', `${path}&message=${encodeURIComponent(Buffer.from(message).toString('base64'))}`)
        : await house.http('POST', path, { body: message, headers: { 'content-type': 'application/x-pki-message' } })
    if (answer.status !== 200) throw new Error(`SCEP answered ${answer.status} ${JSON.stringify(answer.body)}`)
    return { ...readResponse(answer.bytes, { certificate: signer.der, key: signer.key, ca }), http: answer.status }
  }
  return {
    scepIdentity,
    scep,
    deviceCertificate: async (owner, state = 'active') => {
      const signer = scepIdentity()
      const challenge = await house.run(ctx => certificates.challenge(ctx, { for: owner, ttlMs: 60_000 }))
      const { certificates: issued } = await scep({ signer, challenge })
      const [der] = issued
      if (!der) throw new Error('the SCEP server issued nothing')
      const id = await house.run(async ctx => {
        const found = await certificates.byFingerprint(ctx, fingerprint(der))
        if (!found) throw new Error('the issued certificate is not known')
        await certificates.own(ctx, found.id, owner, state)
        return found.id
      })
      return { key: signer.key, der, id, fingerprint: fingerprint(der) }
    },
  }
}
