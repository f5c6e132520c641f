import { formatFilter, type Term } from '@muster/api/filter.ts'
import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { compileFilter, type Fields, termsOf } from '../../base/filter.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import { unitFor, unitPaths } from '../identity/index.ts'
import { deviceStates, ownerships } from './device.ts'
import { tagRuleEvents } from './events.ts'
import { platforms } from './platform.ts'
import * as records from './record-store.ts'
import { factOf } from './tag-match.ts'
import * as store from './tag-store.ts'
import { apply, type LiveRule, rulesNow, wishOf } from './tagging.ts'

/** A filter that gives a tag to the devices it matches, below its unit. Evaluated when a device changes, not on a timer. */
export interface TagRule {
  id: Id<'tag'>
  name: string
  tag: string
  filter: string
  unit: Id<'unit'>
  unitPath: string
  /** How many devices have been looked at since the rule changed; null when all have been. */
  looked: number | null
  createdAt: number
  changedAt: number
}

/** What is asked of a tag rule. */
export interface TagRuleWish {
  name: string
  tag: string
  filter: string
  unit: string
}

const mostRules = 200

/** Looks at every device below the unit of a rule that changed. */
export const lookThrough = jobName<{ rule: string }>('tag-rules.look')

/** The rule, where the actor holds the permission on its unit; as if there were none where they may not see it. */
export async function tagRuleFor(ctx: Ctx, id: string, permission: string): Promise<TagRule> {
  const row = await store.findRule(ctx, id)
  if (!row || row.removed === 1) throw new Problem('id.unknown')
  demand(ctx.authority, permission, row.unit_path, 'devices:read')
  return toRule(row)
}

/** The rules the actor may see, by name, with how many devices each gave its tag. An org has at most 200. */
export async function listTagRules(ctx: Ctx): Promise<(TagRule & { devices: number })[]> {
  const rows = (await store.listRules(ctx)).filter(r => r.removed === 0)
  const seen = rows.filter(r => may(ctx.authority, 'devices:read', r.unit_path)).map(toRule)
  const devices = await store.countTaggedBy(
    ctx,
    seen.map(r => r.id),
  )
  return seen.map(r => ({ ...r, devices: devices.get(r.id) ?? 0 }))
}

/** Adds a rule; its devices get the tag in the background. */
export async function addTagRule(ctx: Ctx, wish: TagRuleWish): Promise<TagRule> {
  const rule = await drafted(ctx, null, wish)
  if ((await store.listRules(ctx)).length >= mostRules) throw new Problem('tag-rule.too-many', { most: mostRules })
  await keep(ctx, rule.row)
  await record(ctx, tagRuleEvents.added, about(rule.row), { name: wish.name, tag: wish.tag })
  return toRule(rule.row)
}

/** Changes a rule; tags follow in the background where anything but its name changed. */
export async function changeTagRule(ctx: Ctx, id: string, change: Partial<TagRuleWish>): Promise<TagRule> {
  const before = await tagRuleFor(ctx, id, 'devices:write')
  const wish = { ...before, ...change }
  const fields = (['name', 'tag', 'filter', 'unit'] as const).filter(f => before[f] !== wish[f])
  if (fields.length === 0) return before
  const { row } = await drafted(ctx, before, wish)
  const renamed = fields.length === 1 && fields[0] === 'name'
  await keep(ctx, renamed ? { ...row, looked_after: before.looked === null ? null : '' } : row)
  await record(ctx, tagRuleEvents.changed, about(row), { name: row.name, fields })
  return toRule(row)
}

/** Removes a rule; devices lose what only it gave them, in the background. */
export async function removeTagRule(ctx: Ctx, id: string): Promise<void> {
  const rule = await tagRuleFor(ctx, id, 'devices:write')
  const row = await store.findRule(ctx, id)
  if (!row) throw new Problem('id.unknown')
  await keep(ctx, { ...row, removed: 1, looked_after: '', looked: 0, changed_at: ctx.now })
  await record(ctx, tagRuleEvents.removed, about(row), { name: rule.name })
}

/** A rule as it would be stored, checked whole; not stored. `before` is the rule it replaces. */
export async function drafted(
  ctx: Ctx,
  before: TagRule | null,
  wish: TagRuleWish,
): Promise<{ row: store.TagRuleRow; live: LiveRule }> {
  const unit = await unitFor(ctx, wish.unit, 'devices:write')
  const terms = await readTerms(ctx, wish.filter)
  const row: store.TagRuleRow = {
    org: ctx.org,
    id: before?.id ?? newId('tag'),
    name: wish.name,
    name_key: fold(wish.name),
    tag: wish.tag,
    tag_key: fold(wish.tag),
    filter: wish.filter,
    terms: JSON.stringify(terms),
    unit: unit.id,
    unit_path: unit.path,
    looked_after: '',
    looked: 0,
    removed: 0,
    created_at: before?.createdAt ?? ctx.now,
    changed_at: ctx.now,
  }
  const looksAt = new Set(['unit', ...terms.map(t => t.field ?? '')])
  const { id, tag, tag_key: tagKey, unit_path: unitPath } = row
  return { row, live: { id, tag, tagKey, unitPath, terms, looksAt, removed: false } }
}

async function keep(ctx: Ctx, row: store.TagRuleRow): Promise<void> {
  await store.putRule(ctx, row)
  // Never the same twice, so that what one transaction kept and lost is not taken for another's.
  await store.putMark(ctx, newId('event'))
  if (row.looked_after !== null) await enqueue(ctx, lookThrough, { rule: row.id }, { dedupe: row.id })
}

const timeFields = new Set(['seen', 'enrolled'])

/** Reads the filter of a rule: like one of the device list, but without words, tags, groups, and whatever time alone would change. Units are written by id. */
export async function readTerms(ctx: Ctx, text: string): Promise<Term[]> {
  const terms = termsOf(text)
  for (const { field } of terms) {
    if (field !== null && timeFields.has(field)) throw new Problem('tag-rule.time-field', { field })
    if (field === 'tag') throw new Problem('tag-rule.tag-field')
  }
  const plain = terms.filter(t => t.field === null || factOf(t.field) === null)
  await compileFilter(formatFilter(plain), known, { now: ctx.now, unitPaths: async () => [] })
  const read: Term[] = []
  for (const term of terms) read.push(term.field === 'unit' ? await unitTerm(ctx, term) : term)
  return read
}

async function unitTerm(ctx: Ctx, term: Term): Promise<Term> {
  const ids: string[] = []
  for (const value of term.values) {
    const paths = (await unitPaths(ctx, value)).filter(p => may(ctx.authority, 'units:read', p))
    if (paths.length === 0) throw new Problem('tag-rule.unit-unknown', { unit: value })
    ids.push(...paths.map(p => p.split('/').at(-2) ?? ''))
  }
  return { ...term, values: ids }
}

const text = { kind: 'text', column: 'x' } as const
const known: Fields = {
  words: [],
  fields: {
    name: text,
    model: text,
    serial: text,
    udid: text,
    imei: text,
    asset: text,
    user: text,
    platform: { kind: 'set', column: 'x', values: platforms },
    ownership: { kind: 'set', column: 'x', values: ownerships },
    state: { kind: 'set', column: 'x', values: deviceStates },
    os: { kind: 'version', column: 'x' },
    supervised: { kind: 'flag', column: 'x' },
    shared: { kind: 'flag', column: 'x' },
    unit: { kind: 'unit', column: 'x' },
  },
}

/** A unit moved with everything below: rules that hang there follow, and all that look at units are looked through again. */
export async function followMove(ctx: Ctx, from: string, to: string): Promise<void> {
  await store.moveRules(ctx, from, to)
  for (const row of await store.listRules(ctx)) await keep(ctx, { ...row, looked_after: '', looked: 0 })
}

/** Looks at one page of the devices a changed rule may concern; answers whether there are more. Where it stands is stored with what it did. */
export async function lookOn(ctx: Ctx, id: string, most: number): Promise<boolean> {
  const row = await store.findRule(ctx, id)
  if (!row || row.looked_after === null) return false
  const live = (await rulesNow(ctx)).find(r => r.id === id)
  if (!live) return false
  const page = await concerned(ctx, live, row.looked_after, most)
  await apply(ctx, [live], await records.recordsOf(ctx, page, wishOf([live])))
  const last = page.at(-1)
  const done = page.length < most || last === undefined
  if (done && row.removed === 1) await store.removeRule(ctx, id)
  else await store.putLooked(ctx, id, { looked_after: done ? null : last, looked: row.looked + page.length })
  return !done
}

/** Ids of the devices below the unit of a rule and of those that have its tag, in order, after one of them. */
export async function concerned(
  ctx: Ctx,
  rule: Pick<LiveRule, 'id' | 'unitPath' | 'removed'>,
  after: string,
  most: number,
): Promise<string[]> {
  const tagged = await store.devicesTaggedBy(ctx, rule.id, after, most)
  const below = rule.removed ? [] : await records.idsBelow(ctx, { path: rule.unitPath, after, limit: most })
  return [...new Set([...tagged, ...below])].sort().slice(0, most)
}

function toRule(row: store.TagRuleRow): TagRule {
  return {
    id: row.id as Id<'tag'>,
    name: row.name,
    tag: row.tag,
    filter: row.filter,
    unit: row.unit as Id<'unit'>,
    unitPath: row.unit_path,
    looked: row.looked_after === null ? null : row.looked,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }
}

function about(row: store.TagRuleRow): { kind: 'tag-rule'; id: string; path: string } {
  return { kind: 'tag-rule', id: row.id, path: row.unit_path }
}
