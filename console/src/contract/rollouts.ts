/* What the API says about new versions on their way. */
import type { Actor } from '../contract.ts'
import type { Ref } from './policies.ts'

/** How the devices of a wave fare. */
export interface WaveCounts {
  of: number
  heard: number
  installed: number
  failed: number
}

/** One share of the devices. */
export interface Wave {
  percent: number
  state: 'over' | 'out' | 'waits'
  counts: WaveCounts | null
}

/** A new version of a policy on its way, in waves that are watched. */
export interface Rollout {
  id: string
  policy: Ref
  from: number
  to: number
  state: 'running' | 'paused' | 'done' | 'stopped' | 'canceled'
  /** Code: why it ended. */
  reason: string | null
  facts: Record<string, number>
  waves: Wave[]
  wave: number
  waveAt: number
  waveEndsAt: number | null
  watchMinutes: number
  stopAbovePercentFailed: number
  minHeardPercent: number
  by: Actor
  createdAt: number
  endedAt: number | null
}

/** A version or value of a policy on one device for some minutes. */
export interface Trial {
  id: string
  device: Ref
  policy: Ref
  until: number
}
