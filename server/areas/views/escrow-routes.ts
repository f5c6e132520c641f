import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import { unitRefs } from '../identity/index.ts'
import { countKeys, listKeyless } from './escrow-store.ts'

/** What of the keys of a whole fleet needs somebody. */
export const escrowRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/escrow/missing',
    permission: 'devices:read',
    summary: 'Encrypted devices whose recovery key is not kept, and what stands against it.',
    query: z.object({
      cursor: z.string().max(60).default(''),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          serial: z.string().nullable(),
          osVersion: z.string().nullable(),
          unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
          lastSeenAt: z.number().nullable(),
          problem: z.string().nullable(),
        }),
      ),
      next: z.string().nullable(),
      total: z.number().nullable(),
      kept: z.number(),
    }),
    run: async (ctx, { query: { cursor, limit } }) => {
      const { items, next } = await listKeyless(ctx, { after: cursor, limit })
      const { kept, missing } = await countKeys(ctx)
      const refOf = await unitRefs(ctx)
      return {
        items: items.map(({ os_version, last_seen_at, unit, ...rest }) => ({
          ...rest,
          osVersion: os_version,
          unit: refOf(unit),
          lastSeenAt: last_seen_at,
        })),
        next,
        total: missing,
        kept,
      }
    },
  }),
]
