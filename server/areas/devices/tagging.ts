import type { Term } from '@muster/api/filter.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { fold } from '../../base/text.ts'
import { deviceEvents } from './events.ts'
import * as records from './record-store.ts'
import { type DeviceRecord, factOf, matches } from './tag-match.ts'
import * as store from './tag-store.ts'
import { told } from './watch.ts'

/** A rule as it is evaluated. */
export interface LiveRule {
  id: string
  tag: string
  tagKey: string
  unitPath: string
  terms: readonly Term[]
  /** The fields it looks at, the unit always among them. */
  looksAt: ReadonlySet<string>
  removed: boolean
}

interface Kept {
  mark: string
  rules: readonly LiveRule[]
}

const shelves = new WeakMap<object, Map<string, Kept>>()

/** The rules of the org, kept in this process until one of them changes. A mark never comes twice, so what a failed transaction kept is never taken for the truth. */
export async function rulesNow(ctx: Ctx): Promise<readonly LiveRule[]> {
  const mark = await store.markOfRules(ctx)
  if (mark === undefined) return []
  const shelf = shelves.get(ctx.secrets) ?? new Map<string, Kept>()
  shelves.set(ctx.secrets, shelf)
  const known = shelf.get(ctx.org)
  if (known?.mark === mark) return known.rules
  const rules = (await store.listRules(ctx)).map(liveRule)
  shelf.set(ctx.org, { mark, rules })
  return rules
}

function liveRule(row: store.TagRuleRow): LiveRule {
  const terms = JSON.parse(row.terms) as Term[]
  const looksAt = new Set(['unit', ...terms.map(t => t.field ?? '')])
  const { id, tag, tag_key: tagKey, unit_path: unitPath } = row
  return { id, tag, tagKey, unitPath, terms, looksAt, removed: row.removed === 1 }
}

/** What has to be read of devices to evaluate these rules. */
export function wishOf(rules: readonly Pick<LiveRule, 'terms'>[]): records.RecordsWish {
  const fields = new Set(rules.flatMap(r => r.terms.map(t => t.field ?? '')))
  return {
    facts: [...fields].map(factOf).filter(f => f !== null),
    identifiers: ['serial', 'udid', 'imei'].some(f => fields.has(f)),
  }
}

/** Whether the rule gives the device its tag. */
export function gives(rule: Pick<LiveRule, 'unitPath' | 'terms' | 'removed'>, device: DeviceRecord): boolean {
  return !rule.removed && device.unitPath.startsWith(rule.unitPath) && matches(rule.terms, device)
}

/** Some fields of a device changed: the rules that look at one of them are evaluated again, and its tags follow. */
export async function retag(ctx: Ctx, device: string, changed: readonly string[]): Promise<void> {
  if (changed.length === 0) return
  await told(ctx, device, changed)
  const rules = (await rulesNow(ctx)).filter(r => changed.some(field => r.looksAt.has(field)))
  if (rules.length === 0) return
  for (const one of await records.recordsOf(ctx, [device], wishOf(rules))) await apply(ctx, rules, [one])
}

/** Brings the tags of these devices in step with these rules. */
export async function apply(ctx: Ctx, rules: readonly LiveRule[], devices: readonly DeviceRecord[]): Promise<void> {
  const given = await store.ruleTagsOf(
    ctx,
    devices.map(d => d.id),
  )
  for (const device of devices) {
    const held = given.filter(g => g.device === device.id)
    const gained = rules.filter(r => gives(r, device) && !held.some(g => g.rule === r.id && g.tag === r.tag))
    const lost = held.filter(g => rules.some(r => r.id === g.rule && (!gives(r, device) || g.tag !== r.tag)))
    if (gained.length + lost.length > 0) await exchange(ctx, device, { held, gained, lost })
  }
}

type Given = Awaited<ReturnType<typeof store.ruleTagsOf>>[number]

async function exchange(
  ctx: Ctx,
  device: DeviceRecord,
  { held, gained, lost }: { held: readonly Given[]; gained: readonly LiveRule[]; lost: readonly Given[] },
): Promise<void> {
  const now = await store.listTags(ctx, device.id)
  for (const { rule } of lost) await store.removeRuleTag(ctx, device.id, rule)
  for (const { id: rule, tag, tagKey: tag_key } of gained)
    await store.putRuleTag(ctx, { device: device.id, rule, tag, tag_key })
  const left = new Set([
    ...held.filter(g => !lost.includes(g)).map(g => g.tag_key),
    ...gained.map(r => r.tagKey),
    ...now.filter(t => t.by_hand === 1).map(t => t.tag_key),
  ])
  const removed = now.filter(t => !left.has(t.tag_key))
  const added = gained.filter((r, i) => {
    const first = gained.findIndex(g => g.tagKey === r.tagKey) === i
    return first && !now.some(t => t.tag_key === r.tagKey)
  })
  for (const { tag_key } of removed) await store.removeTag(ctx, device.id, tag_key)
  for (const { tag, tagKey: tag_key } of added) await store.addTag(ctx, { device: device.id, tag, tag_key, by_hand: 0 })
  if (added.length + removed.length === 0) return
  await told(ctx, device.id, ['tag'])
  await record(
    ctx,
    deviceEvents.tagged,
    { kind: 'device', id: device.id, path: device.unitPath },
    {
      added: added.map(r => r.tag),
      removed: removed.map(t => t.tag),
      rules: [...new Set([...gained.map(r => r.id), ...lost.map(g => g.rule)])],
    },
  )
}

/** Gives a device a tag in the name of a rule of a later area, or with null takes back what that gave; tags by hand and by others stay. */
export async function tagBy(ctx: Ctx, id: string, rule: string, tag: string | null): Promise<void> {
  const [device] = await records.recordsOf(ctx, [id], { facts: [], identifiers: false })
  if (!device) return
  const held = await store.ruleTagsOf(ctx, [id])
  const own = held.filter(g => g.rule === rule)
  const key = tag === null ? null : fold(tag)
  if (own.length === (key === null ? 0 : 1) && own.every(g => g.tag_key === key)) return
  const live = {
    id: rule,
    tag: tag ?? '',
    tagKey: key ?? '',
    unitPath: '/',
    terms: [],
    looksAt: new Set(''),
    removed: false,
  }
  await exchange(ctx, device, { held, gained: key === null ? [] : [live], lost: own })
}
