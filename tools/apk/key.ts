import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { root, run } from '../run.ts'

/** The operator's key that signs the agent: a PKCS#12 file, and the file its passphrase is in. */
export interface SigningKey {
  file: string
  passwordFile: string
  /** Whether it was made just now. */
  made: boolean
}

const alias = 'muster'
const validDays = 36_500

/** What losing the key means, said when it is made. */
export const warning = `A new signing key has been made. KEEP A COPY of both files in a safe place:
  every device accepts newer agents only from this key, and the code people scan names it.
  Without it no enrolled device can ever get an update of its agent, and each would have to be reset and enrolled again.
  Whoever else has it can make an agent your devices take for yours.`

/** Where a server of this folder keeps what it must not lose. */
export function dataFolder(): string {
  return resolve(root, process.env.MUSTER_DATA ?? 'data')
}

/**
 * The key to sign with: the named one (--key, --password-file, else APK_KEY with APK_KEY_PASSWORD_FILE), or the one in the data folder, which is
 * made if there is none. The passphrase is read from a file only, so that no list of processes shows it.
 */
export async function signingKey(named: {
  key?: string | undefined
  passwordFile?: string | undefined
}): Promise<SigningKey> {
  const key = named.key ?? process.env.APK_KEY
  const passwordFile = named.passwordFile ?? process.env.APK_KEY_PASSWORD_FILE
  if (key === undefined) return ownKey(join(dataFolder(), 'apk'))
  if (passwordFile === undefined)
    throw new Error('A key needs the file of its passphrase: --password-file or APK_KEY_PASSWORD_FILE.')
  for (const file of [key, passwordFile]) if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  if (readFileSync(passwordFile, 'utf8').trim() === '') throw new Error(`${passwordFile} is empty.`)
  return { file: resolve(key), passwordFile: resolve(passwordFile), made: false }
}

/** The key of that folder, made if there is none. One that lost its passphrase is an error and never replaced. */
export async function ownKey(folder: string): Promise<SigningKey> {
  const file = join(folder, 'key.p12')
  const passwordFile = join(folder, 'key.password')
  if (existsSync(file)) {
    if (!existsSync(passwordFile)) throw new Error(`${file} is there, but its passphrase is not: ${passwordFile}.`)
    return { file, passwordFile, made: false }
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  const { code, output } = await run(
    'keytool',
    [
      '-genkeypair',
      ...['-keystore', file],
      ...['-storetype', 'PKCS12'],
      ...['-storepass:file', passwordFile],
      ...['-alias', alias],
      ...['-keyalg', 'RSA', '-keysize', '4096', '-sigalg', 'SHA256withRSA'],
      ...['-validity', String(validDays)],
      ...['-dname', 'CN=Muster agent'],
    ],
    { quiet: true },
  )
  if (code !== 0) throw new Error(`The key could not be made: ${output}`)
  chmodSync(file, 0o600)
  return { file, passwordFile, made: true }
}
