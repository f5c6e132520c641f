import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains, type Fields, movedPath, within } from '../../base/filter.ts'
import type { Id } from '../../base/id.ts'
import type { Page, Sorts } from '../../base/page.ts'
import { fold, searchable } from '../../base/text.ts'
import type { Assigned, Entry, EntryState } from './entry.ts'

/** A row of roster_entries. */
export interface EntryRow {
  org: string
  id: string
  program: string
  serial: string
  model: string | null
  family: string | null
  color: string | null
  asset_tag: string | null
  words: string
  state: string
  device: string | null
  setup: string | null
  chosen: number
  assigned: string
  held: string | null
  asked: string | null
  asked_at: number | null
  contests: number
  tries: number
  next_at: number | null
  problem: string | null
  unit: string
  unit_path: string
  user_id: string | null
  migration_deadline: number | null
  vendor_at: number | null
  round: number
  seen_at: number
  added_at: number
}

/** The table of entries, for the stores of this room. */
export interface EntryTables {
  roster_entries: EntryRow
  setups: { org: string; id: string; name: string; name_key: string }
  programs: { org: string; id: string; name: string; name_key: string }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<EntryTables>(ctx.tx)
const all = (ctx: On) => db(ctx).selectFrom('roster_entries').selectAll().where('org', '=', ctx.org)

/** What lists of entries may be sorted by. */
export const entrySorts: Sorts = {
  list: 'roster',
  id: 'id',
  default: 'serial',
  columns: {
    serial: { column: 'serial', type: 'text' },
    seenAt: { column: 'seen_at', type: 'number' },
    addedAt: { column: 'added_at', type: 'number' },
  },
}

/** What lists of entries may be filtered by. Setups and programs are named by id or by a part of their names. */
export function entryFields(org: string): Fields {
  const named = (table: 'setups' | 'programs', column: string) => (value: string) =>
    fold(value) === 'none'
      ? sql<SqlBool>`${sql.ref(column)} IS NULL`
      : sql<SqlBool>`${sql.ref(column)} IN (SELECT id FROM ${sql.table(table)} WHERE org = ${org} AND (id = ${value} OR ${contains(sql.ref<string>('name_key'), value, false)}))`
  return {
    fields: {
      serial: { kind: 'text', column: 'serial' },
      model: { kind: 'text', column: 'model' },
      family: { kind: 'set', column: 'family' },
      color: { kind: 'text', column: 'color' },
      tag: { kind: 'text', column: 'asset_tag' },
      state: { kind: 'set', column: 'state', values: ['promised', 'enrolled', 'gone'] },
      assigned: {
        kind: 'set',
        column: 'assigned',
        values: ['none', 'wanted', 'assigned', 'delivered', 'removed', 'failed'],
      },
      unit: { kind: 'unit', column: 'unit_path' },
      user: { kind: 'set', column: 'user_id' },
      added: { kind: 'instant', column: 'added_at' },
      seen: { kind: 'instant', column: 'seen_at' },
      setup: { kind: 'custom', match: named('setups', 'setup') },
      program: { kind: 'custom', match: named('programs', 'program') },
    },
    words: ['words'],
  }
}

/** One page of entries below these paths. */
export async function listEntries(
  ctx: On,
  { where, paths, page }: { where: Expression<SqlBool>; paths: readonly string[]; page: Page },
): Promise<{ items: Entry[]; next: string | null }> {
  const rows = await page.apply(all(ctx).where(within('unit_path', paths)).where(where)).execute()
  const { items, next } = page.finish(rows)
  return { items: items.map(entryOf), next }
}

/** The entry with this id, if it is there. */
export async function findEntry(ctx: On, id: string): Promise<Entry | undefined> {
  const row = await all(ctx).where('id', '=', id).executeTakeFirst()
  return row && entryOf(row)
}

/** What is promised of this serial now. */
export async function findExpected(ctx: On, serial: string): Promise<Entry | undefined> {
  const row = await all(ctx)
    .where('serial', '=', serial.toUpperCase())
    .where('state', '<>', 'gone')
    .orderBy('seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && entryOf(row)
}

/** The entry a device came by. */
export async function findByDevice(ctx: On, device: string): Promise<Entry | undefined> {
  const row = await all(ctx).where('device', '=', device).orderBy('seen_at', 'desc').limit(1).executeTakeFirst()
  return row && entryOf(row)
}

/** Entries of these serials that are still promised. */
export async function findSerials(ctx: On, serials: readonly string[]): Promise<Entry[]> {
  if (serials.length === 0) return []
  const rows = await all(ctx)
    .where('serial', 'in', [...serials])
    .where('state', '<>', 'gone')
    .orderBy('serial')
    .execute()
  return rows.map(entryOf)
}

/** Stores what people want for these entries, one by one: every row differs. */
export async function putWishes(ctx: On, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries)
    await db(ctx)
      .updateTable('roster_entries')
      .set({
        setup: entry.setup,
        chosen: entry.chosen ? 1 : 0,
        assigned: entry.assigned,
        problem: entry.problem === null ? null : JSON.stringify(entry.problem),
        next_at: entry.nextAt,
        unit: entry.unit,
        unit_path: entry.unitPath,
        user_id: entry.user,
        ...(entry.assigned === 'wanted' && entry.problem === null ? { contests: 0, tries: 0 } : {}),
      })
      .where('org', '=', ctx.org)
      .where('id', '=', entry.id)
      .execute()
}

/** The device that came by this serial, or none any more. */
export async function noteDevice(ctx: On, serial: string, device: string | null): Promise<void> {
  await db(ctx)
    .updateTable('roster_entries')
    .set({ device, state: device === null ? 'promised' : 'enrolled' })
    .where('org', '=', ctx.org)
    .where('serial', '=', serial.toUpperCase())
    .where('state', '<>', 'gone')
    .execute()
}

/** These devices are managed no longer: they are only promised. */
export async function noteLeft(ctx: On, devices: readonly string[]): Promise<void> {
  if (devices.length === 0) return
  await db(ctx)
    .updateTable('roster_entries')
    .set({ device: null, state: 'promised' })
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .where('state', '<>', 'gone')
    .execute()
}

/** How many entries of each program are in each state, for the list of programs. */
export async function countEntries(
  ctx: On,
): Promise<{ program: string; state: EntryState; assigned: Assigned; n: number }[]> {
  const rows = await db(ctx)
    .selectFrom('roster_entries')
    .select(['program', 'state', 'assigned', e => e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .groupBy(['program', 'state', 'assigned'])
    .execute()
  return rows.map(r => ({
    program: r.program,
    state: r.state as EntryState,
    assigned: r.assigned as Assigned,
    n: Number(r.n),
  }))
}

/** Entries follow their unit. */
export async function moveEntries(ctx: On, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('roster_entries')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a promised device goes to this unit. */
export async function entryOnUnit(ctx: On, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('roster_entries')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Devices promised to a user stay, for nobody in particular. */
export async function dropUser(ctx: On, user: string): Promise<void> {
  await db(ctx)
    .updateTable('roster_entries')
    .set({ user_id: null })
    .where('org', '=', ctx.org)
    .where('user_id', '=', user)
    .execute()
}

/** Those of these users that a device is promised to. */
export async function promisedAmong(ctx: On, users: readonly string[]): Promise<Set<string>> {
  if (users.length === 0) return new Set()
  const rows = await db(ctx)
    .selectFrom('roster_entries')
    .select('user_id')
    .distinct()
    .where('org', '=', ctx.org)
    .where('user_id', 'in', [...users])
    .execute()
  return new Set(rows.flatMap(r => r.user_id ?? []))
}

/** What a person may look an entry up by. */
export function wordsOf(e: Pick<EntryRow, 'serial' | 'model' | 'asset_tag' | 'color'>): string {
  return searchable([e.serial, e.model, e.asset_tag, e.color].filter(w => w !== null && w !== '').join(' '))
}

/** An entry as the domain knows it. */
export function entryOf(row: EntryRow): Entry {
  return {
    id: row.id as Id<'entry'>,
    program: row.program as Id<'program'>,
    serial: row.serial,
    model: row.model,
    family: row.family,
    color: row.color,
    assetTag: row.asset_tag,
    state: row.state as EntryState,
    device: row.device as Id<'device'> | null,
    setup: row.setup as Id<'setup'> | null,
    chosen: row.chosen === 1,
    assigned: row.assigned as Assigned,
    problem: row.problem === null ? null : JSON.parse(row.problem),
    nextAt: row.next_at,
    unit: row.unit as Id<'unit'>,
    unitPath: row.unit_path,
    user: row.user_id as Id<'user'> | null,
    migrationDeadline: row.migration_deadline,
    seenAt: Number(row.seen_at),
    addedAt: Number(row.added_at),
  }
}

/** Forgets some entries of a program that was removed; answers how many. */
export async function forgetEntries(ctx: On, program: string, most: number): Promise<number> {
  const ids = db(ctx)
    .selectFrom('roster_entries')
    .select('id')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .orderBy('id')
    .limit(most)
  const rows = await db(ctx)
    .deleteFrom('roster_entries')
    .where('org', '=', ctx.org)
    .where('id', 'in', ids)
    .returning('id')
    .execute()
  return rows.length
}
