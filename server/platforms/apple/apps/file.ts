import { Malformed } from '@muster/wire/malformed.ts'
import { readIpa } from '@muster/wire/apple/files/ipa.ts'
import { readPkg } from '@muster/wire/apple/files/pkg.ts'
import type { FileRead, FileReader } from '../../../areas/apps/index.ts'

/** Reads .ipa and .pkg files by what is in them, whatever they are called. */
export const readAppleFile: FileReader = async (source, now) => {
  const head = Buffer.from(await source.at(0, 4)).toString('latin1')
  try {
    if (head.startsWith('PK')) return await ipa(source, now)
    if (head === 'xar!') return await pkg(source, now)
    return null
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return { refused: 'app.file-malformed', reason: error.code }
  }
}

async function ipa(source: Parameters<FileReader>[0], now: number): Promise<FileRead> {
  const said = await readIpa(source)
  const { bundle, title, version, shortVersion, minimumOs, families, provision, icon } = said
  if (!provision) return { refused: 'app.file-unsigned', reason: 'no-provision' }
  if (provision.expiresAt !== null && provision.expiresAt <= now)
    return { refused: 'app.file-expired', reason: 'provision' }
  return {
    platform: said.platform === 'AppleTVOS' ? 'tvos' : 'ios',
    ...{ bundle, title, version, shortVersion, minimumOs },
    format: 'ipa',
    signer: `team:${provision.team}`,
    signerName: provision.teamName,
    expiresAt: provision.expiresAt,
    icon: icon && { type: 'image/png', data: Buffer.from(icon).toString('base64') },
    facts: { families, team: provision.team, packages: [] },
  }
}

async function pkg(source: Parameters<FileReader>[0], now: number): Promise<FileRead> {
  const { bundle, title, version, minimumOs, packages, signer } = await readPkg(source)
  if (!signer) return { refused: 'app.file-unsigned', reason: 'no-signature' }
  if (signer.notAfter <= now) return { refused: 'app.file-expired', reason: 'signer' }
  return {
    platform: 'macos',
    ...{ bundle, title, version, shortVersion: version, minimumOs },
    format: 'pkg',
    signer: signer.team === null ? `key:${signer.fingerprint}` : `team:${signer.team}`,
    signerName: signer.name,
    expiresAt: signer.notAfter,
    icon: null,
    facts: { families: ['mac'], team: signer.team, packages },
  }
}
