import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import { beginBulk, bulkFor, countBulk } from './bulk.ts'

const write = 'roster:write'
const filter = z.string().max(2000)

/** What may be wanted for promised devices. */
export const wishBody = {
  setup: z.string().max(64).nullish(),
  unit: z.string().max(64).optional(),
  user: z.string().max(64).nullish(),
}

/** Whether anything is wanted at all. */
export const wantsSomething = (b: { setup?: unknown; unit?: unknown; user?: unknown }): boolean =>
  b.setup !== undefined || b.unit !== undefined || b.user !== undefined

const bulkShape = z.object({
  id: z.string(),
  filter: z.string(),
  wish: z.object(wishBody),
  state: z.enum(['running', 'done', 'failed']),
  problem: z.string().nullable().describe('Code of what was refused on the way; what was changed before stays.'),
  devices: z.number().describe('Counted when it began.'),
  changed: z.number(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
})

/** Changes of all promised devices that a filter matches. */
export const bulkRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/roster/count',
    permission: write,
    summary: 'How many promised devices match that you may change: what a change by this filter would change now.',
    query: z.object({ filter: filter.default('') }),
    reply: z.object({ devices: z.number(), enrolled: z.number().describe('Of these, those that have come.') }),
    run: (ctx, { query }) => countBulk(ctx, query.filter),
  }),
  route({
    method: 'POST',
    path: '/api/v1/roster/bulks',
    permission: write,
    summary:
      'Changes every promised device that a filter matches, in the background: setup, unit, person. Refused when it are not as many as you say.',
    body: z
      .strictObject({
        filter,
        devices: z.number().int().min(0).describe('How many you were shown (`/roster/count`).'),
        ...wishBody,
      })
      .refine(wantsSomething, 'wants nothing'),
    reply: bulkShape,
    status: 202,
    run: (ctx, { body: { filter: text, devices, ...wish } }) => beginBulk(ctx, { filter: text, devices, wish }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/roster/bulks/:id',
    permission: write,
    summary: 'How far a change by filter is, and how it ended.',
    params: z.object({ id: z.string().max(64) }),
    reply: bulkShape,
    run: (ctx, { params }) => bulkFor(ctx, params.id),
  }),
]
