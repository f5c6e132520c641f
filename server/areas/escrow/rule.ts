import { z } from 'zod'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { unitFor } from '../identity/index.ts'
import { type Custodian, custodians } from './custodian.ts'
import { escrowEvents } from './events.ts'
import * as store from './rule-store.ts'
import { sweepSoon } from './sweep.ts'

const demandShape = z.strictObject({
  demand: z.boolean(),
  everyDays: z.int().min(1).max(730).nullable(),
})

/** What a unit demands of the secrets of its devices. */
export const ruleShape = z.strictObject({
  /** By kind of secret; what is not named is as the platform has it. */
  kinds: z.record(z.string().max(40), demandShape),
  /** How long a secret may still be used after somebody saw it. */
  afterViewMinutes: z
    .int()
    .min(5)
    .max(7 * 24 * 60),
})
export type Rule = z.output<typeof ruleShape>

/** What holds where nobody has said anything. */
export const usual: Rule = { kinds: {}, afterViewMinutes: 60 }

/** A rule with the unit whose it is. */
export interface Ruled {
  readonly unit: string
  readonly rule: Rule
  readonly changedAt: number
}

/** The rules of the org within what the reader may see. */
export async function rules(ctx: Ctx): Promise<(Ruled & { path: string })[]> {
  return (await store.listRules(ctx)).map(toRuled)
}

/** What holds on a unit: its own rule, or that of the nearest unit above with one. One read for many units. */
export async function ruling(ctx: Ctx): Promise<(unitPath: string) => Rule> {
  const all = (await store.listRules(ctx)).map(toRuled).sort((a, b) => b.path.length - a.path.length)
  return path => all.find(r => path.startsWith(r.path))?.rule ?? usual
}

/** What a rule says of one kind. */
export function demandOf(rule: Rule, custodian: Custodian): { demand: boolean; everyDays: number | null } {
  return rule.kinds[custodian.kind] ?? { demand: custodian.always === true, everyDays: null }
}

/** Sets what a unit demands; null lets the unit above decide again. Devices are brought in step within minutes. */
export async function setRule(ctx: Ctx, unitId: string, rule: Rule | null): Promise<void> {
  const unit = await unitFor(ctx, unitId, 'devices:configure')
  demand(ctx.authority, 'devices:secrets', unit.path, 'units:read')
  if (rule === null) {
    if (!(await store.removeRule(ctx, unit.id))) return
  } else {
    const known = new Set(custodians().flatMap(c => (c.demandable ? [c.kind] : [])))
    const strange = Object.keys(rule.kinds).find(kind => !known.has(kind))
    if (strange !== undefined) throw new Problem('escrow.kind-unknown', { kind: strange })
    const row = { org: ctx.org, unit: unit.id, unit_path: unit.path, rule: JSON.stringify(rule), changed_at: ctx.now }
    await store.putRule(ctx, row)
  }
  await record(ctx, escrowEvents.ruled, { kind: 'unit', id: unit.id, path: unit.path }, { rule })
  await sweepSoon(ctx)
}

function toRuled(row: store.RuleRow): Ruled & { path: string } {
  const rule = ruleShape.parse(JSON.parse(row.rule))
  return { unit: row.unit, path: row.unit_path, rule, changedAt: row.changed_at }
}
