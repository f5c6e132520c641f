import { sooner } from './judge.ts'
import type { Evidence, Judged } from './judgement.ts'
import type { Rule, Response } from './rule.ts'

/** What is kept of a rule and a device; `not-applicable` is no row. */
export const verdictNames = ['compliant', 'grace', 'violating', 'unknown', 'excepted'] as const
export type VerdictName = (typeof verdictNames)[number]

/** A verdict as it stands. */
export interface Verdict {
  readonly verdict: VerdictName
  readonly since: number
  readonly evidence: Evidence | null
  readonly violatedAt: number | null
  readonly graceUntil: number | null
  readonly responded: number
  readonly lookAt: number | null
}

const hourMs = 3_600_000

/** What an answer makes of the verdict before: grace runs from when the rule was first not kept. Null: the rule does not apply. Pure. */
export function settle(
  before: Verdict | undefined,
  judged: Judged,
  rule: Pick<Rule, 'graceHours' | 'responses'>,
  now: number,
): Verdict | null {
  if (judged.verdict === 'not-applicable') return null
  const since = (verdict: VerdictName): number => (before?.verdict === verdict ? before.since : now)
  const goesOn = before !== undefined && before.violatedAt !== null && judged.evidence?.code === 'apps-pending'
  // What was found before is not over because the device is being told again.
  if (goesOn) return { ...before, lookAt: sooner(before.lookAt, judged.lookAt) }
  if (judged.verdict !== 'violating') {
    const { verdict, evidence, lookAt } = judged
    return { verdict, since: since(verdict), evidence, violatedAt: null, graceUntil: null, responded: 0, lookAt }
  }
  const violatedAt = before?.violatedAt ?? now
  const graceUntil = rule.graceHours === 0 ? null : violatedAt + rule.graceHours * hourMs
  const verdict = graceUntil !== null && now < graceUntil ? 'grace' : 'violating'
  const responded = before?.violatedAt === undefined || before.violatedAt === null ? 0 : before.responded
  const next = rule.responses[responded]
  const lookAt = sooner(
    sooner(judged.lookAt, verdict === 'grace' ? graceUntil : null),
    next ? violatedAt + next.afterHours * hourMs : null,
  )
  return { verdict, since: since(verdict), evidence: judged.evidence, violatedAt, graceUntil, responded, lookAt }
}

/** The responses that are due by now and were not carried out since the violation began. */
export function dueResponses(verdict: Verdict, rule: Pick<Rule, 'responses'>, now: number): readonly Response[] {
  const { violatedAt } = verdict
  if (violatedAt === null) return []
  const rest = rule.responses.slice(verdict.responded)
  const first = rest.findIndex(r => violatedAt + r.afterHours * hourMs > now)
  return first === -1 ? rest : rest.slice(0, first)
}

/** The states a device can be in, gravest first. */
export const states = ['violating', 'grace', 'unknown', 'compliant'] as const
export type State = (typeof states)[number]

/** The worst of a device's verdicts; an exception counts as kept. Null when no rule applies. */
export function stateOf(verdicts: readonly Pick<Verdict, 'verdict'>[]): State | null {
  if (verdicts.length === 0) return null
  return states.find(s => verdicts.some(v => v.verdict === s)) ?? 'compliant'
}
