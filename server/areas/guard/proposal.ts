import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { handBehind } from './bucket.ts'
import { canonical } from '../../base/canonical.ts'
import { hashOf } from './canonical.ts'
import { guardEvents } from './events.ts'
import { aboutIntent, blankOf } from './intent.ts'
import * as store from './intent-store.ts'
import { keepLooking } from './standing.ts'
import { getState } from './store.ts'

/** An act without devices that takes effect only when its time has come, everyone named has signed, and nobody withdrew it. */
export interface Proposal {
  readonly action: string
  readonly unitPath: string
  readonly about: Pick<About, 'kind' | 'id'> | null
  /** Plain JSON, handed to who carries it out; never a secret. */
  readonly payload: unknown
  /** Plain JSON that is shown of it. */
  readonly summary: Readonly<Record<string, string | number | boolean | null>>
  readonly delayMs: number
  readonly reason?: string | null
  /** Admins who must sign it; absent where the delay is enough. */
  readonly signers?: readonly string[]
  /** How many of them; absent: all. */
  readonly needs?: number
  /** Devices check the signatures. */
  readonly proved?: boolean
}

/** How long what would loosen the guard, or make someone powerful, is announced before it takes effect. */
export const announceMs = 24 * 3_600_000
const signingMs = 14 * 24 * 3_600_000
const mostProposals = 50

/** Proposes an act; everyone who may see it is told, and any of them can withdraw it until it takes effect. */
export async function propose(ctx: Ctx, p: Proposal): Promise<Id<'intent'>> {
  const hand = await handBehind(ctx)
  if ((await store.countOpen(ctx, hand, 'irreversible')) >= mostProposals)
    throw new Problem('guard.too-many-held', { limit: mostProposals })
  const id = newId('intent')
  const effectiveAt = ctx.now + p.delayMs
  const signers = p.signers && p.signers.length > 0 ? [...new Set(p.signers)] : null
  const row: Omit<store.IntentRow, 'org'> = {
    ...blankOf(ctx, hand),
    id,
    door: p.action,
    action: p.action,
    impact: 'irreversible',
    state: 'held',
    why: signers === null ? 'delay' : 'signatures',
    needs: signers === null ? 0 : (p.needs ?? signers.length),
    proved: p.proved ? 1 : 0,
    signers: signers === null ? null : JSON.stringify(signers),
    unit_path: p.unitPath,
    about_kind: p.about?.kind ?? null,
    about_id: p.about?.id ?? null,
    payload: canonical(p.payload),
    summary: JSON.stringify(p.summary),
    detail: hashOf(canonical(p.payload)),
    expected: 0,
    reason: p.reason ?? null,
    epoch: (await getState(ctx)).epoch,
    effective_at: effectiveAt,
    expires_at: effectiveAt + signingMs,
  }
  await store.putIntent(ctx, row)
  await record(ctx, guardEvents.proposed, aboutIntent(row), { intent: id, action: p.action, effectiveAt })
  await keepLooking(ctx, p.delayMs)
  return id
}
