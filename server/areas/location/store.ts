import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A pair of keys as it is stored; the private one sealed. */
export interface KeyRow {
  org: string
  id: string
  public_key: Uint8Array
  private_key: Uint8Array
  created_at: number
}

/** A fix as it is stored. */
export interface FixRow {
  org: string
  id: string
  device: string
  search: string | null
  key_id: string
  sealed: Uint8Array
  heard_at: number
}

/** A search as it is stored. */
export interface SearchRow {
  org: string
  id: string
  device: string
  admin: string | null
  began_at: number
  until: number | null
  ended_at: number | null
  delete_at: number | null
}

interface Tables {
  location_keys: KeyRow
  fixes: FixRow
  location_searches: SearchRow
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** The pair of keys of the org with this id, or its newest. */
export function findKey(ctx: Ctx, id: string | null): Promise<KeyRow | undefined> {
  const all = db(ctx).selectFrom('location_keys').selectAll().where('org', '=', ctx.org)
  return (id === null ? all.orderBy('created_at', 'desc').limit(1) : all.where('id', '=', id)).executeTakeFirst()
}

/** Adds a pair of keys. */
export async function addKey(ctx: Ctx, row: KeyRow): Promise<void> {
  await db(ctx).insertInto('location_keys').values(row).execute()
}

/** Adds a fix. */
export async function addFix(ctx: Ctx, row: FixRow): Promise<void> {
  await db(ctx).insertInto('fixes').values(row).execute()
}

/** The newest fixes of a search, or of the device in no search at all. */
export function listFixes(
  ctx: Ctx,
  of: { search: string } | { outside: string },
  limit: number,
  skip = 0,
): Promise<FixRow[]> {
  const all = db(ctx).selectFrom('fixes').selectAll().where('org', '=', ctx.org)
  const some =
    'search' in of
      ? all.where('search', '=', of.search)
      : all.where('device', '=', of.outside).where('search', 'is', null)
  return some.orderBy('id', 'desc').limit(limit).offset(skip).execute()
}

/** Fixes of a device, of searches and of none. */
export function listOfDevice(ctx: Ctx, device: string, limit: number): Promise<FixRow[]> {
  return db(ctx)
    .selectFrom('fixes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .limit(limit)
    .execute()
}

/** How many fixes a search has brought. */
export async function countFixes(ctx: Ctx, search: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('fixes')
    .select(sql<number>`COUNT(*)`.as('n'))
    .where('org', '=', ctx.org)
    .where('search', '=', search)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Fixes that no search asked for, heard before this, of any device, the oldest first. */
export function listOld(ctx: Ctx, before: number, limit: number): Promise<FixRow[]> {
  return db(ctx)
    .selectFrom('fixes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('search', 'is', null)
    .where('heard_at', '<', before)
    .orderBy('heard_at')
    .limit(limit)
    .execute()
}

/** Removes fixes by id. */
export async function removeFixes(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db(ctx).deleteFrom('fixes').where('org', '=', ctx.org).where('id', 'in', ids).execute()
}

/** Adds a search. */
export async function addSearch(ctx: Ctx, row: SearchRow): Promise<void> {
  await db(ctx).insertInto('location_searches').values(row).execute()
}

/** The search with this id. */
export function findSearch(ctx: Ctx, id: string): Promise<SearchRow | undefined> {
  return db(ctx)
    .selectFrom('location_searches')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The search for this device that is under way and open to all who may locate. */
export function searchOf(ctx: Ctx, device: string): Promise<SearchRow | undefined> {
  return db(ctx)
    .selectFrom('location_searches')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('ended_at', 'is', null)
    .where('admin', 'is', null)
    .executeTakeFirst()
}

/** The newest search for this device that was opened to one admin alone. */
export function approvedOf(ctx: Ctx, device: string, admin: string): Promise<SearchRow | undefined> {
  return db(ctx)
    .selectFrom('location_searches')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('admin', '=', admin)
    .orderBy('began_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Changes a search. */
export async function changeSearch(ctx: Ctx, id: string, change: Partial<SearchRow>): Promise<void> {
  await db(ctx).updateTable('location_searches').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Searches whose fixes are to be deleted by now. */
export function listOver(ctx: Ctx, limit: number): Promise<SearchRow[]> {
  return db(ctx)
    .selectFrom('location_searches')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('delete_at', '<=', ctx.now)
    .orderBy('delete_at')
    .limit(limit)
    .execute()
}
