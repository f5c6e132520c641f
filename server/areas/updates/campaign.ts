import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { fold, searchable } from '../../base/text.ts'
import * as hours from '../hours/index.ts'
import { unitFor } from '../identity/index.ts'
import * as store from './campaign-store.ts'
import { freeTag } from './tag.ts'
import { dueAfter, faultOf } from './due.ts'
import { updatable } from './eligible.ts'
import { campaignEvents } from './events.ts'
import { type Counts, faultsOf, noCounts, type Terms } from './judge.ts'
import { clearName, lookName } from './later.ts'
import { isLive, newest, type Release, releases } from './release.ts'
import { toCampaign } from './stored.ts'

/** What a campaign brings to the devices of one platform. */
export interface Target {
  version: string
  build: string
}
export type Targets = Readonly<Record<string, Target>>

/** A version of a system on its way to devices in waves, by a date. */
export interface Campaign {
  id: Id<'campaign'>
  name: string
  unit: string
  unitPath: string
  filter: string
  platforms: readonly string[]
  /** It follows the newest version that is so many days old; null: it brings one version. */
  follows: { behindDays: number; major: number | null; dueDays: number; dueTime: string } | null
  targets: Targets
  note: string
  details: string
  /** Local time of each device. */
  due: string
  terms: Terms
  state: store.CampaignRow['state']
  reason: string | null
  facts: Readonly<Record<string, number>>
  round: number
  /** The tag it gives the devices it has reached in this round. */
  tag: string
  wave: number
  waveAt: number | null
  policy: string | null
  blueprint: string | null
  assignment: string | null
  lookedAt: number | null
  looking: boolean
  counts: Counts
  /** Whether people are told by mail before it is due. */
  notices: boolean
  by: { kind: string; id: string | null }
  createdAt: number
  startedAt: number | null
  endedAt: number | null
}

/** What may be said of a campaign. */
export interface CampaignWish {
  name: string
  unit: string
  filter: string
  platforms: readonly string[]
  target:
    | { kind: 'version'; versions: Readonly<Record<string, string>>; due: string }
    | { kind: 'latest'; behindDays: number; major: number | null; dueDays: number; dueTime: string }
  note: string
  details: string
  terms: Terms
  notices: boolean
}

/** The campaign with this id; whether the actor may see it is the caller's question. */
export async function campaignOf(ctx: Ctx, id: string): Promise<Campaign> {
  const row = await store.findCampaign(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return toCampaign(row)
}

/** The campaign, where the actor holds the permission on its unit. */
export async function campaignFor(ctx: Ctx, id: string, permission: string): Promise<Campaign> {
  const campaign = await campaignOf(ctx, id)
  demand(ctx.authority, permission, campaign.unitPath, 'updates:read')
  return campaign
}

/** Prepares a campaign: nothing reaches a device before it is started, but who can take the version is found out at once. */
export async function prepare(ctx: Ctx, wish: CampaignWish): Promise<Campaign> {
  const unit = await unitFor(ctx, wish.unit, 'updates:write')
  const { targets, due } = await sound(ctx, wish)
  const id = newId('campaign')
  const nameKey = searchable(wish.name)
  if (await store.nameTaken(ctx, nameKey, id)) throw new Problem('campaign.name-taken')
  const latest = wish.target.kind === 'latest' ? wish.target : null
  const tag = await freeTag(ctx, wish.name)
  await store.addCampaign(ctx, {
    org: ctx.org,
    id,
    name: wish.name,
    name_key: nameKey,
    unit: unit.id,
    unit_path: unit.path,
    filter: wish.filter,
    platforms: JSON.stringify(wish.platforms),
    follows: latest ? 1 : 0,
    behind_days: latest?.behindDays ?? 0,
    major: latest?.major ?? null,
    targets: JSON.stringify(targets),
    note: wish.note,
    details: wish.details,
    due,
    due_days: latest?.dueDays ?? 0,
    due_time: latest?.dueTime ?? '',
    waves: JSON.stringify(wish.terms.waves),
    watch_ms: wish.terms.watchMs,
    halts: Number(wish.terms.halts),
    stop_above_percent: wish.terms.stopAbovePercent,
    drop_percent: wish.terms.dropPercent,
    state: 'draft',
    reason: null,
    facts: '{}',
    round: 1,
    tag,
    tag_key: fold(tag),
    wave: 0,
    wave_at: null,
    policy: null,
    blueprint: null,
    assignment: null,
    pass_at: null,
    pass_after: null,
    looked_at: null,
    counts: JSON.stringify(noCounts),
    foreseen: null,
    started_with: null,
    notices: Number(wish.notices),
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    created_at: ctx.now,
    started_at: null,
    ended_at: null,
  })
  await record(ctx, campaignEvents.added, about({ id, unitPath: unit.path }), {
    name: wish.name,
    targets: told(targets),
  })
  await look(ctx, id)
  return campaignOf(ctx, id)
}

async function sound(ctx: Ctx, wish: CampaignWish): Promise<{ targets: Targets; due: string }> {
  const faults = faultsOf(wish.terms)
  if (faults.length > 0) throw new Problem('request.malformed', {}, { fields: faults })
  const known = updatable()
  const strange = wish.platforms.find(p => !known.includes(p))
  if (strange !== undefined) throw new Problem('campaign.platform-unknown', { platform: strange, known })
  const all = await releases(ctx)
  if (wish.target.kind === 'latest') {
    const { behindDays, major, dueDays, dueTime } = wish.target
    const targets = latestTargets(all, { platforms: wish.platforms, behindDays, major, now: ctx.now })
    if (Object.keys(targets).length === 0) throw new Problem('campaign.no-version', { behindDays })
    return { targets, due: dueAfter(ctx.now, { days: dueDays, time: dueTime, zone: await zoneOf(ctx, wish.unit) }) }
  }
  const { versions, due } = wish.target
  const targets = Object.fromEntries(
    wish.platforms.map(platform => [
      platform,
      chosen(all, { platform, version: versions[platform] ?? '', now: ctx.now }),
    ]),
  )
  await demandDue(ctx, due)
  return { targets, due }
}

/** The targets of a campaign that follows, as of now; platforms without a version that is old enough are absent. Pure. */
export function latestTargets(
  all: readonly Release[],
  {
    platforms,
    behindDays,
    major,
    now,
  }: { platforms: readonly string[]; behindDays: number; major: number | null; now: number },
): Targets {
  const found = platforms.flatMap(platform => {
    const best = newest(
      all.filter(r => r.platform === platform),
      { now, behindDays, major },
    )
    return best ? [[platform, { version: best.version, build: best.build }] as const] : []
  })
  return Object.fromEntries(found)
}

function chosen(
  all: readonly Release[],
  { platform, version, now }: { platform: string; version: string; now: number },
): Target {
  const named = all.filter(r => r.platform === platform && r.version === version)
  const [release] = named.filter(r => isLive(r, now))
  if (!release)
    throw new Problem(named.length > 0 ? 'campaign.version-gone' : 'campaign.version-unknown', { platform, version })
  if (release.background) throw new Problem('campaign.not-demandable', { platform, version })
  return { version: release.version, build: release.build }
}

/** Refuses a date that has passed, or that some clock jumps over, in any zone of the org. */
export async function demandDue(ctx: Ctx, due: string): Promise<void> {
  const found = faultOf(due, await hours.zonesOfUnits(ctx), ctx.now)
  if (found?.fault === 'malformed') throw new Problem('campaign.due-malformed', { due })
  if (found?.fault === 'past') throw new Problem('campaign.due-past', { due, zone: found.zone })
  if (found?.fault === 'skipped')
    throw new Problem('campaign.due-skipped', { due, zone: found.zone, instead: found.instead ?? '' })
}

async function zoneOf(ctx: Ctx, unit: string): Promise<string> {
  return (await hours.unitZoneOf(ctx, (await unitFor(ctx, unit, 'updates:read')).path)).zone
}

/** When a round that begins now is due, of a campaign that follows. */
export async function nextDue(ctx: Ctx, campaign: Campaign): Promise<string> {
  const { follows } = campaign
  if (!follows) return campaign.due
  const { zone } = await hours.unitZoneOf(ctx, campaign.unitPath)
  return dueAfter(ctx.now, { days: follows.dueDays, time: follows.dueTime, zone })
}

/** Takes a draft or a campaign that is over away, with all it found. */
export async function remove(ctx: Ctx, campaign: Campaign): Promise<void> {
  if (campaign.state !== 'draft' && campaign.endedAt === null)
    throw new Problem('campaign.under-way', { state: campaign.state })
  await store.removeCampaign(ctx, campaign.id)
  await record(ctx, campaignEvents.removed, about(campaign), { name: campaign.name })
}

/** Looks at the devices of a campaign soon. */
export async function look(ctx: Ctx, id: string, inMs = 0): Promise<void> {
  await enqueue(ctx, lookName, { campaign: id }, { dedupe: id, inMs })
}

/** Takes the marks off its devices in the background. */
export async function clear(ctx: Ctx, id: string): Promise<void> {
  await enqueue(ctx, clearName, { campaign: id }, { dedupe: id })
}

/** What events of a campaign are about. */
export const about = ({ id, unitPath }: { id: string; unitPath: string }): About => ({
  kind: 'campaign',
  id,
  path: unitPath,
})

/** Targets as events and screens tell of them: the version by platform. Pure. */
export function told(targets: Targets): Record<string, string> {
  return Object.fromEntries(Object.entries(targets).map(([platform, { version }]) => [platform, version]))
}
