import { createHash } from 'node:crypto'
import { Malformed } from '../malformed.ts'

/*
 * Who signed an Android package: the certificates in its signing block, which stands between the files and the directory of the archive. Only who it says
 * signed it is read; whether the signature holds is for the device, which checks it before it installs anything.
 */

const magic = 'APK Sig Block 42'
/** Schemes 3.1, 3 and 2, the newest first: what a device of today looks at. */
const schemes = [0x1b93ad61, 0xf05368c0, 0x7109871a]
const mostComment = 0xffff

/** SHA-256 of each certificate that signed the package, in base64url; the newest scheme's. Throws `Malformed` for what is no signed package. */
export function signersOf(apk: Uint8Array): string[] {
  const bytes = Buffer.from(apk.buffer, apk.byteOffset, apk.byteLength)
  const blocks = pairsOf(blockOf(bytes))
  const found = schemes.map(id => blocks.get(id)).find(b => b !== undefined)
  if (!found) throw new Malformed('apk.unsigned')
  const signers = listIn(prefixed(found, 0).part)
  if (signers.length === 0) throw new Malformed('apk.unsigned')
  return signers.map(signer => {
    const signed = prefixed(signer, 0).part
    const digests = prefixed(signed, 0)
    const [certificate] = listIn(prefixed(signed, digests.end).part)
    if (!certificate) throw new Malformed('apk.certificate')
    return createHash('sha256').update(certificate).digest('base64url')
  })
}

function blockOf(bytes: Buffer): Buffer {
  const directory = directoryAt(bytes)
  const size = blockSize(bytes.subarray(Math.max(0, directory - 24), directory))
  if (size > directory) throw new Malformed('apk.block')
  return bytes.subarray(directory - size, directory - 24)
}

/** How large the signing block is that ends with these bytes, counted as it counts itself: 8 bytes less than it takes. */
export function blockSize(tail: Buffer): number {
  if (tail.length < 24 || tail.toString('latin1', 8) !== magic) throw new Malformed('apk.unsigned')
  const size = Number(tail.readBigUInt64LE(0))
  if (size < 24) throw new Malformed('apk.block')
  return size
}

/** Where the directory of the archive begins whose last bytes these are, and where what ends the file does. `base`: where these bytes begin in it. */
export function directoryAt(bytes: Buffer, base = 0): number {
  return endAt(bytes, base).directory
}

/** The same, with the place of the record that ends the archive. */
export function endAt(bytes: Buffer, base = 0): { directory: number; size: number; end: number } {
  const lowest = Math.max(0, bytes.length - 22 - mostComment)
  for (let at = bytes.length - 22; at >= lowest; at -= 1)
    if (bytes.readUInt32LE(at) === 0x06054b50 && bytes.readUInt16LE(at + 20) === bytes.length - at - 22) {
      const directory = bytes.readUInt32LE(at + 16)
      if (directory > base + at) throw new Malformed('apk.directory')
      return { directory, size: bytes.readUInt32LE(at + 12), end: base + at }
    }
  throw new Malformed('apk.archive')
}

/** What a signing block holds, by its numbers. */
export function pairsOf(block: Buffer): Map<number, Buffer> {
  const pairs = new Map<number, Buffer>()
  for (let at = 0; at + 12 <= block.length; ) {
    const size = Number(block.readBigUInt64LE(at))
    const end = at + 8 + size
    if (size < 4 || end > block.length) throw new Malformed('apk.block')
    pairs.set(block.readUInt32LE(at + 8), block.subarray(at + 12, end))
    at = end
  }
  return pairs
}

/** Bytes after their length, and where they end. */
export function prefixed(bytes: Buffer, at: number): { part: Buffer; end: number } {
  if (at + 4 > bytes.length) throw new Malformed('apk.block')
  const end = at + 4 + bytes.readUInt32LE(at)
  if (end > bytes.length) throw new Malformed('apk.block')
  return { part: bytes.subarray(at + 4, end), end }
}

/** Bytes after their lengths that stand beside each other. */
export function listIn(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const { part, end } = prefixed(bytes, at)
    parts.push(part)
    at = end
  }
  return parts
}
