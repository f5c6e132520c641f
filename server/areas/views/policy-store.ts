import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { type Field, within } from '../../base/filter.ts'
import { fold } from '../../base/text.ts'
import { isTop, oneOf } from './device-store.ts'
import type { Tally } from './home-store.ts'

interface Tables {
  desired: { org: string; device: string; enrollment: string | null; effective: string }
  item_status: { org: string; enrollment: string; device: string; state: string; changed_at: number }
  devices: { org: string; id: string; unit_path: string }
  rollouts: {
    org: string
    id: string
    policy: string
    unit_path: string
    from_version: number
    to_version: number
    state: string
    reason: string
    facts: string
    ended_at: number
  }
  policies: { org: string; id: string; name: string; name_key: string; version: number; archived_at: number | null }
  policy_tests: { org: string; unit_path: string; name: string; name_key: string; ran_at: number; ran_failing: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

// Word for word as the indexes of 0082 say it: else SQLite does not use them.
const unsettled = sql<SqlBool>`state <> 'installed' AND state <> 'unsupported'`
const stuck = sql<SqlBool>`state IN ('failed', 'blocked')`

const wanting = sql<SqlBool>`EXISTS (SELECT 1 FROM desired WHERE desired.org = devices.org AND desired.device = devices.id
  AND desired.enrollment IS NOT NULL AND desired.effective <> '')`

/** How far a device is with what it should have, as filters ask for it. */
type Standing = (org: string) => Expression<SqlBool>

/** Devices that should have something and have all of it that they can take. Along the list, because most devices are. */
const well: Standing = () => sql<SqlBool>`(${wanting}
  AND NOT EXISTS (SELECT 1 FROM item_status WHERE item_status.org = devices.org AND item_status.device = devices.id AND ${unsettled}))`

const standings: Readonly<Record<string, Standing>> = {
  ok: well,
  // Failed, or stuck for want of a value: nothing will come of it by itself.
  failed: org => sql<SqlBool>`id IN (SELECT device FROM item_status WHERE org = ${org} AND ${stuck})`,
  pending: org =>
    sql<SqlBool>`id IN (SELECT device FROM item_status WHERE org = ${org} AND ${unsettled} AND NOT (${stuck}))`,
  // What was changed or lost on the device and is not back yet; it is under way again or given up.
  drifted: org =>
    sql<SqlBool>`id IN (SELECT device FROM item_status WHERE org = ${org} AND ${unsettled} AND drifted_at IS NOT NULL)`,
  // Policy by policy, which their index finds; CROSS JOIN keeps SQLite from the other order.
  unsupported: org => sql<SqlBool>`id IN (SELECT item_status.device FROM policies CROSS JOIN item_status
    WHERE policies.org = ${org} AND item_status.org = policies.org AND item_status.policy = policies.id
      AND item_status.state = 'unsupported')`,
  none: () => sql<SqlBool>`NOT ${wanting}`,
}

// A policy that more devices have than this is looked for along the order of the list, where matches come soon.
const fewEnough = 2000

/**
 * Devices by how far they are with their policies (`failed`, `pending`, `ok`, `drifted`, `unsupported`, `none`), or those that should have
 * the policy of an id or a name, whether it is the nearest of its kind or speaks beside a nearer one.
 */
export function policyField(ctx: Ctx): Field {
  return {
    kind: 'custom',
    match: async value => {
      const key = fold(value)
      const standing = Object.hasOwn(standings, key) ? standings[key] : undefined
      if (standing) return standing(ctx.org)
      const id = value.startsWith('pol_') ? value : await policyNamed(ctx, key)
      return id === null ? sql<SqlBool>`1 = 0` : having(ctx, id)
    },
  }
}

async function policyNamed(ctx: Ctx, key: string): Promise<string | null> {
  const row = await db(ctx)
    .selectFrom('policies')
    .select('id')
    .where('org', '=', ctx.org)
    .where('name_key', '=', key)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Devices that should have something of a policy: as the few ids there are, or as a condition along the list. */
async function having(ctx: Ctx, policy: string): Promise<Expression<SqlBool>> {
  const { rows } = await sql<{ device: string }>`SELECT desired.device AS device
    FROM effective_sources CROSS JOIN desired
    WHERE effective_sources.org = ${ctx.org} AND effective_sources.source = ${policy}
      AND desired.org = effective_sources.org AND desired.effective = effective_sources.hash
    LIMIT ${fewEnough + 1}`.execute(ctx.tx)
  if (rows.length <= fewEnough) return oneOf([...new Set(rows.map(r => r.device))])
  // CROSS JOIN keeps SQLite from going through all the sets of the policy for each device.
  return sql<SqlBool>`EXISTS (SELECT 1 FROM desired CROSS JOIN effective_sources
    WHERE desired.org = devices.org AND desired.device = devices.id
      AND effective_sources.org = desired.org AND effective_sources.hash = desired.effective
      AND effective_sources.source = ${policy})`
}

/** Devices of the members of a group that the reader may see, by its id or its name; `none`: of those in no such group, and of nobody. */
export function groupField(ctx: Ctx): Field {
  const paths = ctx.authority.where('users:read')
  const seen = isTop(paths) ? sql<SqlBool>`1 = 1` : within('groups.unit_path', paths)
  return {
    kind: 'custom',
    match: value => {
      if (fold(value) === 'none')
        return sql<SqlBool>`NOT EXISTS (SELECT 1 FROM group_members
          JOIN groups ON groups.org = group_members.org AND groups.id = group_members.group_id
          WHERE group_members.org = devices.org AND group_members.user_id = devices.user_id AND ${seen})`
      const named = value.startsWith('grp_')
        ? sql<SqlBool>`groups.id = ${value}`
        : sql<SqlBool>`groups.name_key = ${fold(value)}`
      return sql<SqlBool>`user_id IN (SELECT group_members.user_id FROM groups
        JOIN group_members ON group_members.org = groups.org AND group_members.group_id = groups.id
        WHERE groups.org = ${ctx.org} AND ${named} AND ${seen})`
    },
  }
}

/** How many things a device should have, and how many of them it has not. */
export interface PolicyStanding {
  items: number
  /** Failed, or lacking a value. */
  failed: number
  /** Of those, how many lack a value. */
  blocked: number
  /** On their way, being removed, or waiting for someone to sign in. */
  waiting: number
  /** What its system cannot take. */
  unsupported: number
}

const counted: Readonly<Record<string, 'failed' | 'waiting' | 'unsupported'>> = {
  failed: 'failed',
  blocked: 'failed',
  wanted: 'waiting',
  sent: 'waiting',
  removing: 'waiting',
  waiting: 'waiting',
  unsupported: 'unsupported',
}

const offered = sql<number>`CASE WHEN item_status.state = 'waiting' AND item_status.error LIKE '%"app.not-asked"%' THEN 1 ELSE 0 END`

/** How far these devices are; those that are not managed are absent. */
export async function standingsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, PolicyStanding>> {
  const rows = await db(ctx)
    .selectFrom('desired')
    .leftJoin('item_status', j =>
      j.onRef('item_status.org', '=', 'desired.org').onRef('item_status.enrollment', '=', 'desired.enrollment'),
    )
    .select(e => [
      'desired.device as device',
      'item_status.state as state',
      offered.as('offered'),
      e.fn.count<number>('item_status.state').as('n'),
    ])
    .where('desired.org', '=', ctx.org)
    .where('desired.enrollment', 'is not', null)
    .where(oneOf(ids, 'desired.device'))
    .groupBy(['desired.device', 'item_status.state', 'offered'])
    .execute()
  const found = new Map<string, PolicyStanding>()
  for (const { device, state, offered, n } of rows) {
    const one = found.get(device) ?? { items: 0, failed: 0, blocked: 0, waiting: 0, unsupported: 0 }
    one.items += Number(n)
    const as = counted[state ?? '']
    // Nothing is under way of an app that its person may have and has not asked for.
    if (as && !(Number(offered) === 1 && as === 'waiting')) one[as] += Number(n)
    if (state === 'blocked') one.blocked += Number(n)
    found.set(device, one)
  }
  return found
}

/** Devices on which something failed or lacks a value, and since when. */
export async function stuckDevices(ctx: Ctx): Promise<Tally> {
  const paths = ctx.authority.where('devices:read')
  const rows = db(ctx)
    .selectFrom('item_status')
    .select([sql<number>`COUNT(DISTINCT device)`.as('n'), sql<number | null>`MIN(changed_at)`.as('since')])
    .where('item_status.org', '=', ctx.org)
    .where(stuck)
  const scoped = isTop(paths)
    ? rows
    : rows.where(sql<SqlBool>`EXISTS (SELECT 1 FROM devices WHERE devices.org = item_status.org
        AND devices.id = item_status.device AND ${within('devices.unit_path', paths)})`)
  const row = await scoped.executeTakeFirst()
  return { count: Number(row?.n ?? 0), since: row?.since == null ? null : Number(row.since) }
}

/** A rollout that stopped by itself. */
export interface StoppedRollout {
  id: string
  name: string
  from: number
  to: number
  reason: string
  facts: Record<string, number>
  endedAt: number
}

/** The newest rollouts that stopped by themselves since an instant and whose policy nobody has saved anew since. */
export async function stoppedRollouts(ctx: Ctx, since: number, most: number): Promise<StoppedRollout[]> {
  const rows = await db(ctx)
    .selectFrom('rollouts as r')
    .innerJoin('policies as p', j => j.onRef('p.org', '=', 'r.org').onRef('p.id', '=', 'r.policy'))
    .select(['r.id', 'p.name', 'r.from_version', 'r.to_version', 'r.reason', 'r.facts', 'r.ended_at'])
    .where('r.org', '=', ctx.org)
    .where(sql<SqlBool>`r.state = 'stopped'`)
    .where('r.ended_at', '>=', since)
    .where('p.archived_at', 'is', null)
    // Going back made one more version than the one that was stopped.
    .where(sql<SqlBool>`p.version <= r.to_version + 1`)
    .where(within('r.unit_path', ctx.authority.where('policies:read')))
    .orderBy('r.ended_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(r => ({
    id: r.id,
    name: r.name,
    from: r.from_version,
    to: r.to_version,
    reason: r.reason,
    facts: JSON.parse(r.facts) as Record<string, number>,
    endedAt: r.ended_at,
  }))
}

/** Policy tests that failed when they last ran, and the name of the first. */
export async function failingTests(ctx: Ctx): Promise<Tally & { name: string }> {
  const rows = await db(ctx)
    .selectFrom('policy_tests')
    .select(['name', 'ran_at'])
    .where('org', '=', ctx.org)
    .where('ran_failing', '>', 0)
    .where(within('unit_path', ctx.authority.where('policies:read')))
    .orderBy('name_key')
    .execute()
  const since = rows.length === 0 ? null : Math.min(...rows.map(r => r.ran_at))
  return { count: rows.length, since, name: rows[0]?.name ?? '' }
}
