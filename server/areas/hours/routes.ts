import { z } from 'zod'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, route } from '../../base/route.ts'
import * as devices from '../devices/index.ts'
import { namesOf, unitFor } from '../identity/index.ts'
import { type Json, shapes as policyShapes, sound } from '../policies/index.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { exceptionRoutes } from './exception-routes.ts'
import { openSurroundings, phaseOf, type Place } from './look.ts'
import { agenda, phaseAt } from './phase.ts'
import * as shapes from './shapes.ts'
import { shownPhase } from './shown.ts'
import { workTimeKind } from './work-time.ts'
import { setUnitZone, setUserZone, unitZone, userZone, type ZoneOf } from './zone.ts'

const params = z.object({ id: z.string().max(40) })
const zoneBody = z.strictObject({ zone: z.string().max(64).nullable() })
const aheadDays = 14

/** Working time: previews of it, the phase of devices, zones, calendars and exceptions. */
export const routes: readonly Route[] = [
  ...calendarRoutes,
  ...exceptionRoutes,
  route({
    method: 'POST',
    path: '/api/v1/hours/preview',
    permission: 'hours:read',
    summary:
      'What a value of the kind work-time means for a device or a unit: the phase now, and the working time of the next 14 days. Saves nothing.',
    body: z.strictObject({
      value: policyShapes.value,
      device: z.string().max(40).optional(),
      unit: z.string().max(40).optional(),
      at: z.int().min(0).max(8_000_000_000_000).optional(),
    }),
    reply: z.object({ now: shapes.phase, spans: z.array(shapes.span), holidays: z.array(shapes.holiday) }),
    run: async (ctx, { body }) => preview(ctx, body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/hours',
    permission: 'devices:read',
    summary: 'Whether it is working time for a device, since when and until when; null where no policy gives it any.',
    params,
    reply: z.object({ phase: shapes.phase.extend({ since: z.number() }).nullable() }),
    run: async (ctx, { params: { id } }) => {
      const device = await devices.demanded(ctx, id, 'devices:read')
      const found = await phaseOf(ctx, device.id)
      return { phase: found === null ? null : { ...shownPhase(found), since: found.since } }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/units/:id/zone',
    permission: 'hours:read',
    summary: 'The time zone of a unit: its own, or that of the nearest unit above; UTC where nobody has said one.',
    params,
    reply: shapes.zone,
    run: async (ctx, { params: { id } }) => shownZone(ctx, await unitZone(ctx, id)),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/units/:id/zone',
    permission: 'hours:write',
    summary: 'Gives a unit a time zone of its own; null: that of the unit above.',
    params,
    body: zoneBody,
    reply: shapes.zone,
    run: async (ctx, { params: { id }, body }) => shownZone(ctx, await setUnitZone(ctx, id, body.zone)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/users/:id/zone',
    permission: 'hours:read',
    summary: 'The time zone of a person: their own, or that of their unit.',
    params,
    reply: shapes.zone,
    run: async (ctx, { params: { id } }) => shownZone(ctx, await userZone(ctx, id)),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/users/:id/zone',
    permission: 'hours:write',
    summary: 'Gives a person a time zone of their own; null: that of their unit.',
    params,
    body: zoneBody,
    reply: shapes.zone,
    run: async (ctx, { params: { id }, body }) => shownZone(ctx, await setUserZone(ctx, id, body.zone)),
  }),
]

async function preview(
  ctx: Ctx,
  asked: { value: Json; device?: string | undefined; unit?: string | undefined; at?: number | undefined },
) {
  sound(workTimeKind, asked.value)
  const place = await placeOf(ctx, asked)
  const one = { place, value: asked.value }
  const { value, around } = (await openSurroundings(ctx, [one]))(one)
  const at = asked.at ?? ctx.now
  const spans = agenda(value, around, at, aheadDays)
  const [first, last] = [at - 86_400_000, at + (aheadDays + 1) * 86_400_000].map(ms =>
    new Date(ms).toISOString().slice(0, 10),
  )
  const holidays = [...around.holidays]
    .filter(([day]) => day >= (first ?? '') && day <= (last ?? ''))
    .map(([day, name]) => ({ day, name }))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
  return { now: shownPhase({ ...phaseAt(value, around, at), zone: around.zone }), spans, holidays }
}

async function placeOf(
  ctx: Ctx,
  { device, unit }: { device?: string | undefined; unit?: string | undefined },
): Promise<Place> {
  if (device !== undefined) {
    const found = await devices.demanded(ctx, device, 'devices:read')
    return { id: found.id, path: found.unitPath, user: found.user }
  }
  if (unit === undefined) return { id: '', path: ctx.authority.where('hours:read')[0] ?? '/', user: null }
  const { path } = await unitFor(ctx, unit, 'units:read')
  demand(ctx.authority, 'hours:read', path, 'units:read')
  return { id: '', path, user: null }
}

async function shownZone(ctx: Ctx, { zone, own, from }: ZoneOf): Promise<z.input<typeof shapes.zone>> {
  const names = from === null ? new Map<string, string>() : await namesOf(ctx, [from])
  return { zone, own, from: from === null ? null : { id: from, name: names.get(from) ?? null } }
}
