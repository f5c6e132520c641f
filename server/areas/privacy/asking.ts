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
