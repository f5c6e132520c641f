import { pbkdf2, randomBytes, randomInt } from 'node:crypto'
import { promisify } from 'node:util'
import { encode } from '@muster/wire/plist/plist.ts'

const derive = promisify(pbkdf2)
/** Apple advises what takes a tenth of a second on a Mac, or 20,000 to 40,000. */
const iterations = 40_000

// Without those that look alike, and with none that sit elsewhere on another keyboard: start-up screens know only one.
const letters = 'abcdefghkmnpqrstuvwx23456789'

/** A password that can be read aloud and typed: four groups of five, 96 bits. */
export function newPassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

/** The hash of a password as a Mac takes it for an account (Apple: SetAutoAdminPassword, passwordHash). Slow on purpose, and off the event loop. */
export async function accountHash(password: string, salt: Uint8Array = randomBytes(32)): Promise<Uint8Array> {
  const entropy = await derive(password, salt, iterations, 128, 'sha512')
  return encode({
    'SALTED-SHA512-PBKDF2': { entropy: new Uint8Array(entropy), salt: new Uint8Array(salt), iterations },
  })
}
