import { z } from 'zod'
import { listQuery } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { asOfQuery, listPast, pastListReply } from './past.ts'
import { compareDevice, compareShape, pastPage, pastPageShape } from './past-page.ts'

const permission = 'devices:read'
const params = z.object({ id: z.string() })

/** What reads the past: a list of devices, the page of one, and what differs between two days. */
export const pastRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/devices/past',
    permission,
    summary: 'Devices as they were at the end of a day in a time zone, or at an instant, with any filter; by name.',
    query: listQuery.extend(asOfQuery.shape),
    reply: pastListReply,
    run: (ctx, { query }) => listPast(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/as-of',
    permission,
    summary: 'One device as it was: its row, what it had said, and how far its policies were.',
    params,
    query: asOfQuery,
    reply: pastPageShape,
    run: (ctx, { params: { id }, query }) => pastPage(ctx, id, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/compare',
    permission,
    summary: 'What of a device differs between two days or instants.',
    params,
    query: z.object({
      from: z.string().min(1).max(40).optional(),
      to: z.string().min(1).max(40).optional(),
      zone: z.string().max(60).default('UTC'),
    }),
    reply: compareShape,
    run: (ctx, { params: { id }, query }) => compareDevice(ctx, id, query),
  }),
]
