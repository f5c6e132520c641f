import { addCalendar } from '../areas/hours/calendar.ts'
import { ask, grant } from '../areas/hours/exception.ts'
import { remember } from '../areas/hours/look.ts'
import * as devices from '../areas/devices/index.ts'
import type { Id } from '../base/id.ts'
import type { Class, Subject } from './subjects.ts'

/** What calendars and exceptions are made of in the authorization matrix. */
export const hoursSubjects = {
  calendar: {
    make: async ({ h, unit }) => ({
      id: (await h.run(ctx => addCalendar(ctx, { name: 'Holidays', unit, days: [{ day: '2026-12-24', name: 'Eve' }] })))
        .id,
    }),
  },
  hourException: {
    make: async ({ h, unit }) => {
      const wish = { subject: { kind: 'unit', id: unit }, untilMs: h.now() + 3_600_000, reason: 'Inventory' } as const
      return { id: (await h.run(ctx => grant(ctx, wish))).id }
    },
  },
  hourAsk: {
    make: async ({ h, unit }) => {
      const { device } = await h.given.enrolled({ unit: unit as Id<'unit'> })
      const user = await h.given.user({ unit })
      const off = { phase: 'off', why: 'outside', until: null, zone: 'UTC' } as const
      const asked = await h.run(async ctx => {
        await devices.change(ctx, device.id, { user: user.id })
        await remember(ctx, new Map([[device.id, off]]))
        return ask(ctx, { user: user.id, device: device.id, untilMs: h.now() + 3_600_000, reason: 'Late shift' })
      })
      return { id: asked.id }
    },
  },
} satisfies Record<string, Subject>

const thing = (of: Extract<Class, { for: 'thing' }>['of'], body?: unknown): Class => ({ for: 'thing', of, body })

/** Whom the routes of working time are for. */
export const hoursClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/calendars': { for: 'list', of: 'calendar' },
  'POST /api/v1/calendars': { for: 'into', body: (unit, name) => ({ name, unit }) },
  'POST /api/v1/calendars/read': { for: 'open', why: 'reads what is sent and keeps nothing' },
  'GET /api/v1/calendars/:id': thing('calendar'),
  'PATCH /api/v1/calendars/:id': thing('calendar', { name: 'Renamed' }),
  'DELETE /api/v1/calendars/:id': thing('calendar'),
  'GET /api/v1/hours/exceptions': { for: 'list', of: 'hourException' },
  // Whom it is for stands in its body; see areas/hours.
  'POST /api/v1/hours/exceptions': { for: 'open', why: 'names a unit in its body, which areas/hours asks about' },
  'GET /api/v1/hours/exceptions/:id': thing('hourException'),
  'POST /api/v1/hours/exceptions/:id/approve': thing('hourAsk', {}),
  'POST /api/v1/hours/exceptions/:id/deny': thing('hourAsk', {}),
  'POST /api/v1/hours/exceptions/:id/end': thing('hourException'),
  'POST /api/v1/hours/preview': { for: 'open', why: 'names a device in its body, which areas/hours asks about' },
  'GET /api/v1/devices/:id/hours': thing('device'),
  'GET /api/v1/units/:id/zone': thing('unit'),
  'PUT /api/v1/units/:id/zone': thing('unit', { zone: 'Asia/Tokyo' }),
  'GET /api/v1/users/:id/zone': thing('user'),
  'PUT /api/v1/users/:id/zone': thing('user', { zone: 'Asia/Tokyo' }),
}
