import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own, padded } from '../../base/db.ts'
import { within } from '../../base/filter.ts'

/** What of a device decides what it should have, groups apart; with its name, for showing samples. */
export interface TargetRow {
  id: string
  path: string
  user: string | null
  ownership: string
  platform: string
  osVersion: string | null
  supervised: boolean | null
  /** How it is held, or was last; null where it never was. */
  road: string | null
  mode: string | null
  /** Folded. */
  tags: readonly string[]
  name: string
  formFactor: string
}

/** Which devices are meant: of these subtrees, these ids or these users (any of them), tags; absent lists do not ask. An ended device is never meant. */
export interface TargetQuery {
  within?: readonly string[]
  ids?: readonly string[]
  users?: readonly string[]
  /** Ids after this one, in order. */
  after?: string
  limit: number
}

interface Row {
  id: string
  unit_path: string
  user_id: string | null
  ownership: string
  platform: string
  os_version: string
  supervised: number | null
  road: string
  mode: string
  name: string
  form_factor: string
}

interface Tables {
  devices: Row & { org: string; state: string }
  tags: { org: string; device: string; tag_key: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** One page of the devices that are meant, in order of their ids. */
export async function targetRows(ctx: Pick<Ctx, 'tx' | 'org'>, query: TargetQuery): Promise<TargetRow[]> {
  let asked = db(ctx)
    .selectFrom('devices')
    .select(['id', 'unit_path', 'user_id', 'ownership', 'platform', 'os_version', 'supervised', 'name', 'form_factor'])
    .select(['road', 'mode'])
    .where('org', '=', ctx.org)
    .where('state', '<>', 'ended')
    .where(meant(query))
  if (query.after !== undefined) asked = asked.where('id', '>', query.after)
  const rows = await asked.orderBy('id').limit(query.limit).execute()
  const tags = await tagsAmong(
    ctx,
    rows.map(r => r.id),
  )
  return rows.map(r => ({
    id: r.id,
    path: r.unit_path,
    user: r.user_id,
    ownership: r.ownership,
    platform: r.platform,
    osVersion: r.os_version || null,
    supervised: r.supervised === null ? null : r.supervised === 1,
    road: r.road || null,
    mode: r.mode || null,
    tags: tags.get(r.id) ?? [],
    name: r.name,
    formFactor: r.form_factor,
  }))
}

/** How many devices are meant. */
export async function countTargets(
  ctx: Pick<Ctx, 'tx' | 'org'>,
  query: Omit<TargetQuery, 'after' | 'limit'>,
): Promise<number> {
  const row = await db(ctx)
    .selectFrom('devices')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('state', '<>', 'ended')
    .where(meant(query))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Devices that bear one of these folded tags, in order of their ids. */
export async function idsTagged(
  ctx: Pick<Ctx, 'tx' | 'org'>,
  tags: readonly string[],
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('tags')
    .select('device')
    .distinct()
    .where('org', '=', ctx.org)
    .where('tag_key', 'in', [...tags])
    .where('device', '>', after)
    .orderBy('device')
    .limit(limit)
    .execute()
  return rows.map(r => r.device)
}

/** A class of devices, and how many there are. */
export type FleetClass = Pick<TargetRow, 'platform' | 'osVersion' | 'supervised' | 'ownership' | 'road' | 'mode'> & {
  devices: number
}

/** How many devices there are of each class that a platform's support of a setting can depend on, within these subtrees. */
export async function fleetClasses(ctx: Pick<Ctx, 'tx' | 'org'>, paths: readonly string[]): Promise<FleetClass[]> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .select(['platform', 'os_version', 'supervised', 'ownership', 'road', 'mode', e => e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where('state', '<>', 'ended')
    .where(within('unit_path', paths))
    .groupBy(['platform', 'os_version', 'supervised', 'ownership', 'road', 'mode'])
    .execute()
  return rows.map(r => ({
    platform: r.platform,
    osVersion: r.os_version || null,
    supervised: r.supervised === null ? null : r.supervised === 1,
    ownership: r.ownership,
    road: r.road || null,
    mode: r.mode || null,
    devices: Number(r.n),
  }))
}

function meant({ within: paths, ids, users }: Omit<TargetQuery, 'after' | 'limit'>): Expression<SqlBool> {
  const parts: Expression<SqlBool>[] = []
  // The top unit holds every device, and a condition that everybody meets costs as much as one that few meet.
  if (paths?.some(p => p.split('/').length <= 3)) return sql<SqlBool>`1 = 1`
  if (paths && paths.length > 0) parts.push(within('unit_path', paths))
  if (ids && ids.length > 0) parts.push(sql<SqlBool>`id IN (${sql.join(ids)})`)
  if (users && users.length > 0) parts.push(sql<SqlBool>`user_id IN (${sql.join(users)})`)
  if (parts.length > 0) return sql<SqlBool>`(${sql.join(parts, sql` OR `)})`
  return paths === undefined && ids === undefined && users === undefined ? sql<SqlBool>`1 = 1` : sql<SqlBool>`1 = 0`
}

async function tagsAmong(ctx: Pick<Ctx, 'tx' | 'org'>, ids: readonly string[]): Promise<Map<string, string[]>> {
  const by = new Map<string, string[]>()
  if (ids.length === 0) return by
  const rows = await db(ctx)
    .selectFrom('tags')
    .select(['device', 'tag_key'])
    .where('org', '=', ctx.org)
    .where('device', 'in', padded(ids))
    .execute()
  for (const { device, tag_key } of rows) {
    const tags = by.get(device)
    if (tags) tags.push(tag_key)
    else by.set(device, [tag_key])
  }
  return by
}
