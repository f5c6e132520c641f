import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A wish as it is stored. */
export interface WishRow {
  org: string
  device: string
  app: string
  store_id: string
  seat_for: 'device' | 'user'
  holder: string
  seat: string | null
  since: number
}

interface Tables {
  seat_wishes: WishRow
  seats: {
    org: string
    id: string
    program: string
    state: string
    license: string
    device: string | null
    holder: string
  }
  licenses: { org: string; id: string; store_id: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The wishes of a device. */
export async function wishesOf(ctx: Ctx, device: string): Promise<WishRow[]> {
  return db(ctx)
    .selectFrom('seat_wishes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .orderBy('app')
    .execute()
}

/** The wish of a device for an app. */
export async function findWish(ctx: Ctx, device: string, app: string): Promise<WishRow | undefined> {
  return db(ctx)
    .selectFrom('seat_wishes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('app', '=', app)
    .executeTakeFirst()
}

/** Adds a wish, or changes it. */
export async function putWish(ctx: Ctx, row: WishRow): Promise<void> {
  const { org: _, device: __, app: ___, since: ____, ...change } = row
  await db(ctx)
    .insertInto('seat_wishes')
    .values(row)
    .onConflict(c => c.columns(['org', 'device', 'app']).doUpdateSet(change))
    .execute()
}

/** Takes a wish back. */
export async function removeWish(ctx: Ctx, device: string, app: string): Promise<void> {
  await db(ctx)
    .deleteFrom('seat_wishes')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('app', '=', app)
    .execute()
}

/** Which of these seats somebody wishes for, and the devices that do. */
export async function wishersOf(ctx: Ctx, seats: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (let from = 0; from < seats.length; from += 500) {
    const rows = await db(ctx)
      .selectFrom('seat_wishes')
      .select(['seat', 'device'])
      .where('org', '=', ctx.org)
      .where('seat', 'in', seats.slice(from, from + 500))
      .orderBy('device')
      .execute()
    for (const { seat, device } of rows) {
      const all = found.get(seat ?? '') ?? []
      all.push(device)
      found.set(seat ?? '', all)
    }
  }
  return found
}

/** Some wishes for an item that no license answers. */
export async function unmetWishes(ctx: Ctx, storeId: string, limit: number): Promise<WishRow[]> {
  return db(ctx)
    .selectFrom('seat_wishes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('store_id', '=', storeId)
    .where('seat', 'is', null)
    .where('holder', '<>', '')
    .orderBy('since')
    .orderBy('device')
    .limit(limit)
    .execute()
}

/** Wishes lose the seats of a program that is gone. */
export async function unmeetWishesOf(ctx: Ctx, program: string): Promise<void> {
  const seats = db(ctx).selectFrom('seats').select('id').where('org', '=', ctx.org).where('program', '=', program)
  await db(ctx)
    .updateTable('seat_wishes')
    .set({ seat: null })
    .where('org', '=', ctx.org)
    .where('seat', 'in', seats)
    .execute()
}

/** The apps of a device whose seat is held. */
export async function heldOn(ctx: Ctx, device: string): Promise<ReadonlySet<string>> {
  const rows = await db(ctx)
    .selectFrom('seat_wishes as w')
    .innerJoin('seats as s', j => j.onRef('s.org', '=', 'w.org').onRef('s.id', '=', 'w.seat'))
    .select('w.app')
    .where('w.org', '=', ctx.org)
    .where('w.device', '=', device)
    .where('s.state', '=', 'held')
    .execute()
  return new Set(rows.map(r => r.app))
}

/** Which of these devices wish for anything. */
export async function devicesWishing(ctx: Ctx, devices: readonly string[]): Promise<ReadonlySet<string>> {
  if (devices.length === 0) return new Set()
  const rows = await db(ctx)
    .selectFrom('seat_wishes')
    .select('device')
    .distinct()
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .execute()
  return new Set(rows.map(r => r.device))
}

/** How many wishes for an item no license answers. */
export interface Unmet {
  store_id: string
  count: number
}

/** Items that are wished for and that no program holds a license of, most wanted first; at most a hundred. */
export async function unmetByItem(ctx: Ctx): Promise<Unmet[]> {
  return db(ctx)
    .selectFrom('seat_wishes')
    .select(['store_id', sql<number>`count(*)`.as('count')])
    .where('org', '=', ctx.org)
    .where('seat', 'is', null)
    .where('holder', '<>', '')
    .groupBy('store_id')
    .orderBy(sql`count(*)`, 'desc')
    .orderBy('store_id')
    .limit(100)
    .execute()
}

/** Which of these holders (devices by id, people by id) have a seat of an item, or one that waits for nothing but its turn. */
export async function servedHolders(
  ctx: Ctx,
  storeId: string,
  holders: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (let from = 0; from < holders.length; from += 500) {
    const rows = await db(ctx)
      .selectFrom('seats as s')
      .innerJoin('licenses as l', j => j.onRef('l.org', '=', 's.org').onRef('l.id', '=', 's.license'))
      .select(['s.device', 's.holder'])
      .where('s.org', '=', ctx.org)
      .where('l.store_id', '=', storeId)
      .where('s.state', 'in', ['held', 'asked'])
      .where(e => {
        const some = holders.slice(from, from + 500)
        return e.or([e('s.device', 'in', some), e('s.holder', 'in', some)])
      })
      .execute()
    for (const row of rows) found.add(row.device ?? row.holder)
  }
  return found
}
