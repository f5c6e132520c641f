import { Malformed } from '../malformed.ts'

/** A pool of texts as compiled files of Android have them (ResStringPool). */
export interface Texts {
  readonly count: number
  /** The text at this place; empty where the file says none. */
  at(index: number): string
}

const none = 0xffffffff
const mostTexts = 2_000_000
const longestText = 32_768

/** Reads the pool that begins here; texts are read when they are asked for. */
export function readTexts(bytes: Buffer): Texts {
  if (bytes.length < 28) throw new Malformed('apk.texts')
  const [count, flags, start] = [bytes.readUInt32LE(8), bytes.readUInt32LE(16), bytes.readUInt32LE(20)]
  const headed = bytes.readUInt16LE(2)
  if (count > mostTexts || headed + count * 4 > bytes.length || (count > 0 && start > bytes.length))
    throw new Malformed('apk.texts')
  const narrow = (flags & 0x100) !== 0
  return {
    count,
    at: index => {
      if (index === none || index >= count) return ''
      const at = start + bytes.readUInt32LE(headed + index * 4)
      return narrow ? narrowAt(bytes, at) : wideAt(bytes, at)
    },
  }
}

function narrowAt(bytes: Buffer, start: number): string {
  let at = start
  const length = (): number => {
    if (at + 2 > bytes.length) throw new Malformed('apk.texts')
    const first = bytes.readUInt8(at)
    at += first & 0x80 ? 2 : 1
    return first & 0x80 ? ((first & 0x7f) << 8) | bytes.readUInt8(at - 1) : first
  }
  length()
  const size = length()
  if (at + size > bytes.length) throw new Malformed('apk.texts')
  return bytes.toString('utf8', at, at + size)
}

function wideAt(bytes: Buffer, start: number): string {
  if (start + 4 > bytes.length) throw new Malformed('apk.texts')
  const first = bytes.readUInt16LE(start)
  const long = (first & 0x8000) !== 0
  const size = long ? ((first & 0x7fff) << 16) | bytes.readUInt16LE(start + 2) : first
  const at = start + (long ? 4 : 2)
  if (size > longestText || at + size * 2 > bytes.length) throw new Malformed('apk.texts')
  return bytes.toString('utf16le', at, at + size * 2)
}

/** One chunk of a compiled file: its kind, and its bytes with the header. */
export interface Chunk {
  readonly type: number
  readonly headed: number
  readonly bytes: Buffer
}

const mostChunks = 500_000

/** The chunks that stand beside each other here (ResChunk_header). */
export function* chunksIn(bytes: Buffer): Iterable<Chunk> {
  let count = 0
  for (let at = 0; at + 8 <= bytes.length; ) {
    const [type, headed, size] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2), bytes.readUInt32LE(at + 4)]
    if (headed < 8 || size < headed || at + size > bytes.length) throw new Malformed('apk.chunk')
    count += 1
    if (count > mostChunks) throw new Malformed('apk.chunk')
    yield { type, headed, bytes: bytes.subarray(at, at + size) }
    at += size
  }
}

/** What stands at a place of a compiled file: a text, a number, a reference to a resource (Res_value). */
export interface Value {
  readonly type: number
  readonly data: number
}

export const valueTypes = { reference: 1, text: 3, whole: 0x10, hex: 0x11, flag: 0x12 } as const

/** The value that begins here. */
export function valueAt(bytes: Buffer, at: number): Value {
  if (at + 8 > bytes.length) throw new Malformed('apk.value')
  return { type: bytes.readUInt8(at + 3), data: bytes.readUInt32LE(at + 4) }
}
