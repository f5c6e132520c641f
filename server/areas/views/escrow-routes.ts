import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import { unitRefs } from '../identity/index.ts'
import { rules } from '../escrow/index.ts'
import { may } from '../../base/authority.ts'
import { countBelow, countCover, countKeys, coverStates, listCover, listKeyless } from './escrow-store.ts'

const coveredShape = z.object({
  id: z.string(),
  name: z.string(),
  serial: z.string().nullable(),
  osVersion: z.string().nullable(),
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  lastSeenAt: z.number().nullable(),
  problem: z.string().nullable(),
  askedAt: z.number().nullable(),
})

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
  route({
    method: 'GET',
    path: '/api/v1/escrow/coverage',
    permission: 'devices:read',
    summary:
      'On how many devices each kind of secret is kept, awaited and missing, and how many devices each rule holds for.',
    reply: z.object({
      kinds: z.array(z.object({ kind: z.string(), kept: z.number(), waiting: z.number(), missing: z.number() })),
      rules: z.array(z.object({ unit: z.string(), devices: z.number() })),
    }),
    run: async ctx => {
      const seen = (await rules(ctx)).filter(r => may(ctx.authority, 'devices:read', r.path))
      const paths = seen.map(r => r.path)
      const below = await countBelow(ctx, paths)
      return {
        kinds: [...(await countCover(ctx))].map(([kind, counts]) => ({ kind, ...counts })),
        rules: seen.map(({ unit, path }) => ({ unit, devices: own(path, paths, below) })),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/escrow/devices',
    permission: 'devices:read',
    summary: 'The devices on which a kind of secret is kept, awaited or missing, and what stands against it.',
    query: z.object({
      kind: z.string().max(40).default('filevault'),
      state: z.enum(coverStates).default('missing'),
      cursor: z.string().max(60).default(''),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ items: z.array(coveredShape), next: z.string().nullable() }),
    run: async (ctx, { query: { cursor, ...wish } }) => {
      const { items, next } = await listCover(ctx, { ...wish, after: cursor })
      const refOf = await unitRefs(ctx)
      return {
        items: items.map(({ os_version, last_seen_at, asked_at, unit, ...rest }) => ({
          ...rest,
          osVersion: os_version,
          unit: refOf(unit),
          lastSeenAt: last_seen_at,
          askedAt: asked_at,
        })),
        next,
      }
    },
  }),
]

/** What a rule holds for: everything below its unit but what has a rule nearer to it. */
function own(path: string, paths: readonly string[], below: ReadonlyMap<string, number>): number {
  const inside = paths.filter(p => p !== path && p.startsWith(path))
  const next = inside.filter(p => !inside.some(q => q !== p && p.startsWith(q)))
  return next.reduce((sum, p) => sum - (below.get(p) ?? 0), below.get(path) ?? 0)
}
