import { createHash } from 'node:crypto'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { placeOf, rulesNow } from './asking.ts'
import { collectingBy } from './charter.ts'
import { privacyEvents } from './events.ts'
import * as store from './pass-store.ts'
import { type DataType, dataTypes } from './type.ts'

const dayMs = 24 * 3_600_000

/** A device as the rooms that hold things of it know it. */
export interface Held {
  readonly id: string
  readonly ownership: string
  readonly unitPath: string
}

/** What may stay of a device. */
export interface Keeping {
  /** Data of this kind last told before this instant go; what is forbidden goes whenever it was told. */
  since(type: DataType): number
  /** The charter or the device has changed, so what was let in before is looked at again; else only age counts. */
  readonly again: boolean
}

/** An instant that everything lies before. */
export const always: number = Number.MAX_SAFE_INTEGER

/** Something that was deleted, by names that say where it was and not what it said. */
export interface Deleted {
  readonly type: DataType
  readonly key: string
}

/** A room that holds things of devices: it deletes what may not stay, and answers what that was. */
export type Purge = (ctx: Ctx, device: Held, keeping: Keeping) => Promise<Deleted[]>

/** Who knows which devices there are. */
export interface Census {
  after(ctx: Ctx, id: string, limit: number): Promise<Held[]>
  among(ctx: Ctx, ids: readonly string[]): Promise<Held[]>
}

const purges: Purge[] = []
let census: Census = { after: async () => [], among: async () => [] }

/** Tells this room who holds things of devices; called by main before the server starts. */
export function purgeBy(...fns: readonly Purge[]): void {
  purges.push(...fns)
}

/** Tells this room who knows the devices. */
export function countBy(fn: Census): void {
  census = fn
}

/** The job that holds what is stored against the charter. */
export const sweepJob = jobName<Record<string, never>>('privacy.sweep')

/** Has every device held against the charter and the days of keeping. */
export async function beginPass(ctx: Ctx, why: 'charter' | 'age'): Promise<void> {
  await store.putPass(ctx, why)
  await enqueue(ctx, sweepJob, {}, { dedupe: 'org' })
}

/** Has these devices held against the charter: whose they are, how they are managed or where they belong has changed. */
export async function sweepAgain(ctx: Ctx, devices: readonly string[], why: string): Promise<void> {
  await store.putSweeps(ctx, devices, why)
  if (devices.length > 0) await enqueue(ctx, sweepJob, {}, { dedupe: 'org' })
}

const atOnce = 50

/** One page of what must be held against the charter, in one transaction with how far that has come. Answers whether there may be more. */
export async function sweepOn(ctx: Ctx): Promise<boolean> {
  const single = await store.takeSweeps(ctx, atOnce)
  if (single.length > 0) {
    await sweep(ctx, await census.among(ctx, single), true)
    return true
  }
  const pass = await store.findPass(ctx)
  if (!pass) return false
  const page = await census.after(ctx, pass.after, atOnce)
  await sweep(ctx, page, pass.why === 'charter')
  const last = page.at(-1)
  if (last && page.length === atOnce) await store.changePass(ctx, { after: last.id })
  else if (pass.again === 1) await store.changePass(ctx, { after: '', again: 0 })
  else await store.endPass(ctx)
  return true
}

async function sweep(ctx: Ctx, devices: readonly Held[], again: boolean): Promise<void> {
  const rules = await rulesNow(ctx)
  const gone: Gone[] = []
  for (const device of devices) {
    const collect = collectingBy(rules, await placeOf(ctx, device))
    const held = (await store.findHold(ctx, device.id)) !== undefined
    const since = (type: DataType): number => {
      if (collect(type) === 'never') return always
      const days = rules.retention[type]
      return held || days === null ? 0 : ctx.now - days * dayMs
    }
    for (const purge of purges)
      for (const one of await purge(ctx, device, { since, again }))
        gone.push({ ...one, device: device.id, why: since(one.type) === always ? 'charter' : 'age' })
  }
  await tell(ctx, devices, gone)
}

type Gone = Deleted & { device: string; why: 'charter' | 'age' }

/** The proof of a deletion: how much of what kind, and a hash over where it was. Not over what it said: of a phone number that would be as good as the number. */
async function tell(ctx: Ctx, devices: readonly Held[], gone: readonly Gone[]): Promise<void> {
  const [only, ...others] = devices
  const about = only && others.length === 0 ? { kind: 'device', id: only.id, path: only.unitPath } : null
  for (const type of dataTypes)
    for (const why of ['charter', 'age'] as const) {
      const some = gone.filter(g => g.type === type && g.why === why).map(g => `${g.device} ${g.key}`)
      if (some.length === 0) continue
      const hash = createHash('sha256').update(some.sort().join('\n')).digest('hex')
      await record(ctx, privacyEvents.deleted, about, { type, count: some.length, hash, why })
    }
}
