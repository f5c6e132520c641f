import type { Ctx, Scope } from '../../base/ctx.ts'
import { may } from '../../base/authority.ts'
import type { Base } from '../../base/transact.ts'
import * as devices from '../devices/index.ts'
import { judge } from './judge.ts'
import type { Evidence, Judged } from './judgement.ts'
import { live, type LiveRule } from './kept-rules.ts'
import { gather } from './subject.ts'

/** What rules would say of the fleet, before they are saved. */
export interface Forecast {
  /** Devices looked at, and how many there are; fewer than there are when that would have taken too long. */
  looked: number
  of: number
  verdicts: Record<Judged['verdict'], number>
  /** Devices that would be flagged by any of the rules. */
  flagged: number
  byUnit: Map<string, number>
  byRule: Map<string, Record<Judged['verdict'], number>>
  /** The first few that would be flagged and that the reader may see. */
  sample: { id: string; name: string; unit: string; rule: string; evidence: Evidence | null }[]
}

const pageSize = 500
const patienceMs = 4000
const mostSampled = 20

/** Judges the devices below the rules' units page by page, outside of any transaction, and keeps nothing. */
export async function forecast(base: Base, scope: Scope, rules: readonly LiveRule[]): Promise<Forecast> {
  const drafts = rules.map(r => ({ ...r, ...live(r) }))
  const zero = (): Record<Judged['verdict'], number> => ({
    compliant: 0,
    violating: 0,
    unknown: 0,
    'not-applicable': 0,
    excepted: 0,
  })
  const found: Forecast = {
    looked: 0,
    of: 0,
    verdicts: zero(),
    flagged: 0,
    byUnit: new Map(),
    byRule: new Map(drafts.map(r => [r.id, zero()])),
    sample: [],
  }
  const paths = [...new Set(drafts.map(r => r.unitPath))]
  const path = paths.length === 1 ? (paths[0] ?? '/') : '/'
  found.of = await base.read(scope, ctx => devices.countTargets(ctx, { within: [path] }))
  const until = base.clock.now() + patienceMs
  let after: string | undefined = ''
  while (after !== undefined) {
    const from: string = after
    after = await base.read(scope, async ctx => {
      const ids = await devices.idsBelow(ctx, { path, after: from, limit: pageSize })
      await look(ctx, ids, drafts, found)
      return ids.length < pageSize ? undefined : ids.at(-1)
    })
    if (base.clock.now() > until) break
  }
  return found
}

async function look(ctx: Ctx, ids: readonly string[], rules: readonly LiveRule[], found: Forecast): Promise<void> {
  for (const { row, subject, excepted } of await gather(ctx, ids, rules)) {
    if (subject.device.state === 'ended') continue
    found.looked += 1
    let flagged = false
    for (const rule of rules) {
      const { verdict, evidence } = judge(rule, { ...subject, exceptedUntil: excepted.get(rule.id) ?? null }, ctx.now)
      found.verdicts[verdict] += 1
      const of = found.byRule.get(rule.id)
      if (of) of[verdict] += 1
      if (verdict !== 'violating') continue
      if (!flagged && found.sample.length < mostSampled && may(ctx.authority, 'devices:read', subject.device.unitPath))
        found.sample.push({ id: row.id, name: row.name, unit: row.unit, rule: rule.id, evidence })
      flagged = true
    }
    if (!flagged) continue
    found.flagged += 1
    found.byUnit.set(row.unit, (found.byUnit.get(row.unit) ?? 0) + 1)
  }
}
