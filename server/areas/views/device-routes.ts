import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import * as devices from '../devices/index.ts'
import { type ListKind, listKinds } from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import * as push from '../push/index.ts'
import { dataTypes } from '../privacy/index.ts'
import { devicePage, devicePageShape, factHistory, rawReports, reportedList } from './device-page.ts'
import { timeline, timelineItem } from './timeline.ts'

const params = z.object({ id: z.string() })
const permission = 'devices:read'

const listed = (kind: ListKind): Route =>
  route({
    method: 'GET',
    path: `/api/v1/devices/:id/${kind}`,
    permission,
    summary: `The ${kind} a device last said it has.`,
    params,
    reply: z.object({
      items: z.array(z.looseObject({ seenAt: z.number().nullable() })),
      seenAt: z.number().nullable(),
      truncated: z.boolean(),
      /** Why entries are missing: reading them takes a look with a purpose. */
      gated: z.enum(dataTypes).nullable(),
    }),
    run: async (ctx, { params: { id } }) => {
      const { items, ...rest } = await reportedList(ctx, id, kind)
      return { items: items.map(i => ({ ...i, seenAt: rest.seenAt })), ...rest }
    },
  })

/** What the page of one device reads. */
export const deviceRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/devices/:id',
    permission,
    summary: 'A device: its sentence, facts with their ages, identifiers, push, enrollments, and what can be ordered.',
    params,
    reply: devicePageShape,
    run: (ctx, { params: { id } }) => devicePage(ctx, id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/timeline',
    permission,
    summary: 'What happened to a device, newest first. kinds: commands, changes, policies, views.',
    params,
    query: z.object({
      kinds: z.string().max(60).default(''),
      cursor: z.string().max(2000).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ items: z.array(timelineItem), next: z.string().nullable() }),
    run: (ctx, { params: { id }, query }) => timeline(ctx, id, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/channels',
    permission,
    summary:
      'How the agent of a device is woken: its channels in order, how each does, and the wake it has not answered.',
    params,
    reply: push.reachShape,
    run: async (ctx, { params: { id } }) => {
      await devices.demanded(ctx, id, 'devices:read')
      const held = await enrollment.byDevice(ctx, id)
      return held ? push.reachOf(ctx, held.id) : { items: [], number: null, active: null, pending: null }
    },
  }),
  ...listKinds.map(listed),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/raw',
    permission,
    summary: 'The last answer of a device to each kind of question, as it came.',
    params,
    reply: z.object({
      items: z.array(
        z.object({ source: z.string(), at: z.number(), size: z.number(), truncated: z.boolean(), value: z.json() }),
      ),
    }),
    run: (ctx, { params: { id } }) => rawReports(ctx, id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/facts/:key',
    permission,
    summary: 'What one fact of a device has been, newest first.',
    params: params.extend({ key: z.string().min(1).max(120) }),
    reply: z.object({
      items: z.array(z.object({ value: z.json(), at: z.number() })),
      gated: z.enum(dataTypes).nullable(),
    }),
    run: (ctx, { params: { id, key } }) => factHistory(ctx, id, key),
  }),
]
