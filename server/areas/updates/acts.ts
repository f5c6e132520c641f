import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import { about, type Campaign, campaignFor, demandDue, look, nextDue, told } from './campaign.ts'
import * as campaigns from './campaign-store.ts'
import { demandBy, demandFirst, demandOff } from './demanding.ts'
import { campaignEvents } from './events.ts'
import { demandAsSeen, type Seen } from './foresight.ts'
import * as store from './fleet-store.ts'
import { advance, goOn, stop as end } from './run.ts'

const yearMs = 366 * 86_400_000

function demandState(campaign: Campaign, ...states: readonly Campaign['state'][]): void {
  if (campaign.endedAt !== null) throw new Problem('campaign.ended')
  if (!states.includes(campaign.state)) throw new Problem('campaign.not-now', { state: campaign.state })
}

/** Starts a campaign that was prepared: its first wave goes out. With what was seen of it, it is refused if that is not so any more. */
export async function start(ctx: Ctx, id: string, seen?: Seen): Promise<Campaign> {
  const campaign = await campaignFor(ctx, id, 'updates:write')
  demandState(campaign, 'draft')
  if (campaign.lookedAt === null) throw new Problem('campaign.not-looked')
  if (campaign.counts.eligible + campaign.counts.unknown === 0 && !campaign.follows)
    throw new Problem('campaign.nobody')
  const startedWith = await demandAsSeen(ctx, campaign, seen)
  const due = await nextDue(ctx, campaign)
  if (!campaign.follows) await demandDue(ctx, due)
  await campaigns.changeCampaign(ctx, id, {
    state: 'running',
    started_at: ctx.now,
    wave: 0,
    wave_at: ctx.now,
    due,
    started_with: JSON.stringify(startedWith),
  })
  await demandFirst(ctx, { ...campaign, due })
  const { name, targets } = campaign
  const { eligible, devices: of } = startedWith
  await record(ctx, campaignEvents.started, about(campaign), { name, targets: told(targets), due, eligible, of })
  await look(ctx, id)
  return campaignFor(ctx, id, 'updates:read')
}

/** Holds a campaign where it is: nobody new is reached, and nothing is demanded meanwhile. */
export async function pause(ctx: Ctx, id: string): Promise<Campaign> {
  const campaign = await campaignFor(ctx, id, 'updates:write')
  demandState(campaign, 'running', 'done')
  await campaigns.changeCampaign(ctx, id, { state: 'paused' })
  await demandOff(ctx, campaign)
  await record(ctx, campaignEvents.paused, about(campaign), { name: campaign.name })
  return campaignFor(ctx, id, 'updates:read')
}

/** Goes on after a pause or a halt: a person has decided that it is right. Failures so far are forgiven, new ones count. */
export async function resume(ctx: Ctx, id: string): Promise<Campaign> {
  const campaign = await campaignFor(ctx, id, 'updates:write')
  demandState(campaign, 'paused', 'halted')
  if (campaign.state === 'halted') await store.forgive(ctx, id)
  await goOn(ctx, campaign)
  await look(ctx, id)
  return campaignFor(ctx, id, 'updates:read')
}

/** Sends the next wave out before its time. */
export async function hurry(ctx: Ctx, id: string): Promise<Campaign> {
  const campaign = await campaignFor(ctx, id, 'updates:write')
  demandState(campaign, 'running')
  if (campaign.wave >= campaign.terms.waves.length - 1) throw new Problem('campaign.not-now', { state: 'last-wave' })
  await advance(ctx, campaign)
  await look(ctx, id)
  return campaignFor(ctx, id, 'updates:read')
}

/** Ends a campaign and takes back what it demands. What devices have installed stays: no system goes back by itself. */
export async function stop(ctx: Ctx, id: string): Promise<Campaign> {
  const campaign = await campaignFor(ctx, id, 'updates:write')
  demandState(campaign, 'running', 'paused', 'halted', 'done')
  await end(ctx, campaign)
  return campaignFor(ctx, id, 'updates:read')
}

/** Changes what is said of a campaign, and until when devices have time. */
export async function change(
  ctx: Ctx,
  id: string,
  wish: { note?: string | undefined; due?: string | undefined; notices?: boolean | undefined },
): Promise<Campaign> {
  const campaign = await campaignFor(ctx, id, 'updates:write')
  if (campaign.endedAt !== null) throw new Problem('campaign.ended')
  const fields = (['note', 'due', 'notices'] as const).filter(f => wish[f] !== undefined && wish[f] !== campaign[f])
  if (fields.length === 0) return campaign
  if (wish.due !== undefined && wish.due !== campaign.due) await demandDue(ctx, wish.due)
  const { note = campaign.note, due = campaign.due, notices = campaign.notices } = wish
  const now = { ...campaign, note, due, notices }
  await campaigns.changeCampaign(ctx, id, { note, due, notices: Number(notices) })
  // What a draft would do by another date is foreseen anew.
  if (campaign.state === 'draft' && due !== campaign.due) await look(ctx, id)
  if (now.due !== campaign.due) await demandBy(ctx, now)
  await record(ctx, campaignEvents.changed, about(campaign), { name: campaign.name, fields })
  return campaignFor(ctx, id, 'updates:read')
}

/** Lets a device of the campaign be until a time; it is not asked meanwhile. */
export async function except(
  ctx: Ctx,
  id: string,
  { device, reason, until }: { device: string; reason: string; until: number },
): Promise<void> {
  const campaign = await campaignFor(ctx, id, 'updates:write')
  if (campaign.endedAt !== null) throw new Problem('campaign.ended')
  if (until <= ctx.now || until > ctx.now + yearMs) throw new Problem('campaign.exception-over')
  const one = await devices.demanded(ctx, device, 'updates:write')
  const held = (await store.faringsOf(ctx, id, [device])).get(device)
  if (!held) throw new Problem('campaign.device-outside')
  await campaigns.putException(ctx, {
    org: ctx.org,
    campaign: id,
    device,
    reason,
    until,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    at: ctx.now,
  })
  if (held.standing !== 'done') {
    await devices.tagBy(ctx, device, id, null)
    await store.changeFaring(ctx, id, device, {
      standing: 'excepted',
      why: null,
      reached_at: null,
      failed: 0,
      silent: 0,
    })
  }
  const told = { name: campaign.name, device, until, reason }
  await record(ctx, campaignEvents.excepted, { kind: 'campaign', id, path: one.unitPath }, told)
  await look(ctx, id)
}

/** Ends an exception before its time. */
export async function unexcept(ctx: Ctx, id: string, device: string): Promise<void> {
  const campaign = await campaignFor(ctx, id, 'updates:write')
  const one = await devices.demanded(ctx, device, 'updates:write')
  if (!(await campaigns.removeException(ctx, id, device))) throw new Problem('id.unknown')
  await record(
    ctx,
    campaignEvents.unexcepted,
    { kind: 'campaign', id, path: one.unitPath },
    { name: campaign.name, device },
  )
  if (campaign.endedAt === null) await look(ctx, id)
}
