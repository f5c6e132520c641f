import type { Ctx } from '../../base/ctx.ts'
import { type Collect, collectingBy, type Commanding, commandingBy, type Place, type Rules } from './charter.ts'
import * as store from './charter-store.ts'
import { preset } from './presets.ts'
import type { DataType } from './type.ts'

const beginning = preset('balanced')

/** The rules in force: of the org's newest charter, or of the balanced preset. */
export async function rulesNow(ctx: Ctx): Promise<Rules> {
  const id = await store.currentId(ctx)
  return (id === null ? null : await store.rulesOf(ctx, id)) ?? beginning
}

/** What may be collected of a device of this ownership, managed this way, in this unit. */
export async function collecting(ctx: Ctx, place: Place): Promise<(type: DataType) => Collect> {
  return collectingBy(await rulesNow(ctx), place)
}

/** What may be ordered of it. `impact` is the guard's word for the order; an order that the charter does not name counts by its kind. */
export async function commanding(ctx: Ctx, place: Place): Promise<(action: string, impact?: string) => Commanding> {
  return commandingBy(await rulesNow(ctx), place)
}

/** A device as the rooms before and after this one know it. */
export interface Known {
  readonly id: string
  readonly ownership: string
  readonly unitPath: string
}

type Moding = (ctx: Ctx, device: string) => Promise<string | null>
let moding: Moding = async () => null

/** Tells this room who knows how a device is managed; called by main before the server starts. */
export function modeBy(fn: Moding): void {
  moding = fn
}

/** Where a device stands in the charter. `mode` is asked for unless the caller knows it. */
export async function placeOf(ctx: Ctx, device: Known, mode?: string | null): Promise<Place> {
  const { ownership, unitPath } = device
  return { ownership, unitPath, mode: mode === undefined ? await moding(ctx, device.id) : mode }
}

/** What may be collected of this device. */
export async function collectingOf(
  ctx: Ctx,
  device: Known,
  mode?: string | null,
): Promise<(type: DataType) => Collect> {
  return collecting(ctx, await placeOf(ctx, device, mode))
}

/** What may be ordered of this device. */
export async function commandingOf(
  ctx: Ctx,
  device: Known,
  mode?: string | null,
): Promise<(action: string) => Commanding> {
  return commanding(ctx, await placeOf(ctx, device, mode))
}

/** The apps that the org says it puts on devices. */
export async function namedApps(ctx: Ctx): Promise<ReadonlySet<string>> {
  return new Set((await rulesNow(ctx)).apps)
}
