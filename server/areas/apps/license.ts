import { recordAll, type Entry } from '../../base/events.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { licenseEvents } from './license-events.ts'
import * as store from './license-store.ts'
import * as seats from './seat-store.ts'
import * as wishes from './seat-wish-store.ts'

/** The rights to one item of a store that one program holds. */
export interface License {
  id: Id<'license'>
  program: string
  storeId: string
  pricing: 'standard' | 'plus'
  product: 'app' | 'book'
  name: string
  toDevices: boolean
  revocable: boolean
  total: number
  assigned: number
  available: number
  retired: number
  short: number
  syncedAt: number
}

/** What a vendor says of one license. */
export type Counted = Pick<
  License,
  'storeId' | 'pricing' | 'product' | 'toDevices' | 'revocable' | 'total' | 'assigned' | 'available' | 'retired'
> & { name?: string | undefined }

/** Wakes the one worker that speaks with a program about licenses and seats; the platform that speaks with the vendor carries it out. */
export const licenseWork = jobName<{ program: string }>('license.work')

/** Has the worker of a program look at what there is to do. */
export async function wakeWorker(ctx: Ctx, program: string, inMs = 0): Promise<void> {
  await enqueue(ctx, licenseWork, { program }, { dedupe: program, inMs })
}

/** Keeps what the vendor counts, as of now. Wishes that found no license find theirs. */
export async function countLicenses(ctx: Ctx, program: string, counted: readonly Counted[]): Promise<void> {
  for (const { storeId, toDevices, revocable, name, ...rest } of counted)
    await store.putLicense(ctx, {
      org: ctx.org,
      id: newId('license'),
      program,
      store_id: storeId,
      name: name ?? '',
      to_devices: toDevices ? 1 : 0,
      revocable: revocable ? 1 : 0,
      short: 0,
      synced_at: ctx.now,
      ...rest,
    })
}

/** The vendor's whole list, begun then, is read: what it does not name any more counts nothing. */
export async function countedAll(ctx: Ctx, program: string, begun: number): Promise<void> {
  await store.emptyUnseen(ctx, program, begun)
}

/** The license, if it is there. */
export async function findLicense(ctx: Ctx, id: string): Promise<License | undefined> {
  const row = await store.findLicense(ctx, id)
  return row && toLicense(row)
}

/** Licenses by id. */
export async function licensesById(ctx: Ctx, ids: readonly string[]): Promise<Map<string, License>> {
  return new Map((await store.licensesAmong(ctx, [...new Set(ids)])).map(r => [r.id, toLicense(r)]))
}

/** Every license of a program. */
export async function licensesIn(ctx: Ctx, program: string): Promise<License[]> {
  return (await store.licensesIn(ctx, program)).map(toLicense)
}

/** How many licenses each program has given out, as its vendor last counted. */
export async function givenByProgram(ctx: Ctx): Promise<Map<string, number>> {
  return store.givenByProgram(ctx)
}

/** What a license has left: what the vendor calls available, less what it was asked for and has not answered. */
export function freeOf(license: Pick<License, 'available'>, tally: Pick<store.SeatTally, 'asked'>): number {
  return Math.max(0, license.available - tally.asked)
}

/** How many seats of these items are free, in every program together, by the store's name. Items without a license are absent. */
export async function freeByItem(
  ctx: Ctx,
  storeIds: readonly string[],
): Promise<Map<string, { free: number; total: number; toDevices: boolean }>> {
  const licenses = (await store.licensesOf(ctx, storeIds)).map(toLicense)
  const tallies = await store.talliesOf(
    ctx,
    licenses.map(l => l.id),
  )
  const found = new Map<string, { free: number; total: number; toDevices: boolean }>()
  for (const license of licenses) {
    const tally = tallies.get(license.id)
    const known = found.get(license.storeId) ?? { free: 0, total: 0, toDevices: false }
    // What waits for a seat already comes before what a change would add.
    const free = tally ? Math.max(0, freeOf(license, tally) - tally.wanted + tally.returning) : license.available
    found.set(license.storeId, {
      free: known.free + free,
      total: known.total + license.total,
      toDevices: known.toDevices || license.toDevices,
    })
  }
  return found
}

/** Says of every license of a program whether something is missing, when that has changed. */
export async function sayShort(ctx: Ctx, program: string): Promise<void> {
  const licenses = await licensesIn(ctx, program)
  const tallies = await store.talliesOf(
    ctx,
    licenses.map(l => l.id),
  )
  const said: Entry[] = []
  for (const license of licenses) {
    const tally = tallies.get(license.id)
    if (!tally) continue
    const short = Math.max(0, tally.wanted - freeOf(license, tally) - tally.returning)
    if (short === license.short) continue
    await store.changeLicense(ctx, license.id, { short })
    const about = aboutLicense(license)
    const { id, name, total } = license
    const named = { license: id, name: name === '' ? license.storeId : name }
    if (short > license.short)
      said.push({ of: licenseEvents.short, about, data: { ...named, short, total, wanted: tally.wanted } })
    if (short === 0) said.push({ of: licenseEvents.enough, about, data: named })
  }
  await recordAll(ctx, said)
}

/** Forgets what a program held; whoever wished for it looks for another program. */
export async function forgetLicenses(ctx: Ctx, program: string): Promise<void> {
  await wishes.unmeetWishesOf(ctx, program)
  await seats.removeSeatsOf(ctx, program)
  await store.removeLicensesOf(ctx, program)
}

/** What events about a license are about; it hangs on no unit. */
export function aboutLicense({ id }: Pick<License, 'id'>): { kind: 'license'; id: string; path: string } {
  return { kind: 'license', id, path: '/' }
}

/** A stored row as a license. */
export function toLicense(row: store.LicenseRow): License {
  return {
    id: row.id as Id<'license'>,
    program: row.program,
    storeId: row.store_id,
    pricing: row.pricing,
    product: row.product,
    name: row.name,
    toDevices: Number(row.to_devices) === 1,
    revocable: Number(row.revocable) === 1,
    total: Number(row.total),
    assigned: Number(row.assigned),
    available: Number(row.available),
    retired: Number(row.retired),
    short: Number(row.short),
    syncedAt: Number(row.synced_at),
  }
}
