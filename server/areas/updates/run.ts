import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { fold } from '../../base/text.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import { about, type Campaign, campaignOf, clear, latestTargets, nextDue, told } from './campaign.ts'
import * as campaigns from './campaign-store.ts'
import { chosen } from './choose.ts'
import { demandAgain, demandOff, demandOn } from './demanding.ts'
import { updatingOf } from './eligible.ts'
import { campaignEvents } from './events.ts'
import * as store from './fleet-store.ts'
import { foresee } from './foresight.ts'
import { type Counts, judge, noCounts, wanted } from './judge.ts'
import { lookAt, pageSize, see } from './look.ts'
import { releases } from './release.ts'
import { freeTag } from './tag.ts'

const hourMs = 3_600_000
/** How often the devices of a campaign under way are looked at, and of one that only waits for newcomers. */
export const lookMs = 15 * 60_000
const tendMs = hourMs
/** An order that cannot be a demand is given again after a day. */
const orderAgainMs = 24 * hourMs
const markSize = 50

/** One page of a look; answers whether there is more to look at. A process may end between any two pages. */
export async function lookOn(ctx: Ctx, id: string): Promise<boolean> {
  const row = await campaigns.findCampaign(ctx, id)
  if (!row || row.ended_at !== null) return false
  const campaign = await campaignOf(ctx, id)
  if (row.pass_at === null) {
    await retarget(ctx, campaign)
    await campaigns.changeCampaign(ctx, id, { pass_at: ctx.now, pass_after: '' })
    return true
  }
  const { ids, next } = await chosen(ctx, campaign, { after: row.pass_after ?? '', limit: pageSize })
  await lookAt(ctx, campaign, await releases(ctx), { ids })
  await campaigns.changeCampaign(ctx, id, { pass_after: next })
  return next !== null
}

/** A newer version has become old enough: the campaign begins a round with it, from the first wave. */
async function retarget(ctx: Ctx, campaign: Campaign): Promise<void> {
  const { follows, targets } = campaign
  if (!follows || campaign.state === 'paused' || campaign.state === 'halted') return
  const found = latestTargets(await releases(ctx), { ...follows, platforms: campaign.platforms, now: ctx.now })
  const next = { ...targets, ...found }
  if (JSON.stringify(next) === JSON.stringify(targets)) return
  const due = await nextDue(ctx, campaign)
  const round = campaign.round + 1
  const tag = await freeTag(ctx, campaign.name)
  const started = campaign.startedAt !== null
  await campaigns.changeCampaign(ctx, campaign.id, {
    targets: JSON.stringify(next),
    due,
    round,
    tag,
    tag_key: fold(tag),
    wave: 0,
    counts: JSON.stringify(noCounts),
    ...(started ? { state: 'running', wave_at: ctx.now } : {}),
  })
  await store.forgetReached(ctx, campaign.id)
  const fresh = await campaignOf(ctx, campaign.id)
  if (started) await demandAgain(ctx, fresh)
  await record(ctx, campaignEvents.retargeted, about(campaign), { name: campaign.name, targets: told(next), due })
}

/** The look is whole: what it found is kept and judged. Answers after how long to look again, or null when the campaign is over. */
export async function conclude(ctx: Ctx, id: string): Promise<number | null> {
  const row = await campaigns.findCampaign(ctx, id)
  if (!row || row.ended_at !== null) return null
  if (row.pass_at === null || row.pass_after !== null) return 0
  const gone = await store.strayed(ctx, id, row.pass_at, pageSize)
  for (const device of gone) await devices.tagBy(ctx, device, id, null)
  await store.removeFarings(ctx, id, gone)
  if (gone.length === pageSize) return 0
  const counts = await countsOf(ctx, id)
  await campaigns.changeCampaign(ctx, id, {
    pass_at: null,
    pass_after: null,
    looked_at: ctx.now,
    counts: JSON.stringify(counts),
  })
  const point = { org: ctx.org, campaign: id, at: ctx.now, round: row.round }
  if (row.started_at !== null) await campaigns.addPoint(ctx, { ...point, counts: JSON.stringify(counts) })
  const campaign = await campaignOf(ctx, id)
  if (campaign.state === 'draft')
    await campaigns.changeCampaign(ctx, id, { foreseen: JSON.stringify(await foresee(ctx, campaign)) })
  if (campaign.state === 'done') {
    if (counts.eligible > 0) await campaigns.changeCampaign(ctx, id, { state: 'running', wave_at: ctx.now })
    return tendMs
  }
  if (campaign.state !== 'running') return campaign.state === 'draft' ? tendMs : lookMs
  return act(ctx, campaign)
}

async function act(ctx: Ctx, campaign: Campaign): Promise<number> {
  const { terms, wave, waveAt, counts } = campaign
  const verdict = judge(terms, { wave, waveAt: waveAt ?? ctx.now, now: ctx.now, counts })
  switch (verdict.do) {
    case 'halt':
      await halt(ctx, campaign, { reason: `campaign.${verdict.why}`, percent: verdict.percent })
      return lookMs
    case 'advance':
      await advance(ctx, campaign)
      return 0
    case 'finish':
      await campaigns.changeCampaign(ctx, campaign.id, { state: 'done' })
      await record(ctx, campaignEvents.finished, about(campaign), { name: campaign.name, ...counts })
      return tendMs
    case 'wait':
      return Math.min(lookMs, Math.max(60_000, verdict.until - ctx.now))
  }
}

/** Sends the next wave out. */
export async function advance(ctx: Ctx, campaign: Campaign): Promise<void> {
  const wave = Math.min(campaign.wave + 1, campaign.terms.waves.length - 1)
  await campaigns.changeCampaign(ctx, campaign.id, { wave, wave_at: ctx.now })
  const percent = campaign.terms.waves[wave] ?? 100
  await record(ctx, campaignEvents.advanced, about(campaign), { name: campaign.name, wave, percent })
}

/** Halts a campaign: nobody new is reached, and those that have not installed it yet are not asked to any more. */
export async function halt(
  ctx: Ctx,
  campaign: Campaign,
  { reason, percent }: { reason: string; percent: number },
): Promise<void> {
  const { failed, reached } = campaign.counts
  await campaigns.changeCampaign(ctx, campaign.id, {
    state: 'halted',
    reason,
    facts: JSON.stringify({ percent, failed, reached }),
  })
  await demandOff(ctx, campaign)
  const { name, wave } = campaign
  await record(ctx, campaignEvents.halted, about(campaign), { name, reason, percent, failed, reached, wave })
}

/** Goes on after a halt or a pause; the watch of the wave begins again. */
export async function goOn(ctx: Ctx, campaign: Campaign): Promise<void> {
  await campaigns.changeCampaign(ctx, campaign.id, { state: 'running', reason: null, facts: '{}', wave_at: ctx.now })
  await demandOn(ctx, campaign)
  await record(ctx, campaignEvents.resumed, about(campaign), { name: campaign.name })
}

/** One page of devices that the waves come to now; answers how many there were. */
export async function reachSome(ctx: Ctx, id: string): Promise<number> {
  const row = await campaigns.findCampaign(ctx, id)
  if (!row || row.state !== 'running' || row.pass_at !== null) return 0
  const campaign = await campaignOf(ctx, id)
  const { terms, wave, counts } = campaign
  const last = wave >= terms.waves.length - 1
  const of = counts.eligible + counts.reachedDone
  const lacking = last
    ? markSize
    : wanted(terms, { wave, waveAt: campaign.waveAt ?? ctx.now, now: ctx.now, done: counts.reachedDone, of }) -
      (await store.countReached(ctx, id))
  const most = Math.min(markSize, lacking)
  if (most <= 0) return 0
  const next = await store.nextOf(ctx, id, { most, unknownToo: last })
  for (const { device } of next) {
    await devices.tagBy(ctx, device, id, campaign.tag)
    await store.changeFaring(ctx, id, device, { reached_at: ctx.now })
  }
  await orderAmong(ctx, campaign, next)
  return next.length === markSize ? next.length : 0
}

/** Devices of which the version cannot be demanded are ordered to install it. */
async function orderAmong(ctx: Ctx, campaign: Campaign, rows: readonly store.FaringRow[]): Promise<void> {
  const seen = await see(
    ctx,
    rows.map(r => r.device),
  )
  for (const { id, candidate } of seen)
    if ('by' in candidate.means && candidate.means.by === 'order') await orderOne(ctx, campaign, id)
}

/** Orders one device to install the version; answers whether it could be ordered. */
export async function orderOne(ctx: Ctx, campaign: Campaign, device: string): Promise<boolean> {
  const { platform } = await devices.get(ctx, device)
  const target = campaign.targets[platform]
  const order = target && updatingOf(platform)?.order(target.version, platform)
  if (!order) return false
  await store.changeFaring(ctx, campaign.id, device, { ordered_at: ctx.now })
  await commands.send(ctx, { device, ...order })
  return true
}

/** Gives orders that are a day old again, where the device has not done it. Answers how many. */
export async function orderAgain(ctx: Ctx, id: string): Promise<number> {
  const row = await campaigns.findCampaign(ctx, id)
  if (!row || row.state !== 'running') return 0
  const campaign = await campaignOf(ctx, id)
  const due = await store.orderedBefore(ctx, id, ctx.now - orderAgainMs, markSize)
  for (const { device } of due) await orderOne(ctx, campaign, device)
  return due.length === markSize ? due.length : 0
}

/** Takes the marks of a campaign off a page of its devices; answers whether there are more. */
export async function clearSome(ctx: Ctx, id: string, after: string): Promise<string | null> {
  const rows = await store.faringsAfter(ctx, id, after, markSize)
  for (const { device } of rows) await devices.tagBy(ctx, device, id, null)
  return rows.length < markSize ? null : (rows.at(-1)?.device ?? null)
}

async function countsOf(ctx: Ctx, id: string): Promise<Counts> {
  const counts = { ...noCounts }
  const total: { -readonly [K in keyof Counts]: number } = counts
  for (const { standing, reached, failed, silent, devices: n } of await store.tally(ctx, id)) {
    total[standing] += n
    if (reached === 1) {
      total.reached += n
      if (standing === 'done') total.reachedDone += n
      if (failed === 1) total.failed += n
      if (silent === 1) total.reachedSilent += n
    } else if (standing === 'eligible') {
      total.others += n
      if (silent === 1) total.othersSilent += n
    }
  }
  return total
}

/** Ends a campaign: nothing is demanded any more; what devices have installed stays. */
export async function stop(ctx: Ctx, campaign: Campaign): Promise<void> {
  await campaigns.changeCampaign(ctx, campaign.id, {
    state: 'stopped',
    ended_at: ctx.now,
    pass_at: null,
    pass_after: null,
  })
  await demandOff(ctx, campaign)
  await clear(ctx, campaign.id)
  await record(ctx, campaignEvents.stopped, about(campaign), { name: campaign.name, ...campaign.counts })
}
