import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Files named by their SHA-256: the same bytes are kept once, and what is read is what was written. */
export interface Blobs {
  /** Stores the bytes durably; answers their SHA-256 in hex. Safe to repeat. */
  put(bytes: Uint8Array): Promise<string>
  /** Stores bytes as they come, without holding them. What fails on the way, or is told to stop by the signal, leaves nothing. */
  putStream(chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<{ sha256: string; size: number }>
  /** The bytes with this SHA-256; throws when they are missing or altered. */
  get(sha256: string): Promise<Uint8Array>
  /** The same in parts; throws at their end when they were altered. */
  stream(sha256: string): AsyncIterable<Uint8Array>
  /** The bytes from the first place to the last, both included, as they are on disk. */
  part(sha256: string, first: number, last: number): AsyncIterable<Uint8Array>
  has(sha256: string): Promise<boolean>
  /** Forgets the bytes. The caller knows that nobody else keeps them. */
  remove(sha256: string): Promise<void>
}

/** Blobs in a folder: written beside, synced, then renamed, so that a crash leaves either all or nothing. */
export function openBlobs(folder: string): Blobs {
  const place = (sha256: string): { folder: string; file: string } => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('a blob is named by 64 hex digits')
    const inner = join(folder, sha256.slice(0, 2))
    return { folder: inner, file: join(inner, sha256.slice(2)) }
  }
  const has = async (sha256: string): Promise<boolean> => {
    const found = await stat(place(sha256).file).catch(() => null)
    return found !== null
  }
  const settle = async (beside: string, sha256: string): Promise<void> => {
    const at = place(sha256)
    await mkdir(at.folder, { recursive: true, mode: 0o700 })
    await rename(beside, at.file)
    const inner = await open(at.folder, 'r')
    await inner.sync()
    await inner.close()
  }
  const putStream: Blobs['putStream'] = async (chunks, signal) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const beside = join(folder, `coming.${randomBytes(8).toString('hex')}`)
    const file = await open(beside, 'wx', 0o600)
    const hash = createHash('sha256')
    let size = 0
    try {
      for await (const chunk of chunks) {
        signal?.throwIfAborted()
        hash.update(chunk)
        size += chunk.length
        await file.writeFile(chunk)
      }
      await file.sync()
      await file.close()
      const sha256 = hash.digest('hex')
      if (await has(sha256)) await rm(beside)
      else await settle(beside, sha256)
      return { sha256, size }
    } catch (error) {
      await file.close().catch(() => undefined)
      await rm(beside, { force: true })
      throw error
    }
  }
  return {
    has,
    putStream,
    put: async bytes => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (await has(sha256)) return sha256
      const at = place(sha256)
      await mkdir(at.folder, { recursive: true, mode: 0o700 })
      const beside = `${at.file}.${randomBytes(6).toString('hex')}`
      const file = await open(beside, 'wx', 0o600)
      await file.writeFile(bytes)
      await file.sync()
      await file.close()
      await settle(beside, sha256)
      return sha256
    },
    get: async sha256 => {
      const bytes = await readFile(place(sha256).file)
      if (createHash('sha256').update(bytes).digest('hex') !== sha256)
        throw new Error(`blob ${sha256} was altered on disk`)
      return bytes
    },
    stream: async function* (sha256) {
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(place(sha256).file)) {
        hash.update(chunk as Buffer)
        yield chunk as Buffer
      }
      if (hash.digest('hex') !== sha256) throw new Error(`blob ${sha256} was altered on disk`)
    },
    part: async function* (sha256, first, last) {
      for await (const chunk of createReadStream(place(sha256).file, { start: first, end: last })) yield chunk as Buffer
    },
    remove: async sha256 => rm(place(sha256).file, { force: true }),
  }
}
