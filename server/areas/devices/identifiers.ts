import type { Ctx } from '../../base/ctx.ts'
import type { Device } from './device.ts'
import * as store from './store.ts'

/** One thing a device shows that tells it from others. */
export interface Identifier {
  kind: string
  value: string
  slot?: number
}

/** An identifier as it is kept: with when it was first and last shown, and whether the device has since shown another. */
export interface KnownIdentifier {
  kind: string
  value: string
  slot: number
  current: boolean
  firstAt: number
  seenAt: number
}

const mostPerDevice = 64

/** The form in which identifiers are compared: no spacing or separators, no case. Apple gives IMEIs with spaces and UDIDs in either case. */
export function matchKey(kind: string, value: string): string {
  const bare = value.normalize('NFKC').trim().toLowerCase()
  if (kind === 'imei' || kind === 'meid' || kind === 'eid' || kind === 'iccid') return bare.replaceAll(/[\s./-]/g, '')
  return kind.endsWith('mac') ? bare.replaceAll(/[:.-]/g, '') : bare
}

// Boards and virtual machines that were never given a serial number say one of these.
const blanks =
  /^(0+|1234567890?|N\/?A|NONE|NULL|UNKNOWN|DEFAULT STRING|NOT SPECIFIED|NOT APPLICABLE|SYSTEM SERIAL NUMBER|TO BE FILLED BY O\.E\.M\.|X+)$/i

/** The identifiers that say something: trimmed, bounded, without the blanks that makers leave in. */
export function meaningful(identifiers: readonly Identifier[]): Required<Identifier>[] {
  return identifiers
    .map(i => ({ kind: i.kind, value: i.value.trim().slice(0, 200), slot: i.slot ?? 0 }))
    .filter(i => i.value !== '' && !blanks.test(matchKey(i.kind, i.value)))
    .slice(0, mostPerDevice)
}

/** Remembers what the device shows now. What it showed before in the same place stays, no longer current. */
export async function remember(ctx: Ctx, device: string, identifiers: readonly Identifier[]): Promise<void> {
  const known = await store.listIdentifiers(ctx, device)
  for (const { kind, value, slot } of meaningful(identifiers)) {
    const key = matchKey(kind, value)
    const same = known.find(k => k.kind === kind && k.slot === slot && k.matchKey === key)
    if (!same && known.length >= mostPerDevice * 4) continue
    if (known.some(k => k.kind === kind && k.slot === slot && k.matchKey !== key && k.current))
      await store.outdateIdentifiers(ctx, device, kind, slot)
    await store.putIdentifier(ctx, { device, kind, slot, matchKey: key, value, firstAt: same?.firstAt ?? ctx.now })
  }
}

/** Every identifier the device has shown, those it shows now first. */
export async function identifiersOf(ctx: Ctx, device: Device['id']): Promise<KnownIdentifier[]> {
  const all = await store.listIdentifiers(ctx, device)
  return all.map(({ matchKey: _, ...identifier }) => identifier)
}

/** The value the device shows now in the first slot of this kind. */
export function currentValue(identifiers: readonly KnownIdentifier[], kind: string): string | null {
  const shown = identifiers.filter(i => i.kind === kind && i.current).sort((a, b) => a.slot - b.slot)
  return shown[0]?.value ?? null
}
