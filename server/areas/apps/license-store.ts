import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Page } from '../../base/page.ts'
import { contains } from '../../base/filter.ts'

/** A license as it is stored. */
export interface LicenseRow {
  org: string
  id: string
  program: string
  store_id: string
  pricing: 'standard' | 'plus'
  product: 'app' | 'book'
  name: string
  to_devices: number
  revocable: number
  total: number
  assigned: number
  available: number
  retired: number
  short: number
  synced_at: number
}

interface Tables {
  licenses: LicenseRow
  seats: { org: string; license: string; state: string; id: string; reason: string | null }
  seat_wishes: { org: string; seat: string | null; store_id: string; holder: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** What the seats of a license are, by state; `unused` are held and nobody wishes for them, `slow` wait for the vendor for long. */
export interface SeatTally {
  wanted: number
  asked: number
  held: number
  returning: number
  refused: number
  unused: number
  slow: number
}

/** Adds a license, or changes what the vendor says of it. */
export async function putLicense(ctx: Ctx, row: LicenseRow): Promise<void> {
  const { org: _, id: __, short: ___, name, ...change } = row
  await db(ctx)
    .insertInto('licenses')
    .values(row)
    .onConflict(c =>
      c.columns(['org', 'program', 'store_id', 'pricing']).doUpdateSet(name === '' ? change : { ...change, name }),
    )
    .execute()
}

/** The license with this id. */
export async function findLicense(ctx: Ctx, id: string): Promise<LicenseRow | undefined> {
  return db(ctx).selectFrom('licenses').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The licenses with these ids. */
export async function licensesAmong(ctx: Ctx, ids: readonly string[]): Promise<LicenseRow[]> {
  if (ids.length === 0) return []
  return db(ctx)
    .selectFrom('licenses')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
}

/** Every license of these items, whichever program holds it. */
export async function licensesOf(ctx: Ctx, storeIds: readonly string[]): Promise<LicenseRow[]> {
  if (storeIds.length === 0) return []
  return db(ctx)
    .selectFrom('licenses')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('store_id', 'in', storeIds)
    .orderBy('id')
    .execute()
}

/** How many licenses each program has given out. */
export async function givenByProgram(ctx: Ctx): Promise<Map<string, number>> {
  const rows = await db(ctx)
    .selectFrom('licenses')
    .select(['program', e => e.fn.sum<number>('assigned').as('given')])
    .where('org', '=', ctx.org)
    .groupBy('program')
    .execute()
  return new Map(rows.map(r => [r.program, Number(r.given)]))
}

/** Every license of a program. */
export async function licensesIn(ctx: Ctx, program: string): Promise<LicenseRow[]> {
  return db(ctx)
    .selectFrom('licenses')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .orderBy('id')
    .execute()
}

/** What a list of licenses is asked for. */
export interface LicenseAsk {
  program?: string | undefined
  storeId?: string | undefined
  search?: string | undefined
  short?: boolean | undefined
}

/** One page of licenses. */
export async function pageOfLicenses(
  ctx: Ctx,
  ask: LicenseAsk,
  page: Page,
): Promise<{ items: LicenseRow[]; next: string | null }> {
  let query = db(ctx).selectFrom('licenses').selectAll().where('org', '=', ctx.org)
  if (ask.program !== undefined) query = query.where('program', '=', ask.program)
  if (ask.storeId !== undefined) query = query.where('store_id', '=', ask.storeId)
  if (ask.short === true) query = query.where('short', '>', 0)
  if (ask.search !== undefined && ask.search !== '') {
    const { search } = ask
    query = query.where(e => e.or([contains('name', search, false), e('store_id', '=', search)]))
  }
  return page.finish((await page.apply(query).execute()) as LicenseRow[])
}

/** Changes what is kept of a license. */
export async function changeLicense(ctx: Ctx, id: string, change: Partial<LicenseRow>): Promise<void> {
  await db(ctx).updateTable('licenses').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** What the vendor no longer counts: every license of the program that was not in a list that began then. It keeps its row, with nothing in it. */
export async function emptyUnseen(ctx: Ctx, program: string, before: number): Promise<void> {
  await db(ctx)
    .updateTable('licenses')
    .set({ total: 0, assigned: 0, available: 0, retired: 0 })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('synced_at', '<', before)
    .execute()
}

/** How the seats of these licenses stand, by license. */
export async function talliesOf(ctx: Ctx, licenses: readonly string[]): Promise<Map<string, SeatTally>> {
  const none = (): SeatTally => ({ wanted: 0, asked: 0, held: 0, returning: 0, refused: 0, unused: 0, slow: 0 })
  const found = new Map(licenses.map(id => [id, none()]))
  if (licenses.length === 0) return found
  const rows = await db(ctx)
    .selectFrom('seats as s')
    .select([
      's.license',
      's.state',
      sql<number>`count(*)`.as('count'),
      sql<number>`sum(CASE WHEN s.state = 'held' AND NOT EXISTS (SELECT 1 FROM seat_wishes w WHERE w.org = s.org AND w.seat = s.id) THEN 1 ELSE 0 END)`.as(
        'unused',
      ),
      sql<number>`sum(CASE WHEN s.reason = 'event-slow' THEN 1 ELSE 0 END)`.as('slow'),
    ])
    .where('s.org', '=', ctx.org)
    .where('s.license', 'in', licenses)
    .groupBy(['s.license', 's.state'])
    .execute()
  for (const row of rows) {
    const tally = found.get(row.license) ?? none()
    tally[row.state as 'wanted'] = Number(row.count)
    tally.unused += Number(row.unused)
    tally.slow += Number(row.slow)
    found.set(row.license, tally)
  }
  return found
}

/** How many wishes for each of these items have no license at all. */
export async function unmetOf(ctx: Ctx, storeIds: readonly string[]): Promise<Map<string, number>> {
  if (storeIds.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('seat_wishes')
    .select(['store_id', sql<number>`count(*)`.as('count')])
    .where('org', '=', ctx.org)
    .where('seat', 'is', null)
    .where('holder', '<>', '')
    .where('store_id', 'in', storeIds)
    .groupBy('store_id')
    .execute()
  return new Map(rows.map(r => [r.store_id, Number(r.count)]))
}

/** Forgets everything of a program that is gone. */
export async function removeLicensesOf(ctx: Ctx, program: string): Promise<void> {
  await db(ctx).deleteFrom('licenses').where('org', '=', ctx.org).where('program', '=', program).execute()
}
