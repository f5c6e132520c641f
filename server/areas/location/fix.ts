import { z } from 'zod'
import * as devices from '../devices/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { isCollected } from './charter.ts'
import { fixEvents } from './events.ts'
import { openingPair, sealingKey } from './keys.ts'
import { beginTrimming, deleteFixes } from './retention.ts'
import { openWith, type Pair, sealTo } from './sealed.ts'
import * as store from './store.ts'

const finite = z.number()

/** What a device says of where it is. Degrees, meters, meters per second; `at` is its own clock. */
export const positionShape = z.object({
  latitude: finite.min(-90).max(90),
  longitude: finite.min(-180).max(180),
  accuracyM: finite.min(0).max(50_000_000),
  altitudeM: finite.nullable(),
  speed: finite.min(0).nullable(),
  at: z.int(),
  source: z.string().max(40),
})

/** One position with accuracy and time. */
export type Position = z.output<typeof positionShape>

/** A fix that was opened. */
export interface Fix extends Position {
  id: Id<'fix'>
  heardAt: number
}

/** Fixes of a device that nobody looks for: no more than this are kept, the newest. */
export const mostOutside = 100

/** Keeps where a device is, sealed. False when the charter forbids it for this device: then nothing is written at all. */
export async function keep(ctx: Ctx, device: devices.Device, position: Position): Promise<boolean> {
  if (!(await isCollected(ctx, device))) return false
  const said = positionShape.parse(position)
  const key = await sealingKey(ctx)
  const id = newId('fix')
  const search = (await store.searchOf(ctx, device.id))?.id ?? null
  const belongs = { org: ctx.org, device: device.id, row: id }
  const sealed = sealTo(key.publicKey, belongs, Buffer.from(JSON.stringify(said)))
  await store.addFix(ctx, { org: ctx.org, id, device: device.id, search, key_id: key.id, sealed, heard_at: ctx.now })
  const accuracyM = Math.round(said.accuracyM)
  await record(ctx, fixEvents.kept, devices.about(device), { fix: id, search, accuracyM })
  if (search === null) {
    const beyond = await store.listFixes(ctx, { outside: device.id }, 1000, mostOutside)
    await deleteFixes(ctx, devices.about(device), { rows: beyond, search: null, why: 'ring' })
  }
  await beginTrimming(ctx)
  return true
}

/** Fixes in the clear, in the same order. The only place where they are opened; whoever calls it has asked for the reason. */
export async function opened(ctx: Ctx, rows: readonly store.FixRow[]): Promise<Fix[]> {
  const pairs = new Map<string, Pair>()
  const fixes: Fix[] = []
  for (const row of rows) {
    const pair = pairs.get(row.key_id) ?? (await openingPair(ctx, row.key_id))
    pairs.set(row.key_id, pair)
    const plain = openWith(pair, { org: ctx.org, device: row.device, row: row.id }, row.sealed)
    const said = positionShape.parse(JSON.parse(Buffer.from(plain).toString('utf8')))
    fixes.push({ ...said, id: row.id as Id<'fix'>, heardAt: row.heard_at })
  }
  return fixes
}
