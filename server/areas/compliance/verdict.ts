import type { Ctx } from '../../base/ctx.ts'
import type { Evidence } from './judgement.ts'
import { rulesNow } from './kept-rules.ts'
import type { RuleKind, Severity } from './rule.ts'
import { severities } from './rule.ts'
import type { State, VerdictName } from './settle.ts'
import * as store from './verdict-store.ts'

/** What one rule says of a device. */
export interface RuleVerdict {
  readonly rule: { id: string; name: string; kind: RuleKind; severity: Severity; fix: string; template: string | null }
  readonly verdict: VerdictName
  readonly since: number
  readonly evidence: Evidence | null
  readonly graceUntil: number | null
}

/** How a device stands, by which rules. */
export interface DeviceVerdict {
  /** Null: no rule applies to it. */
  readonly state: State | null
  readonly since: number | null
  readonly judgedAt: number | null
  /** The gravest first. */
  readonly rules: readonly RuleVerdict[]
}

const order: Record<VerdictName, number> = { violating: 0, grace: 1, unknown: 2, excepted: 3, compliant: 4 }

/** How a device stands now. Whether the actor may see it is the caller's question. */
export async function verdictOf(ctx: Ctx, device: string): Promise<DeviceVerdict> {
  const rules = new Map((await rulesNow(ctx)).map(r => [r.id as string, r]))
  const standing = (await store.standingsOn(ctx, [device])).get(device)
  const verdicts = await store.verdictsOn(ctx, [device])
  const shown = verdicts.flatMap(v => {
    const rule = rules.get(v.rule)
    if (!rule || rule.removed) return []
    const { id, name, severity, fix, template } = rule
    const of = { id, name, kind: rule.demand.kind, severity, fix, template }
    return [{ rule: of, verdict: v.verdict, since: v.since, evidence: v.evidence, graceUntil: v.graceUntil }]
  })
  return {
    state: standing?.state ?? null,
    since: standing?.since ?? null,
    judgedAt: standing?.judged_at ?? null,
    rules: shown.sort(
      (a, b) =>
        order[a.verdict] - order[b.verdict] ||
        severities.indexOf(b.rule.severity) - severities.indexOf(a.rule.severity) ||
        (a.rule.name < b.rule.name ? -1 : 1),
    ),
  }
}
