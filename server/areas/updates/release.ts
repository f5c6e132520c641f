import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { enqueue } from '../../base/jobs.ts'
import type { Platform } from '../devices/index.ts'
import { updateEvents } from './events.ts'
import { lookName, tallyName } from './later.ts'
import * as campaigns from './campaign-store.ts'
import * as store from './release-store.ts'
import { compareVersions, partsOf } from './version.ts'

/** A version of a system that a vendor offers, or still lets be demanded. */
export interface Release {
  platform: Platform
  /** As people say it: `26.1`, `26.0.1 (a)`. */
  version: string
  build: string
  /** A security improvement between versions: it comes by itself and cannot be demanded by a date. */
  background: boolean
  /** Offered to everybody; otherwise only still signed. */
  open: boolean
  /** The hardware that can take it. */
  hardware: readonly string[]
  postedAt: number
  expiresAt: number | null
  goneAt: number | null
}

/** Every release of a platform that is known, newest first. */
export async function releases(ctx: Ctx, platform?: Platform): Promise<Release[]> {
  const all = (await store.listReleases(ctx, platform)).map(toRelease)
  return all.sort((a, b) => compareVersions(b.version, a.version) || b.postedAt - a.postedAt)
}

/** Whether a release can be had at an instant: the vendor names it and its time is not over. Pure. */
export function isLive(release: Release, now: number): boolean {
  return release.goneAt === null && (release.expiresAt === null || release.expiresAt > now) && release.postedAt <= now
}

/** Whether the release is for hardware with one of these names. Pure. */
export function fits(release: Pick<Release, 'hardware'>, hardware: readonly string[]): boolean {
  return release.hardware.some(h => hardware.includes(h))
}

/** The newest of these releases that has been out for so many days, within a major version if one is named. Pure. */
export function newest(
  all: readonly Release[],
  { now, behindDays, major }: { now: number; behindDays: number; major: number | null },
): Release | undefined {
  const old = now - behindDays * 86_400_000
  return all
    .filter(r => !r.background && r.open && isLive(r, now) && r.postedAt <= old)
    .filter(r => major === null || partsOf(r.version)?.major === major)
    .toSorted((a, b) => compareVersions(b.version, a.version) || b.postedAt - a.postedAt)[0]
}

/** What a vendor's list said. */
export interface Heard {
  /** Null: it could not be read or reached, and what is known stays. */
  releases: readonly Omit<Release, 'goneAt'>[] | null
  state: 'good' | 'empty' | 'unread' | 'silent'
  problem: string | null
}

/**
 * Takes in what a vendor's list says. A list that names nothing is not believed: vendors empty theirs for minutes while they publish.
 * What it does not name any more is marked as gone. Campaigns are looked at and standings counted anew when something changed.
 */
export async function noteReleases(
  ctx: Ctx,
  source: string,
  platforms: readonly Platform[],
  heard: Heard,
): Promise<void> {
  const before = await store.findFeed(ctx, source)
  const good = heard.state === 'good'
  await store.putFeed(ctx, {
    org: ctx.org,
    source,
    state: heard.state,
    problem: heard.problem,
    asked_at: ctx.now,
    good_at: good ? ctx.now : (before?.good_at ?? null),
  })
  if (!good && before?.state !== heard.state)
    await record(ctx, updateEvents.feedTroubled, null, { source, state: heard.state, problem: heard.problem ?? '' })
  if (good && before && before.state !== 'good') await record(ctx, updateEvents.feedRecovered, null, { source })
  if (!heard.releases || heard.releases.length === 0) return
  const changed = await replace(ctx, platforms, heard.releases)
  if (!changed) return
  await enqueue(ctx, tallyName, {}, { dedupe: 'org' })
  for (const { id } of await campaigns.underWay(ctx)) await enqueue(ctx, lookName, { campaign: id }, { dedupe: id })
}

async function replace(
  ctx: Ctx,
  platforms: readonly Platform[],
  said: readonly Omit<Release, 'goneAt'>[],
): Promise<boolean> {
  const known = (await store.listReleases(ctx)).filter(r => platforms.some(p => p === r.platform))
  const key = (r: { platform: string; version: string; build: string }): string =>
    `${r.platform}\n${r.version}\n${r.build}`
  const rows = new Map(known.map(r => [key(r), r]))
  // A platform that the list leaves out whole is one it is silent about, not one that has no versions.
  const spoken = new Set<string>(said.map(r => r.platform))
  let changed = false
  for (const release of said) {
    const before = rows.get(key(release))
    const row = toRow(ctx, release, before)
    rows.delete(key(release))
    if (before && JSON.stringify(before) === JSON.stringify(row)) continue
    changed = true
    await store.putRelease(ctx, row)
    if (!before) await record(ctx, updateEvents.released, null, told(release))
  }
  for (const row of rows.values()) {
    if (row.gone_at !== null || !spoken.has(row.platform)) continue
    changed = true
    await store.putRelease(ctx, { ...row, gone_at: ctx.now })
  }
  return changed
}

const told = ({ platform, version, build }: Omit<Release, 'goneAt'>) => ({ platform, version, build })

function toRow(ctx: Ctx, release: Omit<Release, 'goneAt'>, before: store.ReleaseRow | undefined): store.ReleaseRow {
  const parts = partsOf(release.version)
  return {
    org: ctx.org,
    platform: release.platform,
    version: release.version,
    build: release.build,
    background: Number(release.background),
    open: Number(release.open),
    version_key: parts?.key ?? 0,
    supplement: parts?.supplement ?? '',
    hardware: JSON.stringify([...release.hardware].sort()),
    posted_at: release.postedAt,
    expires_at: release.expiresAt,
    first_at: before?.first_at ?? ctx.now,
    gone_at: null,
  }
}

function toRelease(row: store.ReleaseRow): Release {
  return {
    platform: row.platform,
    version: row.version,
    build: row.build,
    background: row.background === 1,
    open: row.open === 1,
    hardware: store.namesIn(row.hardware),
    postedAt: row.posted_at,
    expiresAt: row.expires_at,
    goneAt: row.gone_at,
  }
}
