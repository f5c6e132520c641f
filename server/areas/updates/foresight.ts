import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import * as hours from '../hours/index.ts'
import { type Campaign, campaignFor, told } from './campaign.ts'
import * as campaigns from './campaign-store.ts'
import { dueAt } from './due.ts'
import * as store from './fleet-store.ts'

const dayMs = 86_400_000
/** Since how many days devices may have been silent, as it is told. */
const silences = [3, 7, 30] as const
/** So many percent of the devices may have changed their standing since somebody looked; of a small fleet, none. */
const driftPercent = 5

/** What a campaign would do, as the look at its devices found it. */
export const foresightShape = z.object({
  at: z.number(),
  versions: z.record(z.string(), z.string()),
  devices: z.number(),
  eligible: z.number(),
  blocked: z.number(),
  done: z.number(),
  unknown: z.number(),
  excepted: z.number(),
  reasons: z.array(z.object({ standing: z.enum(['blocked', 'unknown']), why: z.string(), devices: z.number() })),
  waves: z.array(
    z.object({
      percent: z.number(),
      /** Devices this wave comes to, beside those of the waves before. */
      devices: z.number(),
      /** After its start, at the earliest. */
      startsInMs: z.number(),
      /** Begun at once, it would go out only after the date has come for the first of the devices. */
      late: z.boolean(),
    }),
  ),
  /** Devices without the version that were not heard for more than so many days. */
  offline: z.array(z.object({ days: z.number(), devices: z.number() })),
  /** When the date comes, by the clock of the devices: as an instant, for how many. */
  due: z.string(),
  dues: z.array(z.object({ zone: z.string(), at: z.number(), devices: z.number() })),
})
export type Foresight = z.output<typeof foresightShape>

/** What a person has seen of a campaign when they start it. */
export const seenShape = z.strictObject({
  eligible: z.int().min(0),
  blocked: z.int().min(0),
  done: z.int().min(0),
  unknown: z.int().min(0),
  excepted: z.int().min(0).default(0),
  versions: z.record(z.string().max(20), z.string().max(30)).optional(),
})
export type Seen = z.output<typeof seenShape>

/** How many devices each wave comes to; the last one also to those that are only silent. Pure. */
export function wavesOf(waves: readonly number[], eligible: number, silent: number): number[] {
  const upTo = waves.map(percent => Math.ceil((eligible * percent) / 100))
  return upTo.map((n, at) => n - (upTo[at - 1] ?? 0) + (at === waves.length - 1 ? silent : 0))
}

/** Whether the world is another than the one that somebody saw: other versions, or more than a few devices standing otherwise. Pure. */
export function driftedFrom(seen: Seen, now: Foresight): boolean {
  const { versions } = seen
  if (versions && JSON.stringify(sorted(versions)) !== JSON.stringify(sorted(now.versions))) return true
  const may = Math.floor((now.devices * driftPercent) / 100)
  const keys = ['eligible', 'blocked', 'done', 'unknown', 'excepted'] as const
  return keys.some(key => Math.abs(seen[key] - now[key]) > may)
}

const sorted = (of: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1))

/** Foresees what a campaign would do, from what the look found. Read in jobs. */
export async function foresee(ctx: Ctx, campaign: Campaign): Promise<Foresight> {
  const { terms, counts, due } = campaign
  const whys = await store.tallyWhy(ctx, campaign.id)
  const silent = whys.find(w => w.standing === 'unknown' && w.why === 'silent')?.devices ?? 0
  const dues = await duesOf(ctx, campaign)
  const first = dues[0]?.at ?? Number.POSITIVE_INFINITY
  const sizes = wavesOf(terms.waves, counts.eligible, silent)
  const offline: Foresight['offline'] = []
  for (const days of silences) {
    const devices = await store.countUnheard(ctx, campaign.id, ctx.now - days * dayMs)
    if (devices > 0) offline.push({ days, devices })
  }
  const { eligible, blocked, done, unknown, excepted } = counts
  return {
    at: ctx.now,
    versions: told(campaign.targets),
    devices: eligible + blocked + done + unknown + excepted,
    ...{ eligible, blocked, done, unknown, excepted },
    reasons: whys.flatMap(({ standing, why, devices }) =>
      (standing === 'blocked' || standing === 'unknown') && why !== null ? [{ standing, why, devices }] : [],
    ),
    waves: terms.waves.map((percent, at) => ({
      percent,
      devices: sizes[at] ?? 0,
      startsInMs: at * terms.watchMs,
      late: ctx.now + at * terms.watchMs > first,
    })),
    offline,
    due,
    dues,
  }
}

/** When the date of a campaign comes, by zone of its devices, the first first. */
async function duesOf(ctx: Ctx, campaign: Campaign): Promise<Foresight['dues']> {
  const zoneOf = await hours.zonesByPath(ctx)
  const byZone = new Map<string, number>()
  for (const { path, devices } of await store.tallyPlaces(ctx, campaign.id)) {
    const zone = zoneOf(path)
    byZone.set(zone, (byZone.get(zone) ?? 0) + devices)
  }
  return [...byZone]
    .flatMap(([zone, devices]) => {
      const at = dueAt(campaign.due, zone)
      return at === null ? [] : [{ zone, at, devices }]
    })
    .sort((a, b) => a.at - b.at || (a.zone < b.zone ? -1 : 1))
}

/** What the last look before the start foresaw, and what it was started with. Null: not yet. */
export async function foreseen(
  ctx: Ctx,
  id: string,
): Promise<{ preview: Foresight | null; startedWith: Foresight | null }> {
  await campaignFor(ctx, id, 'updates:read')
  const row = await campaigns.findCampaign(ctx, id)
  return { preview: read(row?.foreseen), startedWith: read(row?.started_with) }
}

const read = (text: string | null | undefined): Foresight | null =>
  text == null ? null : foresightShape.parse(JSON.parse(text))

/** Refuses a start when the world is another than the one that was seen; answers what the campaign is started with. */
export async function demandAsSeen(ctx: Ctx, campaign: Campaign, seen: Seen | undefined): Promise<Foresight> {
  const { preview } = await foreseen(ctx, campaign.id)
  // What was foreseen by another date is not what would happen.
  if (preview === null || (!campaign.follows && preview.due !== campaign.due)) throw new Problem('campaign.not-looked')
  if (seen && driftedFrom(seen, preview)) {
    const { eligible, blocked, done, unknown, at } = preview
    throw new Problem('campaign.outdated', { seen: seen.eligible, eligible, blocked, done, unknown, at })
  }
  return preview
}
