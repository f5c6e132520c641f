import { constants, createHash, type KeyObject, verify, X509Certificate } from 'node:crypto'
import type { Source } from '../files/source.ts'
import { Malformed } from '../malformed.ts'
import { blockSize, endAt, listIn, pairsOf, prefixed } from './signers.ts'

/*
 * Whether an Android package was signed by those it names (APK Signature Schemes 2, 3 and 3.1; source.android.com/docs/security/features/apksigning):
 * the signatures, the hash of every byte of the file but the block itself, and the line of keys by which a newer signer stands in for the first.
 */

/** Who signed a package. */
export interface PackageSigner {
  /** The newest scheme it is signed by. */
  readonly scheme: 2 | 3
  /** SHA-256 of the certificates it is known by for ever, in base64url: of the first of its line of keys, or of each of several signers. */
  readonly signers: readonly string[]
  /** Of the certificate whose key signs it now: another one where the key has been followed. */
  readonly current: string
  /** What the first of them calls itself. */
  readonly name: string
  /** Its key has been followed by another. */
  readonly rotated: boolean
}

const schemes = { two: 0x7109871a, three: 0xf05368c0, threeOne: 0x1b93ad61 } as const
const lineAttribute = 0x3ba06f8c
const strippedAttribute = 0xbeeff00d
const mostBlock = 32 * 1024 * 1024
const mostTail = 22 + 0xffff
const most = 20

type Hash = 'sha256' | 'sha512'
interface Way {
  readonly hash: Hash
  readonly pss: boolean
}
/** Ways of signing, by their numbers, the strongest last; those over a tree of hashes are not looked at. */
const ways: ReadonlyMap<number, Way> = new Map([
  [0x0301, { hash: 'sha256', pss: false }],
  [0x0103, { hash: 'sha256', pss: false }],
  [0x0201, { hash: 'sha256', pss: false }],
  [0x0101, { hash: 'sha256', pss: true }],
  [0x0104, { hash: 'sha512', pss: false }],
  [0x0202, { hash: 'sha512', pss: false }],
  [0x0102, { hash: 'sha512', pss: true }],
])

interface Block {
  readonly pairs: Map<number, Buffer>
  /** Where the block begins, where the directory does, and the record that ends the file. */
  readonly start: number
  readonly directory: number
  readonly end: number
}

/** Who signed the package, if it holds. Throws `Malformed`: `apk.unsigned` for what has no such signature, other codes where one does not hold. */
export async function signedBy(source: Source): Promise<PackageSigner> {
  const block = await blockOf(source)
  const found = [schemes.two, schemes.three, schemes.threeOne].flatMap(id => {
    const bytes = block.pairs.get(id)
    return bytes ? [{ id, bytes }] : []
  })
  if (found.length === 0) throw new Malformed('apk.unsigned')
  const sums = new Map<Hash, Buffer>()
  const all: Signer[][] = []
  for (const { id, bytes } of found) {
    const signers = listIn(prefixed(bytes, 0).part)
    if (signers.length === 0) throw new Malformed('apk.unsigned')
    if (signers.length > (id === schemes.two ? most : 1)) throw new Malformed('apk.signers')
    const read = signers.map(s => signerIn(s, id !== schemes.two))
    if (id === schemes.two && read.some(s => s.stripped) && found.length === 1) throw new Malformed('apk.stripped')
    for (const { way, digest } of read) {
      const sum = sums.get(way.hash) ?? (await sumOf(source, block, way.hash))
      sums.set(way.hash, sum)
      if (!sum.equals(digest)) throw new Malformed('apk.digest')
    }
    all.push(read)
  }
  return agreed(all, found.at(-1)?.id !== schemes.two)
}

/** Devices look at one scheme each: all must name the same. */
function agreed(all: readonly (readonly Signer[])[], newer: boolean): PackageSigner {
  const [first = [], ...others] = all.map(signers => signers.map(s => fingerprint(s.root)).toSorted())
  if (others.some(o => o.join() !== first.join())) throw new Malformed('apk.signers-differ')
  const root = all[0]?.[0]?.root
  const now = all.at(-1)?.[0]?.certificate
  if (!root || !now) throw new Malformed('apk.unsigned')
  const rotated = all.flat().some(s => s.rotated)
  const [name, current] = [nameOf(certificateIn(root)), fingerprint(now)]
  return { scheme: newer ? 3 : 2, signers: first, current, name, rotated }
}

const fingerprint = (der: Uint8Array): string => createHash('sha256').update(der).digest('base64url')

function nameOf({ subject }: X509Certificate): string {
  const parts = subject.split('\n')
  const said = (key: string): string | undefined => parts.find(p => p.startsWith(`${key}=`))?.slice(key.length + 1)
  return (said('CN') ?? said('O') ?? parts[0] ?? '').slice(0, 200)
}

async function blockOf(source: Source): Promise<Block> {
  const base = Math.max(0, source.size - mostTail)
  const { directory, size: listed, end } = endAt(Buffer.from(await source.at(base, source.size - base)), base)
  if (directory + listed !== end) throw new Malformed('apk.directory')
  if (directory < 32) throw new Malformed('apk.unsigned')
  const size = blockSize(Buffer.from(await source.at(directory - 24, 24)))
  const start = directory - size - 8
  if (size > mostBlock || start < 0) throw new Malformed('apk.block')
  const bytes = Buffer.from(await source.at(start, size - 16))
  if (Number(bytes.readBigUInt64LE(0)) !== size) throw new Malformed('apk.block')
  return { pairs: pairsOf(bytes.subarray(8)), start, directory, end }
}

interface Signer {
  readonly way: Way
  readonly digest: Buffer
  readonly certificate: Buffer
  /** The certificate it has always been known by. */
  readonly root: Buffer
  readonly rotated: boolean
  /** A newer signature was beside this one, or should be. */
  readonly stripped: boolean
}

/** One signer, whose signature over what it signed holds. */
function signerIn(bytes: Buffer, three: boolean): Signer {
  const signed = prefixed(bytes, 0)
  // Scheme 3 says here for which levels the signer is meant, and once more in what is signed.
  const after = signed.end + (three ? 8 : 0)
  const signatures = prefixed(bytes, after)
  const key = prefixed(bytes, signatures.end).part
  const digests = prefixed(signed.part, 0)
  const all = listIn(signatures.part)
  // By the same ways, so that none can be left out afterwards.
  const numbers = (list: readonly Buffer[]): string => list.map(one => numberOf(one)).join()
  if (numbers(all) !== numbers(listIn(digests.part))) throw new Malformed('apk.digest')
  const { id, way, value } = strongest(all)
  const certificates = prefixed(signed.part, digests.end)
  const attributes = prefixed(signed.part, certificates.end + (three ? 8 : 0)).part
  const [der] = listIn(certificates.part)
  if (!der) throw new Malformed('apk.certificate')
  const certificate = certificateIn(der)
  if (!keyOf(certificate).export({ type: 'spki', format: 'der' }).equals(key)) throw new Malformed('apk.certificate')
  if (!holds(way, signed.part, keyOf(certificate), value)) throw new Malformed('apk.signature')
  const digest = listIn(digests.part).find(d => numberOf(d) === id)
  if (!digest) throw new Malformed('apk.digest')
  const said = new Map(
    listIn(attributes).flatMap(a => (a.length >= 4 ? [[a.readUInt32LE(0), a.subarray(4)] as const] : [])),
  )
  const line = said.get(lineAttribute)
  const root = three && line ? firstOf(line, der) : der
  return {
    ...{ way, root, certificate: der, digest: prefixed(digest, 4).part },
    rotated: root !== der,
    stripped: said.has(strippedAttribute),
  }
}

const numberOf = (bytes: Buffer): number => (bytes.length >= 8 ? bytes.readUInt32LE(0) : 0)

function strongest(signatures: readonly Buffer[]): { id: number; way: Way; value: Buffer } {
  const found = signatures.slice(0, 100).flatMap(s => {
    const id = numberOf(s)
    const way = ways.get(id)
    return way ? [{ id, way, value: prefixed(s, 4).part }] : []
  })
  const order = [...ways.keys()]
  const best = found.toSorted((a, b) => order.indexOf(b.id) - order.indexOf(a.id))[0]
  if (!best) throw new Malformed('apk.algorithm')
  return best
}

/** The first key of a line in which each was signed by the one before, and which ends with this signer. */
function firstOf(line: Buffer, signer: Buffer): Buffer {
  if (line.length < 4) throw new Malformed('apk.line')
  let before: { certificate: X509Certificate; way: number } | null = null
  let first: Buffer | null = null
  let last: Buffer | null = null
  for (const level of listIn(line.subarray(4))) {
    const signed = prefixed(level, 0)
    const flagged = signed.end + 4
    if (flagged + 4 > level.length) throw new Malformed('apk.line')
    const next = level.readUInt32LE(flagged)
    const signature = prefixed(level, flagged + 4).part
    const certificate = prefixed(signed.part, 0)
    if (before) {
      const way = ways.get(before.way)
      if (!way || !holds(way, signed.part, keyOf(before.certificate), signature)) throw new Malformed('apk.line')
    }
    before = { certificate: certificateIn(certificate.part), way: next }
    first ??= certificate.part
    last = certificate.part
  }
  if (!first || !last?.equals(signer)) throw new Malformed('apk.line')
  return first.equals(signer) ? signer : first
}

function certificateIn(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der)
  } catch (cause) {
    throw new Malformed('apk.certificate', undefined, cause)
  }
}

function keyOf(certificate: X509Certificate): KeyObject {
  try {
    return certificate.publicKey
  } catch (cause) {
    throw new Malformed('apk.certificate', undefined, cause)
  }
}

function holds({ hash, pss }: Way, bytes: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  const padded = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: hash === 'sha256' ? 32 : 64 }
  try {
    return verify(hash, bytes, pss ? padded : key, signature)
  } catch {
    return false
  }
}

const chunkBytes = 1024 * 1024
const readBytes = 16 * chunkBytes

/** The hash of the file as its signers computed it: of every million bytes before the block, of the directory, and of the end as if there were no block. */
async function sumOf(source: Source, { start, directory, end }: Block, hash: Hash): Promise<Buffer> {
  const sums: Buffer[] = []
  const take = (chunk: Uint8Array): void => {
    const head = Buffer.alloc(5)
    head.writeUInt8(0xa5, 0)
    head.writeUInt32LE(chunk.length, 1)
    sums.push(createHash(hash).update(head).update(chunk).digest())
  }
  const part = async (from: number, until: number): Promise<void> => {
    for (let at = from; at < until; ) {
      const bytes = await source.at(at, Math.min(readBytes, until - at))
      if (bytes.length === 0) throw new Malformed('apk.truncated')
      for (let n = 0; n < bytes.length; n += chunkBytes) take(bytes.subarray(n, n + chunkBytes))
      at += bytes.length
    }
  }
  await part(0, start)
  await part(directory, end)
  const last = Buffer.from(await source.at(end, source.size - end))
  if (last.length < 22) throw new Malformed('apk.truncated')
  last.writeUInt32LE(start, 16)
  take(last)
  const head = Buffer.alloc(5)
  head.writeUInt8(0x5a, 0)
  head.writeUInt32LE(sums.length, 1)
  return createHash(hash).update(head).update(Buffer.concat(sums)).digest()
}
