import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import * as privacy from '../privacy/index.ts'

/** How one kind of datum of a device stands: what the charter in force says of it, and what is there. */
export interface Collected {
  type: privacy.DataType
  /** 'never' where something is kept all the same, because without it the device could not be spoken to. */
  how: privacy.Collect
  /** After how many days what was not told anew is deleted; null: as long as the device is known. */
  keptDays: number | null
  /** Newest first said. Empty where this visit may not see them, or nothing was said yet. */
  facts: { key: string; value: devices.JsonValue; at: number }[]
  list: { names: string[]; count: number; at: number } | null
  /** Something is there that this visit may not see before a mailed code was typed. */
  masked: boolean
}

/** The charter's word for each kind of datum of this device, with what is kept of it now. */
export interface Collection {
  collected: Collected[]
  never: privacy.DataType[]
}

/**
 * What is kept of a device, kind by kind, from the charter in force and from what is stored now: never from a text that someone wrote.
 * Kinds that are never collected and of which nothing is there are `never`.
 */
export async function collectionOf(
  ctx: Ctx,
  device: devices.Device,
  { mode, trusted }: { mode: string | null; trusted: boolean },
): Promise<Collection> {
  const place = { ownership: device.ownership, mode, unitPath: device.unitPath }
  const collecting = await privacy.collecting(ctx, place)
  // What an admin must give a reason for is not shown to a visit that could be an admin's.
  const reading = await privacy.readingOf(ctx, device)
  const { keptDays } = await privacy.inForce(ctx)
  const facts = Map.groupBy(await devices.factsOf(ctx, device.id), f => privacy.typeOf(f.key))
  const lists = await listsOf(ctx, device.id, collecting)
  const collected = privacy.dataTypes.flatMap((type): Collected[] => {
    const how = collecting(type)
    const said = facts.get(type) ?? []
    const list = lists.get(type) ?? null
    if (how === 'never' && said.length === 0 && list === null) return []
    const masked = !trusted && reading(type) === 'gated' && (said.length > 0 || list !== null)
    const shown = said.map(({ key, value, at }) => ({ key, value, at })).sort((a, b) => b.at - a.at)
    return [{ type, how, keptDays: keptDays(type), facts: masked ? [] : shown, list: masked ? null : list, masked }]
  })
  const there = new Set(collected.map(c => c.type))
  return { collected, never: privacy.dataTypes.filter(t => !there.has(t)) }
}

/** The lists a device gave, under the kind a charter knows them by: where only managed apps may be known, the list holds nothing else. */
async function listsOf(
  ctx: Ctx,
  device: string,
  collecting: (type: privacy.DataType) => privacy.Collect,
): Promise<Map<privacy.DataType, NonNullable<Collected['list']>>> {
  const found = new Map<privacy.DataType, NonNullable<Collected['list']>>()
  for (const kind of devices.listKinds) {
    const list = await devices.listOf(ctx, device, kind)
    if (!list || !Array.isArray(list.value)) continue
    const named = privacy.typeOfList(kind)
    const type = named === 'apps' && collecting('apps') === 'never' ? 'managed-apps' : named
    found.set(type, { names: namesIn(list.value), count: list.value.length, at: list.at })
  }
  return found
}

const mostNames = 500

function namesIn(items: readonly devices.JsonValue[]): string[] {
  const names = items.map(item => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return ''
    return [item['name'], item['identifier'], item['subject']].find(n => typeof n === 'string' && n !== '') ?? ''
  })
  return names
    .map(String)
    .filter(n => n !== '')
    .sort((a, b) => (a < b ? -1 : 1))
    .slice(0, mostNames)
}
