import * as devices from '../devices/index.ts'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { type Fix, opened } from './fix.ts'
import { usualKeptMs } from './retention.ts'
import * as store from './store.ts'

/** Begins to look for a device: its fixes are kept from now on and may be opened, as long as it lasts. `id` is the incident. */
export async function beginSearch(ctx: Ctx, { id, device }: { id: string; device: string }): Promise<void> {
  const row = { org: ctx.org, id, device, admin: null, began_at: ctx.now, until: null, ended_at: null, delete_at: null }
  await store.addSearch(ctx, row)
}

/** Ends a search: nobody opens its fixes any more, and they are deleted when their time is over. */
export async function endSearch(ctx: Ctx, id: string): Promise<void> {
  const search = await store.findSearch(ctx, id)
  if (!search || search.ended_at !== null) return
  await store.changeSearch(ctx, id, { ended_at: ctx.now, delete_at: ctx.now + usualKeptMs })
}

/** Counts again how long the fixes of a search are kept: from now. */
export async function keepFromNow(ctx: Ctx, id: string): Promise<void> {
  const search = await store.findSearch(ctx, id)
  if (search?.delete_at !== null && search) await store.changeSearch(ctx, id, { delete_at: ctx.now + usualKeptMs })
}

/** Whether somebody looks for the device now. */
export async function isSought(ctx: Ctx, device: string): Promise<boolean> {
  return (await store.searchOf(ctx, device)) !== undefined
}

/** How many fixes a search has brought; not where. */
export function countIn(ctx: Ctx, search: string): Promise<number> {
  return store.countFixes(ctx, search)
}

/** Refuses unless the search is under way and the actor may locate its device. */
export async function demandOpen(ctx: Ctx, id: string): Promise<devices.Device> {
  const search = await store.findSearch(ctx, id)
  if (!search) throw new Problem('location.closed')
  const device = await devices.get(ctx, search.device)
  demand(ctx.authority, 'devices:locate', device.unitPath, 'devices:read')
  if (search.ended_at !== null || (search.until !== null && search.until <= ctx.now))
    throw new Problem('location.closed')
  return device
}

/** The newest fixes of a search that is under way, for those who may locate its device. */
export async function fixesIn(ctx: Ctx, id: string, most = 200): Promise<Fix[]> {
  await demandOpen(ctx, id)
  return opened(ctx, await store.listFixes(ctx, { search: id }, most))
}
