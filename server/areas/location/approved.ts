import { z } from 'zod'
import * as devices from '../devices/index.ts'
import * as guard from '../guard/index.ts'
import * as identity from '../identity/index.ts'
import * as privacy from '../privacy/index.ts'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { asId, type Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { type Fix, mostOutside, opened } from './fix.ts'
import * as store from './store.ts'

/** How long a second person's agreement opens the fixes of a device. */
const openMs = 3_600_000

/** The name under which the guard keeps what is asked here. */
export const openAction = 'location.open'

const payloadShape = z.object({ device: z.string(), admin: z.string() })

/** Asks that a named admin agrees to open the fixes of a device that is not missing. Nobody opens them alone. */
export async function askToOpen(
  ctx: Ctx,
  id: string,
  { purpose, signer }: { purpose: string; signer: string },
): Promise<Id<'intent'>> {
  const device = await devices.get(ctx, id)
  demand(ctx.authority, 'devices:locate', device.unitPath, 'devices:read')
  await identity.demandStepUp(ctx)
  return guard.propose(ctx, {
    action: openAction,
    unitPath: device.unitPath,
    about: { kind: 'device', id: device.id },
    payload: { device: device.id, admin: ctx.actor.id ?? '' },
    summary: { device: device.name, purpose },
    delayMs: 0,
    reason: purpose,
    signers: [asId('admin', signer)],
  })
}

/** What the guard does once the named admin has signed: a search that opens the fixes to who asked, for an hour. */
export const openDoor: guard.Door = {
  whole: async (ctx, payload, { intent }) => {
    const { device, admin } = payloadShape.parse(payload)
    const until = ctx.now + openMs
    const row = { org: ctx.org, id: intent, device, admin, began_at: ctx.now, until, ended_at: null, delete_at: null }
    await store.addSearch(ctx, row)
  },
}

/** The fixes of a device that nobody looks for, to whom a second person has opened them; that they looked is written down. */
export async function openApproved(ctx: Ctx, id: string, purpose: string): Promise<Fix[]> {
  const device = await devices.get(ctx, id)
  demand(ctx.authority, 'devices:locate', device.unitPath, 'devices:read')
  await identity.demandStepUp(ctx)
  const search = await store.approvedOf(ctx, device.id, ctx.actor.id ?? '')
  if (!search || search.until === null || search.until <= ctx.now) throw new Problem('location.closed')
  const { unitPath, user } = device
  await privacy.openLook(ctx, { device: device.id, unitPath, user, what: 'location', purpose, incident: null })
  return opened(ctx, await store.listFixes(ctx, { outside: device.id }, mostOutside))
}
