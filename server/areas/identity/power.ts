import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import type { Role } from './permissions.ts'

/** Power that someone is about to be given. A key exists then already, but opens nothing while it is held. */
export type Power = {
  role: Role
  unit: { id: Id<'unit'>; name: string; path: string }
  /** Of who or what gets it. */
  name: string
} & ({ kind: 'grant'; admin: Id<'admin'> } | { kind: 'key'; key: Id<'key'> })

/** Says whether power may be given now (null) or what it waits for. */
export type Restraint = (ctx: Ctx, power: Power) => Promise<Id<'intent'> | null>

let restraint: Restraint = () => Promise.resolve(null)

/** Lets a later area decide whether giving power takes effect at once. When its time has come, that area calls `givePower`. Answers who decided before. */
export function restrainGrants(decide: Restraint): Restraint {
  const before = restraint
  restraint = decide
  return before
}

/** What giving this power waits for; null when it may be given now. */
export function restrained(ctx: Ctx, power: Power): Promise<Id<'intent'> | null> {
  return restraint(ctx, power)
}
