import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KeySource, storedKeys } from '../keys.ts'

/** Keys for the devices of one test file, made once per machine: RSA generation is most of such a test's time. */
export function keysForTests(count: number): Promise<KeySource> {
  return storedKeys(join(tmpdir(), 'muster-simulator-keys.pem'), count)
}
