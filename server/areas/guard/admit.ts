import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import { limitsOf, paceFor, roomFor, spend } from './bucket.ts'
import { countFleet, fleetOf } from './fleet.ts'
import type { HeldReason, Impact } from './impact.ts'
import { addTo, type Opening, openIntent } from './intent.ts'
import * as intents from './intent-store.ts'
import { approversFor, shareOf } from './limits.ts'
import { isUnguarded } from './off.ts'
import { type Permit, permit } from './permit.ts'
import * as store from './store.ts'
import { doubted } from './time.ts'

/** The tag of devices that are never erased. */
export const neverWipe = 'never-wipe'

/** One act on one device, and what the guard looks at of it. */
export interface Ask {
  readonly action: string
  /** Who carries it out when it was held: the queue of commands unless told otherwise. */
  readonly door?: string
  readonly impact: Impact
  readonly device: {
    readonly id: string
    readonly name: string
    readonly unit: string
    readonly unitPath: string
    readonly tags: readonly string[]
  }
  readonly batch?: string | null
  readonly reason?: string | undefined
  /** Hash of what else the act says, so that an approval is good for exactly that. */
  readonly detail?: string
  readonly need?: 'two-persons' | undefined
  /** How many of the approvers that the device knows it will ask for. */
  readonly proved?: number
}

/** That something waits, in which intent and why. */
export interface Held {
  readonly held: Id<'intent'>
  readonly why: HeldReason
}

/** Whether the answer of the guard is that it waits. */
export function isHeld(admitted: Permit | Held): admitted is Held {
  return 'held' in admitted
}

/**
 * Whether an act may leave now: a permit for exactly that, or the intent in which it waits. Harmless acts and those that can be undone always may.
 * Refuses to erase what is never to be erased.
 */
export async function admit(ctx: Ctx, ask: Ask): Promise<Permit | Held> {
  const { action, impact, device } = ask
  const grant = (epoch: number): Permit => permit({ action, impact, device: device.id, epoch, intent: null })
  if ((impact === 'read' || impact === 'reversible') && ask.need === undefined) return grant(0)
  const state = await store.getState(ctx)
  if (isUnguarded(ctx.secrets)) return grant(state.epoch)
  if (impact === 'irreversible') await demandNotSpared(ctx, device)
  await countFleet(ctx)
  const of = ask.batch ? await intents.findOfBatch(ctx, ask.batch) : undefined
  if (of) return join(ctx, of, ask)
  const why = await reasonToHold(ctx, state, ask)
  if (why !== null) return hold(ctx, ask, why)
  await spend(ctx, state, impact, device.unit)
  return grant(state.epoch)
}

/** A permit for what does no harm at all, for those who ask for many things of one device at once. */
export function harmless(action: string, device: string, impact: 'read' | 'reversible'): Permit {
  return permit({ action, device, impact, epoch: 0, intent: null })
}

/** Refuses what cannot be undone on devices that bear the tag, or bore it until a day ago. */
export async function demandNotSpared(ctx: Ctx, device: { id: string; tags: readonly string[] }): Promise<void> {
  if (await isSpared(ctx, device)) throw new Problem('guard.never-wipe')
}

/** Whether the device bears the tag that spares it, or bore it until a day ago. */
export async function isSpared(ctx: Ctx, device: { id: string; tags: readonly string[] }): Promise<boolean> {
  return device.tags.some(t => fold(t) === neverWipe) || (await store.isSpared(ctx, device.id))
}

const provedBy = ({ proved = 0 }: Pick<Ask, 'proved'>): number => proved

async function reasonToHold(ctx: Ctx, state: store.StateRow, ask: Ask): Promise<HeldReason | null> {
  if (provedBy(ask) > 0) return 'proved'
  if (ask.need === 'two-persons') return 'two-persons'
  if (ask.impact === 'reversible') return null
  if (ask.impact === 'irreversible') {
    if (state.frozen_at !== null) return 'frozen'
    if (state.breaker_at !== null) return 'breaker'
    if (doubted(ctx, state)) return 'time'
    if (state.restored_at !== null) return 'restored'
  }
  const room = await roomFor(ctx, state, ask.impact, ask.device.unit)
  return room.left > 0 ? null : room.why
}

async function hold(ctx: Ctx, ask: Ask, why: HeldReason): Promise<Held> {
  const opened = await openIntent(ctx, {
    door: ask.door ?? 'command',
    action: ask.action,
    impact: ask.impact,
    why,
    unitPath: ask.device.unitPath,
    detail: ask.detail ?? '',
    batch: ask.batch ?? null,
    expected: 1,
    reason: ask.reason ?? null,
    proved: provedBy(ask),
  })
  await addTo(ctx, opened, ask.device)
  return { held: opened.id as Id<'intent'>, why }
}

async function join(ctx: Ctx, of: intents.IntentRow, ask: Ask): Promise<Held> {
  if (of.ended_at !== null) throw new Problem('intent.ended', { state: of.state })
  if (of.gathering !== 1 || of.action !== ask.action || of.detail !== (ask.detail ?? ''))
    throw new Problem('guard.batch-changed')
  await addTo(ctx, of, ask.device)
  // A batch may hold devices that check nothing, and come to one that does.
  if (provedBy(ask) > 0) {
    if (of.state !== 'held') throw new Problem('guard.batch-changed')
    await intents.changeIntent(ctx, of.id, ['held'], { proved: 1, needs: Math.max(of.needs, provedBy(ask)) })
  }
  return { held: of.id as Id<'intent'>, why: of.why }
}

/** What would become of so many acts if they were asked for now. */
export interface Forecast {
  /** Devices that it reaches at once. */
  readonly now: number
  /** Devices for which it waits. */
  readonly later: number
  readonly why: HeldReason | null
  /** How many others must agree first. */
  readonly approvers: number
  /** How long it can still be stopped after that. */
  readonly coolingMs: number
  /** How many leave in an hour once it is released. */
  readonly perHour: number
}

/** Tells, before anything is asked for, what leaves at once and what waits for whom. What cannot be undone leaves whole or waits whole. */
export async function forecast(ctx: Ctx, impact: Impact, count: number): Promise<Forecast> {
  const none = { now: count, later: 0, why: null, approvers: 0, coolingMs: 0, perHour: 0 }
  if (impact === 'read' || impact === 'reversible' || isUnguarded(ctx.secrets)) return none
  const [state, limits, fleet] = [await store.getState(ctx), await limitsOf(ctx), await fleetOf(ctx)]
  const room = await roomFor(ctx, state, impact, null)
  if (impact === 'disruptive') {
    const now = Math.min(count, room.left)
    const perHour = 4 * shareOf(limits.disruptivePerQuarter, fleet)
    return { ...none, now, later: count - now, why: now < count ? 'org-quarter' : null, perHour }
  }
  const stopped = await reasonStopped(ctx, state)
  if (stopped === null && count <= room.left) return none
  return {
    now: 0,
    later: count,
    why: stopped ?? room.why,
    approvers: approversFor(limits, fleet, count),
    coolingMs: count > limits.coolingFrom ? limits.coolingMinutes * 60_000 : 0,
    perHour: shareOf(limits.approvedPerHour, fleet),
  }
}

async function reasonStopped(ctx: Ctx, state: store.StateRow): Promise<HeldReason | null> {
  if (state.frozen_at !== null) return 'frozen'
  if (state.breaker_at !== null) return 'breaker'
  if (state.restored_at !== null) return 'restored'
  return doubted(ctx, state) ? 'time' : null
}

/** Holds a batch before its devices are listed, when it would not leave whole; answers why, or null when it leaves as it is listed. */
export async function holdBatch(
  ctx: Ctx,
  batch: string,
  ask: Omit<Opening, 'door' | 'why' | 'batch'> & { door?: string },
): Promise<HeldReason | null> {
  if (ask.impact !== 'irreversible') return null
  const { why } = await forecast(ctx, ask.impact, ask.expected)
  if (why === null) return null
  await openIntent(ctx, { ...ask, door: ask.door ?? 'command', why, batch })
  return why
}

/** How many more may leave now of what was released; nothing while everything is stopped. */
export async function paceNow(ctx: Ctx, state: store.StateRow, impact: Impact): Promise<number> {
  if (state.frozen_at !== null || doubted(ctx, state)) return 0
  if (impact === 'irreversible' && state.breaker_at !== null) return 0
  return paceFor(ctx, state, impact)
}
