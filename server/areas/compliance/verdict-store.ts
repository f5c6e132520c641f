import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath } from '../../base/filter.ts'
import type { Evidence } from './judgement.ts'
import type { Severity } from './rule.ts'
import type { State, Verdict, VerdictName } from './settle.ts'

/** A verdict with whose it is and where it is counted. */
export interface KeptVerdict extends Verdict {
  readonly device: string
  readonly rule: string
  readonly unit: string
}

interface VerdictRow {
  org: string
  device: string
  rule: string
  verdict: VerdictName
  since: number
  evidence: string | null
  violated_at: number | null
  grace_until: number | null
  responded: number
  look_at: number | null
  unit: string
}

/** How a device stands. */
export interface Standing {
  device: string
  state: State
  since: number
  violating: number
  unknown: number
  severity: Severity | null
  unit: string
  unit_path: string
  user_id: string | null
  judged_at: number
}

interface Tables {
  verdicts: VerdictRow
  verdict_history: { org: string; device: string; rule: string; at: number; verdict: string; evidence: string | null }
  device_compliance: { org: string } & Standing
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)
const rowsAtOnce = 80

function toVerdict(row: VerdictRow): KeptVerdict {
  return {
    device: row.device,
    rule: row.rule,
    unit: row.unit,
    verdict: row.verdict,
    since: row.since,
    evidence: row.evidence === null ? null : (JSON.parse(row.evidence) as Evidence),
    violatedAt: row.violated_at,
    graceUntil: row.grace_until,
    responded: row.responded,
    lookAt: row.look_at,
  }
}

/** Every verdict on these devices. */
export async function verdictsOn(ctx: Ctx, devices: readonly string[]): Promise<KeptVerdict[]> {
  if (devices.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('verdicts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .execute()
  return rows.map(toVerdict)
}

/** Ids of devices that a rule says something of, in order, after one of them. */
export async function devicesJudged(ctx: Ctx, rule: string, after: string, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('verdicts')
    .select('device')
    .where('org', '=', ctx.org)
    .where('rule', '=', rule)
    .where('device', '>', after)
    .orderBy('device')
    .limit(most)
    .execute()
  return rows.map(r => r.device)
}

/** Ids of devices of whom time alone may have changed a verdict by now. */
export async function devicesDue(ctx: Ctx, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('verdicts')
    .select('device')
    .where('org', '=', ctx.org)
    .where('look_at', 'is not', null)
    .where('look_at', '<=', ctx.now)
    .orderBy('look_at')
    .limit(most)
    .execute()
  return [...new Set(rows.map(r => r.device))]
}

/** Writes verdicts, many at once. */
export async function putVerdicts(ctx: Ctx, all: readonly KeptVerdict[]): Promise<void> {
  for (let i = 0; i < all.length; i += rowsAtOnce)
    await db(ctx)
      .insertInto('verdicts')
      .values(all.slice(i, i + rowsAtOnce).map(v => toRow(ctx, v)))
      .onConflict(c =>
        c.columns(['org', 'device', 'rule']).doUpdateSet(e => ({
          verdict: e.ref('excluded.verdict'),
          since: e.ref('excluded.since'),
          evidence: e.ref('excluded.evidence'),
          violated_at: e.ref('excluded.violated_at'),
          grace_until: e.ref('excluded.grace_until'),
          responded: e.ref('excluded.responded'),
          look_at: e.ref('excluded.look_at'),
          unit: e.ref('excluded.unit'),
        })),
      )
      .execute()
}

function toRow(ctx: Ctx, v: KeptVerdict): VerdictRow {
  return {
    org: ctx.org,
    device: v.device,
    rule: v.rule,
    verdict: v.verdict,
    since: v.since,
    evidence: v.evidence === null ? null : JSON.stringify(v.evidence),
    violated_at: v.violatedAt,
    grace_until: v.graceUntil,
    responded: v.responded,
    look_at: v.lookAt,
    unit: v.unit,
  }
}

/** Takes verdicts away. */
export async function removeVerdicts(ctx: Ctx, all: readonly Pick<KeptVerdict, 'device' | 'rule'>[]): Promise<void> {
  for (const [rule, of] of Map.groupBy(all, v => v.rule))
    await db(ctx)
      .deleteFrom('verdicts')
      .where('org', '=', ctx.org)
      .where('rule', '=', rule)
      .where(
        'device',
        'in',
        of.map(v => v.device),
      )
      .execute()
}

/** One change of a verdict. */
export interface Past {
  device: string
  rule: string
  at: number
  verdict: string
  evidence: Evidence | null
}

/** Adds changes to the history. */
export async function addHistory(ctx: Ctx, all: readonly Past[]): Promise<void> {
  for (let i = 0; i < all.length; i += rowsAtOnce)
    await db(ctx)
      .insertInto('verdict_history')
      .values(
        all.slice(i, i + rowsAtOnce).map(p => ({
          org: ctx.org,
          ...p,
          evidence: p.evidence === null ? null : JSON.stringify(p.evidence),
        })),
      )
      .onConflict(c =>
        c.columns(['org', 'device', 'rule', 'at']).doUpdateSet(e => ({
          verdict: e.ref('excluded.verdict'),
          evidence: e.ref('excluded.evidence'),
        })),
      )
      .execute()
}

/** What verdicts on a device have been, newest first. */
export async function historyOf(ctx: Ctx, device: string, most: number): Promise<Past[]> {
  const rows = await db(ctx)
    .selectFrom('verdict_history')
    .select(['device', 'rule', 'at', 'verdict', 'evidence'])
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .orderBy('at', 'desc')
    .orderBy('rule')
    .limit(most)
    .execute()
  return rows.map(r => ({ ...r, evidence: r.evidence === null ? null : (JSON.parse(r.evidence) as Evidence) }))
}

/** Takes what was found on a device out of what its verdicts have been; that they were stays. */
export async function blankFound(ctx: Ctx, device: string): Promise<void> {
  await db(ctx)
    .updateTable('verdict_history')
    .set({ evidence: null })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('evidence', 'like', '%"found":%')
    .execute()
}

/** Forgets changes older than an instant. */
export async function removeHistoryBefore(ctx: Ctx, at: number): Promise<void> {
  await db(ctx).deleteFrom('verdict_history').where('org', '=', ctx.org).where('at', '<', at).execute()
}

/** How these devices stand. */
export async function standingsOn(ctx: Ctx, devices: readonly string[]): Promise<Map<string, Standing>> {
  if (devices.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('device_compliance')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .execute()
  return new Map(rows.map(({ org: _, ...r }) => [r.device, r]))
}

/** Writes how devices stand, many at once. */
export async function putStandings(ctx: Ctx, all: readonly Standing[]): Promise<void> {
  for (let i = 0; i < all.length; i += rowsAtOnce)
    await db(ctx)
      .insertInto('device_compliance')
      .values(all.slice(i, i + rowsAtOnce).map(s => ({ org: ctx.org, ...s })))
      .onConflict(c =>
        c.columns(['org', 'device']).doUpdateSet(e => ({
          state: e.ref('excluded.state'),
          since: e.ref('excluded.since'),
          violating: e.ref('excluded.violating'),
          unknown: e.ref('excluded.unknown'),
          severity: e.ref('excluded.severity'),
          unit: e.ref('excluded.unit'),
          unit_path: e.ref('excluded.unit_path'),
          user_id: e.ref('excluded.user_id'),
          judged_at: e.ref('excluded.judged_at'),
        })),
      )
      .execute()
}

/** No rule applies to these any more. */
export async function removeStandings(ctx: Ctx, devices: readonly string[]): Promise<void> {
  if (devices.length === 0) return
  await db(ctx)
    .deleteFrom('device_compliance')
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .execute()
}

/** Paths follow their unit. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('device_compliance')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}
