import type { EffectiveItem, Target } from '../blueprints/index.ts'
import { versionNumber } from '../devices/index.ts'
import { findPolicyKind, type Honor, type Json } from '../policies/index.ts'

/** A part of a policy that a device makes nothing of, or less of. `key` is '' for the whole. */
export interface Gap {
  readonly key: string
  readonly how: 'partly' | 'no'
  /** Code of the reason, with a text in four languages. */
  readonly reason: string
}

/** What of a device its platform's support depends on. */
export type DeviceClass = Pick<Target, 'platform' | 'osVersion' | 'supervised' | 'ownership'>

/** What a device of this class lacks to honor a setting fully; null when nothing. An unknown version lacks nothing, unknown supervision is none. */
export function lackOf(honor: Honor | null, on: DeviceClass): Omit<Gap, 'key'> | null {
  if (honor === null) return { how: 'no', reason: 'no-such-setting' }
  if (honor.how === 'no') return { how: 'no', reason: honor.reason ?? 'no-such-setting' }
  if (honor.supervised === true && on.supervised !== true) return { how: 'no', reason: 'needs-supervision' }
  if (on.osVersion !== null) {
    const version = versionNumber(on.osVersion)
    if (honor.from !== undefined && version < versionNumber(honor.from)) return { how: 'no', reason: 'needs-newer-os' }
    if (honor.until !== undefined && version >= versionNumber(honor.until)) return { how: 'no', reason: 'gone-from-os' }
  }
  return honor.how === 'partly' ? { how: 'partly', reason: honor.reason ?? 'some-settings' } : null
}

/** By value, kind and class: devices of many results have one and the same item. */
const known = new WeakMap<object, Map<string, readonly Gap[]>>()

/** The gaps of an item on a class of devices, found once. */
function gapsIn({ kind, value }: EffectiveItem, on: DeviceClass): readonly Gap[] {
  if (typeof value !== 'object' || value === null) return gapsOf(kind, value, on)
  const by = known.get(value) ?? new Map<string, readonly Gap[]>()
  known.set(value, by)
  const name = `${kind} ${classOf(on)}`
  const gaps = by.get(name) ?? gapsOf(kind, value, on)
  by.set(name, gaps)
  return gaps
}

/** The gaps of a value of a kind on a class of devices: the whole where the platform knows nothing of it, else key by key. */
export function gapsOf(kind: string, value: Json, on: DeviceClass): Gap[] {
  const known = findPolicyKind(kind)
  if (!known) return []
  const whole = lackOf(known.honors(on.platform, ''), on)
  if (whole?.how === 'no') return [{ key: '', ...whole }]
  const keys = keysOf(value).flatMap((key): Gap[] => {
    const honor = known.honors(on.platform, key)
    // A key that nobody speaks about apart is as its kind is.
    const lack = honor === null ? null : lackOf(honor, on)
    return lack === null ? [] : [{ key, ...lack }]
  })
  // The whole is partly honored because of some key; where the value uses none of those, nothing is lost.
  return keys
}

/** Names the class of a device: devices of one name have the same gaps. */
export function classOf(on: DeviceClass): string {
  return `${on.platform} ${on.osVersion ?? '?'} ${on.supervised ?? '?'} ${on.ownership}`
}

/** What of these items a class of devices does not honor fully, by the policy it comes from. */
export function unhonored(
  items: readonly EffectiveItem[],
  on: DeviceClass,
): ReadonlyMap<string, { policy: string; reason: string }> {
  const found = new Map<string, { policy: string; reason: string }>()
  for (const item of items)
    for (const gap of gapsIn(item, on)) {
      const policy = policyOf(item, gap.key)
      found.set(`${policy} ${gap.reason}`, { policy, reason: gap.reason })
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
