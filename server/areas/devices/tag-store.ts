import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import { movedPath } from '../../base/filter.ts'
import * as past from './past-store.ts'

interface TagRow {
  org: string
  device: string
  tag: string
  tag_key: string
  by_hand: number
}

/** A row of tag_rules. */
export interface TagRuleRow {
  org: string
  id: string
  name: string
  name_key: string
  tag: string
  tag_key: string
  filter: string
  terms: string
  unit: string
  unit_path: string
  looked_after: string | null
  looked: number
  removed: number
  created_at: number
  changed_at: number
}

interface Tables {
  tags: TagRow
  tag_rules: TagRuleRow
  rule_tags: { org: string; device: string; rule: string; tag: string; tag_key: string }
  tag_rule_marks: { org: string; mark: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

const tagsOn = fixed<Tables, { org: string; device: string }>()((from, v) =>
  from
    .selectFrom('tags')
    .select(['tag', 'tag_key', 'by_hand'])
    .where('org', '=', v.org)
    .where('device', '=', v.device)
    .orderBy('tag_key'),
)

/** The tags of a device, in order. */
export function listTags(ctx: Ctx, device: string): Promise<{ tag: string; tag_key: string; by_hand: number }[]> {
  return tagsOn(ctx.tx, { org: ctx.org, device })
}

/** Adds a tag, or marks one that is there as given by hand too. */
export async function addTag(ctx: Ctx, one: Omit<TagRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('tags')
    .values({ org: ctx.org, ...one })
    .onConflict(c =>
      one.by_hand === 1
        ? c.columns(['org', 'device', 'tag_key']).doUpdateSet({ by_hand: 1 })
        : c.columns(['org', 'device', 'tag_key']).doNothing(),
    )
    .execute()
  await past.keepTag(ctx, one.device, one.tag, one.tag_key)
}

/** A tag is not given by hand any more. */
export async function leaveTagToRules(ctx: Ctx, device: string, tagKey: string): Promise<void> {
  await db(ctx)
    .updateTable('tags')
    .set({ by_hand: 0 })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('tag_key', '=', tagKey)
    .execute()
}

/** Removes a tag. */
export async function removeTag(ctx: Ctx, device: string, tagKey: string): Promise<void> {
  await past.endTag(ctx, device, tagKey)
  await db(ctx)
    .deleteFrom('tags')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('tag_key', '=', tagKey)
    .execute()
}

/** Names of these rules. */
export async function ruleNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('tag_rules')
    .select(['id', 'name'])
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(r => [r.id, r.name]))
}

/** What rules gave these devices. */
export async function ruleTagsOf(
  ctx: Ctx,
  devices: readonly string[],
): Promise<{ device: string; rule: string; tag: string; tag_key: string }[]> {
  if (devices.length === 0) return []
  return db(ctx)
    .selectFrom('rule_tags')
    .select(['device', 'rule', 'tag', 'tag_key'])
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .execute()
}

/** A rule gives a device its tag. */
export async function putRuleTag(
  ctx: Ctx,
  one: { device: string; rule: string; tag: string; tag_key: string },
): Promise<void> {
  await db(ctx)
    .insertInto('rule_tags')
    .values({ org: ctx.org, ...one })
    .onConflict(c => c.columns(['org', 'device', 'rule']).doUpdateSet({ tag: one.tag, tag_key: one.tag_key }))
    .execute()
}

/** A rule gives a device nothing any more. */
export async function removeRuleTag(ctx: Ctx, device: string, rule: string): Promise<void> {
  await db(ctx)
    .deleteFrom('rule_tags')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('rule', '=', rule)
    .execute()
}

/** Ids of the devices a rule gave its tag, in order, after one of them. */
export async function devicesTaggedBy(ctx: Ctx, rule: string, after: string, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('rule_tags')
    .select('device')
    .where('org', '=', ctx.org)
    .where('rule', '=', rule)
    .where('device', '>', after)
    .orderBy('device')
    .limit(most)
    .execute()
  return rows.map(r => r.device)
}

/** How many devices each of these rules gave its tag. */
export async function countTaggedBy(ctx: Ctx, rules: readonly string[]): Promise<Map<string, number>> {
  if (rules.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('rule_tags')
    .select(e => ['rule', e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where('rule', 'in', [...rules])
    .groupBy('rule')
    .execute()
  return new Map(rows.map(r => [r.rule, Number(r.n)]))
}

/** The mark of the org's rules as they are now; undefined while there never was one. */
export async function markOfRules(ctx: Ctx): Promise<string | undefined> {
  const row = await db(ctx).selectFrom('tag_rule_marks').select('mark').where('org', '=', ctx.org).executeTakeFirst()
  return row?.mark
}

/** Marks the org's rules as changed. */
export async function putMark(ctx: Ctx, mark: string): Promise<void> {
  await db(ctx)
    .insertInto('tag_rule_marks')
    .values({ org: ctx.org, mark })
    .onConflict(c => c.column('org').doUpdateSet({ mark }))
    .execute()
}

/** Every rule of the org, also those about to go. */
export async function listRules(ctx: Ctx): Promise<TagRuleRow[]> {
  return db(ctx)
    .selectFrom('tag_rules')
    .selectAll()
    .where('org', '=', ctx.org)
    .orderBy('name_key')
    .orderBy('id')
    .execute()
}

/** Stores a rule. */
export async function putRule(ctx: Ctx, row: TagRuleRow): Promise<void> {
  await db(ctx)
    .insertInto('tag_rules')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

/** How far a rule has been looked through. */
export async function putLooked(
  ctx: Ctx,
  id: string,
  looked: Pick<TagRuleRow, 'looked_after' | 'looked'>,
): Promise<void> {
  await db(ctx).updateTable('tag_rules').set(looked).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Forgets a rule. */
export async function removeRule(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('tag_rules').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Rules follow their unit. */
export async function moveRules(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('tag_rules')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a rule hangs on this unit. */
export async function unitHasRules(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('tag_rules')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** One rule, if it is there. */
export async function findRule(ctx: Ctx, id: string): Promise<TagRuleRow | undefined> {
  return db(ctx).selectFrom('tag_rules').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}
