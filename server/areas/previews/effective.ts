import type { Ctx } from '../../base/ctx.ts'
import { type Effective, type OrgState, resolve } from '../blueprints/index.ts'
import { findPolicyKind } from '../policies/index.ts'
import { snapshotIn } from './snapshot.ts'
import { type NamedTarget, targetOf } from './target.ts'

/** What a device should have now, with what it was decided from; names of policies and blueprints are in the state. */
export interface EffectiveNow {
  target: NamedTarget
  state: OrgState
  effective: Effective
}

/** What a device should have by the state of its org; refused as unknown when there is no such device in use. */
export async function effectiveOf(ctx: Ctx, device: string, state?: OrgState): Promise<EffectiveNow> {
  const known = state ?? (await snapshotIn(ctx))
  const target = await targetOf(ctx, device)
  return { target, state: known, effective: resolve(known, target, ctx.now, findPolicyKind) }
}
