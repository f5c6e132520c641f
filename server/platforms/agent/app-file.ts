import { isPackage, readPackage } from '@muster/wire/android/package.ts'
import type { Source } from '@muster/wire/files/source.ts'
import { zipEntries } from '@muster/wire/files/zip.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import type { FileRead, FileReader } from '../../areas/apps/index.ts'
import { versionAt } from './levels.ts'

/** What no device takes, by the codes of the reader, as the catalog says it. */
const refusals: Readonly<Record<string, Extract<FileRead, { refused: string }>['refused']>> = {
  'apk.unsigned': 'app.file-unsigned',
  'apk.old-signature': 'app.file-old-signature',
  'apk.part': 'app.file-part',
  'apk.test-only': 'app.file-test-only',
}
/** Codes of signatures that do not hold: somebody changed the file, or put another's signature to it. */
const forged = /^apk\.(?:signature|digest|certificate|stripped|signers|signers-differ|line|algorithm|block)$/

/** Reads packages of Android by what is in them, whatever they are called. */
export const readAgentFile: FileReader = async source => {
  if (!(await isApk(source))) return null
  try {
    return await apk(source)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    const { code: reason } = error
    const known = refusals[reason] ?? (forged.test(reason) ? 'app.file-forged' : 'app.file-malformed')
    return { refused: known, reason }
  }
}

async function isApk(source: Source): Promise<boolean> {
  const head = Buffer.from(await source.at(0, 2)).toString('latin1')
  if (head !== 'PK') return false
  try {
    return isPackage(await zipEntries(source))
  } catch (error) {
    if (error instanceof Malformed) return false
    throw error
  }
}

async function apk(source: Source): Promise<FileRead> {
  const read = await readPackage(source)
  const { minimum, target, permissions, debuggable, signer, icon } = read
  return {
    platform: 'android',
    bundle: read.package,
    title: read.label,
    version: String(read.versionCode),
    shortVersion: read.versionName,
    minimumOs: minimum === null ? null : versionAt(minimum),
    format: 'apk',
    signer: `cert:${signer.signers.join('+')}`,
    signerName: signer.name,
    expiresAt: null,
    icon: icon && { type: icon.type, data: Buffer.from(icon.bytes).toString('base64') },
    facts: {
      ...{ families: [], team: null, packages: [] },
      ...{ permissions: [...permissions], debuggable, scheme: signer.scheme, rotated: signer.rotated },
      current: signer.current,
      ...(minimum === null ? {} : { minimum }),
      ...(target === null ? {} : { target }),
    },
  }
}
