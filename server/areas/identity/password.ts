import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'

// OWASP's second choice for argon2id: 19 MiB, two passes, one lane; 60 ms of one core.
const memory = 19_456
const passes = 2
const parallelism = 1
const tagLength = 32

/** How many hashes this process computes at once, and how many may wait: a flood of sign-ins must not take the machine. */
const atOnce = 2
const mostWaiting = 60

let running = 0
const waiting: (() => void)[] = []

/** A password as it is stored: argon2id with its parameters and salt. Slow on purpose; never inside a transaction. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt)
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** Whether this is the password. Costs the same when there is none (`stored` null), so that asking tells nothing. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, , , , salt, hash] = (stored ?? absent).split('$')
  const wanted = Buffer.from(hash ?? '', 'base64url')
  const got = await derive(password, Buffer.from(salt ?? '', 'base64url'))
  return wanted.length === got.length && timingSafeEqual(wanted, got) && stored !== null
}

/** Refuses what is guessed first: short ones, few different characters, and what is made of the person's own words. */
export function demandStrong(password: string, person: { name: string; email: string; orgName?: string }): void {
  const own = [
    person.name,
    person.email,
    person.email.split('@')[0] ?? '',
    person.orgName ?? '',
    'muster',
    'password',
    'passwort',
    'motdepasse',
    'lösenord',
    'qwerty',
    'azerty',
    'letmein',
    'welcome',
    'admin',
  ]
  let rest = fold(password)
  for (const word of own.map(fold).sort((a, b) => b.length - a.length))
    if (word.length > 2) rest = rest.replaceAll(word, '')
  const tooFew = new Set(rest.replaceAll(/\d+/g, '0')).size < 5
  const row = '01234567890123456789'
  if ([...password].length < 12 || tooFew || row.includes(password)) throw new Problem('password.weak')
}

const absent = `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

async function derive(password: string, nonce: Uint8Array): Promise<Buffer> {
  await turn()
  try {
    return await new Promise((resolve, reject) => {
      const message = password.normalize('NFKC')
      argon2('argon2id', { message, nonce, parallelism, tagLength, memory, passes }, (error, key) =>
        error ? reject(error) : resolve(key),
      )
    })
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

async function turn(): Promise<void> {
  if (running >= atOnce) {
    if (waiting.length >= mostWaiting) throw new Problem('request.too-many', { retryAfter: 3 })
    await new Promise<void>(resolve => waiting.push(resolve))
  }
  running += 1
}
