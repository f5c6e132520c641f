import { inflateRawSync } from 'node:zlib'
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { padded } from '../../base/db.ts'
import { within } from '../../base/filter.ts'
import { monthOf } from '../devices/index.ts'
import { personalModes } from '../privacy/index.ts'

/** Only rows of units the reader holds this permission on. */
function scoped(ctx: Ctx, permission: string, column: string): Expression<SqlBool> {
  const paths = ctx.authority.where(permission)
  return paths.some(p => p.split('/').length <= 3) ? sql<SqlBool>`1 = 1` : within(column, paths)
}

/** Since when these devices have had whoever had them at an instant. */
export async function heldSince(ctx: Ctx, at: number, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ device: string; since: number }>`SELECT device, MAX(since) AS since FROM assignments
    WHERE org = ${ctx.org} AND device IN (${sql.join(padded(ids))}) AND since <= ${at} AND user_id IS NOT NULL
      AND (until IS NULL OR until > ${at}) GROUP BY device`.execute(ctx.tx)
  return new Map(rows.map(r => [r.device, Number(r.since)]))
}

interface Span {
  from: number
  to: number
  limit: number
}

/** Orders that people gave in a period, in the order of their ids. */
export async function commandsBetween(ctx: Ctx, { from, to, after, limit }: Span & { after: string }) {
  const { rows } = await sql<{
    id: string
    kind: string
    device: string
    state: string
    created_at: number
    sent_at: number | null
    ended_at: number | null
    by_kind: string
    by_id: string | null
    reason: string | null
    wipes: number
  }>`SELECT id, kind, device, state, created_at, sent_at, ended_at, by_kind, by_id, reason, wipes FROM commands
    WHERE org = ${ctx.org} AND quiet = 0 AND created_at > ${from} AND created_at <= ${to} AND id > ${after}
      AND ${scoped(ctx, 'commands:read', 'unit_path')} ORDER BY id LIMIT ${limit}`.execute(ctx.tx)
  return rows.map(r => ({
    id: r.id,
    kind: r.kind,
    device: r.device,
    state: r.state,
    at: Number(r.created_at),
    sentAt: r.sent_at === null ? null : Number(r.sent_at),
    endedAt: r.ended_at === null ? null : Number(r.ended_at),
    byKind: r.by_kind,
    byId: r.by_id,
    reason: r.reason,
    wipes: Number(r.wipes) === 1,
  }))
}

/** Sealed events of these types in a period, in their order. */
export async function eventsBetween(
  ctx: Ctx,
  { types, from, to, after, limit }: Span & { types: readonly string[]; after: number },
) {
  const { rows } = await sql<{
    seq: number
    at: number
    type: string
    actor_kind: string
    actor_id: string | null
    about_id: string | null
    data: string
  }>`SELECT seq, at, type, actor_kind, actor_id, about_id, data FROM events
    WHERE org = ${ctx.org} AND seq > ${after} AND type IN (${sql.join([...types])}) AND at > ${from} AND at <= ${to}
      AND ${scoped(ctx, 'events:read', 'unit_path')} ORDER BY seq LIMIT ${limit}`.execute(ctx.tx)
  return rows.map(r => ({
    seq: Number(r.seq),
    at: Number(r.at),
    type: r.type,
    actorKind: r.actor_kind,
    actorId: r.actor_id,
    aboutId: r.about_id,
    data: JSON.parse(r.data) as Record<string, unknown>,
  }))
}

/** Certificates that are or were in use, in the order of their ids. */
export async function certificatesAfter(ctx: Ctx, after: string, limit: number) {
  const { rows } = await sql<{
    id: string
    purpose: string
    subject: string
    issuer_name: string
    serial: string
    not_before: number
    not_after: number
    state: string
  }>`SELECT id, purpose, subject, issuer_name, serial, not_before, not_after, state FROM certificates
    WHERE org = ${ctx.org} AND id > ${after} AND state IN ('active', 'revoked')
      AND ${scoped(ctx, 'certificates:read', 'unit_path')} ORDER BY id LIMIT ${limit}`.execute(ctx.tx)
  return rows.map(r => ({
    id: r.id,
    purpose: r.purpose,
    subject: r.subject,
    issuer: r.issuer_name,
    serial: r.serial,
    notBefore: Number(r.not_before),
    notAfter: Number(r.not_after),
    state: r.state,
  }))
}

/** On how many days (UTC) devices that are nobody's own called in a period. */
export async function contactDays(
  ctx: Ctx,
  { from, to, after, limit }: Span & { after: string },
): Promise<{ device: string; unit: string; user: string | null; days: number }[]> {
  const [first, last] = [monthOf(from), monthOf(to)]
  const { rows } = await sql<{ id: string; unit: string; user_id: string | null }>`SELECT id, unit, user_id FROM devices
    WHERE org = ${ctx.org} AND id > ${after} AND ownership = 'company' AND state <> 'ended'
      AND NOT EXISTS (SELECT 1 FROM enrollments WHERE enrollments.org = devices.org AND enrollments.device = devices.id
        AND enrollments.state = 'active' AND enrollments.kind IN (${sql.join(personalModes)}))
      AND ${scoped(ctx, 'devices:read', 'unit_path')} ORDER BY id LIMIT ${limit}`.execute(ctx.tx)
  if (rows.length === 0) return []
  const found = await sql<{
    device: string
    month: number
    days: number
  }>`SELECT device, month, days FROM contact_months
    WHERE org = ${ctx.org} AND device IN (${sql.join(padded(rows.map(r => r.id)))})
      AND month >= ${first.month} AND month <= ${last.month}`.execute(ctx.tx)
  const days = new Map<string, number>()
  for (const row of found.rows) {
    let bits = Number(row.days)
    if (Number(row.month) === first.month) bits &= ~(first.bit - 1)
    if (Number(row.month) === last.month) bits &= 2 * last.bit - 1
    let n = 0
    for (let left = bits >>> 0; left > 0; left >>>= 1) n += left & 1
    days.set(row.device, (days.get(row.device) ?? 0) + n)
  }
  return rows.map(r => ({ device: r.id, unit: r.unit, user: r.user_id, days: days.get(r.id) ?? 0 }))
}

/** The lists of apps that devices gave, a few devices at a time. */
export async function appListsAfter(ctx: Ctx, after: string, limit: number) {
  const { rows } = await sql<{
    device: string
    value: Uint8Array
    ownership: string
    platform: string
    unit_path: string
    mode: string | null
  }>`SELECT reports.device, reports.value, devices.ownership, devices.platform, devices.unit_path,
      (SELECT kind FROM enrollments WHERE enrollments.org = devices.org AND enrollments.device = devices.id
        AND enrollments.state = 'active' LIMIT 1) AS mode
    FROM reports JOIN devices ON devices.org = reports.org AND devices.id = reports.device
    WHERE reports.org = ${ctx.org} AND reports.source = 'list:apps' AND reports.device > ${after}
      AND ${scoped(ctx, 'devices:read', 'devices.unit_path')} ORDER BY reports.device LIMIT ${limit}`.execute(ctx.tx)
  return rows.map(({ value, unit_path: unitPath, ...r }) => ({ ...r, unitPath, apps: appsIn(value) }))
}

const mostBytes = 8 * 1024 * 1024

function appsIn(value: Uint8Array): { id: string; name: string; version: string }[] {
  const list: unknown = JSON.parse(inflateRawSync(value, { maxOutputLength: mostBytes }).toString('utf8'))
  if (!Array.isArray(list)) return []
  return list.flatMap((one: unknown) => {
    if (one === null || typeof one !== 'object') return []
    const app = one as Record<string, unknown>
    const text = (...keys: string[]): string => String(keys.map(k => app[k]).find(v => typeof v === 'string') ?? '')
    return [{ id: text('identifier', 'bundleId', 'id'), name: text('name'), version: text('shortVersion', 'version') }]
  })
}
