import type { Heard, Release } from '../../../areas/updates/index.ts'
import { partsOf } from '../../../areas/updates/index.ts'
import type { Platform } from '../../../areas/devices/index.ts'

/** The platforms that Apple's list speaks of, among ours. */
export const feedPlatforms: readonly Platform[] = ['ios', 'ipados', 'macos', 'tvos']

type Said = Omit<Release, 'goneAt'>
type Json = { readonly [key: string]: unknown }

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

// Sets of between-version improvements were called responses until 2026.
const backgroundSets = ['PublicBackgroundSecurityImprovements', 'PublicRapidSecurityResponses']

/**
 * Reads Apple's list of versions (/v2/pmv). Entries that make no sense are left out; a list that names nothing at all is `empty`, and one whose public
 * sets are empty for a platform says nothing about that platform: Apple empties them for minutes while it publishes.
 */
export function readFeed(body: string): Heard {
  let root: Json
  try {
    root = object(JSON.parse(body))
  } catch {
    return { releases: null, state: 'unread', problem: 'feed.not-json' }
  }
  if (!('PublicAssetSets' in root)) return { releases: null, state: 'unread', problem: 'feed.no-sets' }
  const open = entriesIn(root['PublicAssetSets'], { open: true, background: false })
  const spoken = new Set(open.map(r => r.platform))
  const signed = entriesIn(root['AssetSets'], { open: false, background: false })
  const between = backgroundSets.flatMap(name => entriesIn(root[name], { open: true, background: true }))
  const releases = merged([...open, ...signed, ...between].filter(r => spoken.has(r.platform)))
  if (releases.length === 0) return { releases: null, state: 'empty', problem: 'feed.names-nothing' }
  return { releases, state: 'good', problem: null }
}

function entriesIn(sets: unknown, as: { open: boolean; background: boolean }): Said[] {
  return Object.entries(object(sets)).flatMap(([system, entries]) =>
    list(entries).flatMap(entry => releasesOf(system, object(entry), as)),
  )
}

function releasesOf(system: string, entry: Json, as: { open: boolean; background: boolean }): Said[] {
  const extra = text(entry['ProductVersionExtra'])
  const said = text(entry['ProductVersion'])
  const version = normal(extra === '' || said.includes('(') ? said : `${said} ${extra}`)
  const build = text(entry['Build'])
  const postedAt = dayAt(text(entry['PostingDate']))
  if (version === undefined || !/^[0-9A-Za-z]{3,20}$/.test(build) || postedAt === null) return []
  const expires = dayAt(text(entry['ExpirationDate']))
  const names = list(entry['SupportedDevices']).map(text)
  const background = as.background || version.includes('(')
  // It is signed until the end of the day that is named.
  const expiresAt = expires === null ? null : expires + 86_400_000
  return [...hardwareOf(system, names)].map(([platform, hardware]) => ({
    ...{ platform, version, build, background, open: as.open, hardware, postedAt, expiresAt },
  }))
}

/** `26.0.1(a)`, `26.0.1 (A)` and `26.0.1 (a)` are one version. */
function normal(text: string): string | undefined {
  const plain = text.toLowerCase().replace(/\s*\(\s*([a-z])\s*\)$/, ' ($1)')
  return partsOf(plain) ? plain : undefined
}

/** One list of iOS holds iPhones, iPads and sometimes more; each is a platform of ours. Unknown families are left out. */
function hardwareOf(system: string, names: readonly string[]): Map<Platform, string[]> {
  const by = new Map<Platform, string[]>()
  for (const name of new Set(names)) {
    const platform = platformOf(system, name)
    if (platform === undefined || name === '' || name.length > 40) continue
    by.set(platform, [...(by.get(platform) ?? []), name])
  }
  return by
}

function platformOf(system: string, name: string): Platform | undefined {
  if (/^(iPhone|iPod)\d/.test(name)) return 'ios'
  if (/^iPad\d/.test(name)) return 'ipados'
  if (/^AppleTV\d/.test(name)) return 'tvos'
  // Macs are named by their boards: J614sAP, Mac-1E7E29AD0135F9BC, VMA2MACOSAP.
  return system.toLowerCase() === 'macos' ? 'macos' : undefined
}

/** `2026-11-10` as the instant at which that day begins in UTC; null for anything else. */
function dayAt(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}/.test(day)) return null
  const at = Date.parse(`${day.slice(0, 10)}T00:00:00Z`)
  return Number.isNaN(at) ? null : at
}

/** One row for each build: it is open if any set says so, for all the hardware that any names. */
function merged(all: readonly Said[]): Said[] {
  const by = new Map<string, Said>()
  for (const one of all) {
    const key = `${one.platform}\n${one.version}\n${one.build}`
    const held = by.get(key)
    if (!held) by.set(key, one)
    else
      by.set(key, {
        ...held,
        open: held.open || one.open,
        background: held.background || one.background,
        hardware: [...new Set([...held.hardware, ...one.hardware])],
        expiresAt: held.expiresAt === null || one.expiresAt === null ? null : Math.max(held.expiresAt, one.expiresAt),
      })
  }
  return [...by.values()]
}
