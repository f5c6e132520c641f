import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { genesis } from '../../base/chain.ts'

/** An entry of the log as it is stored. */
export interface StoredEntry {
  seq: number
  hash: string
  [column: string]: string | number | null
}

/** The sealed entries after a place, up to another, a page at a time. */
export async function entriesAfter(ctx: Ctx, after: number, upTo: number, limit: number): Promise<StoredEntry[]> {
  const { rows } =
    await sql<StoredEntry>`SELECT seq, org, id, at, type, actor_kind, actor_id, about_kind, about_id, unit_path, data, request, hash
    FROM events WHERE org = ${ctx.org} AND seq > ${after} AND seq <= ${upTo} ORDER BY seq LIMIT ${limit}`.execute(
      ctx.tx,
    )
  return rows.map(r => ({ ...r, seq: Number(r.seq), at: Number(r['at']) }))
}

/**
 * Which entries a period is about: the first whose batch was sealed in it, up to the first signed head that covers all of it.
 * Instants of entries and heads never go back in a log that was written by one clock, and where a clock was put back more is taken, never less.
 */
export async function spanOf(
  ctx: Ctx,
  from: number,
  to: number,
): Promise<{ first: number; last: number; before: string; hash: string }> {
  const one = async (query: ReturnType<typeof sql<{ seq: number | null }>>): Promise<number | null> => {
    const seq = (await query.execute(ctx.tx)).rows[0]?.seq
    return seq === null || seq === undefined ? null : Number(seq)
  }
  const begins = await one(
    sql`SELECT MIN(seq) AS seq FROM events WHERE org = ${ctx.org} AND seq IS NOT NULL AND at > ${from}`,
  )
  const newest = await one(sql`SELECT MAX(seq) AS seq FROM event_heads WHERE org = ${ctx.org}`)
  const ends = await one(
    sql`SELECT MAX(seq) AS seq FROM events WHERE org = ${ctx.org} AND seq IS NOT NULL AND at <= ${to}`,
  )
  const covers = await one(sql`SELECT MIN(seq) AS seq FROM event_heads WHERE org = ${ctx.org} AND seq >= ${ends ?? 0}`)
  const last = covers ?? newest ?? 0
  const first = Math.min(begins ?? last + 1, last + 1)
  return { first, last, before: await hashAt(ctx, first - 1), hash: await hashAt(ctx, last) }
}

async function hashAt(ctx: Ctx, seq: number): Promise<string> {
  if (seq === 0) return genesis
  const { rows } = await sql<{ hash: string }>`SELECT hash FROM events WHERE org = ${ctx.org} AND seq = ${seq}`.execute(
    ctx.tx,
  )
  return rows[0]?.hash ?? genesis
}

/** Signed heads within these entries. */
export async function headsBetween(ctx: Ctx, first: number, last: number, after: number, limit: number) {
  const { rows } = await sql<{ seq: number; hash: string; signature: string; at: number }>`
    SELECT seq, hash, signature, at FROM event_heads
    WHERE org = ${ctx.org} AND seq >= ${first} AND seq <= ${last} AND seq > ${after} ORDER BY seq LIMIT ${limit}`.execute(
    ctx.tx,
  )
  return rows.map(r => ({ ...r, seq: Number(r.seq), at: Number(r.at) }))
}

/** The version of each policy that counted at an instant: the newest that was saved by then. */
export async function policiesAt(ctx: Ctx, at: number) {
  const { rows } = await sql<{
    id: string
    name: string
    kind: string
    version: number
    at: number
    by_kind: string
    by_id: string | null
    note: string
    value: string
    archived_at: number | null
  }>`SELECT p.id, p.name, p.kind, v.version, v.at, v.by_kind, v.by_id, v.note, v.value, p.archived_at
    FROM policies AS p JOIN policy_versions AS v ON v.org = p.org AND v.policy = p.id
    WHERE p.org = ${ctx.org} AND v.version = (SELECT MAX(w.version) FROM policy_versions AS w
      WHERE w.org = p.org AND w.policy = p.id AND w.at <= ${at}) AND (p.archived_at IS NULL OR p.archived_at > ${at})
    ORDER BY p.name_key, p.id`.execute(ctx.tx)
  return rows.map(r => ({ ...r, version: Number(r.version), at: Number(r.at) }))
}

/** Who may do what where, with what they sign in with. */
export async function accessNow(ctx: Ctx) {
  const { rows } = await sql<{
    id: string
    name: string
    email: string
    state: string
    role: string | null
    unit: string | null
    granted_at: number | null
    last_sign_in_at: number | null
    code: number
    passkeys: number
  }>`SELECT a.id, a.name, a.email, a.state, g.role, g.unit, g.created_at AS granted_at, a.last_sign_in_at,
      CASE WHEN a.totp IS NULL THEN 0 ELSE 1 END AS code,
      (SELECT COUNT(*) FROM passkeys AS k WHERE k.org = a.org AND k.admin = a.id) AS passkeys
    FROM admins AS a LEFT JOIN grants AS g ON g.org = a.org AND g.admin = a.id
    WHERE a.org = ${ctx.org} ORDER BY a.email_key, g.role`.execute(ctx.tx)
  return rows
}

/** Exceptions from rules that were asked for or held in a period. */
export async function exceptionsBetween(ctx: Ctx, from: number, to: number) {
  const { rows } = await sql<{
    rule: string | null
    device: string | null
    user_id: string | null
    state: string
    reason: string
    until: number
    asked_id: string | null
    asked_at: number
    decided_id: string | null
    decided_at: number | null
  }>`SELECT r.name AS rule, e.device, e.user_id, e.state, e.reason, e.until, e.asked_id, e.asked_at, e.decided_id, e.decided_at
    FROM exceptions AS e LEFT JOIN rules AS r ON r.org = e.org AND r.id = e.rule
    WHERE e.org = ${ctx.org} AND e.asked_at <= ${to} AND e.until > ${from} ORDER BY e.asked_at, e.id`.execute(ctx.tx)
  return rows
}
