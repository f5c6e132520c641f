import { inflateRaw } from 'node:zlib'
import { promisify } from 'node:util'
import { Malformed } from '../malformed.ts'
import type { Source } from './source.ts'

const inflated = promisify(inflateRaw)
const mostEntries = 200_000
const mostDirectory = 64 * 1024 * 1024

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** The files of an archive, by its directory (PKWARE APPNOTE 4.3; with the 64-bit forms). Sizes it states are not believed when it is read. */
export async function zipEntries(source: Source): Promise<ZipEntry[]> {
  const { count, size, offset } = await directoryOf(source)
  if (count > mostEntries || size > mostDirectory) throw new Malformed('zip.bounds')
  const bytes = Buffer.from(await source.at(offset, size))
  const entries: ZipEntry[] = []
  for (let at = 0, n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw new Malformed('zip.directory')
    const [named, extra, comment] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ]
    const name = bytes.subarray(at + 46, at + 46 + named).toString('utf8')
    const plain = {
      size: bytes.readUInt32LE(at + 24),
      packed: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    }
    entries.push({
      name,
      method: bytes.readUInt16LE(at + 10),
      ...wide(plain, bytes.subarray(at + 46 + named, at + 46 + named + extra)),
    })
    at += 46 + named + extra + comment
  }
  return entries
}

async function directoryOf(source: Source): Promise<{ count: number; size: number; offset: number }> {
  const start = Math.max(0, source.size - 65_557)
  const tail = Buffer.from(await source.at(start, source.size - start))
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > tail.length) throw new Malformed('zip.end')
  const found = {
    count: tail.readUInt16LE(end + 10),
    size: tail.readUInt32LE(end + 12),
    offset: tail.readUInt32LE(end + 16),
  }
  if (found.offset !== 0xffffffff && found.count !== 0xffff) return found
  const locator = end - 20
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) throw new Malformed('zip.end')
  const at = Number(tail.readBigUInt64LE(locator + 8))
  const bytes = Buffer.from(await source.at(at, 56))
  if (bytes.length < 56 || bytes.readUInt32LE(0) !== 0x06064b50) throw new Malformed('zip.end')
  return {
    count: Number(bytes.readBigUInt64LE(32)),
    size: Number(bytes.readBigUInt64LE(40)),
    offset: Number(bytes.readBigUInt64LE(48)),
  }
}

interface Sizes {
  size: number
  packed: number
  offset: number
}

/** What does not fit 32 bits stands in a field of its own, in this order. */
function wide(plain: Sizes, extra: Buffer): Sizes {
  for (let at = 0; at + 4 <= extra.length; ) {
    const [id, length] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)]
    if (id === 1) {
      let next = at + 4
      const end = Math.min(extra.length, next + length)
      const take = (is: number): number => {
        if (is !== 0xffffffff || next + 8 > end) return is
        next += 8
        return Number(extra.readBigUInt64LE(next - 8))
      }
      return { size: take(plain.size), packed: take(plain.packed), offset: take(plain.offset) }
    }
    at += 4 + length
  }
  return plain
}

/** The bytes of one file; more than `most` are refused, whatever the directory says. */
export async function zipRead(source: Source, entry: ZipEntry, most: number): Promise<Uint8Array> {
  if (entry.size > most || entry.packed > most) throw new Malformed('zip.entry-size', entry.name)
  const head = Buffer.from(await source.at(entry.offset, 30))
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) throw new Malformed('zip.entry', entry.name)
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  const packed = await source.at(start, entry.packed)
  if (packed.length < entry.packed) throw new Malformed('zip.truncated', entry.name)
  if (entry.method === 0) return packed
  if (entry.method !== 8) throw new Malformed('zip.method', entry.name)
  try {
    return await inflated(packed, { maxOutputLength: most })
  } catch (cause) {
    throw new Malformed('zip.inflate', entry.name, cause)
  }
}
