import { z } from 'zod'
import { listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { demanded } from '../devices/index.ts'
import { appRoutes } from './app-routes.ts'
import { askedStates, devicesOf, pageOf, statusPageOf } from './page.ts'
import * as shapes from './shapes.ts'
import { retry } from './status.ts'

const byId = z.object({ id: z.string().max(40) })

/** What devices should have and how far they are, by device and by policy. */
export const routes: readonly Route[] = [
  ...appRoutes,
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/policy',
    permission: 'devices:read',
    summary: 'What a device should have, where each setting comes from, and how far each item is.',
    params: byId,
    reply: shapes.devicePolicy,
    run: async (ctx, { params: { id } }) => pageOf(ctx, await demanded(ctx, id, 'devices:read')),
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/policy/retry',
    permission: 'devices:configure',
    summary: 'Tries what failed or was not supported again, one item or all of the device.',
    params: byId,
    body: z.strictObject({ item: z.string().max(300).optional() }).default({}),
    reply: z.object({ items: z.number() }),
    run: async (ctx, { params: { id }, body }) => ({
      items: await retry(ctx, await demanded(ctx, id, 'devices:configure'), body.item ?? null),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/policies/:id/status',
    permission: 'policies:read',
    summary: 'How many devices have each version of a policy in each state.',
    params: byId,
    reply: shapes.policyStatus,
    run: (ctx, { params: { id } }) => statusPageOf(ctx, id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/policies/:id/devices',
    permission: 'policies:read',
    summary: 'The devices that have something of a policy, and how far it is there.',
    params: byId,
    query: z.object({
      state: z.enum(askedStates).optional(),
      cursor: z.string().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: listReply(shapes.policyDevice),
    run: (ctx, { params: { id }, query }) => devicesOf(ctx, id, query),
  }),
]
