import { findPolicyKind, type Honor } from './kind.ts'

/** How a road says a setting to a device: by which call or field, and in which of its modes since which version of the system; or the code of why it never does. */
export type Way = { readonly by: string; readonly modes: Readonly<Record<string, string>> } | { readonly not: string }

/**
 * What one road to a platform makes of settings, where that is another thing than what the platform can do. Codes of reasons have a text
 * `explained.<code>`: the one that a device of this road would answer with.
 */
export interface Road {
  /** Of enrollments. */
  readonly road: string
  /** Of devices. */
  readonly platform: string
  readonly modes: readonly string[]
  /** Of a kind (`''`) or a key of it; null where the road has nothing to say beside what its platform does. Pure. */
  way(kind: string, key: string): Way | null
  /** The codes of: not in this mode; not before this version. */
  readonly reasons: { readonly mode: string; readonly version: string }
}

const roads = new Map<string, Road>()

/** Makes a road known; called by main before the server starts. */
export function offerRoad(road: Road): void {
  roads.set(road.road, road)
}

/** The roads there are to a platform, in the order they were made known. */
export function roadsTo(platform?: string): readonly Road[] {
  return [...roads.values()].filter(r => platform === undefined || r.platform === platform)
}

/** How a device is held, as far as it decides what a setting does on it. */
export interface Held {
  readonly platform: string
  readonly road?: string | null
  readonly mode?: string | null
}

/** The road by which a device is held, where that road has an answer of its own. */
export function roadOf({ platform, road, mode }: Held): Road | null {
  const found = road && mode ? roads.get(road) : undefined
  return found?.platform === platform ? found : null
}

/** What a device held so makes of a key of a kind: as its road and mode say where they do, else as its platform does. Null where nobody has heard of it. */
export function honorOn(kind: string, key: string, on: Held): Honor | null {
  const road = roadOf(on)
  const way = road?.way(kind, key) ?? null
  const own = findPolicyKind(kind)?.honors(on.platform, key) ?? null
  // What the system does not know, no road to it can say.
  if (road === null || way === null || (key !== '' && own?.how === 'no')) return own
  if ('not' in way) return { how: 'no', reason: way.not }
  const from = Object.hasOwn(way.modes, on.mode ?? '') ? way.modes[on.mode ?? ''] : undefined
  if (from === undefined) return { how: 'no', reason: road.reasons.mode }
  return { how: 'full', from, reason: road.reasons.version }
}
