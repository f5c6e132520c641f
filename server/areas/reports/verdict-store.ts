import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { within } from '../../base/filter.ts'

/** A verdict as it was. */
export interface PastVerdict {
  device: string
  rule: string
  name: string
  user: string | null
  unit: string
  ruleName: string
  severity: string
  verdict: string
  at: number
  apps: string[]
}

interface Row {
  device: string
  rule: string
  name: string
  user_name: string | null
  unit: string
  rule_name: string
  severity: string
  verdict: string
  at: number
  evidence: string | null
}

/** One page of the verdicts that held at an instant, of devices as they were then, in the order of devices and rules. */
export async function verdictsAt(
  ctx: Ctx,
  at: number,
  asked: { apps?: true; violating?: true; after: { device: string; rule: string }; limit: number },
): Promise<PastVerdict[]> {
  const paths = ctx.authority.where('compliance:read')
  const scope = paths.some(p => p.split('/').length <= 3) ? sql<SqlBool>`1 = 1` : within('p.unit_path', paths)
  const apps = asked.apps ? sql`AND r.kind LIKE 'app%'` : sql``
  const only = asked.violating ? sql`AND h.verdict IN ('violating', 'grace')` : sql`AND h.verdict <> 'not-applicable'`
  const { device, rule } = asked.after
  const { rows } = await sql<Row>`SELECT h.device, h.rule, p.name, p.user_name, p.unit, r.name AS rule_name, r.severity,
      h.verdict, h.at, h.evidence
    FROM verdict_history AS h
    JOIN device_past AS p ON p.org = h.org AND p.id = h.device AND p.since <= ${at} AND (p.until IS NULL OR p.until > ${at})
    JOIN rules AS r ON r.org = h.org AND r.id = h.rule
    WHERE h.org = ${ctx.org} AND h.at <= ${at} AND (h.device > ${device} OR (h.device = ${device} AND h.rule > ${rule}))
      AND p.state <> 'ended' AND ${scope} ${apps} ${only}
      AND NOT EXISTS (SELECT 1 FROM verdict_history AS l WHERE l.org = h.org AND l.device = h.device AND l.rule = h.rule
        AND l.at > h.at AND l.at <= ${at})
    ORDER BY h.device, h.rule LIMIT ${asked.limit}`.execute(ctx.tx)
  return rows.map(r => ({
    device: r.device,
    rule: r.rule,
    name: r.name,
    user: r.user_name,
    unit: r.unit,
    ruleName: r.rule_name,
    severity: r.severity,
    verdict: r.verdict,
    at: Number(r.at),
    apps: appsIn(r.evidence),
  }))
}

/** Names of what a verdict found, such as apps. */
function appsIn(evidence: string | null): string[] {
  if (evidence === null) return []
  const { found } = JSON.parse(evidence) as { found?: { name: string }[] }
  return (found ?? []).map(f => f.name)
}
