import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Loaded before tests. Making RSA keys is a tenth of all their time, so those of 2,048 bits are kept for the next process of tests on this machine:
 * a process has each of them once and makes those that are missing. Programs that tests start make theirs anew. These keys protect nothing.
 */
type Crypto = typeof import('node:crypto')
type Pair = { publicKey: KeyObject; privateKey: KeyObject }

const crypto = createRequire(import.meta.url)('node:crypto') as Crypto
const { generateKeyPair, generateKeyPairSync } = crypto
const makePair = promisify(generateKeyPair) as (type: string, options: object) => Promise<Pair>
const file = join(tmpdir(), 'muster-test-keys.pem')
const end = '-----END PRIVATE KEY-----\n'
const most = 400
const kept = stored()
const made: Pair[] = []

function stored(): string[] {
  try {
    return readFileSync(file, 'utf8').split(end).filter(Boolean)
  } catch {
    return []
  }
}

function isOurs(type: string, options: object): boolean {
  return (
    type === 'rsa' && 'modulusLength' in options && options.modulusLength === 2048 && Object.keys(options).length === 1
  )
}

function keptPair(): Pair | null {
  const text = kept.shift()
  if (text === undefined) return null
  try {
    const privateKey = createPrivateKey(text + end)
    return { privateKey, publicKey: createPublicKey(privateKey) }
  } catch {
    return keptPair()
  }
}

function remember(pair: Pair): Pair {
  made.push(pair)
  return pair
}

function pairSync(type: string, options: object): unknown {
  if (!isOurs(type, options)) return (generateKeyPairSync as (type: string, options: object) => unknown)(type, options)
  return keptPair() ?? remember((generateKeyPairSync as (type: string, options: object) => Pair)(type, options))
}

async function pair(type: string, options: object): Promise<Pair> {
  if (!isOurs(type, options)) return makePair(type, options)
  return keptPair() ?? remember(await makePair(type, options))
}

function pairLater(type: string, options: object, done: (error: unknown, ...keys: KeyObject[]) => void): void {
  pair(type, options).then(
    ({ publicKey, privateKey }) => process.nextTick(done, null, publicKey, privateKey),
    (error: unknown) => process.nextTick(done, error),
  )
}

Object.assign(crypto, {
  generateKeyPairSync: pairSync,
  generateKeyPair: Object.assign(pairLater, { [promisify.custom]: pair }),
})
syncBuiltinESMExports()
process.once('exit', () => {
  if (made.length === 0) return
  const texts = made.map(({ privateKey }) => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  const all = [...stored().map(text => text + end), ...texts].slice(0, most)
  writeFileSync(`${file}.${process.pid}`, all.join(''), { mode: 0o600 })
  renameSync(`${file}.${process.pid}`, file)
})
