import type { EffectiveItem, Target } from '../blueprints/index.ts'
import { versionNumber } from '../devices/index.ts'
import { findPolicyKind, type Honor, honorOn, type Json, roadOf } from '../policies/index.ts'

/** A part of a policy that a device makes nothing of, or less of. `key` is '' for the whole. */
export interface Gap {
  readonly key: string
  readonly how: 'partly' | 'no'
  /** Code of the reason, with a text in four languages. */
  readonly reason: string
}

/** What of a device its support of a setting depends on. */
export type DeviceClass = Pick<Target, 'platform' | 'osVersion' | 'supervised' | 'ownership' | 'road' | 'mode'>

/** What a device of this class lacks to honor a setting fully; null when nothing. An unknown version lacks nothing, unknown supervision is none. */
export function lackOf(honor: Honor | null, on: DeviceClass): Omit<Gap, 'key'> | null {
  if (honor === null) return { how: 'no', reason: 'no-such-setting' }
  if (honor.how === 'no') return { how: 'no', reason: honor.reason ?? 'no-such-setting' }
  if (honor.supervised === true && on.supervised !== true) return { how: 'no', reason: 'needs-supervision' }
  if (on.osVersion !== null) {
    const version = versionNumber(on.osVersion)
    // What is honored fully has a reason of its own only for the case that it is not.
    const old = honor.how === 'full' ? (honor.reason ?? 'needs-newer-os') : 'needs-newer-os'
    if (honor.from !== undefined && version < versionNumber(honor.from)) return { how: 'no', reason: old }
    if (honor.until !== undefined && version >= versionNumber(honor.until)) return { how: 'no', reason: 'gone-from-os' }
  }
  return honor.how === 'partly' ? { how: 'partly', reason: honor.reason ?? 'some-settings' } : null
}

/** By value, kind and class: devices of many results have one and the same item. */
const known = new WeakMap<object, Map<string, readonly Gap[]>>()

/** The gaps of an item on a class of devices, found once. */
export function gapsIn({ kind, value }: Pick<EffectiveItem, 'kind' | 'value'>, on: DeviceClass): readonly Gap[] {
  if (typeof value !== 'object' || value === null) return gapsOf(kind, value, on)
  const by = known.get(value) ?? new Map<string, readonly Gap[]>()
  known.set(value, by)
  const name = `${kind} ${classOf(on)}`
  const gaps = by.get(name) ?? gapsOf(kind, value, on)
  by.set(name, gaps)
  return gaps
}

/** The gaps of a value of a kind on a class of devices: the whole where nothing of it can take effect, else key by key. */
export function gapsOf(kind: string, value: Json, on: DeviceClass): readonly Gap[] {
  const known = findPolicyKind(kind)
  if (!known) return []
  const road = roadOf(on)
  const told = road !== null && road.way(kind, '') !== null
  const whole = lackOf(honorOn(kind, '', on), on)
  // Where a road speaks of each setting, a kind is as the settings are that the value uses.
  if (whole?.how === 'no' && !told) return [{ key: '', ...whole }]
  const used = keysOf(value)
  const gaps = used.flatMap((key): Gap[] => {
    const honor = honorOn(kind, key, on)
    // A key that nobody speaks about apart is as its kind is.
    const lack = honor === null ? null : lackOf(honor, on)
    return lack === null ? [] : [{ key, ...lack }]
  })
  if (!told) return gaps
  if (used.length === 0) return whole === null ? [] : [{ key: '', ...whole }]
  const [first] = gaps
  const none = gaps.length === used.length && gaps.every(g => g.how === 'no')
  return none && first ? [{ key: '', how: 'no', reason: nearest(gaps, road) }] : gaps
}

/** The code under which a reason is explained: of a road its own, else of what systems honor. */
export function codeOf(reason: string): string {
  return reason.includes('.') ? reason : `honor.${reason}`
}

/** The settings of an item that are left out of what such a device is told, because its road or mode cannot take them; the rest of the item is applied. */
export function leftOut(item: Pick<EffectiveItem, 'kind' | 'value'>, on: DeviceClass): readonly string[] {
  if (roadOf(on)?.way(item.kind, '') == null || findPolicyKind(item.kind)?.merge !== 'settings') return []
  return gapsIn(item, on).flatMap(gap => (gap.how === 'no' && gap.key !== '' ? [gap.key] : []))
}

/** Of several reasons why nothing of it can be: what could be mended comes first, an older system before another way of holding it. */
function nearest(gaps: readonly Gap[], { reasons }: NonNullable<ReturnType<typeof roadOf>>): string {
  const has = (reason: string): boolean => gaps.some(g => g.reason === reason)
  return [reasons.version, reasons.mode].find(has) ?? gaps[0]?.reason ?? 'no-such-setting'
}

/** Names the class of a device: devices of one name have the same gaps. */
export function classOf(on: DeviceClass): string {
  const { road, mode } = shownRoad(on)
  return `${on.platform} ${on.osVersion ?? '?'} ${on.supervised ?? '?'} ${on.ownership} ${road ?? ''} ${mode ?? ''}`
}

/** By which road and in which mode devices of a class are held, where that makes a difference; else null. */
export function shownRoad(on: DeviceClass): { road: string | null; mode: string | null } {
  const road = roadOf(on)
  return { road: road?.road ?? null, mode: road === null ? null : (on.mode ?? null) }
}

/** What devices of a class do not honor fully of one policy, for one reason; `keys` is empty where it is the whole. */
export interface Unhonored {
  readonly policy: string
  readonly reason: string
  readonly kind: string
  readonly keys: ReadonlySet<string>
}

/** What of these items a class of devices does not honor fully, by the policy it comes from. */
export function unhonored(items: readonly EffectiveItem[], on: DeviceClass): ReadonlyMap<string, Unhonored> {
  const found = new Map<string, { policy: string; reason: string; kind: string; keys: Set<string> }>()
  for (const item of items)
    for (const gap of gapsIn(item, on)) {
      const policy = policyOf(item, gap.key)
      const name = `${policy} ${gap.reason}`
      const one = found.get(name) ?? { policy, reason: gap.reason, kind: item.kind, keys: new Set() }
      if (gap.key !== '') one.keys.add(gap.key)
      found.set(name, one)
    }
  return found
}

/** The policy whose word counts for a key: the first that won it, or the nearest of the item. */
function policyOf(item: EffectiveItem, key: string): string {
  const won = Object.hasOwn(item.keys, key) ? item.keys[key]?.won[0] : undefined
  return item.from[won ?? 0]?.policy ?? ''
}

function keysOf(value: Json): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}
