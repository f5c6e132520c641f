import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { asId, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { instantAt } from '../../base/zone.ts'
import { addAssignment, removeAssignment, shapes } from '../blueprints/index.ts'
import { type Unit, unitFor, unitOf } from '../identity/index.ts'
import { intakeEvents } from './events.ts'
import { freshLine } from './fresh.ts'
import { type Judged, judgeLines } from './line.ts'
import { prepareSoon } from './later.ts'
import * as lines from './line-store.ts'
import { demandSetup } from './promised.ts'
import type { Given } from './read.ts'
import * as store from './store.ts'

/** Where an intake stands. */
export const intakeStates = ['planned', 'open', 'closed'] as const

/** What whoever expects devices decides. */
export interface Plan {
  name: string
  /** As `2026-04-01`, in the zone. */
  day: string
  zone: string
  unit: string
  blueprint: string | null
  setup: string | null
  note: string
  /** The devices one by one, or all that a filter of the roster means. */
  source: { kind: 'list'; lines: readonly Given[] } | { kind: 'roster'; filter: string }
}

/** Plans an intake. Lines that cannot be expected are kept with their faults. */
export async function planIntake(ctx: Ctx, plan: Plan): Promise<store.IntakeRow> {
  const unit = await unitFor(ctx, plan.unit, 'intakes:write')
  if (plan.setup !== null) await demandSetup(ctx, plan.setup)
  if (plan.source.kind === 'list' && plan.source.lines.length === 0) throw new Problem('intake.empty')
  const id = newId('intake')
  const tag = `batch-${plan.day}-${id.slice(-6)}`
  const row: store.IntakeRow = {
    org: ctx.org,
    id,
    name: plan.name,
    day: plan.day,
    zone: plan.zone,
    day_at: dayAt(plan.day, plan.zone),
    unit: unit.id,
    unit_path: unit.path,
    blueprint: plan.blueprint,
    assignment: plan.blueprint === null ? null : await assign(ctx, plan.blueprint, { unit, tag }),
    setup: plan.setup,
    tag,
    source: plan.source.kind,
    filter: plan.source.kind === 'roster' ? plan.source.filter : '',
    gathered: plan.source.kind === 'roster' ? '' : null,
    state: 'planned',
    reds: 0,
    ambers: 0,
    checked_at: null,
    told: '',
    note: plan.note,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.id,
    created_at: ctx.now,
    opened_at: null,
    closed_at: null,
  }
  await store.add(ctx, row)
  const judged = plan.source.kind === 'list' ? await judgeLines(ctx, unit, plan.source.lines) : []
  await lines.add(
    ctx,
    id,
    judged.map((line, i) => lineRow(ctx, id, i + 1, line)),
  )
  const blocked = judged.filter(l => l.blocked).length
  const data = { name: row.name, day: row.day, lines: judged.length, blocked }
  await record(ctx, intakeEvents.planned, aboutOf(row), data)
  await prepareSoon(ctx, id)
  return row
}

/** What may be said anew of an intake. */
export type Wanted = Partial<Pick<Plan, 'name' | 'day' | 'zone' | 'blueprint' | 'setup' | 'note'>>

/** Changes an intake that is not closed. Another blueprint takes the place of the one before; another setup is told to the roster. */
export async function changeIntake(ctx: Ctx, id: string, wanted: Wanted): Promise<store.IntakeRow> {
  const before = await liveFor(ctx, id)
  const unit = await unitOf(ctx, before.unit)
  if (wanted.setup) await demandSetup(ctx, wanted.setup)
  const after = { ...before, ...wanted }
  if (after.blueprint !== before.blueprint) {
    // From then on it would take something from devices, which is shown and confirmed where assignments are.
    if (before.state !== 'planned') throw new Problem('intake.open')
    if (before.assignment !== null) await takeBack(ctx, before.assignment)
    after.assignment = after.blueprint === null ? null : await assign(ctx, after.blueprint, { unit, tag: before.tag })
  }
  after.day_at = dayAt(after.day, after.zone)
  const fields = (['name', 'day', 'zone', 'blueprint', 'setup', 'note'] as const).filter(f => before[f] !== after[f])
  if (fields.length === 0) return before
  await store.change(ctx, id, after)
  if (fields.includes('setup')) await lines.changeAll(ctx, id, { readied: 0 })
  await record(ctx, intakeEvents.changed, aboutOf(after), { name: after.name, fields })
  await prepareSoon(ctx, id)
  return after
}

/** Removes an intake of which no device has come. */
export async function removeIntake(ctx: Ctx, id: string): Promise<void> {
  const row = await rowFor(ctx, id, 'intakes:write')
  if (row.state !== 'planned') throw new Problem('intake.open')
  if (row.assignment !== null) await takeBack(ctx, row.assignment)
  await store.remove(ctx, id)
  await record(ctx, intakeEvents.removed, aboutOf(row), { name: row.name })
}

/** Opens the day: from now on what is held up is named. With red checks only where that is said. */
export async function openIntake(ctx: Ctx, id: string, anyway: boolean): Promise<void> {
  const row = await liveFor(ctx, id)
  if (row.state === 'open') return
  if (row.reds > 0 && !anyway) throw new Problem('intake.red', { reds: row.reds })
  await opened(ctx, row)
}

/** The day has begun, because somebody said so or because the first device is there. */
export async function opened(ctx: Ctx, row: store.IntakeRow): Promise<void> {
  await store.change(ctx, row.id, { state: 'open', opened_at: ctx.now })
  const counts = (await lines.countsOf(ctx, [row.id])).get(row.id) ?? {}
  await record(ctx, intakeEvents.opened, aboutOf(row), { name: row.name, lines: totalOf(counts) })
}

/** Closes an intake: its record stays as it is now. Devices that did not come are expected no more, and what reached the others stays theirs. */
export async function closeIntake(ctx: Ctx, id: string, note: string): Promise<void> {
  const row = await liveFor(ctx, id)
  if (row.state !== 'open') throw new Problem('intake.not-open')
  await lines.changeAll(ctx, id, { live: 0, look_at: null })
  await store.change(ctx, id, { state: 'closed', closed_at: ctx.now, ...(note === '' ? {} : { note }) })
  const counts = (await lines.countsOf(ctx, [id])).get(id) ?? {}
  const total = totalOf(counts)
  const ready = counts.ready ?? 0
  await record(ctx, intakeEvents.closed, aboutOf(row), { name: row.name, lines: total, ready, left: total - ready })
}

/** The intake, if the actor may do this on its unit; as if it did not exist when they may not see it. */
export async function rowFor(ctx: Ctx, id: string, permission: string): Promise<store.IntakeRow> {
  const row = await store.find(ctx, asId('intake', id))
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, permission, row.unit_path, 'intakes:read')
  return row
}

/** The same for a change, and not closed. */
export async function liveFor(ctx: Ctx, id: string): Promise<store.IntakeRow> {
  const row = await rowFor(ctx, id, 'intakes:write')
  if (row.state === 'closed') throw new Problem('intake.closed')
  return row
}

/** What events of an intake are about. */
export function aboutOf(row: Pick<store.IntakeRow, 'id' | 'unit_path'>): About {
  return { kind: 'intake', id: row.id, path: row.unit_path }
}

/** How many devices are expected altogether, without the lines that cannot be. */
export function totalOf(counts: Partial<Record<lines.LineState, number>>): number {
  return Object.entries(counts).reduce((sum, [state, n]) => (state === 'blocked' ? sum : sum + n), 0)
}

/** A line as it is stored, before its device has come. */
export function lineRow(ctx: Ctx, intake: string, n: number, line: Judged): lines.LineRow {
  const blocked = line.blocked ? 1 : 0
  return freshLine({
    org: ctx.org,
    intake,
    n,
    line: line.line,
    raw: line.faults.length > 0 ? line.raw : '',
    serial: line.serial,
    serial_key: line.serialKey,
    asset_tag: line.assetTag,
    person: line.person,
    user_id: line.user?.id ?? null,
    place: line.place,
    unit: line.unit.id,
    unit_path: line.unit.path,
    faults: JSON.stringify(line.faults),
    blocked,
    readied: blocked,
    state: line.blocked ? 'blocked' : 'expected',
    since: ctx.now,
  })
}

/** Nobody bears the tag yet, so that the assignment reaches no device before the first one comes. */
async function assign(ctx: Ctx, blueprint: string, { unit, tag }: { unit: Unit; tag: string }): Promise<string> {
  const { everything } = shapes
  const scope = { ...everything, include: { ...everything.include, tags: [tag] } }
  return (await addAssignment(ctx, blueprint, { unit: unit.id, scope })).id
}

/** It may have been taken back by hand. */
async function takeBack(ctx: Ctx, assignment: string): Promise<void> {
  try {
    await removeAssignment(ctx, assignment)
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.code !== 'id.unknown') throw cause
  }
}

function dayAt(day: string, zone: string): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const asked = new Date(Date.UTC(year, month - 1, date))
  const real = /^\d{4}-\d{2}-\d{2}$/.test(day) && asked.toISOString().startsWith(day)
  if (!real) throw new Problem('intake.day-malformed', { day })
  return instantAt({ year, month, day: date, hour: 0, minute: 0 }, zone)
}
