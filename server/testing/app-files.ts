import { createHash, generateKeyPairSync, type KeyObject, privateEncrypt } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { sign } from '@muster/wire/cms/signed.ts'
import { encode } from '@muster/wire/plist/plist.ts'
import { issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import yazl from 'yazl'

/** Who signs files in tests. */
export interface FileSigner {
  team: string
  key: KeyObject
  certificate: Uint8Array
}

/** A signer with a key of its own. */
export function fileSigner(team: string, now: number): FileSigner {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const subject = [
    ['CN', `Developer ID Installer: ${team}`],
    ['OU', team],
  ] as const
  const dayMs = 24 * 3_600_000
  const certificate = issueCertificate({
    subject,
    spki: spkiOf(key),
    notBefore: now - dayMs,
    notAfter: now + 365 * dayMs,
    issuer: { key },
  })
  return { team, key, certificate }
}

/** An .ipa as a developer would export it. */
export async function ipaOf(of: {
  bundle: string
  version: string
  signer: FileSigner
  expiresAt: number
  filling?: number
}): Promise<Uint8Array> {
  const zip = new yazl.ZipFile()
  const info = encode({
    CFBundleIdentifier: of.bundle,
    CFBundleDisplayName: 'Fältboken',
    CFBundleShortVersionString: of.version,
    CFBundleVersion: '77',
    MinimumOSVersion: '16.0',
    UIDeviceFamily: [1, 2],
    CFBundleSupportedPlatforms: ['iPhoneOS'],
  })
  const provision = encode({
    Name: 'In-house',
    TeamIdentifier: [of.signer.team],
    TeamName: 'Havsten Mät',
    ExpirationDate: new Date(of.expiresAt),
    ProvisionsAllDevices: true,
  })
  const { key, certificate } = of.signer
  const content = sign({ content: provision, key, certificate })
  zip.addBuffer(Buffer.from(info), 'Payload/Field.app/Info.plist')
  zip.addBuffer(Buffer.from(content), 'Payload/Field.app/embedded.mobileprovision')
  zip.addBuffer(Buffer.alloc(of.filling ?? 2000, of.version), 'Payload/Field.app/Field', { compress: false })
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(Buffer.from(part))
  return new Uint8Array(Buffer.concat(parts))
}

/** A distribution package: a xar with a table, signed over its sum, and a Distribution. */
export function pkgOf(of: { bundle: string; version: string; signer: FileSigner | null; forge?: boolean }): Uint8Array {
  const distribution = Buffer.from(
    `<?xml version="1.0"?><installer-gui-script><title>Field &amp; more</title>` +
      `<pkg-ref id="${of.bundle}.pkg" version="${of.version}"><bundle-version><bundle id="${of.bundle}" path="Field.app" CFBundleShortVersionString="${of.version}"/></bundle-version></pkg-ref>` +
      `<volume-check><allowed-os-versions><os-version min="13.0"/></allowed-os-versions></volume-check></installer-gui-script>`,
  )
  const packed = deflateSync(distribution)
  const signature = of.signer
    ? `<signature style="RSA"><offset>20</offset><size>256</size><KeyInfo><X509Data><X509Certificate>${Buffer.from(of.signer.certificate).toString('base64')}</X509Certificate></X509Data></KeyInfo></signature>`
    : ''
  const toc = deflateSync(
    Buffer.from(
      `<?xml version="1.0"?><xar><toc><checksum style="sha1"><offset>0</offset><size>20</size></checksum>${signature}` +
        `<file id="1"><name>Distribution</name><data><offset>276</offset><length>${packed.length}</length><size>${distribution.length}</size><encoding style="application/x-gzip"/></data></file></toc></xar>`,
    ),
  )
  const sum = createHash('sha1')
    .update(of.forge ? Buffer.from('another table') : toc)
    .digest()
  // DigestInfo of SHA-1. (RFC 8017 §9.2)
  const info = Buffer.concat([Buffer.from('3021300906052b0e03021a05000414', 'hex'), sum])
  const signed = of.signer ? privateEncrypt(of.signer.key, info) : Buffer.alloc(256)
  const head = Buffer.alloc(28)
  head.write('xar!', 0, 'latin1')
  head.writeUInt16BE(28, 4)
  head.writeUInt16BE(1, 6)
  head.writeBigUInt64BE(BigInt(toc.length), 8)
  head.writeBigUInt64BE(BigInt(1000), 16)
  head.writeUInt32BE(1, 24)
  return new Uint8Array(Buffer.concat([head, toc, sum, signed, packed]))
}

/** When the certificate of a signer ends. */
export function endOf(signer: FileSigner): number {
  return parseCertificate(signer.certificate).notAfter
}
