import { z } from 'zod'
import { filterText } from './filter.ts'

const day = 1440

/** How waves go out and when a campaign halts by itself, as people write it. */
export const termsShape = z.strictObject({
  waves: z.array(z.int().min(1).max(100)).min(1).max(10).default([5, 25, 100]),
  watchMinutes: z
    .int()
    .min(10)
    .max(14 * day)
    .default(240),
  halts: z.boolean().default(true),
  stopAbovePercentFailed: z.int().min(0).max(100).default(10),
  dropPercent: z.int().min(5).max(100).default(25),
})

const version = z.string().trim().min(1).max(30)
const local = z.string().min(16).max(16).describe('Local time of each device, without a zone: 2026-12-01T20:00.')

/** What a campaign brings: one version by a date, or the newest that is old enough, for ever. */
export const targetWish = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('version'),
    versions: z.record(z.string().max(20), version).describe('The version by platform.'),
    due: local,
  }),
  z.strictObject({
    kind: z.literal('latest'),
    behindDays: z.int().min(0).max(365).default(0),
    major: z.int().min(1).max(999).nullable().default(null),
    dueDays: z.int().min(1).max(90).default(7),
    dueTime: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .default('20:00'),
  }),
])

/** A campaign as it is prepared. */
export const campaignWish = z.strictObject({
  name: z.string().trim().min(1).max(100),
  unit: z.string().max(64),
  filter: filterText.default(''),
  platforms: z.array(z.string().max(20)).min(1).max(10),
  target: targetWish,
  note: z.string().trim().max(2000).default('').describe('Which vulnerability (CVE), or why.'),
  details: z.union([z.literal(''), z.url({ protocol: /^https$/ }).max(500)]).default(''),
  terms: termsShape.prefault({}),
  notices: z.boolean().default(true).describe('Tell people by mail before it is due.'),
})

/** What may be changed of a campaign. */
export const campaignChange = z.strictObject({
  note: z.string().trim().max(2000).optional(),
  due: local.optional(),
  notices: z.boolean().optional(),
})

export const countsShape = z.object({
  eligible: z.number(),
  blocked: z.number(),
  done: z.number(),
  unknown: z.number(),
  excepted: z.number(),
  reached: z.number(),
  reachedDone: z.number(),
  failed: z.number(),
})

export const campaignShape = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  filter: z.string(),
  platforms: z.array(z.string()),
  /** Null: it brings one version. */
  follows: z
    .object({ behindDays: z.number(), major: z.number().nullable(), dueDays: z.number(), dueTime: z.string() })
    .nullable(),
  targets: z.record(z.string(), z.object({ version: z.string(), build: z.string() })),
  note: z.string(),
  details: z.string(),
  due: z.string(),
  state: z.enum(['draft', 'running', 'paused', 'halted', 'done', 'stopped']),
  reason: z.string().nullable(),
  facts: z.record(z.string(), z.number()),
  round: z.number(),
  waves: z.array(z.number()),
  wave: z.number(),
  waveAt: z.number().nullable(),
  /** When the next wave may go out; null when none waits. */
  waveEndsAt: z.number().nullable(),
  watchMinutes: z.number(),
  halts: z.boolean(),
  stopAbovePercentFailed: z.number(),
  dropPercent: z.number(),
  policy: z.string().nullable(),
  /** When the whole of its devices was last looked at; null: not yet. */
  lookedAt: z.number().nullable(),
  looking: z.boolean(),
  counts: countsShape,
  notices: z.boolean(),
  by: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
})

export const pointsReply = z.object({
  items: z.array(countsShape.extend({ at: z.number() })),
  /** When the last device is likely to be done; null when nothing moves. */
  eta: z.number().nullable(),
})

export const standings = ['eligible', 'blocked', 'done', 'unknown', 'excepted'] as const

export const faringShape = z.object({
  device: z.object({ id: z.string(), name: z.string() }),
  standing: z.enum(standings),
  why: z.string().nullable(),
  step: z.string().nullable(),
  failed: z.boolean(),
  version: z.string(),
  reachedAt: z.number().nullable(),
  doneAt: z.number().nullable(),
  lastSeenAt: z.number(),
  exception: z.object({ until: z.number(), reason: z.string() }).nullable(),
  lookedAt: z.number(),
})

export const fleetStandings = ['latest', 'previous', 'behind', 'unsupported', 'unknown'] as const

export const releaseShape = z.object({
  platform: z.string(),
  version: z.string(),
  build: z.string(),
  background: z.boolean(),
  open: z.boolean(),
  /** How many kinds of hardware can take it. */
  hardware: z.number(),
  postedAt: z.number(),
  expiresAt: z.number().nullable(),
  goneAt: z.number().nullable(),
})

export const overviewShape = z.object({
  feeds: z.array(
    z.object({
      source: z.string(),
      state: z.enum(['good', 'empty', 'unread', 'silent']),
      problem: z.string().nullable(),
      askedAt: z.number(),
      goodAt: z.number().nullable(),
    }),
  ),
  platforms: z.array(
    z.object({
      platform: z.string(),
      latest: z.string().nullable(),
      previous: z.string().nullable(),
      counts: z.record(z.string(), z.number()),
    }),
  ),
  /** When the devices were counted; null: never. */
  countedAt: z.number().nullable(),
})

export const standingShape = z.object({
  device: z.object({ id: z.string(), name: z.string() }),
  platform: z.string(),
  version: z.string(),
  newest: z.string().nullable(),
  standing: z.enum(fleetStandings),
})

export const ofDeviceShape = z.object({
  standing: z.enum(fleetStandings).nullable(),
  version: z.string(),
  newest: z.string().nullable(),
  /** What the device says about an installation that is under way. */
  step: z.string().nullable(),
  failure: z.string().nullable(),
  campaigns: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: campaignShape.shape.state,
      target: z.string(),
      due: z.string(),
      standing: z.enum(standings),
      why: z.string().nullable(),
      step: z.string().nullable(),
      reachedAt: z.number().nullable(),
    }),
  ),
})
