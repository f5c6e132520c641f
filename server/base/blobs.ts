import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Files named by their SHA-256: the same bytes are kept once, and what is read is what was written. */
export interface Blobs {
  /** Stores the bytes durably; answers their SHA-256 in hex. Safe to repeat. */
  put(bytes: Uint8Array): Promise<string>
  /** The bytes with this SHA-256; throws when they are missing or altered. */
  get(sha256: string): Promise<Uint8Array>
  has(sha256: string): Promise<boolean>
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
  return {
    has,
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
      await rename(beside, at.file)
      const inner = await open(at.folder, 'r')
      await inner.sync()
      await inner.close()
      return sha256
    },
    get: async sha256 => {
      const bytes = await readFile(place(sha256).file)
      if (createHash('sha256').update(bytes).digest('hex') !== sha256)
        throw new Error(`blob ${sha256} was altered on disk`)
      return bytes
    },
  }
}
