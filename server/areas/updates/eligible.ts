import type { JsonValue } from '../devices/index.ts'
import { fits, type Release } from './release.ts'
import { compareVersions } from './version.ts'

/** Why a device cannot take a version, or is not known to. */
export const whys = [
  'hardware',
  'storage',
  'battery',
  'supervision',
  'system-too-old',
  'enrollment',
  'unreachable',
  'no-version',
  'hardware-unknown',
  'silent',
  'lost',
] as const
export type Why = (typeof whys)[number]

/** How a version can be asked of a device: as a demand with a date, or as an order given once. */
export type Means = 'demand' | 'order'

/** What decides whether a device can take a version. */
export interface Candidate {
  readonly platform: string
  readonly version: string
  /** Names its hardware goes by in the vendor's list. */
  readonly hardware: readonly string[]
  readonly state: string
  readonly availableBytes: number | null
  /** 0 to 1; null: unknown, or it has none. */
  readonly battery: number | null
  readonly means: { readonly by: Means } | { readonly why: Why }
  readonly silent: boolean
}

export type Eligibility = { can: true; by: Means } | { can: false; why: Why; known: boolean }

/** Room that a new version needs at the least, to be unpacked beside what is there. */
export const leastFreeBytes = 5_000_000_000
/** Below this share of its charge a device does not begin. */
export const leastBattery = 0.2

/** Whether a device can take a version, by what is known of it. `known: false` says that we do not know, not that it cannot. Pure. */
export function eligible(candidate: Candidate, target: Release, all: readonly Release[]): Eligibility {
  const unknown = (why: Why): Eligibility => ({ can: false, why, known: false })
  const blocked = (why: Why): Eligibility => ({ can: false, why, known: true })
  if (candidate.version === '') return unknown('no-version')
  if (candidate.hardware.length === 0) return unknown('hardware-unknown')
  if (!fits(target, candidate.hardware)) {
    // Hardware that no version is known for is newer than the list, not too old for it.
    const listed = all.some(r => r.platform === target.platform && fits(r, candidate.hardware))
    return listed ? blocked('hardware') : unknown('hardware-unknown')
  }
  if ('why' in candidate.means) return blocked(candidate.means.why)
  if (candidate.state === 'lost') return blocked('lost')
  if (candidate.silent || candidate.state === 'silent') return unknown('silent')
  if (candidate.availableBytes !== null && candidate.availableBytes < leastFreeBytes) return blocked('storage')
  if (candidate.battery !== null && candidate.battery < leastBattery) return blocked('battery')
  return { can: true, by: candidate.means.by }
}

/** Whether a device has a version, or a newer one. Pure. */
export function has(version: string, target: Pick<Release, 'version'>): boolean {
  return version !== '' && compareVersions(version, target.version) >= 0
}

/** What a device says about an installation that is under way. */
export interface Trying {
  /** A word of `steps`, or null when it says nothing. */
  step: string | null
  /** Failures the device has counted of what it is at. */
  tries: number
  /** When it last failed; null when it does not say. */
  failedAt: number | null
  /** Why it failed; null when it did not. */
  failure: string | null
  /** Whether the failure speaks against the version rather than the circumstances of the device. */
  speaksAgainst: boolean
}

/** A record of facts, by key in small letters, as rules see them. */
export type FactRecord = ReadonlyMap<string, JsonValue>

/** What a platform can tell about updates of its devices; main brings one for each. */
export interface Updating {
  readonly platforms: readonly string[]
  /** Facts that it reads, in small letters. */
  readonly facts: readonly string[]
  /** Names of the hardware in the vendor's list. */
  hardwareOf(facts: FactRecord): string[]
  /** The version with its supplement, from what the row says and the facts. */
  versionOf(osVersion: string, facts: FactRecord): string
  meansFor(device: {
    platform: string
    osVersion: string
    supervised: boolean | null
    /** How it is enrolled; null when it is not. */
    mode: string | null
  }): { by: Means } | { why: Why }
  tryingOf(facts: FactRecord): Trying
  /** The kind of command that orders a version where it cannot be demanded, and its arguments. */
  order(version: string, platform: string): { kind: string; args: Record<string, unknown> }
}

const offered: Updating[] = []

/** Tells how a platform's devices take versions; called by main before the server starts. */
export function offerUpdating(one: Updating): void {
  if (!offered.includes(one)) offered.push(one)
}

/** How the devices of a platform take versions, if any platform knows. */
export function updatingOf(platform: string): Updating | undefined {
  return offered.find(o => o.platforms.includes(platform))
}

/** Every platform whose devices can be brought to a version. */
export function updatable(): readonly string[] {
  return offered.flatMap(o => o.platforms)
}

/** Facts that any platform reads about updates. */
export function factsAsked(): string[] {
  return [...new Set(['storage.availablebytes', 'battery.level', ...offered.flatMap(o => o.facts)])]
}
