import { createPrivateKey, generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { open } from '@muster/wire/cms/enveloped.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import * as identity from '../../../areas/identity/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import * as store from './store.ts'

const generate = promisify(generateKeyPair)
/** Macs do not ask how old it is; it must outlast every disk. */
const validMs = 30 * 365 * 24 * 3_600_000

const place = (id: string) => ({ table: 'apple_recipients', column: 'private_key', row: id })

/** DER of the certificate that Macs encrypt their recovery keys for now; made on first need, its key kept before anything can be encrypted for it. */
export async function recipientOf(ctx: Ctx): Promise<Uint8Array> {
  const row = await store.newestRecipient(ctx)
  return row ? new Uint8Array(row.certificate) : renewRecipient(ctx)
}

/** The same where nothing may be written: null when there is none yet. */
export async function knownRecipient(ctx: Ctx): Promise<Uint8Array | null> {
  const row = await store.newestRecipient(ctx)
  return row ? new Uint8Array(row.certificate) : null
}

/** Makes another one, for which policies are delivered anew; what was encrypted for those before still opens. */
export async function renewRecipient(ctx: Ctx): Promise<Uint8Array> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 })
  const { name } = await identity.ownOrg(ctx)
  const id = `01${randomBytes(15).toString('hex')}`
  const certificate = issueCertificate({
    subject: [
      ['O', name],
      ['CN', 'Recovery keys'],
    ],
    spki: spkiOf(publicKey),
    serial: id,
    notBefore: ctx.now - 24 * 3_600_000,
    notAfter: ctx.now + validMs,
    issuer: { key: privateKey },
    keyUsage: ['keyEncipherment', 'dataEncipherment'],
  })
  const key = privateKey.export({ format: 'der', type: 'pkcs8' })
  await store.addRecipient(ctx, { id, certificate, private_key: await ctx.secrets.seal(ctx, place(id), key) })
  return certificate
}

/** What was encrypted for one of our recipients, whichever it was; null when it was for none of them. */
export async function openFor(ctx: Ctx, cms: Uint8Array): Promise<Uint8Array | null> {
  for (const row of await store.listRecipients(ctx)) {
    const der = Buffer.from(await ctx.secrets.open(ctx, place(row.id), row.private_key))
    try {
      const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
      return open(cms, { certificate: parseCertificate(new Uint8Array(row.certificate)), key })
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
    }
  }
  return null
}
