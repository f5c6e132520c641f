/* What the API says about the policy of one device: what it should have, why, and how far each part is. */
import type { Phase } from './hours.ts'
import type { Json, Ref } from './policies.ts'

export type ItemState = 'wanted' | 'sent' | 'installed' | 'failed' | 'removing' | 'unsupported' | 'blocked' | 'waiting'

/** What keeps an item back, by its code. */
export interface Stuck {
  code: string
  facts: Record<string, string | number | boolean | null>
}

/** How far an item is on one channel of a device. */
export interface ItemStatus {
  state: ItemState
  at: number
  error: Stuck | null
  attempts: number
  nextAt: number | null
  handedAt: number | null
  reportedAt: number | null
  driftedAt: number | null
  account: Ref | null
  via: string | null
}

/** How near what says something is to the device. Without a name: one that the reader may not see. */
export interface NamedReach {
  level: string
  by: string | null
  name: string | null
}

/** Where a value comes from. */
export interface Source {
  policy: Ref
  version: number
  blueprint: Ref
  assignment: string
  reach: NamedReach
  through: { kind: 'rollout' | 'trial'; id: string } | null
}

/** One key of an item with where its value comes from. */
export interface EffectiveSetting {
  key: string
  value: Json
  decided: Decided
  from: Source[]
  lost: (Source & { value: Json })[]
}

/** One item with its settings and how far it is. */
export interface DeviceItem {
  item: string
  kind: string
  instance: string | null
  name: string
  policy: string
  version: number
  status: ItemStatus | null
  channels: ItemStatus[]
  settings: EffectiveSetting[]
  /** What of it the device makes nothing of, or less of; key '' is the whole. */
  lacks: { key: string; reason: string }[]
}

/** Everything a device should have. */
export interface DevicePolicy {
  state: 'unmanaged' | 'computing' | 'pending' | 'failed' | 'reached'
  generation: number
  at: number | null
  reachedAt: number | null
  items: DeviceItem[]
}

/** How the value of a key was decided. */
export type Decided = 'only' | 'nearest' | 'same' | 'strictest' | 'union'

/** Where a device stands in the rollout that chose its version. */
export interface RolloutStanding {
  rollout: string
  from: number
  to: number
  percent: number
  share: number
}

/** The first condition that keeps an assignment from a device. */
export interface Miss {
  why: string
  asked: string | null
  is: string | null
}

interface Contribution {
  policy: Ref
  version: number
  blueprint: Ref
  assignment: string
  anchor: Ref | null
  reach: NamedReach
  through: { rollout: string } | { trial: string } | null
}

/** What one policy says, and what became of it. */
export interface WhyLink extends Contribution {
  value?: Json
  became: 'won' | 'united' | 'lost' | 'silent'
  standing: RolloutStanding | null
}

/** Why a device has a value. */
export interface Why {
  item: string
  kind: string
  key: string | null
  value?: Json
  decided: Decided | null
  /** Of what counts only at times: whether it does now. */
  time: Phase | null
  rule: string | null
  chain: WhyLink[]
  unheard: { policy: Ref; value: Json; blueprint: Ref; assignment: string; anchor: Ref | null; miss: Miss }[]
}

/** Why a device does not have a policy, or how far it counts there. */
export interface WhyNot {
  why: 'unknown' | 'in-no-blueprint' | 'not-assigned' | 'not-reached' | 'reached'
  policy: Ref | null
  blueprints: Ref[]
  misses: { assignment: string; anchor: Ref | null; blueprint: Ref; miss: Miss }[]
  item: string | null
  reached: Contribution | null
  standing: RolloutStanding | null
  overridden: { key: string; value: Json; instead: Json; by: Ref[] }[]
}

/** A value of a policy on one device for some minutes. */
export interface DeviceTrial {
  id: string
  device: Ref
  policy: Ref
  until: number
  createdAt: number
}
