import { verify } from '../../cms/signed.ts'
import { Malformed } from '../../malformed.ts'
import { type Dict, decode, dict, list, str } from '../../plist/plist.ts'
import type { Source } from '../../files/source.ts'
import { type ZipEntry, zipEntries, zipRead } from '../../files/zip.ts'

const mostList = 4 * 1024 * 1024
const mostProfile = 4 * 1024 * 1024
const mostIcon = 200 * 1024

/** What an .ipa says of itself. */
export interface Ipa {
  bundle: string
  title: string
  version: string
  shortVersion: string
  minimumOs: string | null
  /** `iphone`, `ipad`, `tv`. */
  families: string[]
  /** The platform it was built for: `iPhoneOS`, `AppleTVOS`. */
  platform: string
  /** PNG. Those that the compiler packed in its own way are left out. */
  icon: Uint8Array | null
  /** What lets it run outside of the store; null: nothing in it does. */
  provision: Provision | null
}

/** A provisioning profile, whose signature holds. Who signed it is for others to judge. */
export interface Provision {
  name: string
  team: string
  teamName: string
  expiresAt: number | null
  /** On every device, rather than on those it names. */
  everywhere: boolean
  devices: number
}

const families: Readonly<Record<string, string>> = { '1': 'iphone', '2': 'ipad', '3': 'tv' }

/** Reads an .ipa: one app below `Payload/`, with its Info.plist and what lets it run. Throws Malformed. */
export async function readIpa(source: Source): Promise<Ipa> {
  const entries = await zipEntries(source)
  const own = entries.filter(e => /^Payload\/[^/]+\.app\/Info\.plist$/.test(e.name))
  const [found] = own
  if (!found || own.length > 1) throw new Malformed('ipa.no-app')
  const folder = found.name.slice(0, -'Info.plist'.length)
  const info = dict(decode(await zipRead(source, found, mostList)))
  const bundle = str(info, 'CFBundleIdentifier')
  if (bundle === undefined || !/^[A-Za-z0-9.-]{1,155}$/.test(bundle)) throw new Malformed('ipa.no-bundle')
  const version = str(info, 'CFBundleVersion') ?? '1'
  const profile = entries.find(e => e.name === `${folder}embedded.mobileprovision`)
  return {
    bundle,
    title: str(info, 'CFBundleDisplayName') ?? str(info, 'CFBundleName') ?? bundle,
    version: version.slice(0, 60),
    shortVersion: (str(info, 'CFBundleShortVersionString') ?? version).slice(0, 60),
    minimumOs: str(info, 'MinimumOSVersion')?.slice(0, 20) ?? null,
    families: (list(info, 'UIDeviceFamily') ?? []).flatMap(f => families[String(f)] ?? []),
    platform: String((list(info, 'CFBundleSupportedPlatforms') ?? [])[0] ?? 'iPhoneOS'),
    icon: await iconIn(source, entries, { folder, info }),
    provision: profile ? readProvision(await zipRead(source, profile, mostProfile)) : null,
  }
}

/** Reads a provisioning profile: a property list in a signed message. */
export function readProvision(der: Uint8Array): Provision {
  const { content } = verify(der, { legacySha1: true })
  const said = dict(decode(content))
  const team = String((list(said, 'TeamIdentifier') ?? [])[0] ?? '')
  if (!/^[A-Z0-9]{1,20}$/.test(team)) throw new Malformed('ipa.no-team')
  return {
    name: (str(said, 'Name') ?? '').slice(0, 200),
    team,
    teamName: (str(said, 'TeamName') ?? team).slice(0, 200),
    expiresAt: said['ExpirationDate'] instanceof Date ? said['ExpirationDate'].getTime() : null,
    everywhere: said['ProvisionsAllDevices'] === true,
    devices: (list(said, 'ProvisionedDevices') ?? []).length,
  }
}

async function iconIn(
  source: Source,
  entries: readonly ZipEntry[],
  { folder, info }: { folder: string; info: Dict },
): Promise<Uint8Array | null> {
  const names = iconNames(info)
  const fits = entries.filter(
    e =>
      e.name.startsWith(folder) &&
      !e.name.slice(folder.length).includes('/') &&
      e.name.endsWith('.png') &&
      names.some(n => e.name.slice(folder.length).startsWith(n)),
  )
  const best = fits.filter(e => e.size <= mostIcon).toSorted((a, b) => b.size - a.size)[0]
  if (!best) return null
  const bytes = await zipRead(source, best, mostIcon)
  // A packed one begins with a CgBI chunk, which no browser reads.
  const plain = Buffer.from(bytes.subarray(0, 8)).toString('hex') === '89504e470d0a1a0a'
  return plain && Buffer.from(bytes.subarray(12, 16)).toString('latin1') === 'IHDR' ? bytes : null
}

function iconNames(info: Dict): string[] {
  const icons = info['CFBundleIcons']
  const primary = icons === undefined ? undefined : dict(icons)['CFBundlePrimaryIcon']
  const files = primary === undefined ? [] : (list(dict(primary), 'CFBundleIconFiles') ?? [])
  const old = list(info, 'CFBundleIconFiles') ?? []
  return [...files, ...old].filter(n => typeof n === 'string').map(n => n.replace(/\.png$/, ''))
}
