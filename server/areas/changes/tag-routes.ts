import { z } from 'zod'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { type Call, type Reply, type Route, route, servedRoute } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import {
  addTagRule,
  changeTagRule,
  draftTagRule,
  listTagRules,
  removeTagRule,
  type TagDelta,
  tagDeltas,
  type TagDraft,
  type TagRule,
  tagRuleFor,
  type TagRuleWish,
} from '../devices/index.ts'
import { unitRefs } from '../identity/index.ts'
import { dryRun, forReader, previewShape } from '../previews/index.ts'
import { moved } from './effects.ts'
import { movesOf } from './moves.ts'
import { unitRef } from './shapes.ts'

const params = z.object({ id: z.string().max(40) })
const wish = {
  name: z.string().trim().min(1).max(200),
  tag: z.string().trim().min(1).max(60),
  filter: z.string().max(2000),
  unit: z.string().max(40),
}
const rule = z.object({
  id: z.string(),
  name: z.string(),
  tag: z.string(),
  filter: z.string(),
  unit: unitRef,
  devices: z.number(),
  /** How many devices have been looked at since it changed; null when all have been. */
  looked: z.number().nullable(),
  createdAt: z.number(),
  changedAt: z.number(),
})
const effects = z.object({
  /** Devices that would get the tag, and that would lose it. */
  gain: z.number(),
  lose: z.number(),
  preview: previewShape,
})
const written = z.union([rule, effects])

/** Rules that give tags, each shown with what it would do first. */
export const tagRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/tag-rules',
    permission: 'devices:read',
    summary: 'The rules that give tags to devices, by name.',
    reply: z.object({ items: z.array(rule), next: z.null(), total: z.number() }),
    run: async ctx => {
      const items = await shown(ctx, await listTagRules(ctx))
      return { items, next: null, total: items.length }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/tag-rules/:id',
    permission: 'devices:read',
    summary: 'A rule that gives a tag to devices.',
    params,
    reply: rule,
    run: async (ctx, { params: { id } }) => one(ctx, await tagRuleFor(ctx, id, 'devices:read')),
  }),
  servedRoute({
    method: 'POST',
    path: '/api/v1/tag-rules',
    permission: 'devices:write',
    summary:
      'Adds a rule that gives a tag to the devices a filter matches; with dryRun=true only shows what that would do.',
    query: dryRun,
    body: z.object(wish),
    reply: written,
    status: 201,
    serve: (base, { query, body }, call) =>
      served(base, call, query, {
        draft: ctx => draftTagRule(ctx, null, body),
        write: async ctx => one(ctx, await addTagRule(ctx, body)),
        status: 201,
      }),
  }),
  servedRoute({
    method: 'PATCH',
    path: '/api/v1/tag-rules/:id',
    permission: 'devices:write',
    summary: 'Changes a rule that gives a tag; with dryRun=true only shows what that would do.',
    params,
    query: dryRun,
    body: z.object(wish).partial(),
    reply: written,
    serve: (base, { params: { id }, query, body }, call) => {
      const change = present(body)
      return served(base, call, query, {
        draft: ctx => draftTagRule(ctx, id, change),
        write: async ctx => one(ctx, await changeTagRule(ctx, id, change)),
        status: 200,
      })
    },
  }),
  servedRoute({
    method: 'DELETE',
    path: '/api/v1/tag-rules/:id',
    permission: 'devices:write',
    summary:
      'Removes a rule that gives a tag, and the tag from devices that have it by nothing else; with dryRun=true only shows what that would do.',
    params,
    query: dryRun,
    reply: written,
    serve: (base, { params: { id }, query }, call) =>
      served(base, call, query, {
        draft: ctx => draftTagRule(ctx, id, null),
        write: async ctx => {
          const before = await one(ctx, await tagRuleFor(ctx, id, 'devices:write'))
          await removeTagRule(ctx, id)
          return before
        },
        status: 200,
      }),
  }),
]

function present(body: { [K in keyof TagRuleWish]?: string | undefined }): Partial<TagRuleWish> {
  const { name, tag, filter, unit } = body
  return {
    ...(name === undefined ? {} : { name }),
    ...(tag === undefined ? {} : { tag }),
    ...(filter === undefined ? {} : { filter }),
    ...(unit === undefined ? {} : { unit }),
  }
}

interface Served {
  draft(ctx: Ctx): Promise<TagDraft>
  write(ctx: Ctx): Promise<z.input<typeof rule>>
  status: number
}

async function served(
  base: Base,
  call: Call,
  { dryRun: only }: { dryRun: 'true' | 'false' },
  { draft, write, status }: Served,
): Promise<Reply<z.input<typeof written>>> {
  if (!call.principal) throw new Problem('session.missing')
  const scope = { ...call.principal, request: call.request }
  if (only === 'false') return { status, body: await base.transact(scope, write) }
  return { status: 200, body: await effectsOf(base, scope, await base.read(scope, draft)) }
}

const pageSize = 1000
const patienceMs = 2000

/** What a rule would do: who gains and loses the tag, and what that does to devices. Reads page by page, outside of any transaction. */
async function effectsOf(base: Base, scope: Scope, draft: TagDraft): Promise<z.input<typeof effects>> {
  const deltas: TagDelta[] = []
  let after: string | null = ''
  while (after !== null) {
    const from: string = after
    const page = await base.read(scope, ctx => tagDeltas(ctx, draft, { after: from, limit: pageSize }))
    deltas.push(...page.deltas)
    after = page.next
  }
  const shifts = deltas.map(({ device, add, remove }) => ({ device: { id: device, tags: { add, remove } } }))
  const preview = await moved(base, scope, movesOf(shifts, { groups: new Map(), follow: false }), patienceMs)
  return {
    gain: deltas.filter(d => d.add.length > 0).length,
    lose: deltas.filter(d => d.remove.length > 0).length,
    preview: await base.read(scope, ctx => forReader(ctx, preview)),
  }
}

async function shown(ctx: Ctx, rules: readonly (TagRule & { devices: number })[]): Promise<z.input<typeof rule>[]> {
  const refs = await unitRefs(ctx)
  return rules.map(({ unitPath: _, ...r }) => ({ ...r, unit: refs(r.unit) }))
}

async function one(ctx: Ctx, { id }: TagRule): Promise<z.input<typeof rule>> {
  const [row] = await shown(
    ctx,
    (await listTagRules(ctx)).filter(r => r.id === id),
  )
  if (!row) throw new Problem('id.unknown')
  return row
}
