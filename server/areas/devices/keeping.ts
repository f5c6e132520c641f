import type { Ctx } from '../../base/ctx.ts'
import * as privacy from '../privacy/index.ts'
import type { Device } from './device.ts'
import type { JsonValue } from './fact.ts'
import type { Identifier } from './identifiers.ts'

/** Whether what is of this kind may be stored. */
export type May = (type: privacy.DataType) => boolean

/** What of a device may be stored at all. What is sealed is kept elsewhere, by those who can seal it. */
export async function mayStore(ctx: Ctx, device: privacy.Known, mode?: string | null): Promise<May> {
  const collect = await privacy.collectingOf(ctx, device, mode)
  return storing(collect)
}

/** The same from what the charter answered. */
export function storing(collect: (type: privacy.DataType) => privacy.Collect): May {
  return type => {
    const told = collect(type)
    return told !== 'never' && told !== 'sealed'
  }
}

/** What a device said, without what may not be stored. On a device of somebody only plain values are kept: nobody has classed what is nested in them. */
export async function keepable(
  ctx: Ctx,
  device: Device,
  said: Record<string, JsonValue | undefined>,
): Promise<Record<string, JsonValue | undefined>> {
  const place = await privacy.placeOf(ctx, device)
  const may = storing(await privacy.collecting(ctx, place))
  const plainOnly = privacy.ownedAs(place) === 'personal'
  const kept: Record<string, JsonValue | undefined> = {}
  const left: privacy.DataType[] = []
  for (const [key, value] of Object.entries(said)) {
    const type = privacy.typeOf(key)
    const allowed = privacy.essential.has(key) || may(type)
    if (allowed && (!plainOnly || isPlain(value))) kept[key] = value
    else if (value !== undefined) left.push(type)
  }
  await privacy.dropped(ctx, device.id, left)
  return kept
}

/** Identifiers without those that may not be stored. */
export function keepableIdentifiers<I extends Identifier>(identifiers: readonly I[], may: May): I[] {
  return identifiers.filter(i => privacy.essentialIdentifiers.has(i.kind) || may(typeOfIdentifier(i.kind)))
}

/** SIM cards tell whose they are; everything else that numbers a device numbers the device. */
export function typeOfIdentifier(kind: string): privacy.DataType {
  return kind === 'iccid' || kind === 'eid' ? 'cellular' : 'identifiers'
}

function isPlain(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.every(v => v === null || typeof v !== 'object')
  return value === null || typeof value !== 'object'
}

/** Takes out of an answer what may not be kept. `of` is the question it answers. */
export type Stripping = (of: string, answer: JsonValue, may: May) => JsonValue

// Without a platform that knows its answers, an answer is something nobody has classed.
let stripping: Stripping = (_of, answer, may) => (may('usage') ? answer : null)

/** Tells this room how the answers of a platform's devices are read; called by main before the server starts. */
export function stripBy(fn: Stripping): void {
  stripping = fn
}

/** The answer without what may not be kept, or shown. */
export function stripped(of: string, answer: JsonValue, may: May): JsonValue {
  return stripping(of, answer, may)
}
