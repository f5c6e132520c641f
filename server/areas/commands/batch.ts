import { type Authority, both, demandWhole, may } from '../../base/authority.ts'
import { type Actor, as, type Ctx, type Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId, newId } from '../../base/id.ts'
import { enqueue, type JobKind, jobName } from '../../base/jobs.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import * as devices from '../devices/index.ts'
import { authorityNow, rootUnit } from '../identity/index.ts'
import { reasonAgainst } from './actions.ts'
import * as store from './batch-store.ts'
import { choose } from './choose.ts'
import { commandEvents } from './events.ts'
import type { AnyCommandKind, Subject } from './kind.ts'
import { knownKind, offeredKind, readArgs, send, wipesLeft, wipesPerHour } from './send.ts'
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
        const reason = await reasonFor(ctx, id, kind, many.args)
        if (reason === null) eligible += 1
        else if (reason !== 'id.unknown') refused[reason] = (refused[reason] ?? 0) + 1
      }
      looked += page.ids.length
      return page.next
    })
  } while (cursor !== null && looked < mostDevices)
  return { eligible, refused }
}

async function reasonFor(ctx: Ctx, id: string, kind: AnyCommandKind, given: Record<string, unknown>) {
  const device = await devices.find(ctx, id)
  if (!device || !may(ctx.authority, 'devices:read', device.unitPath)) return 'id.unknown'
  const args = readArgs(kind, stand(kind, given, device.serial ?? device.name))
  const more = kind.demands?.(args).permissions ?? []
  if (!more.every(p => may(ctx.authority, p, device.unitPath))) return 'permission.missing'
  const subject = await subjectOf(ctx, device, kind, '')
  return reasonAgainst(ctx, device, kind, subject) ?? (subject && (await unprepared(ctx, kind, subject, args)))
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
  if (demands.wipes) {
    const { left } = await wipesLeft(ctx)
    if (counted.eligible > left) throw new Problem('batch.too-many-wipes', { left, limit: wipesPerHour })
  }
  const id = newId('batch')
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

/** Sends a batch page by page, until it is through, stopped, or at a limit that ends with time. */
export const batchJob: JobKind<{ batch: string }> = {
  name: sendBatch,
  attempts: 1000,
  run: async (base, job) => {
    const batch = await base.read(job.scope, ctx => store.findBatch(ctx, job.payload.batch))
    if (!batch || batch.ended_at !== null) return undefined
    const scope = scopeOf(job.scope, batch)
    while (!job.signal.aborted) {
      const outcome = await base.transact(scope, ctx => sendNext(ctx, batch.id))
      if (outcome === 'done') return undefined
      if (outcome !== 'more') return { againInMs: outcome.waitMs }
    }
    return { againInMs: 0 }
  },
}

async function sendNext(made: Ctx, id: string): Promise<'done' | 'more' | { waitMs: number }> {
  const batch = await store.findBatch(made, id)
  if (!batch || batch.ended_at !== null) return 'done'
  const kind = knownKind(batch.kind)
  const authority = both(made.authority, await authorityNow(made, made.actor))
  const ctx = as(made, { org: made.org, actor: made.actor, authority })
  // Its maker was disabled, or may do this nowhere any more.
  if (authority.where(kind.permission).length === 0) {
    await end(ctx, batch, 'canceled')
    return 'done'
  }
  const args = await openBatchArgs(ctx, batch)
  const listed = batch.devices === null ? null : (JSON.parse(batch.devices) as string[])
  const { cursor, skip } = placeOf(batch.after)
  const page = await choose(ctx, { devices: listed, filter: batch.filter }, cursor, sendPage)
  const counts = { sent: 0, skipped: 0 }
  for (const [place, device] of page.ids.entries()) {
    if (place < skip) continue
    const outcome = await sendOne(ctx, batch, { kind, device, args })
    if (typeof outcome === 'object') {
      const after = JSON.stringify({ cursor, skip: place })
      await store.changeBatch(ctx, id, { state: 'paused', problem: outcome.problem, after }, counts)
      return { waitMs: outcome.waitMs }
    }
    counts[outcome] += 1
  }
  const after = JSON.stringify({ cursor: page.next, skip: 0 })
  await store.changeBatch(ctx, id, { after, state: 'running', problem: null }, counts)
  if (page.next !== null) return 'more'
  const now = await store.findBatch(ctx, id)
  if (now) await end(ctx, now, 'done')
  return 'done'
}

/** Devices may have changed since they were counted, so each is judged again; what it cannot take is left out. */
async function sendOne(
  ctx: Ctx,
  batch: store.BatchRow,
  { kind, device, args }: { kind: AnyCommandKind; device: string; args: Record<string, unknown> },
): Promise<'sent' | 'skipped' | { problem: string; waitMs: number }> {
  const found = await devices.find(ctx, device)
  if (!found) return 'skipped'
  const reason = batch.reason ?? undefined
  const own = stand(kind, args, found.serial ?? found.name)
  try {
    await send(ctx, { device, kind: kind.kind, args: own, reason, batch: batch.id })
    return 'sent'
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code !== 'command.too-many-wipes') return 'skipped'
    return { problem: error.code, waitMs: Number(error.facts.retryAfter ?? 60) * 1000 }
  }
}

/** In a batch the number of devices is confirmed; what a kind asks to be named for each is then filled in. */
function stand(kind: AnyCommandKind, args: Record<string, unknown>, name: string): Record<string, unknown> {
  return kind.confirms ? { ...args, confirm: name } : args
}

async function end(ctx: Ctx, batch: store.BatchRow, state: 'done' | 'canceled'): Promise<void> {
  await store.changeBatch(ctx, batch.id, { state, ended_at: ctx.now, problem: null })
  const { sent, skipped } = batch
  await record(ctx, commandEvents.batchEnded, await about(ctx, batch.id), { batch: batch.id, state, sent, skipped })
}

async function about(ctx: Ctx, id: string) {
  return { kind: 'batch', id, path: (await rootUnit(ctx)).path }
}

function meant(many: Many) {
  return { devices: many.devices ?? null, filter: many.devices ? null : (many.filter ?? '') }
}

function placeOf(after: string): { cursor: string | null; skip: number } {
  return after === '' ? { cursor: null, skip: 0 } : (JSON.parse(after) as { cursor: string | null; skip: number })
}

function grantsOf(authority: Authority, permissions: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries([...new Set(permissions)].map(p => [p, authority.where(p)]))
}

/** The maker of the batch, with what they were allowed when they made it; what they have lost since is taken off at each page. */
function scopeOf(scope: Scope, batch: store.BatchRow): Scope {
  const grants = JSON.parse(batch.grants) as Record<string, string[]>
  const authority: Authority = {
    where: permission => (Object.hasOwn(grants, permission) ? (grants[permission] ?? []) : []),
  }
  return { ...scope, actor: actorOf(batch), authority }
}

function actorOf(batch: store.BatchRow): Actor {
  if (batch.by_kind === 'key' && batch.by_id) return { kind: 'key', id: asId('key', batch.by_id) }
  if (batch.by_kind === 'admin' && batch.by_id) return { kind: 'admin', id: asId('admin', batch.by_id), session: '' }
  return { kind: 'system', id: null, what: 'batch.send' }
}
