import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { deviceCounts, occupants } from './occupant.ts'
import { changeOrg, ownOrg } from './org.ts'
import * as shapes from './shapes.ts'
import * as store from './store.ts'
import { unitRefs, visibleUnits } from './tree.ts'
import { addUnit, changeUnit, removeUnit } from './unit.ts'
import { addUser, changeUser, listUsers, removeUser, type User, userFor } from './user.ts'

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

const text = z.string().trim().min(1).max(200).nullable()
const person = {
  displayName: shapes.name,
  familyName: text.optional(),
  givenName: text.optional(),
  email: shapes.email.nullable().optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .nullable()
    .optional(),
  employeeNumber: text.optional(),
}
const user = z.object({
  id: z.string(),
  displayName: z.string(),
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  unit: shapes.unitRef,
  devices: z.number(),
})
const owned = z.array(z.object({ id: z.string(), name: z.string() }))

/** The org, its tree and the users on it. */
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
  route({
    method: 'GET',
    path: '/api/v1/users',
    permission: 'users:read',
    summary: 'Users, filtered by name, email, number, language, unit, added.',
    query: listQuery,
    reply: listReply(user),
    run: async (ctx, { query }) => {
      const { items, ...rest } = await listUsers(ctx, query)
      return { ...rest, items: await userRows(ctx, items) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/users',
    permission: 'users:write',
    summary: 'Adds a user.',
    body: z.object({ ...person, unit: shapes.id }),
    reply: user,
    status: 201,
    run: async (ctx, { body: { unit: on, ...who } }) => userRow(ctx, await addUser(ctx, present(who), on)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/users/:id',
    permission: 'users:read',
    summary: 'A user, and the devices they have.',
    params: shapes.byId,
    reply: user.extend({ owns: owned }),
    run: async (ctx, { params }) => {
      const found = await userFor(ctx, params.id, 'users:read')
      const devices = await occupants.find(o => o.noun === 'devices')?.ofUser?.(ctx, found.id)
      return { ...(await userRow(ctx, found)), owns: [...(devices ?? [])] }
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/users/:id',
    permission: 'users:write',
    summary: 'Changes a user, or moves them to another unit.',
    params: shapes.byId,
    body: z.object({ ...person, unit: shapes.id }).partial(),
    reply: user,
    run: async (ctx, { params, body }) => userRow(ctx, await changeUser(ctx, params.id, present(body))),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/users/:id',
    permission: 'users:write',
    summary: 'Removes a user; their devices stay.',
    params: shapes.byId,
    run: async (ctx, { params }) => {
      await removeUser(ctx, params.id)
      return undefined
    },
  }),
]

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> }

function present<T extends object>(given: T): Present<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>
}

async function unitRows(ctx: Ctx): Promise<z.input<typeof unit>[]> {
  const seen = await visibleUnits(ctx)
  const ids = new Set(seen.map(u => String(u.id)))
  const users = await store.usersByUnit(ctx)
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

async function userRows(ctx: Ctx, users: readonly User[]): Promise<z.input<typeof user>[]> {
  const refs = await unitRefs(ctx)
  const devices = await deviceCounts(
    ctx,
    'user',
    users.map(u => u.id),
  )
  return users.map(({ unitPath: _, ...u }) => ({ ...u, unit: refs(u.unit), devices: devices.get(u.id) ?? 0 }))
}

async function userRow(ctx: Ctx, one: User): Promise<z.input<typeof user>> {
  const [row] = await userRows(ctx, [one])
  if (!row) throw new Error('one user makes one row')
  return row
}
