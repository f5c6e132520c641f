import type { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { compileFilter } from '../../base/filter.ts'
import { type ListQuery, readPage } from '../../base/page.ts'
import * as devices from '../devices/index.ts'
import { namesOf } from '../identity/index.ts'
import { type Campaign, campaignFor } from './campaign.ts'
import * as campaigns from './campaign-store.ts'
import { factsAsked, updatable, updatingOf } from './eligible.ts'
import { campaignFields, campaignSorts, faringFields, faringSorts, standingFields, standingSorts } from './filter.ts'
import * as store from './fleet-store.ts'
import { etaOf } from './judge.ts'
import { newest, type Release, releases } from './release.ts'
import * as feeds from './release-store.ts'
import * as standings from './standing-store.ts'
import type {
  campaignShape,
  faringShape,
  ofDeviceShape,
  overviewShape,
  pointsReply,
  releaseShape,
  standingShape,
} from './shapes.ts'
import { toCampaign } from './stored.ts'
import { compareVersions } from './version.ts'

type Shown<S extends z.ZodType> = z.input<S>
const permission = 'updates:read'

/** A campaign as screens show it. */
export async function shownCampaign(ctx: Ctx, campaign: Campaign): Promise<Shown<typeof campaignShape>> {
  const { terms, by, unitPath: _, ...rest } = campaign
  const names = by.id === null ? new Map<string, string>() : await namesOf(ctx, [by.id])
  const waits = campaign.state === 'running' && campaign.wave < terms.waves.length - 1 && campaign.waveAt !== null
  return {
    ...rest,
    platforms: [...campaign.platforms],
    waves: [...terms.waves],
    waveEndsAt: waits ? (campaign.waveAt ?? 0) + terms.watchMs : null,
    watchMinutes: terms.watchMs / 60_000,
    halts: terms.halts,
    stopAbovePercentFailed: terms.stopAbovePercent,
    dropPercent: terms.dropPercent,
    by: { ...by, name: by.id === null ? null : (names.get(by.id) ?? null) },
  }
}

/** One page of the campaigns the reader may see. */
export async function listCampaigns(ctx: Ctx, query: ListQuery) {
  const page = readPage(ctx.org, query, campaignSorts)
  const condition = await compileFilter(query.filter, campaignFields, { now: ctx.now })
  const { items, next } = await campaigns.listCampaigns(ctx, ctx.authority.where(permission), page, condition)
  const shown: Shown<typeof campaignShape>[] = []
  for (const row of items) shown.push(await shownCampaign(ctx, toCampaign(row)))
  return { items: shown, next, total: null }
}

/** One page of the devices of a campaign, of those the reader may see. */
export async function listDevicesOf(
  ctx: Ctx,
  id: string,
  query: ListQuery,
): Promise<{ items: Shown<typeof faringShape>[]; next: string | null; total: null }> {
  const campaign = await campaignFor(ctx, id, permission)
  const page = readPage(ctx.org, { ...query, filter: `${campaign.id} ${query.filter}` }, faringSorts)
  const condition = await compileFilter(query.filter, faringFields, { now: ctx.now })
  const paths = ctx.authority.where(permission)
  const { items, next } = await store.listFarings(ctx, { campaign: campaign.id, paths, condition }, page)
  const ids = items.map(i => i.device)
  const rows = await devices.watchedRows(ctx, ids)
  const exceptions = new Map((await campaigns.exceptionsOf(ctx, campaign.id, ids)).map(e => [e.device, e]))
  const shown = items.map(row => {
    const excepted = exceptions.get(row.device)
    return {
      device: { id: row.device, name: rows.get(row.device)?.name ?? '' },
      standing: row.standing,
      why: row.why,
      step: row.step,
      failed: row.failed === 1,
      version: row.version,
      reachedAt: row.reached_at,
      doneAt: row.done_at,
      lastSeenAt: rows.get(row.device)?.lastSeenAt ?? row.heard_at,
      exception: excepted && excepted.until > ctx.now ? { until: excepted.until, reason: excepted.reason } : null,
      lookedAt: row.looked_at,
    }
  })
  return { items: shown, next, total: null }
}

const mostPoints = 400

/** The burn-down of the present round. */
export async function pointsOf(ctx: Ctx, id: string): Promise<Shown<typeof pointsReply>> {
  const campaign = await campaignFor(ctx, id, permission)
  const rows = await campaigns.listPoints(ctx, id, campaign.round, mostPoints)
  const items = rows.map(r => ({ at: r.at, ...campaigns.countsIn(r.counts) }))
  return {
    items,
    eta: etaOf(
      items.map(p => ({ at: p.at, left: p.eligible })),
      ctx.now,
    ),
  }
}

/** Releases as screens show them. */
export function shownRelease({ hardware, ...release }: Release): Shown<typeof releaseShape> {
  return { ...release, hardware: hardware.length }
}

/** What there is, and how the fleet stands to it. */
export async function overview(ctx: Ctx): Promise<Shown<typeof overviewShape>> {
  const all = await releases(ctx)
  const counts = await standings.countsWithin(ctx, ctx.authority.where(permission))
  const named = new Set([...all.map(r => r.platform), ...counts.map(c => c.platform)])
  return {
    feeds: (await feeds.listFeeds(ctx)).map(f => ({
      source: f.source,
      state: f.state,
      problem: f.problem,
      askedAt: f.asked_at,
      goodAt: f.good_at,
    })),
    platforms: updatable()
      .filter(p => named.has(p))
      .map(platform => {
        const own = all.filter(r => r.platform === platform)
        const latest = newest(own, { now: ctx.now, behindDays: 0, major: null })
        const older = latest ? own.filter(r => compareVersions(r.version, latest.version) < 0) : []
        const previous = newest(older, { now: ctx.now, behindDays: 0, major: null })
        return {
          platform,
          latest: latest?.version ?? null,
          previous: previous?.version ?? null,
          counts: Object.fromEntries(counts.filter(c => c.platform === platform).map(c => [c.standing, c.devices])),
        }
      }),
    countedAt: counts.length === 0 ? null : Math.min(...counts.map(c => c.at)),
  }
}

/** One page of devices by how they stand. */
export async function listStandings(ctx: Ctx, query: ListQuery) {
  const page = readPage(ctx.org, query, standingSorts)
  const condition = await compileFilter(query.filter, standingFields, { now: ctx.now })
  const { items, next } = await standings.listStandings(
    ctx,
    { paths: ctx.authority.where(permission), condition },
    page,
  )
  const rows = await devices.watchedRows(
    ctx,
    items.map(i => i.device),
  )
  const shown = items.map((row): Shown<typeof standingShape> => {
    const { name = '', osVersion: version = '' } = rows.get(row.device) ?? {}
    return {
      device: { id: row.device, name },
      platform: row.platform,
      version,
      newest: row.newest,
      standing: row.standing,
    }
  })
  return { items: shown, next, total: null }
}

/** The version that a device is to have by a date, as its person is told: of the campaign that is due first. Null: none, or it has it. */
export async function awaited(
  ctx: Ctx,
  { id, platform }: Pick<devices.Device, 'id' | 'platform'>,
): Promise<{ version: string; due: string; details: string } | null> {
  const farings = (await store.faringsOfDevice(ctx, id)).filter(f => f.standing === 'eligible' && f.reached_at !== null)
  const found = await campaigns.campaignsAmong(
    ctx,
    farings.map(f => f.campaign),
  )
  const due = found
    .filter(c => c.state === 'running')
    .map(toCampaign)
    .sort((a, b) => (a.due < b.due ? -1 : 1))
    .flatMap(({ targets, due: by, details }) => {
      const version = targets[platform]?.version
      return version === undefined ? [] : [{ version, due: by, details }]
    })
  return due[0] ?? null
}

/** What is to be said of one device about versions. */
export async function ofDevice(ctx: Ctx, id: string): Promise<Shown<typeof ofDeviceShape>> {
  const device = await devices.demanded(ctx, id, 'devices:read')
  const row = (await standings.standingsOf(ctx, [id])).get(id)
  const farings = await store.faringsOfDevice(ctx, id)
  const all = await campaigns.campaignsAmong(
    ctx,
    farings.map(f => f.campaign),
  )
  const live = new Map(all.filter(c => c.ended_at === null && c.state !== 'draft').map(c => [c.id, toCampaign(c)]))
  const [record] = await devices.recordsOf(ctx, [id], { facts: factsAsked(), identifiers: false })
  const trying = record ? updatingOf(device.platform)?.tryingOf(record.facts) : undefined
  return {
    standing: row?.standing ?? null,
    version: device.osVersion ?? '',
    newest: row?.newest ?? null,
    step: trying?.step ?? null,
    failure: trying?.failure ?? null,
    campaigns: farings.flatMap(f => {
      const campaign = live.get(f.campaign)
      if (!campaign) return []
      const { id: of, name, state, due } = campaign
      const target = campaign.targets[device.platform]?.version ?? ''
      const { standing, why, step, reached_at: reachedAt } = f
      return [{ id: of, name, state, target, due, standing, why, step, reachedAt }]
    }),
  }
}
