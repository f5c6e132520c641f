import { z } from 'zod'
import { authorityOf, both } from '../../base/authority.ts'
import type { Actor, Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { type ListQuery, readPage } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { languages } from '../../base/say.ts'
import { dayOf, isZone } from '../../base/zone.ts'
import { authorityNow, permissions } from '../identity/index.ts'
import * as views from '../views/index.ts'
import { reportEvents } from './events.ts'
import * as store from './export-store.ts'
import { columnsOf, kindOf } from './library.ts'
import { beginWatch } from './names.ts'
import { kindTitle } from './texts.ts'
import { formats } from './write.ts'

/** Makes one file. */
export const makeName = jobName<{ export: string }>('report.make')

/** What a file is asked for. */
export const orderShape = z.strictObject({
  kind: z.string().max(40),
  filter: z.string().max(2000).default(''),
  columns: z.array(z.string().max(120)).max(60).optional(),
  zone: z.string().max(60).refine(isZone, 'is no time zone').default('UTC'),
  language: z.enum(languages).default('en'),
  format: z.enum(formats),
  encoding: z.enum(views.csvEncodings).default('utf-8'),
})

/** The same for one run: as of when, and for kinds with a period since when. */
export const runShape = orderShape.extend({
  asOf: z.string().min(1).max(40).optional(),
  from: z.string().min(1).max(40).optional(),
})

export type Order = z.output<typeof orderShape>

/** A file as its owner sees it. */
export const exportShape = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  report: z.string().nullable(),
  name: z.string(),
  format: z.enum([...formats, 'zip']),
  filter: z.string(),
  columns: z.array(z.string()),
  asOf: z.number(),
  from: z.number().nullable(),
  state: z.enum(store.exportStates),
  doneRows: z.number(),
  totalRows: z.number().nullable(),
  size: z.number().nullable(),
  sha256: z.string().nullable(),
  error: z.string().nullable(),
  recipients: z.number(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
})

const mostRunning = 10
const dayMs = 86_400_000
/** How long files are kept. */
export const keepMs = 30 * dayMs
const usualPeriodMs = 30 * dayMs

type Owner = store.Export['owner']

/** Whose a file is that this actor asks for. */
export function ownerOf(actor: Actor): Owner {
  return actor.kind === 'admin' || actor.kind === 'key'
    ? { kind: actor.kind, id: actor.id }
    : { kind: 'system', id: 'system' }
}

/** What the owner of a file may do by now, cut to a unit where it is of a saved report. */
export async function rightsOf(ctx: Ctx, owner: Owner, unitPath: string | null): Promise<Scope['authority']> {
  const actor =
    owner.kind === 'admin'
      ? ({ kind: 'admin', id: owner.id as Id<'admin'>, session: '' } as const)
      : owner.kind === 'key'
        ? ({ kind: 'key', id: owner.id as Id<'key'> } as const)
        : ({ kind: 'system', id: null, what: 'reports' } as const)
  const whole = await authorityNow(ctx, actor)
  return unitPath === null ? whole : both(whole, authorityOf([{ permissions, path: unitPath }]))
}

/** Checks what is asked for before anything is kept: kind, right, columns, and that the filter can be read. */
export async function checked(ctx: Ctx, order: Order, at: number): Promise<Order & { columns: string[] }> {
  const kind = kindOf(order.kind)
  if (ctx.authority.where(kind.permission).length === 0)
    throw new Problem('permission.missing', { permission: kind.permission })
  const columns = columnsOf(kind, order.columns)
  if (kind.filtered) await views.checkPastFilter(ctx, order.filter, at)
  return { ...order, columns, filter: kind.filtered ? order.filter : '' }
}

/** Orders a file as of a day or instant, over a period where its kind has one. */
export async function orderExport(ctx: Ctx, run: z.output<typeof runShape>): Promise<z.input<typeof exportShape>> {
  const { asOf, from: since, ...order } = run
  const kind = kindOf(order.kind)
  const { at } =
    kind.time === 'then' ? await views.readAsOf(ctx, asOf, order.zone) : { at: views.readEnd(ctx, asOf, order.zone) }
  const begun = since === undefined ? at - usualPeriodMs : views.readBegin(since, order.zone)
  const from = kind.time === 'period' ? Math.min(begun, at) : null
  const id = await addExport(ctx, await checked(ctx, order, at), { at, from, report: null, recipients: [] })
  return exportFor(ctx, id)
}

/** Keeps a file that is to be made, and has it made. */
export async function addExport(
  ctx: Ctx,
  order: Omit<Order, 'format'> & Pick<store.ExportWish, 'format'> & { columns: string[]; title?: string },
  of: {
    at: number
    from: number | null
    report: string | null
    recipients: readonly string[]
    owner?: Owner
    scheduled?: true
  },
): Promise<Id<'export'>> {
  const owner = of.owner ?? ownerOf(ctx.actor)
  if (!of.scheduled && (await store.countRunning(ctx, owner.id)) >= mostRunning) throw new Problem('report.too-many')
  const id = newId('export')
  const { kind, language, zone, format } = order
  const title = order.title ?? kindTitle(language, kind)
  const name = `${kind}-${dayOf(of.at, zone)}.${format}`
  await store.addExport(ctx, {
    id,
    report: of.report,
    name,
    wish: { ...order, title, at: of.at, from: of.from },
    recipients: [...of.recipients],
    owner,
  })
  await enqueue(ctx, makeName, { export: id }, { dedupe: id })
  await beginWatch(ctx)
  return id
}

/** One file of the actor's own; to others it does not exist. */
export async function mine(ctx: Ctx, id: string): Promise<store.Export> {
  const found = await store.findExport(ctx, id)
  const owner = ownerOf(ctx.actor)
  if (!found || found.owner.kind !== owner.kind || found.owner.id !== owner.id) throw new Problem('id.unknown')
  return found
}

/** The same as people see it. */
export async function exportFor(ctx: Ctx, id: string): Promise<z.input<typeof exportShape>> {
  return shown(await mine(ctx, id))
}

/** A file as it is shown. */
export function shown(one: store.Export): z.input<typeof exportShape> {
  const { kind, title, format, filter, columns, at, from } = one.wish
  const { id, report, name, state, doneRows, totalRows, size, error, createdAt, endedAt, expiresAt } = one
  const about = { id, kind, title, report, name, format, filter, columns, asOf: at, from }
  const times = { createdAt, endedAt, expiresAt }
  return {
    ...about,
    state,
    doneRows,
    totalRows,
    size,
    sha256: one.blob,
    error,
    recipients: one.recipients.length,
    ...times,
  }
}

/** One page of the actor's files, newest first. */
export async function listExports(
  ctx: Ctx,
  query: Omit<ListQuery, 'filter'>,
): Promise<{ items: z.input<typeof exportShape>[]; next: string | null; total: null }> {
  const page = readPage(ctx.org, query, store.exportSorts)
  const { items, next } = await store.listExports(ctx, ownerOf(ctx.actor).id, page)
  return { items: items.map(shown), next, total: null }
}

/** Stops making a file; one that has ended stays as it is. */
export async function cancelExport(ctx: Ctx, id: string): Promise<z.input<typeof exportShape>> {
  await mine(ctx, id)
  await store.changeExport(ctx, id, ['waiting', 'running'], { state: 'canceled', endedAt: ctx.now })
  return exportFor(ctx, id)
}

/** The bytes of a file that is ready: their name among blobs, and what they are. */
export async function fileOf(
  ctx: Ctx,
  id: string,
): Promise<{ blob: string; name: string; format: store.ExportWish['format']; size: number }> {
  const one = await mine(ctx, id)
  if (one.state === 'waiting' || one.state === 'running') throw new Problem('report.running')
  if (one.state !== 'done' || one.blob === null) throw new Problem('report.expired')
  return { blob: one.blob, name: one.name, format: one.wish.format, size: one.size ?? 0 }
}

/** Notes that a file cannot be made, and why. */
export async function failExport(ctx: Ctx, id: string, error: string): Promise<void> {
  const one = await store.findExport(ctx, id)
  if (
    !one ||
    !(await store.changeExport(ctx, id, ['waiting', 'running'], { state: 'failed', error, endedAt: ctx.now }))
  )
    return
  const { kind, title } = one.wish
  await record(ctx, reportEvents.failed, null, { export: id, kind, name: title, code: error })
}

/** Whether the holder of these rights may have a report of this kind at all. */
export function mayHave(authority: Scope['authority'], permission: string): boolean {
  return authority.where('reports:read').length > 0 && authority.where(permission).length > 0
}
