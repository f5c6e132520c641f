import type { Ctx } from '../../base/ctx.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import { type Invitation, refusalOf } from './invitation.ts'
import * as store from './store.ts'

/** One try to enroll by an invitation: how far a device has come, and what it was last refused with. */
export interface Arrival {
  id: Id<'arrival'>
  invitation: Id<'invitation'>
  openedAt: number | null
  downloadedAt: number
  certificateAt: number | null
  authenticatedAt: number | null
  addressedAt: number | null
  enrollment: Id<'enrollment'> | null
  refusedAt: number | null
  refusedCode: string | null
}

/** A step an arrival takes, in order. */
export type Step = 'opened' | 'downloaded' | 'certificate' | 'authenticate' | 'token-update' | 'ready'

const spare = 50

/** A new try by this invitation. Refuses when the invitation no longer holds or was tried far more often than it may be used. */
export async function arrive(ctx: Ctx, invitation: Invitation): Promise<Arrival> {
  const refusal = await refusalOf(ctx, invitation)
  if (refusal) throw new Problem(refusal)
  const unfinished = await store.countUnfinished(ctx, invitation.id)
  if (unfinished >= spare + 2 * (invitation.uses ?? 5000)) throw new Problem('invitation.too-many-tries')
  const arrival: Arrival = {
    id: newId('arrival'),
    invitation: invitation.id,
    openedAt: invitation.openedAt,
    downloadedAt: ctx.now,
    certificateAt: null,
    authenticatedAt: null,
    addressedAt: null,
    enrollment: null,
    refusedAt: null,
    refusedCode: null,
  }
  await store.putArrival(ctx, arrival)
  return arrival
}

/** The arrival with this id, or null. */
export async function findArrival(ctx: Ctx, id: string): Promise<Arrival | null> {
  return (await store.findArrival(ctx, id)) ?? null
}

/** Notes when the device behind the arrival came to a step; the first time counts. */
export async function reached(
  ctx: Ctx,
  id: string,
  what: Partial<Pick<Arrival, 'certificateAt' | 'authenticatedAt' | 'addressedAt' | 'enrollment'>>,
): Promise<void> {
  const arrival = await store.findArrival(ctx, id)
  if (!arrival) return
  await store.putArrival(ctx, {
    ...arrival,
    certificateAt: arrival.certificateAt ?? what.certificateAt ?? null,
    authenticatedAt: arrival.authenticatedAt ?? what.authenticatedAt ?? null,
    addressedAt: arrival.addressedAt ?? what.addressedAt ?? null,
    enrollment: arrival.enrollment ?? what.enrollment ?? null,
    refusedAt: null,
    refusedCode: null,
  })
}

/** Notes with which problem the device behind the arrival was refused, so that the admin who watches learns it. */
export async function turnedAway(ctx: Ctx, id: string, code: ProblemCode): Promise<void> {
  const arrival = await store.findArrival(ctx, id)
  if (arrival) await store.putArrival(ctx, { ...arrival, refusedAt: ctx.now, refusedCode: code })
}

/** How long a device may take for one step before the admin is told what to look at. */
const patienceMs = 5 * 60_000

/** The steps of an arrival with their times; the first one missing tells why when the device was refused or takes long. */
export function stepsOf(
  arrival: Arrival,
  readyAt: number | null,
  now: number,
): { step: Step; at: number | null; cause: string | null }[] {
  const times: [Step, number | null][] = [
    ['opened', arrival.openedAt],
    ['downloaded', arrival.downloadedAt],
    ['certificate', arrival.certificateAt ?? arrival.authenticatedAt],
    ['authenticate', arrival.authenticatedAt],
    ['token-update', arrival.addressedAt],
    ['ready', readyAt],
  ]
  // The profile may be fetched without its page.
  const next = times.findIndex(([step, at], place) => at === null && step !== 'opened' && place > 0)
  const last = Math.max(...times.slice(0, Math.max(next, 0)).map(([, at]) => at ?? 0))
  const slow = now - last > patienceMs ? `enrollment.waits-for-${times[next]?.[0] ?? ''}` : null
  return times.map(([step, at], place) => ({
    step,
    at,
    cause: place === next ? (arrival.refusedCode ?? slow) : null,
  }))
}
