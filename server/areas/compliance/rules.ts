import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import { readTerms } from '../devices/index.ts'
import { unitFor } from '../identity/index.ts'
import { ruleEvents } from './events.ts'
import { live, type LiveRule } from './kept-rules.ts'
import { relook, sweepName } from './pass.ts'
import {
  type Demand,
  paramShapes,
  type Response,
  type Rule,
  type RuleKind,
  type RuleScope,
  type Severity,
} from './rule.ts'
import * as store from './rule-store.ts'

/** What is asked of a rule. */
export interface RuleWish {
  name: string
  kind: RuleKind
  params: unknown
  scope: RuleScope
  severity: Severity
  graceHours: number
  responses: readonly Response[]
  fix: string
  unit: string
  template: string | null
}

const mostRules = 500

/** The rule, where the actor holds the permission on its unit; as if there were none where they may not see it. */
export async function ruleFor(ctx: Ctx, id: string, permission: string): Promise<Rule> {
  const row = await store.findRow(ctx, id)
  if (!row || row.removed === 1) throw new Problem('id.unknown')
  demand(ctx.authority, permission, row.unit_path, 'compliance:read')
  return store.toRule(row)
}

/** Rules that speak to a unit the actor may see, their own and those from above, for choosing one. */
export async function rulesSeen(ctx: Ctx): Promise<Rule[]> {
  const rows = await store.listRows(ctx)
  return rows.filter(r => r.removed === 0 && may(ctx.authority, 'compliance:read', r.unit_path)).map(store.toRule)
}

/** Adds a rule; the fleet is judged by it in the background. */
export async function addRule(ctx: Ctx, wish: RuleWish): Promise<Rule> {
  const { row } = await drafted(ctx, null, wish)
  const rows = await store.listRows(ctx)
  if (rows.length >= mostRules) throw new Problem('rule.too-many', { most: mostRules })
  await keep(ctx, row, true)
  await enqueue(ctx, sweepName, {}, { dedupe: 'org', inMs: 60_000 })
  await record(ctx, ruleEvents.added, about(row), { name: row.name, kind: row.kind, template: row.template })
  return store.toRule(row)
}

const fieldsOf = ['name', 'kind', 'params', 'scope', 'severity', 'graceHours', 'responses', 'fix', 'unit'] as const

/** Changes a rule; devices are judged anew where more than its words changed. What its violations have set off already is not set off again. */
export async function changeRule(ctx: Ctx, id: string, change: Partial<RuleWish>): Promise<Rule> {
  const before = await ruleFor(ctx, id, 'compliance:write')
  const was = wishOf(before)
  const wish = { ...was, ...change }
  const fields = fieldsOf.filter(f => JSON.stringify(was[f]) !== JSON.stringify(wish[f]))
  if (fields.length === 0) return before
  const { row } = await drafted(ctx, before, wish)
  const words = fields.every(f => f === 'name' || f === 'fix')
  const known = await store.findRow(ctx, id)
  const place = words && known ? { looked_after: known.looked_after, looked: known.looked } : {}
  await keep(ctx, { ...row, ...place }, !words)
  await record(ctx, ruleEvents.changed, about(row), { name: row.name, fields })
  return store.toRule(row)
}

/** Removes a rule; its verdicts go in the background, their history stays. */
export async function removeRule(ctx: Ctx, id: string): Promise<void> {
  const rule = await ruleFor(ctx, id, 'compliance:write')
  const row = await store.findRow(ctx, id)
  if (!row) throw new Problem('id.unknown')
  await keep(ctx, { ...row, removed: 1, looked_after: '', looked: 0, changed_at: ctx.now }, true)
  await record(ctx, ruleEvents.removed, about(row), { name: rule.name })
}

/** What was wished of a rule, to change some of it. */
export function wishOf(rule: Rule): RuleWish {
  const { name, demand: of, scope, severity, graceHours, responses, fix, unit, template } = rule
  return { name, kind: of.kind, params: of.params, scope, severity, graceHours, responses, fix, unit, template }
}

/** A rule as it would be stored, checked whole; not stored. `before` is the rule it replaces. */
export async function drafted(
  ctx: Ctx,
  before: Rule | null,
  wish: RuleWish,
): Promise<{ row: store.RuleRow; rule: LiveRule }> {
  const unit = await unitFor(ctx, wish.unit, 'compliance:write')
  const of = readDemand(wish)
  for (const permission of neededFor(wish.responses)) demand(ctx.authority, permission, unit.path, 'compliance:read')
  const terms = of.kind === 'facts' ? await readTerms(ctx, of.params.filter) : []
  if (of.kind === 'facts' && terms.some(t => t.field === null)) throw new Problem('rule.words')
  const by = before?.by ?? { kind: ctx.actor.kind, id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id }
  const row: store.RuleRow = {
    org: ctx.org,
    id: before?.id ?? newId('rule'),
    name: wish.name,
    name_key: fold(wish.name),
    kind: of.kind,
    params: JSON.stringify(of.params),
    terms: JSON.stringify(terms),
    scope: JSON.stringify(wish.scope),
    severity: wish.severity,
    grace_hours: wish.graceHours,
    responses: JSON.stringify(wish.responses.toSorted((a, b) => a.afterHours - b.afterHours)),
    fix: wish.fix,
    template: wish.template,
    unit: unit.id,
    unit_path: unit.path,
    looked_after: '',
    looked: 0,
    removed: 0,
    by_kind: by.kind,
    by_id: by.id,
    created_at: before?.createdAt ?? ctx.now,
    changed_at: ctx.now,
  }
  return { row, rule: live(store.toRule(row)) }
}

function readDemand({ kind, params }: Pick<RuleWish, 'kind' | 'params'>): Demand {
  const parsed = paramShapes[kind].safeParse(params ?? {})
  if (!parsed.success) {
    const fields = parsed.error.issues.map(i => ({
      path: ['body', 'params', ...i.path.map(String)].join('.'),
      message: i.message,
    }))
    throw new Problem('request.malformed', {}, { fields })
  }
  return { kind, params: parsed.data } as Demand
}

/** Whoever makes a rule must be allowed what it sets off. */
function neededFor(responses: readonly Response[]): string[] {
  const tags = responses.some(r => r.kind === 'tag' || r.kind === 'restrict')
  const writes = tags || responses.some(r => r.kind === 'message')
  return [...(writes ? ['devices:write'] : []), ...(responses.some(r => r.kind === 'lock') ? ['devices:lock'] : [])]
}

async function keep(ctx: Ctx, row: store.RuleRow, judge: boolean): Promise<void> {
  await store.putRow(ctx, row)
  await store.putMark(ctx, newId('event'))
  if (judge) await relook(ctx, row.id)
}

function about(row: store.RuleRow): { kind: 'rule'; id: string; path: string } {
  return { kind: 'rule', id: row.id, path: row.unit_path }
}
