import type { Ctx } from '../../base/ctx.ts'
import * as blueprints from '../blueprints/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import type { Campaign } from './campaign.ts'
import * as campaigns from './campaign-store.ts'
import { type Candidate, eligible, factsAsked, has, type Trying, updatingOf } from './eligible.ts'
import * as store from './fleet-store.ts'
import type { Release } from './release.ts'

/** How many devices are looked at in one transaction. */
export const pageSize = 200
/** A device that was not heard for so long is not reachable, as far as we know. */
export const unheardMs = 72 * 3_600_000
/** One that was heard, and then not for so long, fell silent: longer than a night. */
export const quietMs = 10 * 3_600_000

/** A device as campaigns and standings look at it. */
export interface Seen {
  readonly id: string
  readonly path: string
  readonly candidate: Candidate
  readonly trying: Trying
  readonly heardAt: number
}

const number = (value: devices.JsonValue | undefined): number | null => (typeof value === 'number' ? value : null)
const idle: Trying = { step: null, tries: 0, failedAt: null, failure: null, speaksAgainst: false }

/** Reads these devices with what decides about versions; ended ones are left out. */
export async function see(ctx: Ctx, ids: readonly string[]): Promise<Seen[]> {
  const records = await devices.recordsOf(ctx, ids, { facts: factsAsked(), identifiers: false })
  const rows = await devices.watchedRows(ctx, ids)
  const enrollments = await enrollment.activeOf(ctx, ids)
  return records
    .filter(r => r.state !== 'ended' && r.state !== 'enrolling')
    .map(record => {
      const row = rows.get(record.id)
      const updating = updatingOf(record.platform)
      const { platform, supervised, facts, state } = record
      const osVersion = row?.osVersion ?? ''
      const mode = enrollments.get(record.id)?.kind ?? null
      const heardAt = row?.lastSeenAt ?? 0
      return {
        id: record.id,
        path: record.unitPath,
        heardAt,
        trying: updating?.tryingOf(facts) ?? idle,
        candidate: {
          platform,
          version: updating?.versionOf(osVersion, facts) ?? osVersion,
          hardware: updating?.hardwareOf(facts) ?? [],
          state,
          availableBytes: number(facts.get('storage.availablebytes')),
          battery: number(facts.get('battery.level')),
          means: updating?.meansFor({ platform, osVersion, supervised, mode }) ?? { why: 'system-too-old' },
          silent: ctx.now - heardAt > unheardMs,
        },
      }
    })
}

/** Looks at one page of the devices of a campaign; answers the cursor of the next, or null at the end. */
export async function lookAt(ctx: Ctx, campaign: Campaign, all: readonly Release[], page: Page): Promise<void> {
  const seen = (await see(ctx, page.ids)).filter(
    s => s.path.startsWith(campaign.unitPath) && campaign.targets[s.candidate.platform] !== undefined,
  )
  const ids = seen.map(s => s.id)
  const before = await store.faringsOf(ctx, campaign.id, ids)
  const excepted = new Set(
    (await campaigns.exceptionsOf(ctx, campaign.id, ids)).filter(e => e.until > ctx.now).map(e => e.device),
  )
  for (const one of seen) {
    const target = targetFor(campaign, all, one.candidate.platform)
    if (!target) continue
    const held = before.get(one.id)
    const row = rowOf(ctx, { campaign, target, all, excepted: excepted.has(one.id) }, one, held)
    await store.putFaring(ctx, row)
    // A device that is excepted now must not keep the mark that demands the version.
    if (row.standing === 'excepted' && held?.reached_at) {
      await devices.tagBy(ctx, one.id, campaign.id, null)
      await store.changeFaring(ctx, campaign.id, one.id, { reached_at: null })
    }
  }
}

interface Page {
  readonly ids: readonly string[]
}

function targetFor({ targets }: Campaign, all: readonly Release[], platform: string): Release | undefined {
  const wanted = targets[platform]
  return all.find(r => r.platform === platform && r.version === wanted?.version && r.build === wanted.build)
}

interface About {
  campaign: Campaign
  target: Release
  all: readonly Release[]
  excepted: boolean
}

function rowOf(ctx: Ctx, on: About, one: Seen, held: store.FaringRow | undefined): store.FaringRow {
  const { campaign, target, all, excepted } = on
  const standing = standingOf(one, { target, all, excepted })
  const reachedAt = held?.reached_at ?? null
  const done = standing.is === 'done'
  const failed = reachedAt !== null && !done && failedSince(one.trying, reachedAt, held?.tries_before ?? 0)
  return {
    org: ctx.org,
    campaign: campaign.id,
    device: one.id,
    unit_path: one.path,
    share: held?.share ?? Math.floor(blueprints.shareOf(one.id, campaign.id) * 1e9),
    standing: standing.is,
    why: failed ? one.trying.failure : standing.why,
    step: done ? null : one.trying.step,
    failed: Number(failed && one.trying.speaksAgainst),
    version: one.candidate.version,
    tries_before: reachedAt === null ? one.trying.tries : (held?.tries_before ?? 0),
    reached_at: reachedAt,
    heard_at: reachedAt === null ? one.heardAt : (held?.heard_at ?? one.heardAt),
    silent: Number(fellSilent(ctx.now, one.heardAt, reachedAt)),
    ordered_at: held?.ordered_at ?? null,
    done_at: done ? (held?.done_at ?? ctx.now) : null,
    looked_at: ctx.now,
    noticed: held?.noticed ?? '',
  }
}

/** Where a device stands in a campaign. Pure. */
export function standingOf(
  { candidate }: Pick<Seen, 'candidate'>,
  { target, all, excepted }: { target: Release; all: readonly Release[]; excepted: boolean },
): { is: store.FaringRow['standing']; why: string | null } {
  if (has(candidate.version, target)) return { is: 'done', why: null }
  if (excepted) return { is: 'excepted', why: null }
  const can = eligible(candidate, target, all)
  if (can.can) return { is: 'eligible', why: null }
  return { is: can.known ? 'blocked' : 'unknown', why: can.why }
}

/** Whether a device failed at it since it was reached: it counts more failures than before, or says when. Pure. */
export function failedSince(trying: Trying, reachedAt: number, triesBefore: number): boolean {
  if (trying.failure === null) return false
  return trying.tries > triesBefore || (trying.failedAt !== null && trying.failedAt >= reachedAt)
}

/** Whether a device that called after it was reached (or lately, when it was not) says nothing any more; one in a drawer never learned of it. Pure. */
export function fellSilent(now: number, heardAt: number, reachedAt: number | null): boolean {
  return now - heardAt > quietMs && (reachedAt === null || heardAt > reachedAt)
}
