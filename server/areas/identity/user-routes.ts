import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { groupRefsOf } from './group.ts'
import { deviceCounts, occupants } from './occupant.ts'
import * as shapes from './shapes.ts'
import { unitRefs } from './tree.ts'
import { addUser, changeUser, listUsers, removeUser, type User, userFor } from './user.ts'

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
  yomi: text.optional(),
  attributes: z
    .record(z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u), z.string().trim().min(1).max(500))
    .refine(all => Object.keys(all).length <= 20, 'has more than 20 attributes')
    .optional(),
}
const user = z.object({
  id: z.string(),
  displayName: z.string(),
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  yomi: z.string().nullable(),
  attributes: z.record(z.string(), z.string()),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  unit: shapes.unitRef,
  devices: z.number(),
})
const owned = z.array(z.object({ id: z.string(), name: z.string() }))

/** The people who use devices. */
export const userRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/users',
    permission: 'users:read',
    summary: 'Users, filtered by name, email, number, language, unit, group, attribute, added.',
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
    summary:
      'Changes a user, or moves them to another unit, with their devices on the same unit if devicesFollow says so.',
    params: shapes.byId,
    body: z.object({ ...person, unit: shapes.id, devicesFollow: z.boolean() }).partial(),
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

async function userRows(ctx: Ctx, users: readonly User[]): Promise<z.input<typeof user>[]> {
  const refs = await unitRefs(ctx)
  const devices = await deviceCounts(
    ctx,
    'user',
    users.map(u => u.id),
  )
  const groups = await groupRefsOf(
    ctx,
    users.map(u => u.id),
  )
  return users.map(({ unitPath: _, ...u }) => ({
    ...u,
    groups: groups.get(u.id) ?? [],
    unit: refs(u.unit),
    devices: devices.get(u.id) ?? 0,
  }))
}

async function userRow(ctx: Ctx, one: User): Promise<z.input<typeof user>> {
  const [row] = await userRows(ctx, [one])
  if (!row) throw new Error('one user makes one row')
  return row
}
