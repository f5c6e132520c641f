import { createHash, createPublicKey, publicDecrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import { Malformed } from '../../malformed.ts'
import { attribute, type Certificate, fingerprint, parseCertificate } from '../../x509/certificate.ts'
import type { Source } from '../../files/source.ts'
import { child, descendants, type Element, readElements } from './xml.ts'

const inflated = promisify(inflate)
const gunzipped = promisify(gunzip)
const mostTable = 16 * 1024 * 1024
const mostText = 8 * 1024 * 1024

/** What a distribution package says of itself. */
export interface Pkg {
  bundle: string
  title: string
  version: string
  minimumOs: string | null
  /** Packages inside, by identifier. */
  packages: { identifier: string; version: string }[]
  /** Who signed it, where the signature over its table holds; null: nobody. */
  signer: PkgSigner | null
}

/** Whose key signed a package. */
export interface PkgSigner {
  name: string
  team: string | null
  fingerprint: string
  notAfter: number
}

interface Table {
  readonly document: Element
  readonly packed: Uint8Array
  /** Where what the table points at begins. */
  readonly heap: number
}

/** Reads a signed or unsigned distribution package (xar, with Distribution at its top). A bare component package is refused, as devices do. */
export async function readPkg(source: Source): Promise<Pkg> {
  const table = await tableOf(source)
  const toc = child(table.document, 'toc')
  if (!toc) throw new Malformed('pkg.table')
  const file = toc.children.find(f => f.name === 'file' && child(f, 'name')?.text.trim() === 'Distribution')
  if (!file) throw new Malformed('pkg.no-distribution')
  const distribution = readElements(new TextDecoder().decode(await fileOf(source, table, file)))
  return { ...described(distribution), signer: await signerOf(source, table, toc) }
}

async function tableOf(source: Source): Promise<Table> {
  const head = Buffer.from(await source.at(0, 28))
  if (head.length < 28 || head.readUInt32BE(0) !== 0x78617221) throw new Malformed('pkg.no-xar')
  const [size, length, plain] = [
    head.readUInt16BE(4),
    Number(head.readBigUInt64BE(8)),
    Number(head.readBigUInt64BE(16)),
  ]
  if (size < 28 || length > mostTable || plain > mostTable) throw new Malformed('pkg.bounds')
  const packed = await source.at(size, length)
  if (packed.length < length) throw new Malformed('pkg.truncated')
  const text = await unpacked(inflated, packed, mostTable)
  return { document: readElements(new TextDecoder().decode(text)), packed, heap: size + length }
}

async function unpacked(
  by: (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>,
  bytes: Uint8Array,
  maxOutputLength: number,
): Promise<Uint8Array> {
  try {
    return await by(bytes, { maxOutputLength })
  } catch (cause) {
    throw new Malformed('pkg.inflate', undefined, cause)
  }
}

async function fileOf(source: Source, table: Table, file: Element): Promise<Uint8Array> {
  const data = child(file, 'data')
  const [offset, length] = [whole(data, 'offset'), whole(data, 'length')]
  if (offset === null || length === null || length > mostText) throw new Malformed('pkg.file')
  const bytes = await source.at(table.heap + offset, length)
  if (bytes.length < length) throw new Malformed('pkg.truncated')
  const style = child(data, 'encoding')?.attributes.get('style') ?? ''
  // What xar calls gzip is a bare zlib stream; some tools write real gzip.
  if (style === 'application/x-gzip') return unpacked(bytes[0] === 0x1f ? gunzipped : inflated, bytes, mostText)
  if (style === '' || style === 'application/octet-stream') return bytes
  throw new Malformed('pkg.encoding', style)
}

function whole(of: Element | undefined, name: string): number | null {
  const text = child(of, name)?.text.trim() ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** (Apple: Distribution XML.) The app is the first bundle that ends in .app, else the product, else its first package. */
function described(distribution: Element): Omit<Pkg, 'signer'> {
  const references = [...descendants(distribution, 'pkg-ref')]
  const byId = new Map<string, string>()
  for (const one of references) {
    const id = one.attributes.get('id') ?? ''
    byId.set(id, one.attributes.get('version') ?? byId.get(id) ?? '')
  }
  const packages = [...byId].filter(([id]) => id !== '').map(([identifier, version]) => ({ identifier, version }))
  const bundles = [...descendants(distribution, 'bundle')]
  const app = bundles.find(b => (b.attributes.get('path') ?? '').endsWith('.app')) ?? bundles[0]
  const product = child(distribution, 'product')
  const bundle = app?.attributes.get('id') ?? product?.attributes.get('id') ?? packages[0]?.identifier ?? ''
  if (!/^[A-Za-z0-9._-]{1,155}$/.test(bundle)) throw new Malformed('pkg.no-bundle')
  const version =
    app?.attributes.get('CFBundleShortVersionString') ??
    product?.attributes.get('version') ??
    packages[0]?.version ??
    ''
  const [system] = descendants(distribution, 'os-version')
  return {
    bundle,
    title: (child(distribution, 'title')?.text.trim() || bundle).slice(0, 200),
    version: (version || '1').slice(0, 60),
    minimumOs: system?.attributes.get('min')?.slice(0, 20) ?? null,
    packages: packages.slice(0, 200),
  }
}

/** The signer, when their key signed the sum of the table as it is (xar, RSA signature over the checksum). A signature that does not hold is refused. */
async function signerOf(source: Source, table: Table, toc: Element): Promise<PkgSigner | null> {
  const signature = child(toc, 'signature')
  const [first] = signature ? descendants(signature, 'X509Certificate') : []
  if (!signature || !first) return null
  const [offset, size] = [whole(signature, 'offset'), whole(signature, 'size')]
  if (offset === null || size === null || size > 4096) throw new Malformed('pkg.signature')
  const style = child(toc, 'checksum')?.attributes.get('style') ?? 'sha1'
  if (!['sha1', 'sha256', 'sha512'].includes(style)) throw new Malformed('pkg.checksum', style)
  const sum = createHash(style).update(table.packed).digest()
  const certificate = parseCertificate(new Uint8Array(Buffer.from(first.text.replaceAll(/\s/g, ''), 'base64')))
  const signed = await source.at(table.heap + offset, size)
  if (!signs(certificate, signed, sum)) throw new Malformed('pkg.signature')
  return {
    name: attribute(certificate.subject, 'CN') ?? '',
    team: attribute(certificate.subject, 'OU') ?? null,
    fingerprint: fingerprint(certificate.der),
    notAfter: certificate.notAfter,
  }
}

/** The signature is over the sum itself, so it is opened and the sum in it compared (RFC 8017 §9.2: DigestInfo ends with the digest). */
function signs(certificate: Certificate, signature: Uint8Array, sum: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(certificate.spki), format: 'der', type: 'spki' })
    const info = publicDecrypt(key, signature)
    return (
      info.length >= sum.length && info.length <= sum.length + 19 && Buffer.from(info.subarray(-sum.length)).equals(sum)
    )
  } catch {
    return false
  }
}
