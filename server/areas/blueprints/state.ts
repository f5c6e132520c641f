import type { Json } from '../policies/index.ts'

/** A policy as it decides about devices: every version that some device may have, and which one is current. */
export interface PolicyState {
  readonly id: string
  readonly kind: string
  readonly name: string
  /** Path of the unit whose admins own it. */
  readonly path: string
  /** The version that counts where no rollout or trial says otherwise. */
  readonly current: number
  /** Values by version: the current one, and those that rollouts and trials name. */
  readonly versions: ReadonlyMap<number, Json>
}

/** A named, ordered set of policies. */
export interface BlueprintState {
  readonly id: string
  readonly name: string
  readonly path: string
  /** Its place among the org's blueprints; of two that are equally near, the smaller place wins. */
  readonly place: number
  /** Ids of policies, in order. */
  readonly items: readonly string[]
}

/** A part of the tree: a unit by its path, with or without what is below it. */
export interface UnitScope {
  readonly path: string
  readonly below: boolean
}

/** Some of the things that tell devices apart. */
export interface Selection {
  readonly units: readonly UnitScope[]
  readonly groups: readonly string[]
  /** Folded. */
  readonly tags: readonly string[]
  readonly users: readonly string[]
  readonly devices: readonly string[]
}

/** Which devices are meant: any of `include` that meet all conditions, but none of `exclude`. An empty `include` means everything below the anchor. */
export interface Scope {
  readonly include: Selection
  readonly exclude: Selection
  readonly conditions: Conditions
}

/** What a device must be. Absent conditions do not ask; what is unknown of a device meets no condition that asks for it. */
export interface Conditions {
  readonly ownership?: readonly string[]
  readonly platforms?: readonly string[]
  /** First version that is meant, and first that is not any more. */
  readonly osFrom?: string
  readonly osBelow?: string
  readonly supervised?: boolean
  /** All of these, folded. */
  readonly tags?: readonly string[]
}

/** blueprint → scope, from its anchor downwards, for a time. */
export interface AssignmentState {
  readonly id: string
  readonly blueprint: string
  /** Path of the unit it hangs on; it never reaches beyond. */
  readonly anchor: string
  readonly scope: Scope
  /** Unix ms; null: always. `until` is the first instant at which it is over. */
  readonly from: number | null
  readonly until: number | null
  readonly enabled: boolean
}

/** A new version of a policy on its way: devices whose hash is below `percent` have it. */
export interface RolloutState {
  readonly id: string
  readonly policy: string
  readonly from: number
  readonly to: number
  /** 0 to 100, of all devices that have the policy. */
  readonly percent: number
  /** Mixed into the hash of the device, so that the same devices are not always first. */
  readonly salt: string
}

/** A version of a policy on one device for a short time, whatever its assignments say. */
export interface TrialState {
  readonly id: string
  readonly device: string
  readonly policy: string
  /** A version of its own: looked up in the policy's `versions`. */
  readonly version: number
  readonly until: number
}

/** Everything that decides who should have what. A plain value; never changed in place. */
export interface OrgState {
  /** Grows with every write to one of its parts. */
  readonly revision: number
  readonly policies: ReadonlyMap<string, PolicyState>
  readonly blueprints: ReadonlyMap<string, BlueprintState>
  readonly assignments: readonly AssignmentState[]
  readonly rollouts: readonly RolloutState[]
  readonly trials: readonly TrialState[]
  /** Names for explanations: of units by path, of groups, users and tags by id. Missing ones are shown by id. */
  readonly names: ReadonlyMap<string, string>
}

/** Everything of one device that decides what it should have. */
export interface Target {
  readonly id: string
  readonly path: string
  readonly user: string | null
  readonly groups: readonly string[]
  /** Folded. */
  readonly tags: readonly string[]
  readonly ownership: string
  readonly platform: string
  readonly osVersion: string | null
  readonly supervised: boolean | null
  /** By which road it is held, and in which of its modes; absent or null where it is not known. */
  readonly road?: string | null
  readonly mode?: string | null
}

/** How near an assignment is to a device, nearest first. Two with the same level compare by `depth`, the deeper unit being nearer. */
export const levels = ['trial', 'device', 'user', 'group', 'unit'] as const
export type Level = (typeof levels)[number]

/** Why an assignment reaches a device: the nearest of its includes that matched. */
export interface Reach {
  readonly level: Level
  /** Depth of the unit for `unit`, else 0. */
  readonly depth: number
  /** The id or path that matched. */
  readonly by: string
}

/** Why an assignment does not reach a device. */
export interface Miss {
  readonly why:
    | 'disabled'
    | 'not-yet'
    | 'over'
    | 'outside-anchor'
    | 'not-included'
    | 'excluded'
    | 'ownership'
    | 'platform'
    | 'os-too-old'
    | 'os-too-new'
    | 'os-unknown'
    | 'not-supervised'
    | 'supervised'
    | 'supervision-unknown'
    | 'tag-missing'
  /** What was asked, and what the device is; for the sentence. */
  readonly asked?: string
  readonly is?: string
}

/** One policy that reaches a device, with the way it came. A trial comes by no assignment: `blueprint` and `assignment` are empty. */
export interface Contribution {
  readonly policy: string
  readonly version: number
  readonly blueprint: string
  readonly assignment: string
  readonly reach: Reach
  /** Set where the device is in the wave of a rollout (it has the new version), or the policy is on trial there. */
  readonly through?: { readonly rollout: string } | { readonly trial: string }
}

/** How the value of a key was decided. */
export type Decided = 'only' | 'nearest' | 'same' | 'strictest' | 'union'

/** One key of an effective item: what it is and why. */
export interface Provenance {
  readonly value: Json
  readonly decided: Decided
  /** Indexes into the item's `from`: those whose value it is (several where they agree or are united), then those it was decided against. */
  readonly won: readonly number[]
  readonly lost: readonly { readonly from: number; readonly value: Json }[]
}

/** One thing a device should have. */
export interface EffectiveItem {
  /** `kind`, or `kind#instance`. */
  readonly item: string
  readonly kind: string
  readonly instance: string | null
  /** A name for people: that of the nearest policy it comes from. */
  readonly name: string
  /** The merged value. */
  readonly value: Json
  /** SHA-256 over item and value: equal where both are. */
  readonly hash: string
  /** Every policy that spoke about this item, nearest first. */
  readonly from: readonly Contribution[]
  /** By top-level key of the value; a value without keys is kept under `''`. */
  readonly keys: Readonly<Record<string, Provenance>>
}

/** Everything a device should have, by item, in order of `item`. */
export interface Effective {
  /** SHA-256 over items and values, not over provenance: equal when a device would be given the same. */
  readonly hash: string
  readonly items: readonly EffectiveItem[]
}

/** What changes of one key. Absent values are null. */
export interface KeyEffect {
  readonly key: string
  readonly before: Json | null
  readonly after: Json | null
}

/** What changes of one item on a device. */
export interface Effect {
  readonly sign: 'add' | 'change' | 'remove'
  readonly item: string
  readonly kind: string
  /** A name for people: that of the nearest policy it comes from. */
  readonly name: string
  readonly policy: string
  readonly keys: readonly KeyEffect[]
}

/** The devices for which exactly the same changes. */
export interface EffectGroup {
  readonly effects: readonly Effect[]
  readonly devices: number
  readonly people: number
  readonly byPlatform: Readonly<Record<string, number>>
  /** The first few ids; the rest is asked for by `key`. */
  readonly sample: readonly string[]
  /** Hash of the effects: the name of the group within its preview. */
  readonly key: string
}

/** What a change would do, over all the devices it can touch. */
export interface Effects {
  /** Looked at, and different. */
  readonly devices: number
  readonly changed: number
  /** Of the devices that change. */
  readonly people: number
  /** Items that come, become different and go, over all devices. */
  readonly added: number
  readonly altered: number
  readonly removed: number
  /** Most devices first. */
  readonly groups: readonly EffectGroup[]
  /** Devices that change and are in none of `groups`, because there are more kinds of difference than are kept apart. */
  readonly ungrouped: number
}
