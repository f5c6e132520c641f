import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** Where devices get their identity keys from: RSA generation is by far the dearest step of a mass enrollment. */
export interface KeySource {
  take(bits: number): Promise<KeyObject>
}

const generate = promisify(generateKeyPair)
const endOfKey = '-----END PRIVATE KEY-----\n'

/** Makes a fresh key each time, as real devices do. */
export const freshKeys: KeySource = { take: bits => makeKey(bits) }

/**
 * Hands out keys from a file and makes the missing ones there, each key once per process.
 * The keys of virtual devices protect nothing, so they may lie on the disk.
 */
export async function storedKeys(file: string, count: number): Promise<KeySource> {
  const texts = existsSync(file) ? readFileSync(file, 'utf8').split(endOfKey).filter(Boolean) : []
  const missing = Math.max(0, count - texts.length)
  const made: string[] = []
  await inParallel(missing, async () => {
    const key = await makeKey(2048)
    made.push(key.export({ type: 'pkcs8', format: 'pem' }).toString().slice(0, -endOfKey.length))
  })
  const all = [...texts, ...made]
  if (missing > 0) {
    writeFileSync(`${file}.${process.pid}`, all.map(text => text + endOfKey).join(''), { mode: 0o600 })
    renameSync(`${file}.${process.pid}`, file)
  }
  return {
    take: async bits => {
      const text = bits === 2048 ? all.shift() : undefined
      return text === undefined ? makeKey(bits) : createPrivateKey(text + endOfKey)
    },
  }
}

/** Makes keys ahead of time in the background, so that a story test does not wait for them. */
export function pooledKeys(size: number): KeySource {
  const ready = Array.from({ length: size }, () => makeKey(2048))
  return { take: bits => (bits === 2048 ? (ready.shift() ?? makeKey(bits)) : makeKey(bits)) }
}

async function makeKey(bits: number): Promise<KeyObject> {
  const { privateKey } = await generate('rsa', { modulusLength: bits })
  return privateKey
}

/** Runs the same work `count` times, as wide as the thread pool. */
async function inParallel(count: number, work: () => Promise<void>): Promise<void> {
  let left = count // shared by the lanes below
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await work()
    }
  }
  await Promise.all([lane(), lane(), lane(), lane()])
}
