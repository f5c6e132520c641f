import { demandWhole } from '../../base/authority.ts'
import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, route } from '../../base/route.ts'
import { namesOf } from '../identity/index.ts'
import { lookRoutes } from './look-routes.ts'
import { assignmentsOf, change, demanded } from './change.ts'
import { ownerships } from './device.ts'
import { endHold, hold, holdOf, setWaits, waitsOf } from './quiet.ts'
import { remove } from './removal.ts'
import { setSilentAfterDays, silentAfterDays } from './silence.ts'

const params = z.object({ id: z.string() })
const text = (most: number) => z.string().trim().max(most)
const rules = z.object({
  silentAfterDays: z.number().int().min(1).max(3650),
  cautionAfterDays: z.number().int().min(1).max(3650),
  stuckAfterMinutes: z.number().int().min(5).max(43_200),
})
const holdShape = z.object({ until: z.number().int(), reason: z.string().trim().min(1).max(200) })

/** What the org has decided about its devices. */
async function rulesOf(ctx: Ctx): Promise<z.output<typeof rules>> {
  return { silentAfterDays: await silentAfterDays(ctx), ...(await waitsOf(ctx)) }
}

/** What admins decide about devices. Their lists and pages are read in `views`. */
export const routes: readonly Route[] = [
  route({
    method: 'PATCH',
    path: '/api/v1/devices/:id',
    permission: 'devices:write',
    summary:
      'Changes what an admin decides about a device: name, unit, user, ownership, whether it is shared, asset tag, tags.',
    params,
    body: z.strictObject({
      name: text(200).min(1).nullable().optional(),
      unit: z.string().optional(),
      user: z.string().nullable().optional(),
      ownership: z.enum(ownerships).optional(),
      shared: z.boolean().optional(),
      assetTag: text(100).nullable().optional(),
      tags: z.array(text(60).min(1)).max(50).optional(),
    }),
    reply: z.object({ id: z.string() }),
    run: async (ctx, { params: { id }, body }) => ({ id: (await change(ctx, id, body)).id }),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/devices/:id',
    permission: 'devices:write',
    summary:
      'Forgets a device whose management has ended, with all it said; answers the intent in which it waits, if the guard holds it.',
    params,
    reply: z.object({ intent: z.string().nullable() }),
    run: async (ctx, { params: { id } }) => ({ intent: await remove(ctx, id) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/assignments',
    permission: 'devices:read',
    summary: 'Who had a device and where it belonged, newest first.',
    params,
    reply: z.object({
      items: z.array(
        z.object({
          since: z.number(),
          until: z.number().nullable(),
          unit: z.object({ id: z.string(), name: z.string() }),
          user: z.object({ id: z.string(), displayName: z.string() }).nullable(),
          by: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
        }),
      ),
    }),
    run: async (ctx, { params: { id } }) => {
      await demanded(ctx, id, 'devices:read')
      const all = await assignmentsOf(ctx, id)
      const names = await namesOf(
        ctx,
        all.flatMap(a => [a.unit, a.user, a.by.id].filter(i => i !== null)),
      )
      const items = all.map(a => ({
        since: a.since,
        until: a.until,
        unit: { id: a.unit, name: names.get(a.unit) ?? '' },
        user: a.user === null ? null : { id: a.user, displayName: names.get(a.user) ?? '' },
        by: { ...a.by, name: names.get(a.by.id ?? '') ?? null },
      }))
      return { items }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/hold',
    permission: 'devices:read',
    summary: 'Whether a device is known to be away, until when and why.',
    params,
    reply: z.object({ hold: holdShape.nullable() }),
    run: async (ctx, { params: { id } }) => ({ hold: await holdOf(ctx, (await demanded(ctx, id, 'devices:read')).id) }),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/devices/:id/hold',
    permission: 'devices:write',
    summary: 'Notes that a device is away until an instant: nobody is told of its silence before.',
    params,
    body: holdShape,
    reply: z.object({ hold: holdShape.nullable() }),
    run: async (ctx, { params: { id }, body }) => {
      await hold(ctx, id, body)
      return { hold: await holdOf(ctx, id) }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/devices/:id/hold',
    permission: 'devices:write',
    summary: 'The device is back: its silence matters again.',
    params,
    run: async (ctx, { params: { id } }) => {
      await endHold(ctx, id)
      return undefined
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/settings/devices',
    permission: 'devices:read',
    summary: 'What the organization decided about its devices.',
    reply: rules,
    run: rulesOf,
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/settings/devices',
    permission: 'org:write',
    summary:
      'Changes after how many days without contact people are cautioned and a device counts as silent, and when an enrollment is stuck.',
    body: rules.partial(),
    reply: rules,
    run: async (ctx, { body }) => {
      demandWhole(ctx.authority, 'org:write')
      const { silentAfterDays: days, cautionAfterDays, stuckAfterMinutes } = body
      if (days !== undefined) await setSilentAfterDays(ctx, days)
      await setWaits(ctx, {
        ...(cautionAfterDays === undefined ? {} : { cautionAfterDays }),
        ...(stuckAfterMinutes === undefined ? {} : { stuckAfterMinutes }),
      })
      return rulesOf(ctx)
    },
  }),
  ...lookRoutes,
]
