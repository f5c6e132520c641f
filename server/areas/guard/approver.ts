import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { ProblemCode } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import { limitsOf } from './bucket.ts'

const hourMs = 3_600_000

/** What is to be agreed to, as far as it decides who may. */
export interface Question {
  /** The admin behind it. */
  hand: string
  unitPath: string
  /** Those who must agree, where it is not for anyone who may. */
  signers: readonly string[] | null
  /** The right that they must have held for long enough. */
  permission: 'guard:approve' | 'privacy:write'
  /** Those who agreed already. */
  others: readonly string[]
}

/**
 * What stands against the actor agreeing; null when nothing does. Only people can: neither who asked, nor anyone whose account they made or who made
 * theirs, nor who has the right only since lately. Of two who agree, neither made the other.
 */
export async function againstAgreeing(ctx: Ctx, q: Question): Promise<ProblemCode | null> {
  if (ctx.actor.kind !== 'admin') return 'approval.key'
  const me = ctx.actor.id
  if (q.signers !== null && !q.signers.includes(me)) return 'approval.not-named'
  if (q.signers === null && !may(ctx.authority, 'guard:approve', q.unitPath)) return 'permission.missing'
  if (q.hand === me) return 'approval.self'
  const mine = new Set<string>(await identity.makersOf(ctx, me))
  for (const other of [q.hand, ...q.others.filter(o => o !== me)])
    if (other.startsWith('adm_') && (mine.has(other) || (await identity.makersOf(ctx, other)).some(m => m === me)))
      return 'approval.lineage'
  return (await isFresh(ctx, me, q)) ? 'approval.fresh' : null
}

async function isFresh(ctx: Ctx, me: string, q: Question): Promise<boolean> {
  const since = await identity.heldSince(ctx, me, q.permission, q.unitPath)
  return since === null || ctx.now - since < (await limitsOf(ctx)).heldHours * hourMs
}

/** A passkey that was added only now proves nothing about who has been here: it must be a day old. */
export const passkeyAgeMs = 24 * hourMs
