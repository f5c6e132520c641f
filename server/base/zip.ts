import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

/** A file of an archive, whose bytes come as they are read. */
export interface ZipPart {
  name: string
  bytes: AsyncIterable<Uint8Array>
}

/** A file of an archive that was written: its size and SHA-256. */
export interface ZipEntry {
  name: string
  size: number
  sha256: string
}

// 1 January 1980: the archive says nothing of the clock it was written by.
const date = 0x0021
// Sizes follow the bytes; names are UTF-8.
const flags = 0x0808
const most = 0xffffffff

interface Written extends ZipEntry {
  crc: number
  offset: number
}

/**
 * Writes an archive whose files are stored as they are, part by part. Nothing in it is free to differ: the same files give the same bytes,
 * so that whoever reads it can tell every byte that was changed. `told` hears of each file when it has been written.
 */
export async function* zipStored(
  parts: AsyncIterable<ZipPart>,
  told: (entry: ZipEntry) => void,
): AsyncGenerator<Uint8Array> {
  const entries: Written[] = []
  let offset = 0
  for await (const { name, bytes } of parts) {
    const head = localHeader(name)
    yield head
    const hash = createHash('sha256')
    let crc = 0
    let size = 0
    for await (const chunk of bytes) {
      crc = crc32(chunk, crc)
      hash.update(chunk)
      size += chunk.length
      yield chunk
    }
    const entry = { name, size, sha256: hash.digest('hex'), crc, offset }
    yield descriptor(entry)
    entries.push(entry)
    told(entry)
    offset += head.length + size + 16
    if (offset > most) throw new RangeError('the archive is larger than 4 GiB; ask for a shorter period')
  }
  yield directory(entries, offset)
}

/** An archive as it was found: its files, each readable, and what of its frame is not as it was written. */
export interface ZipFound {
  entries: readonly ZipEntry[]
  /** Names the place that is wrong; null when every byte around the files is as it must be. */
  fault: string | null
  read(name: string): AsyncGenerator<Uint8Array>
  close(): Promise<void>
}

/** Opens an archive that `zipStored` wrote and looks at every byte of it. Throws when it is none at all. */
export async function openStored(path: string): Promise<ZipFound> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const at = async (start: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, length)), 0, Math.max(0, length), start)
      return buffer.subarray(0, bytesRead)
    }
    const places = await placesIn(at, size)
    const ranged = async function* (start: number, length: number): AsyncGenerator<Uint8Array> {
      for (let done = 0; done < length; done += 65_536) yield await at(start + done, Math.min(65_536, length - done))
    }
    const entries: Written[] = []
    let fault: string | null = null
    let offset = 0
    for (const place of places) {
      const head = localHeader(place.name)
      const start = offset + head.length
      const hash = createHash('sha256')
      let crc = 0
      for await (const chunk of ranged(start, place.size)) {
        crc = crc32(chunk, crc)
        hash.update(chunk)
      }
      const entry = { name: place.name, size: place.size, sha256: hash.digest('hex'), crc, offset }
      entries.push(entry)
      const framed = place.offset === offset && (await at(offset, head.length)).equals(head)
      const followed = (await at(start + place.size, 16)).equals(descriptor(entry))
      if (!framed || !followed) fault ??= place.name
      offset = start + place.size + 16
    }
    const rest = directory(entries, offset)
    if (size !== offset + rest.length || !(await at(offset, rest.length)).equals(rest))
      fault ??= 'the directory of the archive'
    const read = (name: string): AsyncGenerator<Uint8Array> => {
      const entry = entries.find(e => e.name === name)
      return entry ? ranged(entry.offset + localHeader(name).length, entry.size) : ranged(0, 0)
    }
    return { entries, fault, read, close: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Where the directory says that files are. Damaged directories give what can be read of them. */
async function placesIn(
  at: (start: number, length: number) => Promise<Buffer>,
  size: number,
): Promise<{ name: string; size: number; offset: number }[]> {
  const end = await at(Math.max(0, size - 22), 22)
  if (end.length < 22) throw new Error('this is no evidence pack')
  const count = end.readUInt16LE(10)
  const length = end.readUInt32LE(12)
  const begin = size - 22 - length
  if (begin < 0) throw new Error('the directory of the archive is damaged')
  const bytes = await at(begin, length)
  const found: { name: string; size: number; offset: number }[] = []
  for (let place = 0, n = 0; n < count && place + 46 <= bytes.length; n += 1) {
    const named = bytes.readUInt16LE(place + 28)
    const name = bytes.subarray(place + 46, place + 46 + named).toString('utf8')
    const stored = bytes.readUInt32LE(place + 24)
    if (stored > size) throw new Error('the directory of the archive is damaged')
    found.push({ name, size: stored, offset: bytes.readUInt32LE(place + 42) })
    place += 46 + named
  }
  return found
}

function localHeader(name: string): Buffer {
  const text = Buffer.from(name, 'utf8')
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(date, 12)
  head.writeUInt16LE(text.length, 26)
  return Buffer.concat([head, text])
}

function descriptor({ crc, size }: Pick<Written, 'crc' | 'size'>): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(0x08074b50, 0)
  bytes.writeUInt32LE(crc, 4)
  bytes.writeUInt32LE(size, 8)
  bytes.writeUInt32LE(size, 12)
  return bytes
}

function directory(entries: readonly Written[], offset: number): Buffer {
  const records = entries.map(({ name, crc, size, offset: at }) => {
    const text = Buffer.from(name, 'utf8')
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50, 0)
    record.writeUInt16LE(20, 4)
    record.writeUInt16LE(20, 6)
    record.writeUInt16LE(flags, 8)
    record.writeUInt16LE(date, 14)
    record.writeUInt32LE(crc, 16)
    record.writeUInt32LE(size, 20)
    record.writeUInt32LE(size, 24)
    record.writeUInt16LE(text.length, 28)
    record.writeUInt32LE(at, 42)
    return Buffer.concat([record, text])
  })
  const whole = Buffer.concat(records)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(whole.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([whole, end])
}
