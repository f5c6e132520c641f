import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within } from '../../base/filter.ts'
import { isTop, oneOf } from './device-store.ts'

interface Tables {
  devices: {
    org: string
    id: string
    name: string
    unit: string
    unit_path: string
    user_name: string | null
    state: string
    state_at: number
    last_seen_at: number
  }
  events: { org: string; seq: number | null; type: string; about_id: string | null; unit_path: string; at: number }
  invitations: {
    org: string
    id: string
    unit: string
    used: number
    revoked_at: number | null
    created_at: number
    expires_at: number
    origin: string
  }
  units: { org: string; id: string; path: string }
  wakes: { org: string; enrollment: string; account: string; state: string; unit_path: string; updated_at: number }
  users: { org: string; id: string; unit_path: string; display_name: string; email: string | null; search: string }
  commands: { org: string; id: string; device: string; kind: string; state: string; quiet: number; created_at: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** How many there are, and since when. */
export interface Tally {
  count: number
  since: number | null
}

const tally = (row: { n: unknown; since: unknown } | undefined): Tally => ({
  count: Number(row?.n ?? 0),
  since: row?.since === null || row?.since === undefined ? null : Number(row.since),
})

/** What the actor may see by this permission, by a column of paths. */
export function seen(ctx: Ctx, permission: string, column: string): Expression<SqlBool> {
  const paths = ctx.authority.where(permission)
  return isTop(paths) ? sql<SqlBool>`1 = 1` : within(column, paths)
}

/** Devices that have been in a state since before an instant. */
export async function inStateBefore(ctx: Ctx, state: 'enrolling' | 'silent' | 'lost', before: number): Promise<Tally> {
  const row = await db(ctx)
    .selectFrom('devices')
    .select([sql<number>`COUNT(*)`.as('n'), sql<number | null>`MIN(state_at)`.as('since')])
    .where('org', '=', ctx.org)
    .where('state', '=', state)
    .where('state_at', '<', before)
    .where(seen(ctx, 'devices:read', 'unit_path'))
    .executeTakeFirst()
  return tally(row)
}

/** A few devices that are lost, those for the longest first. */
export function lostDevices(ctx: Ctx, most: number) {
  return db(ctx)
    .selectFrom('devices')
    .select(['id', 'name', 'unit', 'unit_path', 'user_name', 'state_at'])
    .where('org', '=', ctx.org)
    .where('state', '=', 'lost')
    .where(seen(ctx, 'devices:read', 'unit_path'))
    .orderBy('state_at')
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Devices about which an event of a type was recorded since an instant; looks at the newest 5,000 such events at most. */
export async function devicesWithEvent(ctx: Ctx, type: string, since: number): Promise<Tally> {
  const newest = db(ctx)
    .selectFrom('events')
    .select(['about_id', 'at', 'unit_path'])
    .where('org', '=', ctx.org)
    .where('type', '=', type)
    .where('seq', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(5000)
    .as('newest')
  const row = await db(ctx)
    .selectFrom(newest)
    .select([sql<number>`COUNT(DISTINCT about_id)`.as('n'), sql<number | null>`MIN(at)`.as('since')])
    .where('at', '>=', since)
    .where(seen(ctx, 'devices:read', 'unit_path'))
    .executeTakeFirst()
  return tally(row)
}

/** Of these devices those that the reader may see. */
export async function among(ctx: Ctx, all: readonly { device: string; since: number }[]): Promise<Tally> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .select('id')
    .where('org', '=', ctx.org)
    .where(oneOf([...new Set(all.map(a => a.device))]))
    .where(seen(ctx, 'devices:read', 'unit_path'))
    .execute()
  const ids = new Set(rows.map(r => r.id))
  const since = all.filter(a => ids.has(a.device)).map(a => a.since)
  return { count: ids.size, since: since.length === 0 ? null : Math.min(...since) }
}

/** Devices in use whose push address no longer works. */
export async function unreachable(ctx: Ctx): Promise<Tally> {
  const row = await db(ctx)
    .selectFrom('wakes')
    .select([sql<number>`COUNT(*)`.as('n'), sql<number | null>`MIN(updated_at)`.as('since')])
    .where('org', '=', ctx.org)
    .where('account', '=', '')
    .where('state', '<>', 'ready')
    .where(seen(ctx, 'devices:read', 'unit_path'))
    .executeTakeFirst()
  return tally(row)
}

/** Invitations nobody has used that were made before an instant and still stand; `due` is when the first of them expires. */
export async function unusedInvitations(ctx: Ctx, before: number): Promise<Tally & { due: number | null }> {
  const row = await db(ctx)
    .selectFrom('invitations')
    .innerJoin('units', j => j.onRef('units.org', '=', 'invitations.org').onRef('units.id', '=', 'invitations.unit'))
    .select([
      sql<number>`COUNT(*)`.as('n'),
      sql<number | null>`MIN(invitations.created_at)`.as('since'),
      sql<number | null>`MIN(expires_at)`.as('due'),
    ])
    .where('invitations.org', '=', ctx.org)
    .where('origin', '=', 'person')
    .where('used', '=', 0)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .where('invitations.created_at', '<', before)
    .where(seen(ctx, 'invitations:read', 'units.path'))
    .executeTakeFirst()
  return { ...tally(row), due: row?.due === null || row?.due === undefined ? null : Number(row.due) }
}

/** Users the actor may see whose names or numbers hold the folded text. */
export async function usersHolding(
  ctx: Ctx,
  condition: Expression<SqlBool>,
  most: number,
): Promise<{ id: string; display_name: string; email: string | null }[]> {
  return db(ctx)
    .selectFrom('users')
    .select(['id', 'display_name', 'email'])
    .where('org', '=', ctx.org)
    .where(seen(ctx, 'users:read', 'unit_path'))
    .where(condition)
    .orderBy('display_name')
    .limit(most)
    .execute()
}

/** The newest commands, no older than the id, that are of these kinds or bear this id. */
export async function commandsFound(
  ctx: Ctx,
  wanted: { id: string; kinds: readonly string[]; newerThan: string },
  most: number,
): Promise<{ id: string; kind: string; state: string; device: string; device_name: string }[]> {
  const kinds =
    wanted.kinds.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`commands.kind IN (${sql.join([...wanted.kinds])})`
  return own<Tables & { devices: { name: string } }>(ctx.tx)
    .selectFrom('commands')
    .innerJoin('devices', j => j.onRef('devices.org', '=', 'commands.org').onRef('devices.id', '=', 'commands.device'))
    .select(['commands.id', 'commands.kind', 'commands.state', 'commands.device', 'devices.name as device_name'])
    .where('commands.org', '=', ctx.org)
    .where(seen(ctx, 'commands:read', 'devices.unit_path'))
    .where(e =>
      e.or([
        e('commands.id', '=', wanted.id),
        e.and([e('commands.id', '>', wanted.newerThan), kinds, e('commands.quiet', '=', 0)]),
      ]),
    )
    .orderBy('commands.id', 'desc')
    .limit(most)
    .execute()
}
