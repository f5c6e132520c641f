import { createHash } from 'node:crypto'
import type { Source } from '@muster/wire/files/source.ts'
import type { Blobs } from '../../base/blobs.ts'
import type { AppPlatform } from './app.ts'
import type { ReleaseRead } from './release.ts'

/** Why a file is no release. */
type Refused =
  | 'app.file-malformed'
  | 'app.file-unsigned'
  | 'app.file-old-signature'
  | 'app.file-forged'
  | 'app.file-part'
  | 'app.file-test-only'
  | 'app.file-expired'

/** What a platform reads in a file. `refused`: the code of why it is no release. */
export type FileRead =
  | (Omit<ReleaseRead, 'blob' | 'size' | 'name' | 'facts'> & {
      platform: AppPlatform
      facts: Omit<ReleaseRead['facts'], 'chunkBytes' | 'chunks'>
    })
  | { refused: Refused; reason: string }

/** Reads a file of an app; null: it is of no kind that this platform knows. */
export type FileReader = (source: Source, now: number) => Promise<FileRead | null>

const readers: FileReader[] = []

/** Makes a platform's reader of files known; called by main before the server starts. */
export function readBy(reader: FileReader): void {
  readers.push(reader)
}

/** What the first platform that knows the file reads in it. */
export async function readFile(source: Source, now: number): Promise<FileRead> {
  for (const reader of readers) {
    const read = await reader(source, now)
    if (read) return read
  }
  return { refused: 'app.file-malformed', reason: 'kind' }
}

/** Parts that lie beside each other, as one file. */
export function sourceOfParts(blobs: Blobs, parts: readonly { place: number; blob: string; size: number }[]): Source {
  const last = parts.at(-1)
  return {
    size: last ? last.place + last.size : 0,
    at: async (start, length) => {
      const out: Uint8Array[] = []
      const end = start + length
      for (const { place, blob, size } of parts) {
        const [from, until] = [Math.max(start, place), Math.min(end, place + size)]
        if (from >= until) continue
        for await (const chunk of blobs.part(blob, from - place, until - place - 1)) out.push(chunk)
      }
      return new Uint8Array(Buffer.concat(out))
    },
  }
}

/** How large the parts are whose sums a device compares. */
export const chunkBytes = 10 * 1024 * 1024

/** Parts as one stream, and on the way the sum of every chunk of it. */
export function summed(
  blobs: Blobs,
  parts: readonly { blob: string; size: number }[],
): { bytes: AsyncIterable<Uint8Array>; sums(): string[] } {
  const done: string[] = []
  let hash = createHash('sha256')
  let filled = 0
  const take = (chunk: Uint8Array): void => {
    for (let at = 0; at < chunk.length; ) {
      const some = chunk.subarray(at, at + chunkBytes - filled)
      hash.update(some)
      filled += some.length
      at += some.length
      if (filled < chunkBytes) continue
      done.push(hash.digest('hex'))
      hash = createHash('sha256')
      filled = 0
    }
  }
  const bytes = (async function* () {
    for (const { blob, size } of parts)
      for await (const chunk of blobs.part(blob, 0, size - 1)) {
        take(chunk)
        yield chunk
      }
  })()
  return { bytes, sums: () => (filled > 0 ? [...done, hash.copy().digest('hex')] : [...done]) }
}
