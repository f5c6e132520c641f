import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import type { Campaign } from './campaign.ts'

/** One page of the ids of devices that a filter means, in an order that does not change while it is read. */
export type Chooser = (
  ctx: Ctx,
  filter: string,
  cursor: string | null,
  limit: number,
) => Promise<{ ids: readonly string[]; next: string | null }>

let chooser: Chooser | null = null

/** Tells how a filter chooses devices; called by main, because the list of devices belongs to a later room. */
export function chooseBy(by: Chooser): void {
  chooser = by
}

/** One page of the devices a campaign is for, after a cursor; of no filter, all below its unit. */
export async function chosen(
  ctx: Ctx,
  { filter, unit, unitPath }: Pick<Campaign, 'filter' | 'unit' | 'unitPath'>,
  { after, limit }: { after: string; limit: number },
): Promise<{ ids: readonly string[]; next: string | null }> {
  if (filter.trim() === '') {
    const ids = await devices.idsBelow(ctx, { path: unitPath, after, limit })
    return { ids, next: ids.length < limit ? null : (ids.at(-1) ?? null) }
  }
  if (chooser === null) throw new Error('main has not said how a filter chooses devices')
  return chooser(ctx, `${filter} unit:${unit}`, after === '' ? null : after, limit)
}
