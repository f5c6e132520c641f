import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import * as devices from '../devices/index.ts'
import * as counts from './count-store.ts'
import * as dirt from './dirty-store.ts'
import { live, type LiveRule, rulesNow } from './kept-rules.ts'
import { judgeDevices } from './page.ts'
import * as store from './rule-store.ts'
import * as verdicts from './verdict-store.ts'

/** Judges the fleet by one rule that changed. */
export const passName = jobName<{ rule: string }>('compliance.pass')
/** Judges devices that were marked. */
export const judgeName = jobName<Record<string, never>>('compliance.judge')
/** Looks at what time alone changes. */
export const sweepName = jobName<Record<string, never>>('compliance.sweep')
/** Marks the whole fleet. */
export const allName = jobName<Record<string, never>>('compliance.all')

/** Devices judged in one transaction. */
export const pageSize = 100

/** Has the fleet judged by a rule again, from its beginning. */
export async function relook(ctx: Ctx, rule: string): Promise<void> {
  await store.putLooked(ctx, rule, { looked_after: '', looked: 0 })
  await enqueue(ctx, passName, { rule }, { dedupe: rule })
}

/** Judges one page of the fleet by one rule, and by those that stand at the same place with it; answers whether there are more. Where they stand is stored with what they did. */
export async function passOn(ctx: Ctx, id: string): Promise<boolean> {
  const row = await store.findRow(ctx, id)
  if (!row || row.looked_after === null) return false
  const rule = (await rulesNow(ctx)).find(r => r.id === id) ?? live(store.toRule(row), row.removed === 1)
  const mates = row.removed === 1 ? [rule] : await matesOf(ctx, row)
  const page = await concerned(ctx, mates, row.looked_after)
  await judgeDevices(ctx, page, mates)
  const last = page.at(-1)
  const done = page.length < pageSize || last === undefined
  if (done && row.removed === 1) {
    await store.removeRow(ctx, id)
    await counts.removeCounts(ctx, id)
    return false
  }
  const looked = { looked_after: done ? null : last, looked: row.looked + page.length }
  // What this page found may have begun the pass of some anew; those go on from there.
  for (const mate of mates) await store.moveLooked(ctx, mate.id, row.looked_after, looked)
  const after = await store.findRow(ctx, id)
  return after !== undefined && after.looked_after !== null
}

/** Rules of the same unit whose pass stands at the same place: a page is read once for all of them. */
async function matesOf(ctx: Ctx, row: store.RuleRow): Promise<LiveRule[]> {
  const ids = new Set(await store.atSamePlace(ctx, row))
  return (await rulesNow(ctx)).filter(r => ids.has(r.id))
}

/** Devices below the unit of these rules, and those they speak of already, in order after one of them. */
async function concerned(ctx: Ctx, rules: readonly LiveRule[], after: string): Promise<string[]> {
  const [rule] = rules
  if (!rule) return []
  const judged: string[] = []
  for (const { id } of rules) judged.push(...(await verdicts.devicesJudged(ctx, id, after, pageSize)))
  const below = rule.removed ? [] : await devices.idsBelow(ctx, { path: rule.unitPath, after, limit: pageSize })
  return [...new Set([...judged, ...below])].sort().slice(0, pageSize)
}

/** Has devices judged, soon. */
export async function rejudge(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await dirt.mark(ctx, ids)
  await enqueue(ctx, judgeName, {}, { dedupe: 'org' })
}

/** Judges one page of the devices that were marked; answers whether there may be more. */
export async function judgeMarked(ctx: Ctx): Promise<boolean> {
  const marks = await dirt.dirty(ctx, pageSize)
  await judgeDevices(
    ctx,
    marks.map(m => m.device),
  )
  await dirt.unmark(ctx, marks)
  return marks.length === pageSize
}
