import * as identity from '../identity/index.ts'
import * as privacy from '../privacy/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Fix } from './fix.ts'
import { demandOpen, fixesIn } from './search.ts'

/** Opens the fixes of a search to the actor for a while, and writes down who looked and why. Asks again who is there. */
export async function look(ctx: Ctx, search: string, purpose: string): Promise<Fix[]> {
  const device = await demandOpen(ctx, search)
  await identity.demandStepUp(ctx)
  const { id, unitPath, user } = device
  await privacy.openLook(ctx, { device: id, unitPath, user, what: 'location', purpose, incident: search })
  return fixesIn(ctx, search)
}

/** The fixes of a search, for an actor who has opened them; null when they have not, or so long ago that they must say again why. */
export async function seenIn(ctx: Ctx, search: string): Promise<Fix[] | null> {
  const device = await demandOpen(ctx, search)
  return (await privacy.lookOpen(ctx, device, 'location')) ? fixesIn(ctx, search) : null
}
