import { z } from 'zod'
import { eventTypes } from '../../base/events.ts'
import { listQuery } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, rawRoute, route, servedRoute } from '../../base/route.ts'
import { anchorsOf } from './anchors.ts'
import { eventItem } from './item.ts'
import { integrityOnce, listEvents } from './log.ts'
import { streamEvents } from './stream.ts'

const head = z.object({ seq: z.number(), hash: z.string(), signature: z.string(), at: z.number() })

/** The routes of the log. */
export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/events',
    permission: 'events:read',
    summary:
      'What happened where the caller may look, newest first; filtered by type, actor, about, unit, at, request.',
    query: listQuery,
    reply: z.object({ items: z.array(eventItem), next: z.string().nullable(), total: z.null() }),
    run: async (ctx, { query }) => ({ ...(await listEvents(ctx, query)), total: null }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/events/types',
    permission: 'events:read',
    summary: 'Every type of event there can be.',
    reply: z.object({ items: z.array(z.string()) }),
    run: async () => ({ items: eventTypes() }),
  }),
  servedRoute({
    method: 'GET',
    path: '/api/v1/events/integrity',
    permission: 'events:read',
    summary: 'The signed end of the sealed log, and whether every entry is as it was written.',
    reply: z.object({
      sealed: z.number(),
      unsealed: z.number(),
      head: head.nullable(),
      verified: z.boolean(),
      brokenAt: z.number().nullable(),
    }),
    serve: async (base, _input, call) => {
      if (!call.principal) throw new Problem('session.missing')
      return { body: await integrityOnce(base, call.principal) }
    },
  }),
  rawRoute({
    method: ['GET'],
    path: '/api/v1/events/anchors',
    plane: 'api',
    auth: 'admin',
    permission: 'events:read',
    summary: 'The signed ends of the log that were written down beside the database, a line each: keep them elsewhere.',
    bodyLimit: 0,
    accepts: [],
    reply: ['application/jsonl'],
    serve: async (base, _input, call) => {
      if (!call.principal) throw new Problem('session.missing')
      return {
        type: 'application/jsonl',
        headers: { 'content-disposition': 'attachment; filename="anchors.log"' },
        body: anchorsOf(base, call.principal.org),
      }
    },
  }),
  rawRoute({
    method: 'GET',
    path: '/api/v1/events/stream',
    plane: 'api',
    auth: 'admin',
    permission: 'events:read',
    summary: 'What happens from now on, or after Last-Event-ID, as server-sent events.',
    bodyLimit: 0,
    accepts: [],
    reply: 'stream',
    serve: async (base, _input, call) => streamEvents(base, call),
  }),
]
