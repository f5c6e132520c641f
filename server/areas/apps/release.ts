import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { versionNumber } from '../devices/index.ts'
import { about, type App, appFor, getApp, putApp } from './app.ts'
import { appEvents } from './events.ts'
import { ensureKey } from './link.ts'
import * as store from './release-store.ts'

/** One installable version of an app of our own. */
export interface Release {
  id: Id<'release'>
  app: string
  /** As devices compare it. */
  version: string
  /** As people read it. */
  shortVersion: string
  minimumOs: string | null
  format: 'ipa' | 'pkg' | 'apk'
  name: string
  blob: string
  size: number
  signer: string | null
  signerName: string | null
  /** When what lets it run ends. */
  expiresAt: number | null
  facts: ReleaseFacts
  addedAt: number
  withdrawnAt: number | null
}

/** What else was read in a file. */
export interface ReleaseFacts {
  /** SHA-256 of each part of this many bytes. */
  chunkBytes: number
  chunks: string[]
  /** Families it runs on. */
  families: string[]
  team: string | null
  /** The least level of the system's programming interface that it runs on, where files say that. */
  minimum?: number
  /** The level it was made for. */
  target?: number
  /** What it asks to be permitted. */
  permissions?: string[]
  /** The newest way in which it is signed, and whether its signer follows another whose key was given up. */
  scheme?: number
  rotated?: boolean
  /** The fingerprint of whoever signs it now. */
  current?: string
  /** It was made for finding faults: whoever holds the device sees and changes what it does. */
  debuggable?: boolean
  /** Packages inside, by identifier and version. */
  packages: { identifier: string; version: string }[]
}

/** What was read in a file that is to be a release. */
export type ReleaseRead = Pick<
  Release,
  | 'version'
  | 'shortVersion'
  | 'minimumOs'
  | 'format'
  | 'name'
  | 'blob'
  | 'size'
  | 'signer'
  | 'signerName'
  | 'expiresAt'
  | 'facts'
> & { bundle: string; title: string; icon: { type: string; data: string } | null }

/** The release with this id. */
export async function getRelease(ctx: Ctx, id: string): Promise<Release> {
  const row = await store.findRelease(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return toRelease(row)
}

/** The releases among these ids. */
export async function releasesAmong(ctx: Ctx, ids: readonly string[]): Promise<Release[]> {
  return (await store.releasesAmong(ctx, ids)).map(toRelease)
}

/** The releases of an app, newest first. */
export async function releasesOf(ctx: Ctx, app: string): Promise<Release[]> {
  return (await store.releasesOf(ctx, app)).map(toRelease)
}

/**
 * Adds a release to an app of our own. The first pins who signs its files; a later one that somebody else signed is refused. The greatest
 * version is what `latest` means. The same file twice is one release.
 */
export async function addRelease(ctx: Ctx, app: App, read: ReleaseRead): Promise<Release> {
  if (app.kind !== 'file') throw new Problem('app.not-a-file')
  if (app.bundle !== read.bundle) throw new Problem('app.other-bundle', { bundle: read.bundle })
  if (app.signer !== null && app.signer !== read.signer)
    throw new Problem('app.other-signer', { signer: read.signerName ?? '' })
  const known = (await store.releasesOf(ctx, app.id)).filter(r => r.withdrawn_at === null)
  // Where devices compare whole numbers, two files of one number are one version, whatever people call them.
  const numbered = read.format === 'apk'
  const twin = known.find(r => r.version === read.version && (numbered || r.short_version === read.shortVersion))
  if (twin?.blob === read.blob) return toRelease(twin)
  if (twin) throw new Problem('app.release-known', { version: read.shortVersion })
  await ensureKey(ctx)
  const { bundle: _, title: __, icon, ...rest } = read
  const release: Release = { ...rest, id: newId('release'), app: app.id, addedAt: ctx.now, withdrawnAt: null }
  await store.putRelease(ctx, rowOf(ctx, release))
  const after = { ...app, signer: app.signer ?? read.signer, icon: app.icon ?? icon }
  await leadBy(ctx, after, [...known.map(toRelease), release])
  const { shortVersion: version } = release
  await record(ctx, appEvents.released, about(app), { name: app.name, release: release.id, version })
  return release
}

/** Takes a release back: nobody gets it any more. */
export async function withdraw(ctx: Ctx, id: string): Promise<void> {
  const release = await getRelease(ctx, id)
  const app = await appFor(ctx, release.app, 'apps:write')
  if (release.withdrawnAt !== null) return
  await store.putRelease(ctx, rowOf(ctx, { ...release, withdrawnAt: ctx.now }))
  const left = (await store.releasesOf(ctx, app.id)).filter(r => r.withdrawn_at === null).map(toRelease)
  await leadBy(ctx, app, left)
  const { shortVersion: version } = release
  await record(ctx, appEvents.withdrawn, about(app), { name: app.name, release: release.id, version })
}

/** Lets the files of an app be signed by somebody else from now on. */
export async function allowSigner(ctx: Ctx, id: string): Promise<App> {
  const app = await appFor(ctx, id, 'apps:write')
  if (app.signer === null) return app
  const after = { ...app, signer: null, changedAt: ctx.now }
  await putApp(ctx, after)
  await record(ctx, appEvents.resigned, about(app), { name: app.name, signer: null })
  return after
}

async function leadBy(ctx: Ctx, app: App, releases: readonly Release[]): Promise<void> {
  const best = releases.toSorted((a, b) => ranked(b) - ranked(a) || (a.id < b.id ? 1 : -1))[0]
  await putApp(ctx, { ...app, latest: best?.id ?? null, revision: app.revision + 1, changedAt: ctx.now })
}

const ranked = (r: Release): number =>
  r.format === 'apk' ? Number(r.version) : versionNumber(r.shortVersion || r.version)

/** The release that a policy means on this app: one by its id, or the latest; null when it is not to be had. */
export async function releaseFor(ctx: Ctx, app: App, wanted: string): Promise<Release | null> {
  const id = wanted === 'latest' ? app.latest : wanted
  const row = id === null ? undefined : await store.findRelease(ctx, id)
  return row && row.app === app.id && row.withdrawn_at === null ? toRelease(row) : null
}

/** The app an unwithdrawn release belongs to, with it. */
export async function releaseAt(ctx: Ctx, id: string): Promise<{ app: App; release: Release } | null> {
  const row = await store.findRelease(ctx, id)
  if (!row || row.withdrawn_at !== null) return null
  return { app: await getApp(ctx, row.app), release: toRelease(row) }
}

function rowOf(ctx: Ctx, release: Release): store.ReleaseRow {
  return {
    org: ctx.org,
    id: release.id,
    app: release.app,
    version: release.version,
    short_version: release.shortVersion,
    minimum_os: release.minimumOs,
    format: release.format,
    name: release.name,
    blob: release.blob,
    size: release.size,
    signer: release.signer,
    signer_name: release.signerName,
    expires_at: release.expiresAt,
    facts: JSON.stringify(release.facts),
    added_at: release.addedAt,
    withdrawn_at: release.withdrawnAt,
  }
}

function toRelease(row: store.ReleaseRow): Release {
  return {
    id: row.id as Id<'release'>,
    app: row.app,
    version: row.version,
    shortVersion: row.short_version,
    minimumOs: row.minimum_os,
    format: row.format as Release['format'],
    name: row.name,
    blob: row.blob,
    size: Number(row.size),
    signer: row.signer,
    signerName: row.signer_name,
    expiresAt: row.expires_at === null ? null : Number(row.expires_at),
    facts: JSON.parse(row.facts) as ReleaseFacts,
    addedAt: Number(row.added_at),
    withdrawnAt: row.withdrawn_at === null ? null : Number(row.withdrawn_at),
  }
}
