import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import * as identity from '../identity/index.ts'
import { limitsOf } from './bucket.ts'
import { fleetOf } from './fleet.ts'
import { shareOf } from './limits.ts'
import { isUnguarded } from './off.ts'
import { announceMs, propose } from './proposal.ts'

/** The act that makes someone powerful. */
export const powerAction = 'power.give'

const powerful: readonly string[] = ['admins:write', 'devices:wipe', 'guard:approve', 'guard:write']

/**
 * What giving power waits for. Whoever could erase, approve or make others powerful is announced for a day, so that nobody who got in makes
 * themselves a second pair of hands. As long as there are no more devices than anyone may erase in a day, there is nothing to protect by that.
 */
export async function restraint(ctx: Ctx, power: identity.Power): Promise<Id<'intent'> | null> {
  if (ctx.actor.kind === 'system' || isUnguarded(ctx.secrets)) return null
  // A key is a hand of who made it and can approve nothing, so it adds no power.
  if (power.kind === 'key') return null
  if (!identity.permissionsOf(power.role).some(p => powerful.includes(p))) return null
  const [limits, fleet] = [await limitsOf(ctx), await fleetOf(ctx)]
  if (fleet <= shareOf(limits.perDay, fleet)) return null
  return propose(ctx, {
    action: powerAction,
    unitPath: power.unit.path,
    about: { kind: 'admin', id: power.admin },
    payload: power,
    summary: { name: power.name, role: power.role, unit: power.unit.name },
    delayMs: announceMs,
  })
}
