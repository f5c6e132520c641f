import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { compileFilter, type Fields, movedPath, within } from '../../base/filter.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import { unitPaths } from '../identity/index.ts'

/** An incident as it is stored. */
export interface IncidentRow {
  org: string
  id: string
  number: number
  device: string
  device_name: string
  device_model: string
  serial: string
  asset_tag: string
  ownership: string
  platform: string
  form_factor: string
  unit_path: string
  user_id: string | null
  kind: 'lost' | 'stolen'
  state: 'open' | 'found' | 'written-off' | 'closed'
  outcome: 'found' | 'written-off' | null
  note: string
  message: string
  phone: string
  action: string
  why: string
  lock_command: string | null
  erase_command: string | null
  erase_scope: string | null
  by_kind: string
  by_id: string | null
  opened_at: number
  ended_at: number | null
  closed_at: number | null
}

/** An order that was given because of an incident. */
export interface LinkRow {
  org: string
  command: string
  incident: string
  what: string
  at: number
}

interface Tables {
  incidents: IncidentRow
  incident_commands: LinkRow
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** The number that the next incident of the org bears. */
export async function nextNumber(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .selectFrom('incidents')
    .select(sql<number | null>`MAX(number)`.as('n'))
    .where('org', '=', ctx.org)
    .executeTakeFirst()
  return Number(row?.n ?? 0) + 1
}

/** Adds an incident. */
export async function add(ctx: Ctx, row: IncidentRow): Promise<void> {
  await db(ctx).insertInto('incidents').values(row).execute()
}

/** Changes an incident. */
export async function change(ctx: Ctx, id: string, to: Partial<IncidentRow>): Promise<void> {
  await db(ctx).updateTable('incidents').set(to).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The incident with this id. */
export function find(ctx: Ctx, id: string): Promise<IncidentRow | undefined> {
  return db(ctx).selectFrom('incidents').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The open incident of a device. */
export function findOpen(ctx: Ctx, device: string): Promise<IncidentRow | undefined> {
  return db(ctx)
    .selectFrom('incidents')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('state', '=', 'open')
    .executeTakeFirst()
}

const sorts: Sorts = {
  list: 'incidents',
  id: 'id',
  default: '-number',
  columns: { number: { column: 'number', type: 'number' }, openedAt: { column: 'opened_at', type: 'number' } },
}

const fields: Fields = {
  words: [],
  fields: {
    state: { kind: 'set', column: 'state', values: ['open', 'found', 'written-off', 'closed'] },
    kind: { kind: 'set', column: 'kind', values: ['lost', 'stolen'] },
    number: { kind: 'number', column: 'number' },
    device: { kind: 'set', column: 'device' },
    user: { kind: 'set', column: 'user_id' },
    serial: { kind: 'text', column: 'serial' },
    name: { kind: 'text', column: 'device_name' },
    opened: { kind: 'instant', column: 'opened_at' },
    unit: { kind: 'unit', column: 'unit_path' },
  },
}

/** One page of the incidents below these paths that match, the newest first. */
export async function list(
  ctx: Ctx,
  paths: readonly string[],
  query: ListQuery,
): Promise<{ items: IncidentRow[]; next: string | null }> {
  const page = readPage(ctx.org, query, sorts)
  const matching = await compileFilter(query.filter, fields, {
    now: ctx.now,
    unitPaths: text => unitPaths(ctx, text),
  })
  const rows = db(ctx)
    .selectFrom('incidents')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where(matching)
  return page.finish(await page.apply(rows).execute())
}

/** Notes that a command was given because of an incident. */
export async function link(ctx: Ctx, row: Omit<LinkRow, 'org' | 'at'>): Promise<void> {
  await db(ctx)
    .insertInto('incident_commands')
    .values({ org: ctx.org, at: ctx.now, ...row })
    .execute()
}

/** What these commands were given for; others are absent. */
export async function linksOf(ctx: Ctx, commands: readonly string[]): Promise<LinkRow[]> {
  if (commands.length === 0) return []
  return db(ctx)
    .selectFrom('incident_commands')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('command', 'in', [...commands])
    .execute()
}

/** The newest commands of an incident for one thing. */
export function commandsFor(ctx: Ctx, incident: string, what: readonly string[]): Promise<LinkRow[]> {
  return db(ctx)
    .selectFrom('incident_commands')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('incident', '=', incident)
    .where('what', 'in', [...what])
    .orderBy('command', 'desc')
    .limit(20)
    .execute()
}

/** Keeps the path of a device's incidents in step with it. */
export async function followDevice(ctx: Ctx, device: string, path: string): Promise<void> {
  await db(ctx)
    .updateTable('incidents')
    .set({ unit_path: path })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .execute()
}

/** Follows a subtree that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('incidents')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}
