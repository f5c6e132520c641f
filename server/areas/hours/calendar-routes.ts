import { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { namesOf } from '../identity/index.ts'
import { addCalendar, type Calendar, calendarOf, changeCalendar, listCalendars, removeCalendar } from './calendar.ts'
import { mostDays, readCalendarFile, readList } from './ics.ts'
import * as shapes from './shapes.ts'

const params = z.object({ id: z.string().max(40) })
const name = z.string().trim().min(1).max(120)
const days = z.array(shapes.holiday).max(mostDays)
const whole = shapes.calendar.extend({ days: z.array(shapes.holiday) })

/** Calendars of holidays. */
export const calendarRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/calendars',
    permission: 'hours:read',
    summary: 'Calendars of holidays, by name. An org has at most 300.',
    reply: listReply(shapes.calendar),
    run: async ctx => {
      const all = await listCalendars(ctx)
      return { items: await shown(ctx, all), next: null, total: all.length }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/calendars',
    permission: 'hours:write',
    summary: 'Adds a calendar of holidays on a unit; policies of the unit and of all below may name it.',
    body: z.strictObject({ name, unit: z.string().max(40), days: days.default([]) }),
    status: 201,
    reply: shapes.calendar,
    run: async (ctx, { body }) => one(ctx, await addCalendar(ctx, body)),
  }),
  route({
    method: 'POST',
    path: '/api/v1/calendars/read',
    permission: 'hours:read',
    summary:
      'Reads the holidays in an iCalendar file (its all-day events) or in a list with a day and a name on each line. Saves nothing.',
    body: z.strictObject({ text: z.string().max(900_000), years: z.int().min(1).max(20).default(5) }),
    reply: z.object({ days: z.array(shapes.holiday), passedBy: z.number() }),
    run: async (ctx, { body: { text, years } }) => {
      if (!/BEGIN:VCALENDAR/i.test(text)) return { days: readList(text), passedBy: 0 }
      const from = new Date(ctx.now).getUTCFullYear()
      return readCalendarFile(text, { from, to: from + years })
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/calendars/:id',
    permission: 'hours:read',
    summary: 'A calendar with its days.',
    params,
    reply: whole,
    run: async (ctx, { params: { id } }) => {
      const found = await calendarOf(ctx, id)
      return { ...(await one(ctx, found)), days: found.days }
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/calendars/:id',
    permission: 'hours:write',
    summary: 'Changes the name or the days of a calendar. Devices whose policies name it follow.',
    params,
    body: z.strictObject({ name: name.optional(), days: days.optional() }),
    reply: shapes.calendar,
    run: async (ctx, { params: { id }, body }) => one(ctx, await changeCalendar(ctx, id, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/calendars/:id',
    permission: 'hours:write',
    summary: 'Removes a calendar that no policy names.',
    params,
    run: async (ctx, { params: { id } }) => {
      await removeCalendar(ctx, id)
      return undefined
    },
  }),
]

async function one(ctx: Ctx, calendar: Calendar): Promise<z.input<typeof shapes.calendar>> {
  const [found] = await shown(ctx, [calendar])
  if (!found) throw new Error('one calendar, one row')
  return found
}

async function shown(ctx: Ctx, all: readonly Calendar[]): Promise<z.input<typeof shapes.calendar>[]> {
  const names = await namesOf(
    ctx,
    all.map(c => c.unit),
  )
  return all.map(({ id, name: called, unit, unitPath, count, firstDay, lastDay, changedAt }) => ({
    id,
    name: called,
    unit: { id: unit, name: names.get(unit) ?? null },
    count,
    firstDay,
    lastDay,
    changedAt,
    mine: may(ctx.authority, 'hours:write', unitPath),
  }))
}
