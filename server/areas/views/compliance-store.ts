import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains, type Field } from '../../base/filter.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import { oneOf } from './device-store.ts'
import { seen, type Tally } from './home-store.ts'

interface Tables {
  verdict_history: { org: string; device: string; rule: string; at: number; verdict: string }
  device_compliance: {
    org: string
    device: string
    state: string
    violating: number
    severity: string | null
    since: number
    unit_path: string
  }
  rules: { org: string; id: string; name: string; name_key: string; kind: string; unit_path: string; removed: number }
  exceptions: { org: string; state: string; until: number; asked_at: number; unit_path: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)
const states = ['violating', 'grace', 'unknown', 'compliant'] as const

/** Devices by how they stand: `violating`, `grace`, `unknown`, `compliant`, `excepted` from some rule, or `none` where no rule applies. */
export function complianceField(ctx: Ctx): Field {
  return {
    kind: 'custom',
    match: value => {
      const state = fold(value)
      if (state === 'none')
        return sql<SqlBool>`NOT EXISTS (SELECT 1 FROM device_compliance
          WHERE device_compliance.org = devices.org AND device_compliance.device = devices.id)`
      if (state === 'excepted')
        return sql<SqlBool>`id IN (SELECT device FROM verdicts WHERE org = ${ctx.org} AND verdict = 'excepted')`
      if (!states.some(s => s === state))
        throw new Problem('filter.malformed', {
          reason: 'filter.value-unknown',
          field: 'compliance',
          value,
          known: [...states, 'excepted', 'none'],
        })
      // Most devices are compliant: those are looked for along the list, the others from their few.
      if (state === 'compliant')
        return sql<SqlBool>`EXISTS (SELECT 1 FROM device_compliance WHERE device_compliance.org = devices.org
          AND device_compliance.device = devices.id AND device_compliance.state = 'compliant')`
      return sql<SqlBool>`id IN (SELECT device FROM device_compliance WHERE org = ${ctx.org} AND state = ${state})`
    },
  }
}

/** Devices that violate a rule of this id or name, also in their time of grace. */
export function ruleField(ctx: Ctx): Field {
  return {
    kind: 'custom',
    match: value => {
      const named = value.startsWith('rul_')
        ? sql<SqlBool>`rules.id = ${value}`
        : sql<SqlBool>`rules.name_key = ${fold(value)}`
      return sql<SqlBool>`id IN (SELECT verdicts.device FROM rules CROSS JOIN verdicts
        WHERE rules.org = ${ctx.org} AND ${named} AND rules.removed = 0
          AND verdicts.org = rules.org AND verdicts.rule = rules.id AND verdicts.verdict IN ('violating', 'grace'))`
    },
  }
}

/** How these devices stand; those no rule applies to are absent, and those whose standing the reader may not see. */
export async function complianceOf(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, { state: string; violating: number; severity: string | null }>> {
  const rows = await db(ctx)
    .selectFrom('device_compliance')
    .select(['device', 'state', 'violating', 'severity'])
    .where('org', '=', ctx.org)
    .where(oneOf(ids, 'device'))
    .where(seen(ctx, 'compliance:read', 'unit_path'))
    .execute()
  return new Map(rows.map(({ device, ...r }) => [device, r]))
}

/** How these devices stood at an instant, from what their verdicts were then; how grave a rule was is not kept. */
export async function complianceThen(
  ctx: Ctx,
  at: number,
  ids: readonly string[],
): Promise<Map<string, { state: string; violating: number; severity: string | null }>> {
  const rows = await db(ctx)
    .selectFrom('verdict_history')
    .select(['device', 'rule', 'verdict'])
    .where('org', '=', ctx.org)
    .where(oneOf(ids, 'device'))
    .where('at', '<=', at)
    .orderBy('at')
    .execute()
  const last = new Map<string, Map<string, string>>()
  for (const { device, rule, verdict } of rows) {
    const of = last.get(device) ?? new Map<string, string>()
    last.set(device, of.set(rule, verdict))
  }
  return new Map(
    [...last].flatMap(([device, verdicts]) => {
      const all = [...verdicts.values()].filter(v => v !== 'not-applicable')
      if (all.length === 0) return []
      const state = states.find(s => all.includes(s)) ?? 'compliant'
      const violating = all.filter(v => v === 'violating' || v === 'grace').length
      return [[device, { state, violating, severity: null }] as const]
    }),
  )
}

/** Devices that violate something grave, and since when. */
export async function violatingDevices(ctx: Ctx): Promise<Tally & { grave: number }> {
  const row = await db(ctx)
    .selectFrom('device_compliance')
    .select([
      sql<number>`COUNT(*)`.as('n'),
      sql<number | null>`MIN(since)`.as('since'),
      sql<number | null>`SUM(CASE WHEN severity IN ('high', 'critical') THEN 1 ELSE 0 END)`.as('grave'),
    ])
    .where('org', '=', ctx.org)
    .where('state', '=', 'violating')
    .where(seen(ctx, 'compliance:read', 'unit_path'))
    .executeTakeFirst()
  return {
    count: Number(row?.n ?? 0),
    since: row?.since === null || row?.since === undefined ? null : Number(row.since),
    grave: Number(row?.grave ?? 0),
  }
}

/** Exceptions in a state that end before an instant: how many, since when they were asked for, and when the first ends. */
export async function exceptionsIn(
  ctx: Ctx,
  state: 'asked' | 'granted',
  before: number,
): Promise<Tally & { due: number | null }> {
  const row = await db(ctx)
    .selectFrom('exceptions')
    .select([
      sql<number>`COUNT(*)`.as('n'),
      sql<number | null>`MIN(asked_at)`.as('since'),
      sql<number | null>`MIN(until)`.as('due'),
    ])
    .where('org', '=', ctx.org)
    .where('state', '=', state)
    .where('until', '<', before)
    .where(seen(ctx, 'compliance:read', 'unit_path'))
    .executeTakeFirst()
  const at = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : Number(value)
  return { count: Number(row?.n ?? 0), since: at(row?.since), due: at(row?.due) }
}

/** Rules the reader may see whose name holds every word. */
export async function rulesHolding(
  ctx: Ctx,
  words: readonly string[],
  most: number,
): Promise<{ id: string; name: string; kind: string }[]> {
  const rows = db(ctx)
    .selectFrom('rules')
    .select(['id', 'name', 'kind'])
    .where('org', '=', ctx.org)
    .where('removed', '=', 0)
    .where(seen(ctx, 'compliance:read', 'unit_path'))
  return words
    .reduce((all, word) => all.where(contains('name_key', word, true) as Expression<SqlBool>), rows)
    .orderBy('name_key')
    .limit(most)
    .execute()
}
