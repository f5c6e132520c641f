import { demandWhole, may } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId, newId } from '../../base/id.ts'
import { enqueue, type JobKind, jobName } from '../../base/jobs.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import * as devices from '../devices/index.ts'
import * as guard from '../guard/index.ts'
import { rootUnit } from '../identity/index.ts'
import { reasonAgainst } from './actions.ts'
import * as store from './batch-store.ts'
import { choose } from './choose.ts'
import { commandEvents } from './events.ts'
import { detailOf } from './held.ts'
import { type AnyCommandKind, impactOf, type Subject } from './kind.ts'
import { asMaker, grantsOf, scopeOf } from './maker.ts'
import { kindFor, knownKind, offeredKind, place, readArgs } from './send.ts'
import { openBatchArgs, sealBatchArgs } from './sealing.ts'
import { subjectOf } from './subject.ts'

/** One command meant for many devices. */
export interface Many {
  readonly kind: string
  readonly args: Record<string, unknown>
  readonly reason?: string | undefined
  readonly filter?: string | undefined
  readonly devices?: readonly string[] | undefined
  /** The number of devices that will take it: asked for before anything is erased. */
  readonly confirm?: number | undefined
}

/** How many of the devices can take the command, and how many cannot, by the code of what stands against it. */
export interface Split {
  readonly eligible: number
  readonly refused: Record<string, number>
}

const splitPage = 200
const sendPage = 40
const mostDevices = 100_000

/** Which of the devices can take the command. Reads page by page, so that a large fleet does not hold anything up. */
export async function split(base: Base, scope: Scope, many: Many): Promise<Split> {
  const kind = offeredKind(many.kind)
  const refused: Record<string, number> = {}
  let eligible = 0
  let cursor: string | null = null
  let looked = 0
  do {
    const from: string | null = cursor
    cursor = await base.read(scope, async ctx => {
      const page = await choose(ctx, meant(many), from, splitPage)
      for (const id of page.ids) {
        const reason = await reasonFor(ctx, id, kind.kind, many.args)
        if (reason === null) eligible += 1
        else if (reason !== 'id.unknown') refused[reason] = (refused[reason] ?? 0) + 1
      }
      looked += page.ids.length
      return page.next
    })
  } while (cursor !== null && looked < mostDevices)
  return { eligible, refused }
}

async function reasonFor(ctx: Ctx, id: string, name: string, given: Record<string, unknown>) {
  const device = await devices.find(ctx, id)
  if (!device || !may(ctx.authority, 'devices:read', device.unitPath)) return 'id.unknown'
  const kind = await kindOr(ctx, name, device.id)
  if (typeof kind === 'string') return kind
  const args = readArgs(kind, stand(kind, given, device.serial ?? device.name))
  const more = kind.demands?.(args).permissions ?? []
  if (!more.every(p => may(ctx.authority, p, device.unitPath))) return 'permission.missing'
  const subject = await subjectOf(ctx, device, kind, '')
  return reasonAgainst(ctx, device, kind, subject) ?? (subject && (await unprepared(ctx, kind, subject, args)))
}

/** The kind as it is said to this device, or the code of what stands against saying it. */
async function kindOr(ctx: Ctx, name: string, device: string): Promise<AnyCommandKind | ProblemCode> {
  try {
    return await kindFor(ctx, name, device)
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** What stands against these arguments on this device. */
async function unprepared(
  ctx: Ctx,
  kind: AnyCommandKind,
  subject: Subject,
  args: Record<string, unknown>,
): Promise<ProblemCode | null> {
  try {
    await kind.prepare?.(ctx, subject, args)
    return null
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** Makes a batch of what was counted: its commands are sent by a job, in pages, in the name of who made it. */
export async function createBatch(ctx: Ctx, many: Many, counted: Split): Promise<string> {
  const kind = offeredKind(many.kind)
  const args = readArgs(kind, stand(kind, many.args, 'device'))
  const demands = kind.demands?.(args) ?? { permissions: [], wipes: kind.destructive }
  const wanted = Object.values(counted.refused).reduce((sum, n) => sum + n, counted.eligible)
  if ((demands.wipes || kind.destructive) && many.confirm !== counted.eligible)
    throw new Problem('batch.confirm-differs', { eligible: counted.eligible })
  const id = newId('batch')
  await guard.holdBatch(ctx, id, {
    action: kind.kind,
    impact: impactOf(kind, args),
    expected: counted.eligible,
    detail: detailOf(kind, args),
    reason: many.reason ?? null,
    unitPath: (await rootUnit(ctx)).path,
  })
  await store.addBatch(ctx, {
    id,
    kind: kind.kind,
    ...(await sealBatchArgs(ctx, kind, id, many.args)),
    reason: many.reason ?? null,
    filter: many.filter ?? null,
    devices: many.devices ? JSON.stringify(many.devices) : null,
    after: '',
    state: 'running',
    eligible: counted.eligible,
    refused: JSON.stringify(counted.refused),
    sent: 0,
    held: 0,
    skipped: 0,
    problem: null,
    grants: JSON.stringify(grantsOf(ctx.authority, ['devices:read', kind.permission, ...demands.permissions])),
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.id,
    created_at: ctx.now,
    ended_at: null,
  })
  await record(ctx, commandEvents.batchCreated, await about(ctx, id), {
    batch: id,
    kind: kind.kind,
    eligible: counted.eligible,
    refused: wanted - counted.eligible,
  })
  await enqueue(ctx, sendBatch, { batch: id }, { dedupe: id })
  return id
}

/** Stops a batch: what it has sent stays, the rest is not sent. */
export async function cancelBatch(ctx: Ctx, id: string): Promise<void> {
  const batch = await getBatch(ctx, id)
  if (batch.by_id === null || batch.by_id !== ctx.actor.id) demandWhole(ctx.authority, 'commands:cancel')
  if (batch.ended_at !== null) throw new Problem('batch.ended', { state: batch.state })
  await end(ctx, batch, 'canceled')
  await guard.cancelBatch(ctx, batch.id)
}

/** The batch, for who made it and for those who may see commands everywhere. */
export async function getBatch(ctx: Ctx, id: string): Promise<store.BatchRow> {
  const batch = await store.findBatch(ctx, asId('batch', id))
  if (!batch || !(await maySee(ctx, batch))) throw new Problem('id.unknown')
  return batch
}

/** Whether the actor made the batch or may see commands everywhere. */
export async function maySee(ctx: Ctx, batch: store.BatchRow): Promise<boolean> {
  if (batch.by_id !== null && batch.by_id === ctx.actor.id) return true
  return may(ctx.authority, 'commands:read', (await rootUnit(ctx)).path)
}

const sendBatch = jobName<{ batch: string }>('batch.send')

/** Sends a batch page by page, until it is through or stopped. */
export const batchJob: JobKind<{ batch: string }> = {
  name: sendBatch,
  attempts: 1000,
  run: async (base, job) => {
    const batch = await base.read(job.scope, ctx => store.findBatch(ctx, job.payload.batch))
    if (!batch || batch.ended_at !== null) return undefined
    const scope = scopeOf(job.scope, batch)
    while (!job.signal.aborted)
      if ((await base.transact(scope, ctx => sendNext(ctx, batch.id))) === 'done') return undefined
    return { againInMs: 0 }
  },
}

async function sendNext(made: Ctx, id: string): Promise<'done' | 'more'> {
  const batch = await store.findBatch(made, id)
  if (!batch || batch.ended_at !== null) return 'done'
  const kind = knownKind(batch.kind)
  const ctx = await asMaker(made, batch)
  // Its maker was disabled, or may do this nowhere any more.
  if (ctx.authority.where(kind.permission).length === 0) return stop(ctx, batch)
  const args = await openBatchArgs(ctx, batch)
  const listed = batch.devices === null ? null : (JSON.parse(batch.devices) as string[])
  const { cursor } = placeOf(batch.after)
  const page = await choose(ctx, { devices: listed, filter: batch.filter }, cursor, sendPage)
  const counts = { sent: 0, held: 0, skipped: 0 }
  for (const device of page.ids) {
    const outcome = await sendOne(ctx, batch, { kind, device, args })
    if (outcome === 'stop') return stop(ctx, batch)
    counts[outcome] += 1
  }
  await store.changeBatch(ctx, id, { after: JSON.stringify({ cursor: page.next }), state: 'running' }, counts)
  if (page.next !== null) return 'more'
  await guard.gathered(ctx, id)
  const now = await store.findBatch(ctx, id)
  if (now) await end(ctx, now, 'done')
  return 'done'
}

async function stop(ctx: Ctx, batch: store.BatchRow): Promise<'done'> {
  await end(ctx, batch, 'canceled')
  await guard.cancelBatch(ctx, batch.id)
  return 'done'
}

/** Devices may have changed since they were counted, so each is judged again; what it cannot take is left out. */
async function sendOne(
  ctx: Ctx,
  batch: store.BatchRow,
  { kind, device, args }: { kind: AnyCommandKind; device: string; args: Record<string, unknown> },
): Promise<'sent' | 'held' | 'skipped' | 'stop'> {
  const found = await devices.find(ctx, device)
  if (!found) return 'skipped'
  const reason = batch.reason ?? undefined
  const own = stand(kind, args, found.serial ?? found.name)
  try {
    const placed = await place(ctx, { device, kind: kind.kind, args: own, reason, batch: batch.id })
    return placed.held === null ? 'sent' : 'held'
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // Somebody withdrew what it was held in.
    return error.code === 'intent.ended' ? 'stop' : 'skipped'
  }
}

/** In a batch the number of devices is confirmed; what a kind asks to be named for each is then filled in. */
function stand(kind: AnyCommandKind, args: Record<string, unknown>, name: string): Record<string, unknown> {
  return kind.confirms ? { ...args, confirm: name } : args
}

async function end(ctx: Ctx, batch: store.BatchRow, state: 'done' | 'canceled'): Promise<void> {
  await store.changeBatch(ctx, batch.id, { state, ended_at: ctx.now, problem: null })
  const { sent, held, skipped } = batch
  await record(ctx, commandEvents.batchEnded, await about(ctx, batch.id), {
    batch: batch.id,
    state,
    sent,
    held,
    skipped,
  })
}

async function about(ctx: Ctx, id: string) {
  return { kind: 'batch', id, path: (await rootUnit(ctx)).path }
}

function meant(many: Many) {
  return { devices: many.devices ?? null, filter: many.devices ? null : (many.filter ?? '') }
}

function placeOf(after: string): { cursor: string | null } {
  return after === '' ? { cursor: null } : (JSON.parse(after) as { cursor: string | null })
}

/** What would leave at once of so many, and what would wait for whom. */
export function forecast(ctx: Ctx, many: Many, eligible: number): Promise<guard.Forecast> {
  const kind = offeredKind(many.kind)
  return guard.forecast(ctx, impactOf(kind, readArgs(kind, stand(kind, many.args, 'device'))), eligible)
}
