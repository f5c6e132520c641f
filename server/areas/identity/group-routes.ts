import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import {
  addGroup,
  changeGroup,
  changeMembers,
  countMembers,
  type Group,
  groupFor,
  listGroups,
  removeGroup,
} from './group.ts'
import * as shapes from './shapes.ts'
import { unitRefs } from './tree.ts'

const group = z.object({
  id: z.string(),
  name: z.string(),
  unit: shapes.unitRef,
  source: z.enum(['hand', 'file']),
  members: z.number(),
  createdAt: z.number(),
})
const members = z.array(shapes.id).max(1000).default([])

/** Groups of users. Their members are listed by `GET /api/v1/users?filter=group:…`. */
export const groupRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/groups',
    permission: 'users:read',
    summary: 'Groups of users, filtered by name, unit, source, with their numbers of members.',
    query: listQuery,
    reply: listReply(group),
    run: async (ctx, { query }) => {
      const { items, ...rest } = await listGroups(ctx, query)
      const refs = await unitRefs(ctx)
      return { ...rest, items: items.map(g => ({ ...g, unit: refs(g.unit) })) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/groups',
    permission: 'users:write',
    summary: 'Adds a group of users on a unit.',
    body: z.object({ name: shapes.name, unit: shapes.id }),
    reply: group,
    status: 201,
    run: async (ctx, { body }) => groupRow(ctx, await addGroup(ctx, body)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/groups/:id',
    permission: 'users:read',
    summary: 'A group of users.',
    params: shapes.byId,
    reply: group,
    run: async (ctx, { params }) => groupRow(ctx, await groupFor(ctx, params.id, 'users:read')),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/groups/:id',
    permission: 'users:write',
    summary: 'Renames a group, or hangs it on another unit.',
    params: shapes.byId,
    body: z.object({ name: shapes.name, unit: shapes.id }).partial(),
    reply: group,
    run: async (ctx, { params, body }) => groupRow(ctx, await changeGroup(ctx, params.id, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/groups/:id',
    permission: 'users:write',
    summary: 'Removes a group; its members stay.',
    params: shapes.byId,
    run: async (ctx, { params }) => {
      await removeGroup(ctx, params.id)
      return undefined
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/groups/:id/members',
    permission: 'users:write',
    summary: 'Adds users to a group and takes others out.',
    params: shapes.byId,
    body: z.object({ add: members, remove: members }),
    reply: z.object({ added: z.number(), removed: z.number(), members: z.number() }),
    run: async (ctx, { params, body }) => ({
      ...(await changeMembers(ctx, params.id, body)),
      members: await countMembers(ctx, params.id),
    }),
  }),
]

async function groupRow(ctx: Ctx, one: Group): Promise<z.input<typeof group>> {
  const refs = await unitRefs(ctx)
  return { ...one, unit: refs(one.unit), members: await countMembers(ctx, one.id) }
}
