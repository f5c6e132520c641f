/* What the API says about versions of systems, and campaigns that bring them to devices. */
import type { Actor } from '../contract.ts'
import type { Rule } from './compliance.ts'

export type FleetStanding = 'latest' | 'previous' | 'behind' | 'unsupported' | 'unknown'
export type Standing = 'eligible' | 'blocked' | 'done' | 'unknown' | 'excepted'
export type CampaignState = 'draft' | 'running' | 'paused' | 'halted' | 'done' | 'stopped'

/** The newest versions, and how the fleet stands to them. */
export interface UpdatesOverview {
  feeds: {
    source: string
    state: 'good' | 'empty' | 'unread' | 'silent'
    problem: string | null
    askedAt: number
    goodAt: number | null
  }[]
  platforms: {
    platform: string
    latest: string | null
    previous: string | null
    counts: Partial<Record<FleetStanding, number>>
  }[]
  countedAt: number | null
}

/** A version that a vendor offers or offered. */
export interface Release {
  platform: string
  version: string
  build: string
  background: boolean
  open: boolean
  hardware: number
  postedAt: number
  expiresAt: number | null
  goneAt: number | null
}

/** How the devices of a campaign fare. */
export interface CampaignCounts {
  eligible: number
  blocked: number
  done: number
  unknown: number
  excepted: number
  reached: number
  reachedDone: number
  failed: number
}

/** A version on its way to devices in waves. */
export interface Campaign {
  id: string
  name: string
  unit: string
  filter: string
  platforms: string[]
  follows: { behindDays: number; major: number | null; dueDays: number; dueTime: string } | null
  targets: Record<string, { version: string; build: string }>
  note: string
  details: string
  due: string
  state: CampaignState
  reason: string | null
  facts: Record<string, number>
  round: number
  waves: number[]
  wave: number
  waveAt: number | null
  waveEndsAt: number | null
  watchMinutes: number
  halts: boolean
  stopAbovePercentFailed: number
  dropPercent: number
  policy: string | null
  lookedAt: number | null
  looking: boolean
  counts: CampaignCounts
  notices: boolean
  by: Actor
  createdAt: number
  startedAt: number | null
  endedAt: number | null
}

/** What a campaign would do, as the look before its start found it. */
export interface Foresight {
  at: number
  versions: Record<string, string>
  devices: number
  eligible: number
  blocked: number
  done: number
  unknown: number
  excepted: number
  reasons: { standing: 'blocked' | 'unknown'; why: string; devices: number }[]
  waves: { percent: number; devices: number; startsInMs: number; late: boolean }[]
  offline: { days: number; devices: number }[]
  due: string
  dues: { zone: string; at: number; devices: number }[]
}

/** The same before the start, and as it was at the start. */
export interface Foreseen {
  preview: Foresight | null
  startedWith: Foresight | null
}

/** The rule that holds after the date of a campaign. */
export interface Gate {
  gate: { made: boolean; rule: Pick<Rule, 'id' | 'name' | 'graceHours' | 'counts'> } | null
}

/** The burn-down, and when it is likely to be through. */
export interface Points {
  items: (CampaignCounts & { at: number })[]
  eta: number | null
}

/** One device of a campaign. */
export interface Faring {
  device: { id: string; name: string }
  standing: Standing
  why: string | null
  step: string | null
  failed: boolean
  version: string
  reachedAt: number | null
  doneAt: number | null
  lastSeenAt: number
  exception: { until: number; reason: string } | null
  lookedAt: number
}

/** One device by how it stands to the newest version. */
export interface FleetDevice {
  device: { id: string; name: string }
  platform: string
  version: string
  newest: string | null
  standing: FleetStanding
}

/** What is to be said of one device about versions. */
export interface DeviceUpdates {
  standing: FleetStanding | null
  version: string
  newest: string | null
  step: string | null
  failure: string | null
  campaigns: {
    id: string
    name: string
    state: CampaignState
    target: string
    due: string
    standing: Standing
    why: string | null
    step: string | null
    reachedAt: number | null
  }[]
}
