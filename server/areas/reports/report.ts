import { z } from 'zod'
import { authorityOf, both, demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { isAddress, mailReady } from '../../base/mail.ts'
import { type ListQuery, readPage } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { searchable } from '../../base/text.ts'
import { permissions, unitOf, unitRefs } from '../identity/index.ts'
import { reportEvents } from './events.ts'
import {
  addExport,
  checked,
  type exportShape,
  type Order,
  orderShape,
  ownerOf,
  type runShape,
  shown,
} from './export.ts'
import * as exports from './export-store.ts'
import { kindOf } from './library.ts'
import { beginWatch } from './names.ts'
import * as views from '../views/index.ts'
import * as store from './report-store.ts'
import { nextAfter, periodBefore, type Schedule, scheduleShape } from './schedule.ts'

const fields = {
  name: z.string().trim().min(1).max(80),
  wish: orderShape,
  schedule: scheduleShape.nullable(),
}

/** What is saved of a report. */
export const reportWish = z.strictObject({
  ...fields,
  unit: z.string().max(60),
  schedule: fields.schedule.default(null),
})
/** What can be changed of it. */
export const reportChange = z.strictObject(fields).partial()

/** A saved report, with its newest file as far as that is the reader's. */
export const reportShape = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  kind: z.string(),
  filter: z.string(),
  columns: z.array(z.string()).nullable(),
  zone: z.string(),
  language: z.string(),
  format: z.string(),
  encoding: z.string(),
  schedule: scheduleShape.nullable(),
  nextAt: z.number().nullable(),
  mine: z.boolean(),
  last: z
    .object({
      export: z.string(),
      state: z.enum(exports.exportStates),
      at: z.number(),
      rows: z.number(),
      error: z.string().nullable(),
    })
    .nullable(),
})

type Shown = z.input<typeof reportShape>

const mostReports = 300
const seeing = 'reports:read'

/** One page of the saved reports of the units that the actor may see reports of. */
export async function listReports(
  ctx: Ctx,
  query: Omit<ListQuery, 'filter'>,
): Promise<{ items: Shown[]; next: string | null; total: null }> {
  const page = readPage(ctx.org, query, store.reportSorts)
  const { items, next } = await store.listReports(ctx, ctx.authority.where(seeing), page)
  return { items: await shownAll(ctx, items), next, total: null }
}

/** One saved report. */
export async function reportFor(ctx: Ctx, id: string): Promise<Shown> {
  const [report] = await shownAll(ctx, [await seen(ctx, id, seeing)])
  if (!report) throw new Problem('id.unknown')
  return report
}

async function seen(ctx: Ctx, id: string, permission: string): Promise<store.ReportRow> {
  const row = await store.findReport(ctx, id)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, permission, row.unit_path, seeing)
  return row
}

async function shownAll(ctx: Ctx, rows: readonly store.ReportRow[]): Promise<Shown[]> {
  const unit = await unitRefs(ctx)
  const last = await exports.exportsAmong(
    ctx,
    rows.flatMap(r => r.last_export ?? []),
  )
  const me = ownerOf(ctx.actor)
  return rows.map(row => {
    const { columns, ...wish } = orderShape.parse(JSON.parse(row.wish))
    const run = last.get(row.last_export ?? '')
    return {
      id: row.id,
      name: row.name,
      unit: unit(row.unit),
      ...wish,
      columns: columns ?? null,
      schedule: row.schedule === null ? null : scheduleShape.parse(JSON.parse(row.schedule)),
      nextAt: row.next_at === null ? null : Number(row.next_at),
      mine: row.owner_kind === me.kind && row.owner_id === me.id,
      last: run ? { export: run.id, state: run.state, at: run.createdAt, rows: run.doneRows, error: run.error } : null,
    }
  })
}

/** Saves a report on a unit; what it says is what its owner may see below that unit whenever it is made. */
export async function saveReport(ctx: Ctx, wish: z.output<typeof reportWish>): Promise<Shown> {
  const unit = await unitOf(ctx, wish.unit)
  demand(ctx.authority, 'reports:write', unit.path, 'units:read')
  if ((await store.countReports(ctx)) >= mostReports) throw new Problem('report.too-many')
  await sound(ctx, unit.path, wish.wish, wish.schedule)
  const id = newId('report')
  const owner = ownerOf(ctx.actor)
  await store.putReport(ctx, {
    org: ctx.org,
    id,
    name: wish.name,
    name_key: searchable(wish.name),
    unit: unit.id,
    unit_path: unit.path,
    wish: JSON.stringify(wish.wish),
    ...timed(ctx, wish.schedule),
    owner_kind: owner.kind,
    owner_id: owner.id,
    last_export: null,
    created_at: ctx.now,
    changed_at: ctx.now,
  })
  await record(ctx, reportEvents.saved, about(id, unit.path), {
    name: wish.name,
    kind: wish.wish.kind,
    scheduled: wish.schedule !== null,
    recipients: wish.schedule?.to.length ?? 0,
  })
  if (wish.schedule) await beginWatch(ctx, 0)
  return reportFor(ctx, id)
}

/** Changes a saved report. Whoever changes it owns it from then on, so that nobody sends out what they may not see. */
export async function changeReport(ctx: Ctx, id: string, change: z.output<typeof reportChange>): Promise<Shown> {
  const row = await seen(ctx, id, 'reports:write')
  const name = change.name ?? row.name
  const wish = change.wish ?? orderShape.parse(JSON.parse(row.wish))
  const before = row.schedule === null ? null : scheduleShape.parse(JSON.parse(row.schedule))
  const schedule = change.schedule === undefined ? before : change.schedule
  await sound(ctx, row.unit_path, wish, schedule)
  const owner = ownerOf(ctx.actor)
  const owned = { owner_kind: owner.kind, owner_id: owner.id, changed_at: ctx.now }
  const times = change.schedule === undefined ? {} : timed(ctx, schedule)
  const next = { name, name_key: searchable(name), wish: JSON.stringify(wish), ...times, ...owned }
  await store.putReport(ctx, { ...row, ...next })
  const changed = Object.keys(change)
  await record(ctx, reportEvents.changed, about(id, row.unit_path), {
    name,
    fields: changed,
    recipients: schedule?.to.length ?? 0,
  })
  if (schedule) await beginWatch(ctx, 0)
  return reportFor(ctx, id)
}

/** Forgets a saved report; files that were made of it stay until they expire. */
export async function removeReport(ctx: Ctx, id: string): Promise<void> {
  const row = await seen(ctx, id, 'reports:write')
  await store.removeReport(ctx, id)
  await record(ctx, reportEvents.removed, about(id, row.unit_path), { name: row.name })
}

/** Makes a file of a saved report now, with the right of whoever asks. */
export async function runReport(
  ctx: Ctx,
  id: string,
  run: Pick<z.output<typeof runShape>, 'asOf' | 'from'> & { format?: Order['format'] | undefined },
): Promise<z.input<typeof exportShape>> {
  const row = await seen(ctx, id, 'reports:write')
  const wish = orderShape.parse(JSON.parse(row.wish))
  const order = { ...wish, ...(run.format ? { format: run.format } : {}) }
  const kind = kindOf(order.kind)
  const { at } =
    kind.time === 'then'
      ? await views.readAsOf(ctx, run.asOf, order.zone)
      : { at: views.readEnd(ctx, run.asOf, order.zone) }
  const from = run.from === undefined ? at - 30 * 86_400_000 : views.readBegin(run.from, order.zone)
  const file = await addExport(
    ctx,
    { ...(await checked(ctx, order, at)), title: row.name },
    {
      at,
      from: kind.time === 'period' ? from : null,
      report: id,
      recipients: [],
    },
  )
  await store.noteRun(ctx, id, { last_export: file })
  const made = await exports.findExport(ctx, file)
  if (!made) throw new Problem('id.unknown')
  return shown(made)
}

/** Orders what is due, each once: the file and the next instant are written together. Answers when to look again. */
export async function orderDue(ctx: Ctx): Promise<{ ordered: number; next: number | null }> {
  const due = await store.dueReports(ctx, 20)
  for (const row of due) {
    const schedule = scheduleShape.parse(JSON.parse(row.schedule ?? 'null'))
    const at = Number(row.next_at)
    const wish = orderShape.parse(JSON.parse(row.wish))
    const kind = kindOf(wish.kind)
    const columns = wish.columns && wish.columns.length > 0 ? wish.columns : [...kind.usual]
    const { from } = periodBefore(schedule, at)
    const of = { at, from: kind.time === 'period' ? from : null, report: row.id, recipients: schedule.to }
    const owner = { kind: row.owner_kind as 'admin' | 'key' | 'system', id: row.owner_id }
    const file = await addExport(ctx, { ...wish, columns, title: row.name }, { ...of, owner, scheduled: true })
    // What was missed while nothing ran is made once.
    await store.noteRun(ctx, row.id, { last_export: file, next_at: nextAfter(schedule, Math.max(at, ctx.now)) })
  }
  return { ordered: due.length, next: await store.nextDue(ctx) }
}

const about = (id: string, path: string) => ({ kind: 'report', id, path })

function timed(ctx: Ctx, schedule: Schedule | null): Pick<store.ReportRow, 'schedule' | 'next_at'> {
  if (schedule === null) return { schedule: null, next_at: null }
  return { schedule: JSON.stringify(schedule), next_at: nextAfter(schedule, ctx.now) }
}

async function sound(ctx: Ctx, unitPath: string, wish: Order, schedule: Schedule | null): Promise<void> {
  const authority = both(ctx.authority, authorityOf([{ permissions, path: unitPath }]))
  await checked({ ...ctx, authority }, wish, ctx.now)
  if (schedule === null || schedule.to.length === 0) return
  if (!mailReady(ctx.config)) throw new Problem('report.no-mail')
  const wrong = schedule.to.findIndex(to => !isAddress(to))
  if (wrong !== -1)
    throw new Problem(
      'request.malformed',
      {},
      { fields: [{ path: `body.schedule.to.${wrong}`, message: 'is no mail address' }] },
    )
}
