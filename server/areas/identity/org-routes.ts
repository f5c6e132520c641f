import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, route } from '../../base/route.ts'
import { deviceCounts } from './occupant.ts'
import { changeOrg, ownOrg } from './org.ts'
import * as shapes from './shapes.ts'
import { visibleUnits } from './tree.ts'
import { addUnit, changeUnit, removeUnit } from './unit.ts'
import { usersByUnit } from './user-store.ts'

const org = z.object({
  id: z.string(),
  name: shapes.name,
  language: shapes.locale,
  sessionIdleMs: z
    .number()
    .int()
    .min(5 * 60_000)
    .max(24 * 3_600_000),
  sessionMaxMs: z
    .number()
    .int()
    .min(15 * 60_000)
    .max(30 * 86_400_000),
})

const unit = shapes.unitRef.extend({ parent: z.string().nullable(), devices: z.number(), users: z.number() })

/** The org and its tree. */
export const orgRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/org',
    permission: null,
    summary: 'The org and its settings; of anyone who belongs to it.',
    reply: org,
    run: ctx => ownOrg(ctx),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/org',
    permission: 'org:write',
    summary: 'Changes the settings of the org.',
    body: org.omit({ id: true }).partial(),
    reply: org,
    run: (ctx, { body }) => changeOrg(ctx, body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/units',
    permission: 'units:read',
    summary: 'The tree of units, parents before children.',
    reply: z.object({ items: z.array(unit) }),
    run: async ctx => ({ items: await unitRows(ctx) }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/units',
    permission: 'units:write',
    summary: 'Adds a unit below another.',
    body: z.object({ name: shapes.name, parent: shapes.id }),
    reply: unit,
    status: 201,
    run: async (ctx, { body }) => unitRow(ctx, (await addUnit(ctx, body)).id),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/units/:id',
    permission: 'units:write',
    summary: 'Renames a unit, or moves it with everything below it.',
    params: shapes.byId,
    body: z.object({ name: shapes.name.optional(), parent: shapes.id.optional() }),
    reply: unit,
    run: async (ctx, { params, body }) => unitRow(ctx, (await changeUnit(ctx, params.id, body)).id),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/units/:id',
    permission: 'units:write',
    summary: 'Removes a unit on which nothing hangs.',
    params: shapes.byId,
    run: async (ctx, { params }) => {
      await removeUnit(ctx, params.id)
      return undefined
    },
  }),
]

async function unitRows(ctx: Ctx): Promise<z.input<typeof unit>[]> {
  const seen = await visibleUnits(ctx)
  const ids = new Set(seen.map(u => String(u.id)))
  const users = await usersByUnit(ctx)
  const devices = await deviceCounts(ctx, 'unit', [...ids])
  return seen.map(u => ({
    id: u.id,
    name: u.name,
    // A parent above what the actor may see is not named.
    parent: u.parent !== null && ids.has(u.parent) ? u.parent : null,
    path: u.names,
    devices: devices.get(u.id) ?? 0,
    users: users.get(u.id) ?? 0,
  }))
}

async function unitRow(ctx: Ctx, id: string): Promise<z.input<typeof unit>> {
  const row = (await unitRows(ctx)).find(u => u.id === id)
  if (!row) throw new Error('a unit just written is not seen by who wrote it')
  return row
}
