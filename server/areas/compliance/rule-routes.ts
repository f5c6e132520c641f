import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply, readPage } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { type Call, type Reply, type Route, route, servedRoute } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { adopt, drafts } from './adopt.ts'
import type { LiveRule } from './kept-rules.ts'
import { forecast } from './preview.ts'
import { responseShape, type Rule, ruleKinds, scopeShape, severities } from './rule.ts'
import { addRule, changeRule, drafted, removeRule, ruleFor, type RuleWish, wishOf } from './rules.ts'
import * as store from './rule-store.ts'
import { forecastShape, ruleShape, shownForecast, shownRules } from './shapes.ts'
import { templateShape, templates } from './templates.ts'

const params = z.object({ id: z.string().max(40) })
const dryRun = z.object({ dryRun: z.enum(['true', 'false']).default('false') })
const wish = {
  name: z.string().trim().min(1).max(200),
  kind: z.enum(ruleKinds),
  params: z.record(z.string(), z.json()).default({}),
  scope: scopeShape.default({ ownerships: [], platforms: [], tags: [] }),
  severity: z.enum(severities).default('medium'),
  graceHours: z.int().min(0).max(2160).default(0),
  responses: z.array(responseShape).max(10).default([]),
  fix: z.string().trim().max(2000).default(''),
  unit: z.string().max(40),
}
const change = z.object({
  name: wish.name.optional(),
  params: z.record(z.string(), z.json()).optional(),
  scope: scopeShape.optional(),
  severity: z.enum(severities).optional(),
  graceHours: z.int().min(0).max(2160).optional(),
  responses: z.array(responseShape).max(10).optional(),
  fix: z.string().trim().max(2000).optional(),
  unit: z.string().max(40).optional(),
})
const written = z.union([ruleShape, forecastShape])
const adopted = z.union([z.object({ items: z.array(ruleShape) }), forecastShape])

/** Rules, each shown with what it would say of the fleet first, and the templates to make them from. */
export const ruleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/rules',
    permission: 'compliance:read',
    summary: 'The rules one may see, by name, with how many devices are where; of one kind with kind=.',
    query: listQuery.omit({ filter: true }).extend({ kind: z.enum(ruleKinds).optional() }),
    reply: listReply(ruleShape),
    run: async (ctx, { query }) => {
      const page = readPage(ctx.org, query, {
        list: 'rules',
        id: 'id',
        default: 'name',
        columns: { name: { column: 'name_key', type: 'text' }, createdAt: { column: 'created_at', type: 'number' } },
      })
      const paths = ctx.authority.where('compliance:read')
      const rows = await store.pageOfRows(ctx, page, { paths, kind: query.kind ?? null })
      const { items, next } = page.finish(rows)
      return { items: await shownRules(ctx, items.map(store.toRule)), next, total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/rules/templates',
    permission: 'compliance:read',
    summary: 'Rules of ours, in our words, with the ids of the controls they serve; and which of them were adopted.',
    reply: z.object({ items: z.array(templateShape) }),
    run: async ctx => ({ items: await templates(ctx) }),
  }),
  servedRoute({
    method: 'POST',
    path: '/api/v1/rules/adopt',
    permission: 'compliance:write',
    summary: 'Makes rules of several templates at once; with dryRun=true only shows what they would say of the fleet.',
    query: dryRun,
    body: z.object({
      templates: z.array(z.string().max(80)).min(1).max(200),
      unit: z.string().max(40),
      language: z.enum(['en', 'fr', 'sv', 'ja']).default('en'),
    }),
    reply: adopted,
    status: 201,
    serve: async (base, { query, body }, call) => {
      const scope = scopeOf(call)
      if (query.dryRun === 'false')
        return {
          status: 201,
          body: await base.transact(scope, async ctx => ({ items: await shownRules(ctx, await adopt(ctx, body)) })),
        }
      return shown(base, call, await base.read(scope, ctx => drafts(ctx, body)))
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/rules/:id',
    permission: 'compliance:read',
    summary: 'One rule, with how many devices are where.',
    params,
    reply: ruleShape,
    run: async (ctx, { params: { id } }) => one(ctx, await ruleFor(ctx, id, 'compliance:read')),
  }),
  servedRoute({
    method: 'POST',
    path: '/api/v1/rules',
    permission: 'compliance:write',
    summary: 'Adds a rule; with dryRun=true only shows which devices it would flag.',
    query: dryRun,
    body: z.object(wish),
    reply: written,
    status: 201,
    serve: async (base, { query, body }, call) => {
      const full: RuleWish = { ...body, template: null }
      if (query.dryRun === 'true')
        return shown(base, call, [(await base.read(scopeOf(call), ctx => drafted(ctx, null, full))).rule])
      return {
        status: 201,
        body: await base.transact(scopeOf(call), async ctx => one(ctx, await addRule(ctx, full))),
      }
    },
  }),
  servedRoute({
    method: 'PATCH',
    path: '/api/v1/rules/:id',
    permission: 'compliance:write',
    summary: 'Changes a rule; with dryRun=true only shows which devices it would flag.',
    params,
    query: dryRun,
    body: change,
    reply: written,
    serve: async (base, { params: { id }, query, body }, call) => {
      const asked = Object.fromEntries(Object.entries(body).filter(([, v]) => v !== undefined)) as Partial<RuleWish>
      if (query.dryRun === 'false')
        return {
          body: await base.transact(scopeOf(call), async ctx => one(ctx, await changeRule(ctx, id, asked))),
        }
      const draft = await base.read(scopeOf(call), async ctx => {
        const before = await ruleFor(ctx, id, 'compliance:write')
        return (await drafted(ctx, before, { ...wishOf(before), ...asked })).rule
      })
      return shown(base, call, [draft])
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/rules/:id',
    permission: 'compliance:write',
    summary: 'Removes a rule with its verdicts and takes back the tags it gave; the history of its verdicts stays.',
    params,
    run: async (ctx, { params: { id } }) => {
      await removeRule(ctx, id)
      return undefined
    },
  }),
]

function scopeOf(call: Call) {
  if (!call.principal) throw new Problem('session.missing')
  return { ...call.principal, request: call.request }
}

async function shown(
  base: Base,
  call: Call,
  rules: readonly LiveRule[],
): Promise<Reply<z.input<typeof forecastShape>>> {
  const scope = scopeOf(call)
  const found = await forecast(base, scope, rules)
  return { status: 200, body: await base.read(scope, ctx => shownForecast(ctx, found)) }
}

async function one(ctx: Ctx, rule: Rule): Promise<z.input<typeof ruleShape>> {
  const [row] = await shownRules(ctx, [rule])
  if (!row) throw new Problem('id.unknown')
  return row
}
