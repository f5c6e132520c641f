/* What the API says about policies, what a change to them would do, and who gets them. */
import type { Actor, UnitRef } from '../contract.ts'
import type { FormFactor, Platform } from './devices.ts'

/** What JSON can say; the value of a policy. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Something named. */
export interface Ref {
  id: string
  name: string
}

/** What changes of one key of an item; null where there was or will be nothing. */
export interface KeyEffect {
  key: string
  before: Json
  after: Json
}

/** What changes of one item on a device. */
export interface Effect {
  sign: 'add' | 'change' | 'remove'
  item: string
  kind: string
  name: string
  policy: string
  keys: KeyEffect[]
}

/** A device as it is named inside a preview. */
export interface PreviewDevice extends Ref {
  user?: string | null
  platform?: Platform
  formFactor?: FormFactor
}

/** The devices for which exactly the same changes. */
export interface EffectGroup {
  key: string
  devices: number
  people: number
  byPlatform: Partial<Record<Platform, number>>
  sample: PreviewDevice[]
  effects: Effect[]
}

/** An assertion that was tried on the devices a change touches. */
export interface TestResult extends Ref {
  passed: boolean
  failures: { device: Ref; why: string }[]
  failing: number
}

/** What a change would do, over all the devices it can touch; the answer of every dry run. */
export interface Preview {
  id: string | null
  state: 'computing' | 'done' | 'failed'
  progress: { looked: number; of: number }
  devices: number
  changed: number
  people: number
  added: number
  altered: number
  removed: number
  groups: EffectGroup[]
  moreGroups: number
  tests: TestResult[]
  conflicts: { item: string; policies: Ref[]; winner: string; devices: number }[]
  unhonored: { policy: string; platform: Platform; reason: string; devices: number }[]
  needsConfirmation: { phrase: string; removals: number; limit: number } | null
}
