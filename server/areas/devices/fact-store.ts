import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { JsonValue } from './fact.ts'

interface Tables {
  facts: { org: string; device: string; fact: string; value: string; source: string; at: number; changed_at: number }
  fact_history: { org: string; device: string; fact: string; at: number; value: string }
  reports: {
    org: string
    device: string
    source: string
    at: number
    size: number
    truncated: number
    value: Uint8Array
  }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)
const rowsAtOnce = 100

/** The facts of a device, by key, values as JSON. */
export async function listFacts(
  ctx: Ctx,
  device: string,
): Promise<{ key: string; text: string; source: string; at: number; changedAt: number }[]> {
  const rows = await db(ctx)
    .selectFrom('facts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .orderBy('fact')
    .execute()
  return rows.map(r => ({ key: r.fact, text: r.value, source: r.source, at: r.at, changedAt: r.changed_at }))
}

/** The device said these again, unchanged. */
export async function refreshFacts(ctx: Ctx, device: string, source: string, keys: readonly string[]): Promise<void> {
  for (let i = 0; i < keys.length; i += rowsAtOnce)
    await db(ctx)
      .updateTable('facts')
      .set({ at: ctx.now, source })
      .where('org', '=', ctx.org)
      .where('device', '=', device)
      .where('fact', 'in', keys.slice(i, i + rowsAtOnce))
      .execute()
}

/** Stores new values and adds each to the history. */
export async function putFacts(
  ctx: Ctx,
  device: string,
  source: string,
  changed: readonly { key: string; value: string }[],
): Promise<void> {
  const key = { org: ctx.org, device }
  for (let i = 0; i < changed.length; i += rowsAtOnce) {
    const part = changed.slice(i, i + rowsAtOnce)
    await db(ctx)
      .insertInto('facts')
      .values(part.map(f => ({ ...key, fact: f.key, value: f.value, source, at: ctx.now, changed_at: ctx.now })))
      .onConflict(c =>
        c.columns(['org', 'device', 'fact']).doUpdateSet(e => ({
          value: e.ref('excluded.value'),
          source: e.ref('excluded.source'),
          at: e.ref('excluded.at'),
          changed_at: e.ref('excluded.changed_at'),
        })),
      )
      .execute()
    await db(ctx)
      .insertInto('fact_history')
      .values(part.map(f => ({ ...key, fact: f.key, value: f.value, at: ctx.now })))
      .onConflict(c =>
        c.columns(['org', 'device', 'fact', 'at']).doUpdateSet(e => ({ value: e.ref('excluded.value') })),
      )
      .execute()
  }
}

/** What a fact has been, newest first. */
export async function listHistory(ctx: Ctx, device: string, key: string): Promise<{ value: JsonValue; at: number }[]> {
  const rows = await db(ctx)
    .selectFrom('fact_history')
    .select(['value', 'at'])
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('fact', '=', key)
    .orderBy('at', 'desc')
    .limit(500)
    .execute()
  return rows.map(r => ({ value: JSON.parse(r.value) as JsonValue, at: r.at }))
}

/** Forgets changes older than an instant, except the one that still held then: what a fact was at any later instant stays known. */
export async function removeHistoryBefore(ctx: Ctx, at: number): Promise<void> {
  await sql`DELETE FROM fact_history WHERE org = ${ctx.org} AND at < ${at} AND EXISTS (
    SELECT 1 FROM fact_history AS later WHERE later.org = fact_history.org AND later.device = fact_history.device
      AND later.fact = fact_history.fact AND later.at > fact_history.at AND later.at <= ${at})`.execute(ctx.tx)
}

/** Stores an answer in place of the last one from the same source. */
export async function putReport(
  ctx: Ctx,
  report: { device: string; source: string; at: number; size: number; truncated: boolean; value: Uint8Array },
): Promise<void> {
  const said = { at: report.at, size: report.size, truncated: Number(report.truncated), value: report.value }
  await db(ctx)
    .insertInto('reports')
    .values({ org: ctx.org, device: report.device, source: report.source, ...said })
    .onConflict(c => c.columns(['org', 'device', 'source']).doUpdateSet(said))
    .execute()
}

/** The last answers of a device, or the one from this source. */
export async function listReports(
  ctx: Ctx,
  device: string,
  source?: string,
): Promise<{ source: string; at: number; size: number; truncated: boolean; value: Uint8Array }[]> {
  const all = db(ctx).selectFrom('reports').selectAll().where('org', '=', ctx.org).where('device', '=', device)
  const rows = await (source === undefined ? all : all.where('source', '=', source))
    .orderBy('source')
    .limit(100)
    .execute()
  return rows.map(({ source: from, at, size, truncated, value }) => ({
    source: from,
    at,
    size,
    truncated: truncated === 1,
    value,
  }))
}
