import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import { unitFor } from '../identity/index.ts'
import { isNamed } from '../policies/index.ts'
import { calendarEvents } from './events.ts'
import type { Holidays } from './windows.ts'
import * as store from './calendar-store.ts'

/** A day on which nobody works, and what it is called. */
export interface Holiday {
  readonly day: string
  readonly name: string
}

/** A list of holidays. Policies of its unit and of all below may name it. */
export interface Calendar {
  readonly id: Id<'calendar'>
  readonly name: string
  readonly unit: string
  readonly unitPath: string
  readonly count: number
  readonly firstDay: string | null
  readonly lastDay: string | null
  readonly changedAt: number
}

const mostCalendars = 300

/** The calendars the actor may see, by name. */
export async function listCalendars(ctx: Ctx): Promise<Calendar[]> {
  const rows = await store.listCalendars(ctx)
  return rows.filter(r => may(ctx.authority, 'hours:read', r.unit_path)).map(toCalendar)
}

/** One calendar with its days, in their order. */
export async function calendarOf(ctx: Ctx, id: string): Promise<Calendar & { days: Holiday[] }> {
  const row = await store.findCalendar(ctx, id)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, 'hours:read', row.unit_path, 'hours:read')
  return { ...toCalendar(row), days: daysOf(row) }
}

/** Adds a calendar on a unit. */
export async function addCalendar(
  ctx: Ctx,
  wish: { name: string; unit: string; days: readonly Holiday[] },
): Promise<Calendar> {
  const unit = await unitFor(ctx, wish.unit, 'hours:write')
  if ((await store.listCalendars(ctx)).length >= mostCalendars)
    throw new Problem('calendar.too-many', { most: mostCalendars })
  const row: store.CalendarRow = {
    org: ctx.org,
    id: newId('calendar'),
    name: wish.name,
    name_key: fold(wish.name),
    unit: unit.id,
    unit_path: unit.path,
    ...stored(wish.days),
    created_at: ctx.now,
    changed_at: ctx.now,
  }
  await store.putCalendar(ctx, row)
  await record(ctx, calendarEvents.added, about(row), { name: row.name, days: row.count })
  return toCalendar(row)
}

/** Changes the name or the days of a calendar; devices whose policies name it are computed anew. */
export async function changeCalendar(
  ctx: Ctx,
  id: string,
  change: { name?: string | undefined; days?: readonly Holiday[] | undefined },
): Promise<Calendar> {
  const before = await changeable(ctx, id)
  const row = {
    ...before,
    ...(change.name === undefined ? {} : { name: change.name, name_key: fold(change.name) }),
    ...(change.days === undefined ? {} : stored(change.days)),
    changed_at: ctx.now,
  }
  const fields = (['name', 'days'] as const).filter(f => before[f] !== row[f])
  if (fields.length === 0) return toCalendar(before)
  await store.putCalendar(ctx, row)
  await record(ctx, calendarEvents.changed, about(row), { name: row.name, days: row.count, fields })
  return toCalendar(row)
}

/** Removes a calendar that no policy names. */
export async function removeCalendar(ctx: Ctx, id: string): Promise<void> {
  const row = await changeable(ctx, id)
  if (await isNamed(ctx, id)) throw new Problem('calendar.in-use')
  await store.removeCalendar(ctx, id)
  await record(ctx, calendarEvents.removed, about(row), { name: row.name })
}

/** The days of these calendars together, whoever may see them: for computing what devices should have. */
export async function holidaysIn(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, Holidays>> {
  const rows = await store.calendarsAmong(ctx, [...new Set(ids)])
  return new Map(rows.map(row => [row.id, new Map(daysOf(row).map(d => [d.day, d.name]))]))
}

async function changeable(ctx: Ctx, id: string): Promise<store.CalendarRow> {
  const row = await store.findCalendar(ctx, id)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, 'hours:write', row.unit_path, 'hours:read')
  return row
}

/** Days in their order, each once: of two names the first is kept. */
function stored(days: readonly Holiday[]): Pick<store.CalendarRow, 'days' | 'first_day' | 'last_day' | 'count'> {
  const byDay = new Map<string, string>()
  for (const { day, name } of days) if (!byDay.has(day)) byDay.set(day, name)
  const sorted = [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))
  const count = sorted.length
  return {
    days: JSON.stringify(sorted),
    count,
    first_day: sorted[0]?.[0] ?? null,
    last_day: sorted.at(-1)?.[0] ?? null,
  }
}

function daysOf(row: Pick<store.CalendarRow, 'days'>): Holiday[] {
  const days: [string, string][] = JSON.parse(row.days)
  return days.map(([day, name]) => ({ day, name }))
}

function about(row: Pick<store.CalendarRow, 'id' | 'unit_path'>) {
  return { kind: 'calendar', id: row.id, path: row.unit_path }
}

function toCalendar(row: Omit<store.CalendarRow, 'days'>): Calendar {
  return {
    id: row.id as Id<'calendar'>,
    name: row.name,
    unit: row.unit,
    unitPath: row.unit_path,
    count: row.count,
    firstDay: row.first_day,
    lastDay: row.last_day,
    changedAt: row.changed_at,
  }
}
