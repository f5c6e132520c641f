import { z } from 'zod'
import { listQuery } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { deviceCounts, deviceListReply, listDevices } from './device-list.ts'

const filter = z.string().max(2000).default('')

/** What the screens read. */
export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/devices',
    permission: 'devices:read',
    summary: 'Devices that match a filter, a page at a time.',
    query: listQuery,
    reply: deviceListReply,
    run: (ctx, { query }) => listDevices(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/counts',
    permission: 'devices:read',
    summary: 'How many devices match a filter, by platform and by state.',
    query: z.object({ filter }),
    reply: z.object({
      total: z.number(),
      byPlatform: z.record(z.string(), z.number()),
      byState: z.record(z.string(), z.number()),
    }),
    run: (ctx, { query }) => deviceCounts(ctx, query.filter),
  }),
]
