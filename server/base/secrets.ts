import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigFault } from './config.ts'
import { type Engine, own, type Tx } from './db.ts'
import { fixed } from './fixed.ts'
import type { Id } from './id.ts'

/** Where a sealed value lives: a ciphertext that is moved to another place cannot be opened. */
export interface Place {
  table: string
  column: string
  row: string
}

/** Seals values before a store sees them and opens them again, by a data key per org that the key file wraps. */
export interface Secrets {
  /** AES-256-GCM with the place and the org as additional data. */
  seal(on: { tx: Tx; org: Id<'org'> }, place: Place, plain: Uint8Array | string): Promise<Uint8Array>
  /** The plain bytes; throws SealBroken when the bytes, the place or the key are not the ones sealed with. */
  open(on: { tx: Tx; org: Id<'org'> }, place: Place, sealed: Uint8Array): Promise<Uint8Array>
}

/** A sealed value that does not belong where it was found, or was altered. */
export class SealBroken extends Error {}

interface Tables {
  data_keys: { org: string; id: string; wrapped: Uint8Array; created_at: number }
}

const version = 1
/** No transaction lasts so long: a data key of this age is committed, and will not be taken back. */
const settledMs = 120_000

const wrappedKey = fixed<Tables, { org: string }>()((from, v) =>
  from.selectFrom('data_keys').select(['wrapped', 'created_at']).where('org', '=', v.org),
)

/** Secrets under the key file's key. Data keys are made on first use, one per org, and kept in memory. */
export function openSecrets(fileKey: Uint8Array, now: () => number): Secrets {
  const known = new Map<string, Uint8Array>()
  const dataKey = async (on: { tx: Tx; org: Id<'org'> }): Promise<Uint8Array> => {
    const cached = known.get(on.org)
    if (cached) return cached
    const db = own<Tables>(on.tx)
    const [row] = await wrappedKey(on.tx, { org: on.org })
    if (row) {
      const key = unlock(fileKey, on.org, wrapPlace(on.org), row.wrapped)
      // A young row may be of this very transaction, or of its group: rolled back, its key would be remembered and its row gone.
      if (row.created_at < now() - settledMs) known.set(on.org, key)
      return key
    }
    const fresh = randomBytes(32)
    const wrapped = lock(fileKey, on.org, wrapPlace(on.org), fresh)
    await db.insertInto('data_keys').values({ org: on.org, id: '1', wrapped, created_at: now() }).execute()
    return fresh
  }
  return {
    seal: async (on, place, plain) =>
      lock(await dataKey(on), on.org, place, typeof plain === 'string' ? Buffer.from(plain) : plain),
    open: async (on, place, sealed) => unlock(await dataKey(on), on.org, place, sealed),
  }
}

/**
 * The key of the key file, made at first start. Refuses another than this database was sealed with, and to make one for a database that has its
 * own: a server with the wrong key would run, and fail at whatever it opens.
 */
export async function keyFor(engine: Engine, path: string): Promise<Uint8Array> {
  const sealed = await engine.read(tx =>
    own<Tables>(tx).selectFrom('data_keys').select(['org', 'wrapped']).limit(1).executeTakeFirst(),
  )
  if (sealed && !existsSync(path))
    throw new ConfigFault(`The database is sealed with a key file, and there is none at ${path}. ${bringIt}`)
  const key = readKeyFile(path)
  if (!sealed) return key
  try {
    unlock(key, sealed.org, wrapPlace(sealed.org), sealed.wrapped)
    return key
  } catch (cause) {
    if (!(cause instanceof SealBroken)) throw cause
    throw new ConfigFault(`The key file ${path} is not the one this database is sealed with. ${bringIt}`)
  }
}

const bringIt =
  'Restore it from your backup, or copy it from the data folder of another server on this database; all of them need the same one.'

/** Reads the 32-byte key file, or makes it (0600, synced) at first start. Refuses one that others may read. */
export function readKeyFile(path: string): Uint8Array {
  try {
    return readExisting(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const key = randomBytes(32)
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, `${key.toString('base64')}\n`)
  fsyncSync(file)
  closeSync(file)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
  return key
}

function readExisting(path: string): Uint8Array {
  const mode = statSync(path).mode & 0o777
  if ((mode & 0o077) !== 0) {
    throw new Error(`The key file ${path} can be read by others (mode ${mode.toString(8)}). Run: chmod 600 ${path}`)
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  if (key.length !== 32)
    throw new Error(
      `The key file ${path} does not hold 32 bytes in base64. Restore it from your backup; without it no sealed value can be read.`,
    )
  return key
}

function lock(key: Uint8Array, org: string, place: Place, plain: Uint8Array): Uint8Array {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad(org, place))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), body])
}

function unlock(key: Uint8Array, org: string, place: Place, sealed: Uint8Array): Uint8Array {
  if (sealed.length < 29 || sealed[0] !== version) throw new SealBroken('not a sealed value of a known version')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13))
    .setAAD(aad(org, place))
    .setAuthTag(sealed.subarray(13, 29))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()])
  } catch (cause) {
    throw new SealBroken(`the value sealed in ${place.table}.${place.column} does not belong there or was altered`, {
      cause,
    })
  }
}

const wrapPlace = (org: string): Place => ({ table: 'data_keys', column: 'wrapped', row: org })

function aad(org: string, place: Place): Buffer {
  return Buffer.from(JSON.stringify([org, place.table, place.column, place.row]))
}
