import { type KeyObject, sign } from 'node:crypto'
import { envelop } from '@muster/wire/cms/enveloped.ts'
import { encode } from '@muster/wire/plist/plist.ts'
import { issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { fromPem, toPem } from '@muster/wire/x509/pem.ts'
import { generateKeyPairSync } from 'node:crypto'
import { mintAuthority } from '../apns/certificates.ts'
import { startWeb, type Web } from '../web/web.ts'

/** How the service answers: the signed request in JSON or bare, encrypted as hex or DER, by a mail that is read from `mails`, or not at all. */
export type SignerMode = 'json' | 'text' | 'hex' | 'der' | 'mail' | 'failure'

/** A service that signs requests for push certificates as vendors do for others. */
export interface Signer extends Web {
  mode: SignerMode
  /** What it wants to be shown; anyone is served when null. */
  key: string | null
  /** What it sent by mail: hex of an envelope that only who asked can open. */
  readonly mails: { to: string; text: string }[]
}

/** A vendor certificate, its chain up to the root and its key; all PEM. */
export interface MintedVendor {
  certificate: string
  chain: string
  key: string
}

/** Makes a vendor certificate as the developer program would give one, with what is above it. */
export function mintVendor(wish: { notBefore?: number; notAfter?: number } = {}): MintedVendor {
  const day = 86_400_000
  const root = mintAuthority('Simulated Root CA')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const der = issueCertificate({
    subject: [['CN', 'MDM Vendor: Havsten']],
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    notBefore: wish.notBefore ?? Date.now() - 30 * day,
    notAfter: wish.notAfter ?? Date.now() + 365 * day,
    issuer: { certificate: parseCertificate(root.certificate), key: root.key },
    keyUsage: ['digitalSignature'],
  })
  return {
    certificate: toPem('CERTIFICATE', der),
    chain: root.pem,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** Starts a signing service that speaks like the public ones: a request, an address, a key and a certificate to encrypt for, in JSON. */
export async function startSigner(mode: SignerMode = 'json'): Promise<Signer> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const chain = vendorChain(privateKey)
  const mails: Signer['mails'] = []
  const web = await startWeb(({ method, body, headers }) => {
    if (method !== 'POST') return { status: 405 }
    const asked = JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, string>
    const shown = asked['key'] ?? headers.authorization?.slice('Bearer '.length) ?? ''
    if (signer.key !== null && shown !== signer.key)
      return { status: 401, body: { result: 'failure', reason: 'unknown key' } }
    if (signer.mode === 'failure') return { body: { result: 'failure', reason: 'not on our list' } }
    const signed = signedBy(privateKey, chain, decoded(asked['csr']))
    if (signer.mode === 'json') return { body: { signed } }
    if (signer.mode === 'text') return { body: signed }
    const recipient = parseCertificate(decoded(asked['encrypt']))
    const sealed = envelop({ content: Buffer.from(signed), recipient })
    if (signer.mode === 'der') return { body: sealed, headers: { 'content-type': 'application/pkcs7-mime' } }
    if (signer.mode === 'hex') return { body: Buffer.from(sealed).toString('hex') }
    mails.push({ to: asked['email'] ?? '', text: Buffer.from(sealed).toString('hex') })
    return { body: { result: 'success' } }
  })
  const signer: Signer = Object.assign(web, { mode, key: null, mails })
  return signer
}

/** PEM in base64, as such services take it. */
function decoded(text: string | undefined): Uint8Array {
  const [block] = fromPem(Buffer.from(text ?? '', 'base64').toString('utf8'))
  if (!block) throw new Error('no PEM')
  return block.der
}

function vendorChain(key: KeyObject): string {
  const root = mintAuthority('Simulated Root CA')
  const der = issueCertificate({
    subject: [['CN', 'MDM Vendor: Signing for others']],
    spki: spkiOf(key),
    notBefore: Date.now() - 86_400_000,
    notAfter: Date.now() + 365 * 86_400_000,
    issuer: { certificate: parseCertificate(root.certificate), key: root.key },
    keyUsage: ['digitalSignature'],
  })
  return toPem('CERTIFICATE', der) + root.pem
}

function signedBy(key: KeyObject, chain: string, csr: Uint8Array): string {
  const plist = encode({
    PushCertRequestCSR: Buffer.from(csr).toString('base64'),
    PushCertCertificateChain: chain,
    PushCertSignature: sign('sha256', csr, key).toString('base64'),
  })
  return Buffer.from(plist).toString('base64')
}
