import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import { Problem } from '../../base/problem.ts'
import { allPolicyKinds, findPolicyKind, type Honor, type PolicyKind } from './kind.ts'
import { spoken } from './kinds/honor.ts'
import { type Road, roadsTo } from './road.ts'
import { searchSettings } from './setting.ts'

const honor = z.object({
  how: z.enum(['full', 'partly', 'no']),
  reason: z.string().optional(),
  from: z.string().optional(),
  until: z.string().optional(),
  supervised: z.boolean().optional(),
  enrollments: z.array(z.string()).optional(),
})
const byPlatform = z.record(z.string(), honor)
const family = z.enum(['ours', 'apple', 'android'])
const catalog = z.object({ family: z.string(), id: z.string() }).nullable()
const summary = z.object({
  kind: z.string(),
  family,
  merge: z.enum(['settings', 'instances']),
  platforms: byPlatform,
  keys: z.number(),
  catalog,
})

const roadShape = z.object({
  road: z.string(),
  platform: z.string(),
  modes: z.array(z.string()),
  /** By key, `''` the kind as a whole. `by`: the call or field, `modes`: in which it counts, each with the first version; or the code of why it cannot be. */
  ways: z.record(
    z.string(),
    z.union([z.object({ by: z.string(), modes: z.record(z.string(), z.string()) }), z.object({ not: z.string() })]),
  ),
  reasons: z.object({ mode: z.string(), version: z.string() }),
})

/** What kinds of policy there are, and where which setting of theirs is. */
export const kindRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/policy-kinds',
    permission: 'policies:read',
    summary: 'Every kind of policy, with what each platform makes of it.',
    query: z.object({ family: family.optional() }),
    reply: z.object({ items: z.array(summary) }),
    run: async (_, { query }) => ({
      items: allPolicyKinds()
        .filter(kind => query.family === undefined || kind.family === query.family)
        .map(summaryOf),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/policy-kinds/:kind',
    permission: 'policies:read',
    summary:
      'One kind of policy: the schema of its value or its artifact in the catalog, and what each platform, road and mode makes of each key.',
    params: z.object({ kind: z.string().max(200) }),
    reply: summary.extend({
      schema: z.json().nullable(),
      honors: z.record(z.string(), byPlatform),
      rules: z.record(z.string(), z.json()),
      roads: z.array(roadShape),
    }),
    run: async (_, { params }) => {
      const kind = findPolicyKind(params.kind)
      if (!kind) throw new Problem('id.unknown')
      const platforms = spoken.filter(p => kind.honors(p, '') !== null)
      return {
        ...summaryOf(kind),
        schema: mutable(kind.schema),
        honors: Object.fromEntries(platforms.map(p => [p, honorsOn(kind, p)])),
        roads: roadsTo().flatMap(road => shownRoad(kind, road)),
        rules: Object.fromEntries(Object.entries(kind.rules ?? {}).map(([key, rule]) => [key, mutable(rule)])),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/settings-search',
    permission: 'policies:read',
    summary: 'Settings of all kinds whose names contain every word of `q`, best first.',
    query: z.object({ q: z.string().max(200).default(''), limit: z.coerce.number().int().min(1).max(100).default(30) }),
    reply: z.object({ items: z.array(z.object({ kind: z.string(), family, key: z.string(), platforms: byPlatform })) }),
    run: async (_, { query }) => ({
      items: searchSettings(query.q, query.limit).map(found => {
        const kind = findPolicyKind(found.kind)
        return { ...found, platforms: kind ? platformsOf(kind, found.key) : {} }
      }),
    }),
  }),
]

function summaryOf(kind: PolicyKind) {
  const { family: of, merge } = kind
  const keys = kind.settings?.().length ?? 0
  return { kind: kind.kind, family: of, merge, platforms: platformsOf(kind, ''), keys, catalog: kind.catalog ?? null }
}

function platformsOf(kind: PolicyKind, key: string): Record<string, z.input<typeof honor>> {
  return Object.fromEntries(
    spoken.flatMap(platform => {
      const is = kind.honors(platform, key)
      return is ? [[platform, shown(is)]] : []
    }),
  )
}

function honorsOn(kind: PolicyKind, platform: string): Record<string, z.input<typeof honor>> {
  return Object.fromEntries(
    (kind.settings?.() ?? []).flatMap(key => {
      const is = kind.honors(platform, key)
      return is ? [[key, shown(is)]] : []
    }),
  )
}

function shown({ enrollments, ...rest }: Honor): z.input<typeof honor> {
  return { ...rest, ...(enrollments ? { enrollments: [...enrollments] } : {}) }
}

/** What a road makes of each key; none where it has nothing to say about the kind. */
function shownRoad(kind: PolicyKind, road: Road): z.input<typeof roadShape>[] {
  const ways = ['', ...(kind.schema === null ? [] : (kind.settings?.() ?? []))].flatMap(key => {
    const way = road.way(kind.kind, key)
    return way === null ? [] : [[key, 'not' in way ? way : { ...way, modes: { ...way.modes } }] as const]
  })
  if (ways.length === 0) return []
  const { platform, modes, reasons } = road
  return [{ road: road.road, platform, modes: [...modes], ways: Object.fromEntries(ways), reasons }]
}

/** A copy that may be changed, as answers are. */
function mutable(value: unknown): z.util.JSONType {
  return JSON.parse(JSON.stringify(value))
}
