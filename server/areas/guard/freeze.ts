import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import { aboutOrg } from './about.ts'
import { offerSigning, type SigningOffer, takeSignature } from './approval.ts'
import { againstAgreeing } from './approver.ts'
import { canonical } from '../../base/canonical.ts'
import { hashOf } from './canonical.ts'
import { guardEvents } from './events.ts'
import { keepLooking } from './standing.ts'
import * as store from './store.ts'
import { confirmTime } from './time.ts'

/** What may leave at this moment: acts up to this rank, and of those that interrupt or destroy only what was queued since that restore. */
export interface Gate {
  readonly most: 0 | 1 | 2 | 3
  readonly epoch: number
}

/** Asked in the transaction that hands a command to a device, so that a stop holds from its commit on, in every process. */
export async function gate(ctx: Ctx): Promise<Gate> {
  const state = await store.getState(ctx)
  const epoch = state.restored_at === null ? 0 : state.epoch
  if (state.frozen_at !== null) return { most: 0, epoch }
  return { most: state.breaker_at === null ? 3 : 2, epoch }
}

/** Whether everything is stopped. */
export async function frozen(ctx: Ctx): Promise<boolean> {
  return (await store.getState(ctx)).frozen_at !== null
}

/** Stops everything: nothing that changes a device leaves, everyone else is signed out, keys rest, and nothing may be written. */
export async function freeze(ctx: Ctx, reason: string): Promise<void> {
  if (ctx.actor.kind !== 'system') {
    demandWhole(ctx.authority, 'guard:approve')
    if (ctx.actor.kind !== 'admin') throw new Problem('approval.key')
  }
  const state = await store.getState(ctx)
  if (state.frozen_at === null) {
    const frozen_by = ctx.actor.kind === 'system' ? null : ctx.actor.id
    await store.changeState(ctx, { frozen_at: ctx.now, frozen_by, frozen_reason: reason })
    await record(ctx, guardEvents.frozen, await aboutOrg(ctx), { reason })
  }
  await identity.endAllSessions(ctx, ctx.actor.kind === 'admin' ? { except: ctx.actor.session } : {})
}

type Stop = 'frozen' | 'breaker' | 'restored' | 'time'

const stopOf = {
  frozen: (s: store.StateRow) => s.frozen_at,
  breaker: (s: store.StateRow) => s.breaker_at,
  restored: (s: store.StateRow) => s.restored_at,
  time: (s: store.StateRow) => s.doubted_at,
} as const

async function questionOf(ctx: Ctx, stop: Stop): Promise<{ of: string; hash: string; hand: string }> {
  const state = await store.getState(ctx)
  const at = stopOf[stop](state)
  if (at === null) throw new Problem(stop === 'breaker' ? 'guard.breaker-closed' : 'guard.not-frozen')
  const of = `lift:${stop}`
  const hash = hashOf(canonical({ org: ctx.org, act: of, at, epoch: state.epoch }))
  return { of, hash, hand: stop === 'frozen' ? (state.frozen_by ?? 'local') : 'local' }
}

/** What stands against the actor lifting a stop; null when nothing does, or when there is none to lift. */
export async function againstLifting(ctx: Ctx, stop: Stop): Promise<ProblemCode | null> {
  const state = await store.getState(ctx)
  if (stopOf[stop](state) === null) return null
  const { hand } = await questionOf(ctx, stop)
  const { path } = await aboutOrg(ctx)
  return againstAgreeing(ctx, { hand, unitPath: path, signers: null, permission: 'guard:approve', others: [] })
}

async function demandLifting(ctx: Ctx, stop: Stop): Promise<{ of: string; hash: string }> {
  demandWhole(ctx.authority, 'guard:approve')
  const question = await questionOf(ctx, stop)
  const against = await againstLifting(ctx, stop)
  if (against !== null)
    throw new Problem(against, against === 'permission.missing' ? { permission: 'guard:approve' } : {})
  return question
}

/** Begins to lift a stop: what the passkey of another admin is to sign. */
export async function beginLifting(ctx: Ctx, stop: Stop): Promise<SigningOffer> {
  const { of, hash } = await demandLifting(ctx, stop)
  return offerSigning(ctx, of, hash)
}

/** Lifts a stop with the passkey of an admin who did not set it. */
export async function lift(ctx: Ctx, stop: Stop, response: identity.AssertionAnswer): Promise<void> {
  const { of, hash } = await demandLifting(ctx, stop)
  await takeSignature(ctx, of, hash, response)
  await liftHere(ctx, stop)
}

/** Lifts a stop without asking: for the machine's own command line, and for what was asked before. */
export async function liftHere(ctx: Ctx, stop: Stop): Promise<void> {
  const state = await store.getState(ctx)
  if (stopOf[stop](state) === null) throw new Problem('guard.not-frozen')
  const about = await aboutOrg(ctx)
  switch (stop) {
    case 'frozen':
      await store.changeState(ctx, { frozen_at: null, frozen_by: null, frozen_reason: null })
      await record(ctx, guardEvents.unfrozen, about, {})
      break
    case 'breaker':
      await store.changeState(ctx, { breaker_at: null, breaker_count: null, breaker_minutes: null })
      await record(ctx, guardEvents.breakerClosed, about, {})
      break
    case 'restored':
      await store.changeState(ctx, { restored_at: null })
      await record(ctx, guardEvents.epochReleased, about, { epoch: state.epoch })
      break
    case 'time':
      await confirmTime(ctx)
      break
  }
  await keepLooking(ctx)
}
