import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { demandStepUp } from '../identity/index.ts'
import { aboutOrg } from './about.ts'
import { limitsOf } from './bucket.ts'
import { guardEvents } from './events.ts'
import { type Limits, limitsShape, loosens, stricterOf } from './limits.ts'
import { announceMs, propose } from './proposal.ts'
import * as store from './store.ts'

/** The act that loosens the limits. */
export const loosenAction = 'guard.limits'

/**
 * Changes the limits. What is stricter holds at once; what lets more through is announced for a day, and holds then unless somebody withdraws it.
 * Answers the proposal, where there is one.
 */
export async function changeLimits(ctx: Ctx, wish: Limits): Promise<Id<'intent'> | null> {
  demandWhole(ctx.authority, 'guard:write')
  await demandStepUp(ctx)
  const { version, ...now } = await limitsOf(ctx)
  await keepLimits(ctx, { version, ...now }, stricterOf(now, wish))
  if (!loosens(stricterOf(now, wish), wish)) return null
  const { path } = await aboutOrg(ctx)
  return propose(ctx, {
    action: loosenAction,
    unitPath: path,
    about: { kind: 'org', id: ctx.org },
    payload: wish,
    summary: Object.fromEntries(differences(now, wish).map(([name, [a, b]]) => [name, `${a} → ${b}`])),
    delayMs: announceMs,
  })
}

/** Stores limits as the next version, if they are others. */
export async function keepLimits(
  ctx: Ctx,
  { version, ...now }: Limits & { version: number },
  next: Limits,
): Promise<void> {
  const fields = differences(now, next).map(([name]) => name)
  if (fields.length === 0) return
  await store.putLimits(ctx, version + 1, JSON.stringify(next))
  await record(ctx, guardEvents.limitsChanged, await aboutOrg(ctx), { version: version + 1, fields })
}

/** A proposal's hour has come: its limits hold, as they were signed and announced. */
export async function carryOutLimits(ctx: Ctx, payload: unknown): Promise<void> {
  await keepLimits(ctx, await limitsOf(ctx), limitsShape.parse(payload))
}

function differences(now: Limits, wish: Limits): [string, [string, string]][] {
  const [a, b] = [new Map(flat(now)), flat(wish)]
  return b.flatMap(([name, value]) => (a.get(name) === value ? [] : [[name, [String(a.get(name)), String(value)]]]))
}

function flat(value: object, before = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null
      ? flat(inner as object, `${before}${name}.`)
      : ([[`${before}${name}`, inner]] as [string, unknown][]),
  )
}
