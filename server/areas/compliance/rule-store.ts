import type { Term } from '@muster/api/filter.ts'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'
import type { Demand, Response, Rule, RuleScope, Severity } from './rule.ts'

/** A row of rules. */
export interface RuleRow {
  org: string
  id: string
  name: string
  name_key: string
  kind: string
  params: string
  terms: string
  scope: string
  severity: Severity
  grace_hours: number
  responses: string
  fix: string
  template: string | null
  unit: string
  unit_path: string
  looked_after: string | null
  looked: number
  removed: number
  by_kind: string
  by_id: string | null
  created_at: number
  changed_at: number
}

interface Tables {
  rules: RuleRow
  rule_marks: { org: string; mark: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** A stored row as a rule. */
export function toRule(row: RuleRow): Rule {
  return {
    id: row.id as Rule['id'],
    name: row.name,
    demand: { kind: row.kind, params: JSON.parse(row.params) } as Demand,
    terms: JSON.parse(row.terms) as Term[],
    scope: JSON.parse(row.scope) as RuleScope,
    severity: row.severity,
    graceHours: row.grace_hours,
    responses: JSON.parse(row.responses) as Response[],
    fix: row.fix,
    template: row.template,
    unit: row.unit as Rule['unit'],
    unitPath: row.unit_path,
    looked: row.looked_after === null ? null : row.looked,
    by: { kind: row.by_kind, id: row.by_id },
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }
}

/** One rule, also one that is about to go. */
export function findRow(ctx: Ctx, id: string): Promise<RuleRow | undefined> {
  return db(ctx).selectFrom('rules').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Every rule of the org, also those about to go; an org has at most some hundreds. */
export function listRows(ctx: Ctx): Promise<RuleRow[]> {
  return db(ctx).selectFrom('rules').selectAll().where('org', '=', ctx.org).orderBy('name_key').orderBy('id').execute()
}

/** A page of the rules of these subtrees, of one kind where it is named. */
export function pageOfRows(
  ctx: Ctx,
  page: Page,
  of: { paths: readonly string[]; kind: string | null },
): Promise<RuleRow[]> {
  let rows = db(ctx)
    .selectFrom('rules')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('removed', '=', 0)
    .where(within('unit_path', of.paths))
  if (of.kind !== null) rows = rows.where('kind', '=', of.kind)
  return page.apply(rows).execute()
}

/** Stores a rule. */
export async function putRow(ctx: Ctx, row: RuleRow): Promise<void> {
  await db(ctx)
    .insertInto('rules')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

/** How far the fleet has been judged by a rule. */
export async function putLooked(ctx: Ctx, id: string, looked: Pick<RuleRow, 'looked_after' | 'looked'>): Promise<void> {
  await db(ctx).updateTable('rules').set(looked).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The same, where it still stands where it was read. */
export async function moveLooked(
  ctx: Ctx,
  id: string,
  from: string,
  looked: Pick<RuleRow, 'looked_after' | 'looked'>,
): Promise<void> {
  await db(ctx)
    .updateTable('rules')
    .set(looked)
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .where('looked_after', '=', from)
    .execute()
}

/** Ids of the rules of the same unit whose fleet has been judged as far as this one's. */
export async function atSamePlace(ctx: Ctx, row: RuleRow): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('rules')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', row.unit)
    .where('removed', '=', 0)
    .where('looked_after', '=', row.looked_after)
    .where('looked', '=', row.looked)
    .execute()
  return rows.map(r => r.id)
}

/** Forgets a rule. */
export async function removeRow(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('rules').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The mark of the org's rules as they are now; undefined while there never was one. */
export async function markOf(ctx: Ctx): Promise<string | undefined> {
  const row = await db(ctx).selectFrom('rule_marks').select('mark').where('org', '=', ctx.org).executeTakeFirst()
  return row?.mark
}

/** Marks the org's rules as changed. */
export async function putMark(ctx: Ctx, mark: string): Promise<void> {
  await db(ctx)
    .insertInto('rule_marks')
    .values({ org: ctx.org, mark })
    .onConflict(c => c.column('org').doUpdateSet({ mark }))
    .execute()
}

/** Rules follow their unit. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('rules')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a rule hangs on this unit. */
export async function unitHasRules(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('rules')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .where('removed', '=', 0)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
