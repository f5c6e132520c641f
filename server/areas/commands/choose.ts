import type { Ctx } from '../../base/ctx.ts'

/** One page of the devices that a filter of the device list means, within what the reader may see, in an order that does not change while it is read. */
export type Chooser = (
  ctx: Ctx,
  filter: string,
  cursor: string | null,
  limit: number,
) => Promise<{ ids: readonly string[]; next: string | null }>

let chooser: Chooser | null = null

/** Tells how a filter chooses devices: the list of devices belongs to a later room, so main brings it here before the server starts. */
export function chooseBy(by: Chooser): void {
  chooser = by
}

/** A page of the devices that are meant, by their ids or by a filter. */
export async function choose(
  ctx: Ctx,
  meant: { devices: readonly string[] | null; filter: string | null },
  cursor: string | null,
  limit: number,
): Promise<{ ids: readonly string[]; next: string | null }> {
  if (meant.devices !== null) {
    const from = cursor === null ? 0 : Number(cursor)
    const next = from + limit < meant.devices.length ? String(from + limit) : null
    return { ids: meant.devices.slice(from, from + limit), next }
  }
  if (chooser === null) throw new Error('main has not said how a filter chooses devices')
  return chooser(ctx, meant.filter ?? '', cursor, limit)
}
