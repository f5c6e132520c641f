import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { namesOf, unitRefs } from '../identity/index.ts'
import * as counts from './count-store.ts'
import { exceptionStates, type ExceptionRow } from './exception-store.ts'
import type { Forecast } from './preview.ts'
import { responseShape, type Rule, ruleKinds, scopeShape, severities } from './rule.ts'
import { states, verdictNames } from './settle.ts'

const fact = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** A unit as lists show it. */
export const unitShape = z.object({ id: z.string(), name: z.string(), path: z.string() })
/** Why a verdict is what it is. */
export const evidenceShape = z.object({
  code: z.string(),
  facts: z.record(z.string(), fact),
  found: z
    .array(z.object({ id: z.string(), name: z.string(), detail: z.string(), blocked: z.boolean().optional() }))
    .optional(),
})
const namedShape = z.object({ id: z.string(), name: z.string() })
const byShape = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() })
const verdictCounts = z.object({
  violating: z.number(),
  grace: z.number(),
  unknown: z.number(),
  excepted: z.number(),
  compliant: z.number(),
})
/** How many devices are in each state. */
export const stateCounts = z.object({
  violating: z.number(),
  grace: z.number(),
  unknown: z.number(),
  compliant: z.number(),
})

/** A rule as it is answered. */
export const ruleShape = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(ruleKinds),
  params: z.record(z.string(), z.json()),
  scope: scopeShape,
  severity: z.enum(severities),
  graceHours: z.number(),
  responses: z.array(responseShape),
  fix: z.string(),
  template: z.string().nullable(),
  unit: unitShape,
  counts: verdictCounts,
  /** How many devices have been judged since it changed; null when all have been. */
  looked: z.number().nullable(),
  by: byShape,
  createdAt: z.number(),
  changedAt: z.number(),
})

/** What rules would say before they are saved. */
export const forecastShape = z.object({
  forecast: z.object({
    looked: z.number(),
    of: z.number(),
    flagged: z.number(),
    compliant: z.number(),
    unknown: z.number(),
    notApplicable: z.number(),
    excepted: z.number(),
    byUnit: z.array(z.object({ unit: unitShape, devices: z.number() })),
    sample: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        unit: unitShape,
        rule: z.string(),
        evidence: evidenceShape.nullable(),
      }),
    ),
  }),
})

/** What one rule says of a device. */
export const ruleVerdictShape = z.object({
  rule: z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(ruleKinds),
    severity: z.enum(severities),
    fix: z.string(),
    template: z.string().nullable(),
  }),
  verdict: z.enum(verdictNames),
  since: z.number(),
  evidence: evidenceShape.nullable(),
  graceUntil: z.number().nullable(),
})

/** How a device stands. */
export const deviceVerdictShape = z.object({
  state: z.enum(states).nullable(),
  since: z.number().nullable(),
  judgedAt: z.number().nullable(),
  rules: z.array(ruleVerdictShape),
})

/** An exception as it is answered. */
export const exceptionShape = z.object({
  id: z.string(),
  rule: namedShape,
  device: namedShape.nullable(),
  user: namedShape.nullable(),
  state: z.enum(exceptionStates),
  reason: z.string(),
  wrong: z.boolean(),
  until: z.number(),
  asked: z.object({ by: byShape, at: z.number() }),
  decided: z.object({ by: byShape, at: z.number() }).nullable(),
  endedAt: z.number().nullable(),
})

/** Rules with their counts and the names of who made them, in three statements for any number of them. */
export async function shownRules(ctx: Ctx, rules: readonly Rule[]): Promise<z.input<typeof ruleShape>[]> {
  const unit = await unitRefs(ctx)
  const all = await counts.countsOf(
    ctx,
    rules.map(r => r.id),
  )
  const by = Map.groupBy(all, c => c.rule)
  const names = await namesOf(
    ctx,
    rules.flatMap(r => r.by.id ?? []),
  )
  return rules.map(({ demand, terms: _, unitPath: __, ...r }) => ({
    ...r,
    responses: [...r.responses],
    kind: demand.kind,
    params: demand.params as z.input<typeof ruleShape>['params'],
    unit: unit(r.unit),
    counts: summed(by.get(r.id) ?? []),
    by: { ...r.by, name: r.by.id === null ? null : (names.get(r.by.id) ?? null) },
  }))
}

function summed(all: readonly { verdict: string; n: number }[]): z.output<typeof verdictCounts> {
  const sum = { violating: 0, grace: 0, unknown: 0, excepted: 0, compliant: 0 }
  for (const { verdict, n } of all) {
    const name = verdictNames.find(v => v === verdict)
    if (name) sum[name] += n
  }
  return sum
}

/** Exceptions with the names of what they are about. */
export async function shownExceptions(
  ctx: Ctx,
  rows: readonly ExceptionRow[],
): Promise<z.input<typeof exceptionShape>[]> {
  const ids = rows.flatMap(r => [r.rule, r.device, r.user_id, r.asked_id, r.decided_id].filter(i => i !== null))
  const names = await namesOf(ctx, ids)
  const named = (id: string) => ({ id, name: names.get(id) ?? '' })
  const by = (kind: string, id: string | null) => ({ kind, id, name: id === null ? null : (names.get(id) ?? null) })
  return rows.map(r => ({
    id: r.id,
    rule: named(r.rule),
    device: r.device === null ? null : named(r.device),
    user: r.user_id === null ? null : named(r.user_id),
    state: r.state,
    reason: r.reason,
    wrong: r.wrong === 1,
    until: r.until,
    asked: { by: by(r.asked_kind, r.asked_id), at: r.asked_at },
    decided:
      r.decided_at === null || r.decided_kind === null
        ? null
        : { by: by(r.decided_kind, r.decided_id), at: r.decided_at },
    endedAt: r.ended_at,
  }))
}

/** A forecast as it is answered: units with the most flagged first. */
export async function shownForecast(ctx: Ctx, of: Forecast): Promise<z.input<typeof forecastShape>> {
  const unit = await unitRefs(ctx)
  const byUnit = [...of.byUnit].map(([id, n]) => ({ unit: unit(id), devices: n })).sort((a, b) => b.devices - a.devices)
  const { compliant, unknown, excepted } = of.verdicts
  return {
    forecast: {
      looked: of.looked,
      of: of.of,
      flagged: of.flagged,
      compliant,
      unknown,
      notApplicable: of.verdicts['not-applicable'],
      excepted,
      byUnit: byUnit.slice(0, 50),
      sample: of.sample.map(s => ({ ...s, unit: unit(s.unit) })),
    },
  }
}
