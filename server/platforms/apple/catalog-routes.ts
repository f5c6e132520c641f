import { families } from '@muster/wire/apple/catalog/catalog.ts'
import { nameOf } from '@muster/wire/apple/catalog/names.ts'
import { z } from 'zod'
import { Problem } from '../../base/problem.ts'
import { type Route, route } from '../../base/route.ts'
import { catalog, catalogLines, searchCatalog } from './catalog.ts'

const family = z.enum(families)
const facts = z.json()
const line = z.object({
  family,
  id: z.string(),
  name: z.string(),
  keys: z.number(),
  os: facts,
  open: z.boolean(),
})
const artifact = z.object({
  family,
  id: z.string(),
  name: z.string(),
  os: facts,
  fields: facts.optional(),
  rest: facts.optional(),
  types: facts.optional(),
  answer: facts.optional(),
  variants: facts.optional(),
  exclusive: facts.optional(),
  apply: z.string().optional(),
  about: z.string().optional(),
  beta: z.boolean().optional(),
  open: z.boolean().optional(),
  dangerous: z.boolean().optional(),
})

/** What Apple's artifacts are made of, for forms and for whoever writes them by hand. */
export const catalogRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/catalog/apple',
    permission: 'policies:read',
    summary:
      'Every artifact of the Apple catalog in short: payloads, declarations, commands, queries, status items and more.',
    query: z.object({ family: family.optional() }),
    reply: z.object({ items: z.array(line) }),
    run: async (_, { query }) => ({
      items: catalogLines()
        .filter(l => query.family === undefined || l.family === query.family)
        .map(l => ({ ...l, os: plain(l.os) })),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/catalog/apple/search',
    permission: 'policies:read',
    summary: 'Artifacts of the Apple catalog and keys of theirs whose names have every word of `q`, best first.',
    query: z.object({ q: z.string().max(200).default(''), limit: z.coerce.number().int().min(1).max(100).default(30) }),
    reply: z.object({
      items: z.array(z.object({ family, id: z.string(), name: z.string(), path: z.string(), label: z.string() })),
    }),
    run: async (_, { query }) => ({ items: searchCatalog(query.q, query.limit) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/catalog/apple/:family/:id',
    permission: 'policies:read',
    summary: 'One artifact of the Apple catalog: its keys with their types and bounds, and where each is available.',
    params: z.object({ family: z.string().max(20), id: z.string().max(200) }),
    reply: artifact,
    run: async (_, { params }) => {
      const of = family.safeParse(params.family)
      const found = of.success ? catalog.find(of.data, params.id) : undefined
      if (!found) throw new Problem('id.unknown')
      return artifact.parse({ ...plain(found), name: nameOf(found) })
    },
  }),
]

/** A copy without the promise that nothing in it changes, as answers are. */
function plain(value: object): Record<string, z.util.JSONType> {
  return JSON.parse(JSON.stringify(value))
}
