import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { issueCertificate, spkiOf } from '../../x509/certificate.ts'
import { type Attribute, attribute, element, manifestBytes, resourceBytes } from './compiled.ts'
import { signingBlock, u32 } from './package.ts'

/** Somebody who signs packages. */
export interface TestSigner {
  readonly key: KeyObject
  readonly certificate: Uint8Array
  /** SHA-256 of the certificate, in base64url. */
  readonly fingerprint: string
  readonly name: string
}

/** What a package for tests says of itself. */
export interface TestApp {
  readonly package: string
  readonly label?: string
  readonly versionName?: string
  readonly versionCode?: number
  readonly minimum?: number
  readonly target?: number
  readonly permissions?: readonly string[]
  readonly flags?: readonly ('debuggable' | 'testOnly' | 'isSplitRequired')[]
  readonly split?: string
  readonly icon?: Uint8Array
  /** More bytes inside. */
  readonly filling?: Uint8Array
}

/** Makes a signer with a key of its own. */
export function testSigner(name: string): TestSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = issueCertificate({
    subject: [['CN', name]],
    spki: spkiOf(publicKey),
    notBefore: Date.UTC(2024, 0, 1),
    notAfter: Date.UTC(2054, 0, 1),
    issuer: { key: privateKey },
  })
  return {
    key: privateKey,
    certificate,
    fingerprint: createHash('sha256').update(certificate).digest('base64url'),
    name,
  }
}

/** The archive of an app, signed by nobody. */
export function unsignedApk(app: TestApp): Buffer {
  const { permissions = [], flags = [], label = 'Tests', icon } = app
  const about: Attribute[] = [
    attribute('package', app.package),
    ...(app.split === undefined ? [] : [attribute('split', app.split)]),
    attribute('versionCode', app.versionCode ?? 1),
    attribute('versionName', app.versionName ?? '1.0'),
  ]
  const manifest = element('manifest', about, [
    element('uses-sdk', [
      attribute('minSdkVersion', app.minimum ?? 26),
      attribute('targetSdkVersion', app.target ?? 35),
    ]),
    ...permissions.map(name => element('uses-permission', [attribute('name', name)])),
    element('application', [
      attribute('label', { resource: 0x7f010000 }),
      ...(icon ? [attribute('icon', { resource: 0x7f020000 })] : []),
      ...flags.map(flag => attribute(flag, true)),
    ]),
  ])
  return archiveOf([
    ['AndroidManifest.xml', manifestBytes(manifest)],
    ['resources.arsc', resourceBytes(label, icon ? 'res/icon.png' : null)],
    ...(icon ? [['res/icon.png', icon] as const] : []),
    ...(app.filling ? [['assets/filling', app.filling] as const] : []),
  ])
}

/** A small real package, signed in scheme 2, and in scheme 3 where that is asked; `line`: the keys before this one, the first of which signs scheme 2. */
export function signedApk(
  app: TestApp,
  by: TestSigner,
  how: { three?: boolean; line?: readonly TestSigner[] } = {},
): Buffer {
  const archive = unsignedApk(app)
  const end = archive.length - 22
  const directory = archive.readUInt32LE(end + 16)
  const sum = sumOf([archive.subarray(0, directory), archive.subarray(directory, end), archive.subarray(end)])
  const first = how.line?.[0] ?? by
  const pairs: [number, Buffer][] = [[0x7109871a, list([signerOf(first, sum, null)])]]
  if (how.three || how.line) pairs.push([0xf05368c0, list([signerOf(by, sum, how.line ?? [])])])
  const block = signingBlock(pairs)
  const last = Buffer.from(archive.subarray(end))
  last.writeUInt32LE(directory + block.length, 16)
  return Buffer.concat([archive.subarray(0, directory), block, archive.subarray(directory, end), last])
}

const ecdsa = 0x0201
const sized = (bytes: Uint8Array): Buffer => Buffer.concat([u32(bytes.length), bytes])
const list = (parts: readonly Uint8Array[]): Buffer => sized(Buffer.concat(parts.map(sized)))

/** `line`: null for scheme 2. */
function signerOf(by: TestSigner, sum: Buffer, line: readonly TestSigner[] | null): Buffer {
  const digests = list([Buffer.concat([u32(ecdsa), sized(sum)])])
  const levels = line === null ? Buffer.alloc(0) : Buffer.concat([u32(28), u32(0x7fffffff)])
  const attributes = line && line.length > 0 ? [Buffer.concat([u32(0x3ba06f8c), lineOf([...line, by])])] : []
  const signed = Buffer.concat([digests, list([by.certificate]), levels, list(attributes)])
  const signature = Buffer.concat([u32(ecdsa), sized(sign('sha256', signed, by.key))])
  const key = new X509Certificate(by.certificate).publicKey.export({ type: 'spki', format: 'der' })
  return Buffer.concat([sized(signed), levels, list([signature]), sized(key)])
}

/** A line of keys, each signed by the one before. */
function lineOf(all: readonly TestSigner[]): Buffer {
  const levels = all.map((one, n) => {
    const before = all[n - 1]
    const signed = Buffer.concat([sized(one.certificate), u32(before ? ecdsa : 0)])
    const signature = before ? sign('sha256', signed, before.key) : Buffer.alloc(0)
    return Buffer.concat([sized(signed), u32(0x17), u32(n === all.length - 1 ? 0 : ecdsa), sized(signature)])
  })
  return Buffer.concat([u32(1), ...levels.map(sized)])
}

function sumOf(parts: readonly Buffer[]): Buffer {
  const sums: Buffer[] = []
  for (const part of parts)
    for (let at = 0; at < part.length; at += 1024 * 1024) {
      const chunk = part.subarray(at, at + 1024 * 1024)
      sums.push(
        createHash('sha256')
          .update(Buffer.concat([Buffer.of(0xa5), u32(chunk.length), chunk]))
          .digest(),
      )
    }
  return createHash('sha256')
    .update(Buffer.concat([Buffer.of(0x5a), u32(sums.length), ...sums]))
    .digest()
}

/** An archive whose files lie in it as they are. */
export function archiveOf(files: readonly (readonly [name: string, bytes: Uint8Array])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, bytes] of files) {
    const called = Buffer.from(name)
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(0x21, 8)
    about.writeUInt32LE(crc32(bytes), 10)
    about.writeUInt32LE(bytes.length, 14)
    about.writeUInt32LE(bytes.length, 18)
    about.writeUInt16LE(called.length, 22)
    const local = Buffer.concat([u32(0x04034b50), about, called, bytes])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([u32(0x02014b50), Buffer.of(20, 0), about, tail, called]))
    parts.push(local)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listed, end])
}
