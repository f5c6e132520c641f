import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Page } from '../../base/page.ts'

/** Where a seat is. What is back has no row. */
export const seatStates = ['wanted', 'asked', 'held', 'returning', 'refused'] as const
export type SeatState = (typeof seatStates)[number]

/** A seat as it is stored. */
export interface SeatRow {
  org: string
  id: string
  license: string
  program: string
  holder_kind: 'device' | 'user'
  holder: string
  device: string | null
  state: SeatState
  event: string | null
  reason: string | null
  attempts: number
  not_before: number | null
  since: number
  at: number
  seen_at: number | null
}

interface Tables {
  seats: SeatRow
  seat_wishes: { org: string; seat: string | null }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Adds a seat. */
export async function addSeat(ctx: Ctx, row: SeatRow): Promise<void> {
  await db(ctx).insertInto('seats').values(row).execute()
}

/** Changes a seat. */
export async function changeSeat(ctx: Ctx, id: string, change: Partial<SeatRow>): Promise<void> {
  await db(ctx).updateTable('seats').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Changes several seats alike. */
export async function changeSeats(ctx: Ctx, ids: readonly string[], change: Partial<SeatRow>): Promise<void> {
  for (let from = 0; from < ids.length; from += 500)
    await db(ctx)
      .updateTable('seats')
      .set(change)
      .where('org', '=', ctx.org)
      .where('id', 'in', ids.slice(from, from + 500))
      .execute()
}

/** Forgets seats that are back or were never given. */
export async function removeSeats(ctx: Ctx, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += 500)
    await db(ctx)
      .deleteFrom('seats')
      .where('org', '=', ctx.org)
      .where('id', 'in', ids.slice(from, from + 500))
      .execute()
}

/** The seat with this id. */
export async function findSeat(ctx: Ctx, id: string): Promise<SeatRow | undefined> {
  return db(ctx).selectFrom('seats').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The seats that these holders have of these licenses, in any state. */
export async function seatsHeldBy(
  ctx: Ctx,
  licenses: readonly string[],
  holders: readonly string[],
): Promise<SeatRow[]> {
  const found: SeatRow[] = []
  if (licenses.length === 0) return found
  for (let from = 0; from < holders.length; from += 500)
    found.push(
      ...(await db(ctx)
        .selectFrom('seats')
        .selectAll()
        .where('org', '=', ctx.org)
        .where('license', 'in', licenses)
        .where('holder', 'in', holders.slice(from, from + 500))
        .orderBy('id')
        .execute()),
    )
  return found
}

/** What a worker looks for among the seats of a program. */
export interface SeatAsk {
  program: string
  state: SeatState
  license?: string
  /** True: the vendor was told; false: it was not yet. */
  sent?: boolean
  event?: string
  /** Only those that may be asked for again by then. */
  due?: number
  limit: number
}

/** The seats of a program that are meant, oldest wish first. */
export async function seatsAmong(ctx: Ctx, ask: SeatAsk): Promise<SeatRow[]> {
  let query = db(ctx)
    .selectFrom('seats')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', ask.program)
    .where('state', '=', ask.state)
  if (ask.license !== undefined) query = query.where('license', '=', ask.license)
  if (ask.sent === true) query = query.where('event', 'is not', null)
  if (ask.sent === false) query = query.where('event', 'is', null)
  if (ask.event !== undefined) query = query.where('event', '=', ask.event)
  const { due } = ask
  if (due !== undefined) query = query.where(e => e.or([e('not_before', 'is', null), e('not_before', '<=', due)]))
  return query.orderBy('since').orderBy('id').limit(ask.limit).execute()
}

/** The events of a program that are under way, oldest first. `''`: work was handed over and the answer was never heard. */
export async function eventsOf(ctx: Ctx, program: string): Promise<{ event: string; since: number; seats: number }[]> {
  const rows = await db(ctx)
    .selectFrom('seats')
    .select(['event', sql<number>`min(at)`.as('since'), sql<number>`count(*)`.as('seats')])
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('event', 'is not', null)
    .groupBy('event')
    .orderBy(sql`min(at)`)
    .execute()
  return rows.map(r => ({ event: r.event ?? '', since: Number(r.since), seats: Number(r.seats) }))
}

/** The seats of one event. */
export async function seatsOfEvent(ctx: Ctx, program: string, event: string): Promise<SeatRow[]> {
  return db(ctx)
    .selectFrom('seats')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('event', '=', event)
    .orderBy('id')
    .execute()
}

/** Some of the seats that the vendor's whole list, begun then, did not show. */
export async function unseenSeats(ctx: Ctx, program: string, begun: number, limit: number): Promise<SeatRow[]> {
  return db(ctx)
    .selectFrom('seats')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('at', '<', begun)
    .where(e =>
      e.or([
        // The list may be a little behind what was given a moment before.
        e.and([e('state', 'in', ['held', 'returning']), e('at', '<', begun - 300_000)]),
        e.and([e('event', '=', ''), e('at', '<', begun)]),
      ]),
    )
    .where(e => e.or([e('seen_at', 'is', null), e('seen_at', '<', begun)]))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Held seats of a license nobody wishes for. */
export async function unusedSeats(ctx: Ctx, license: string, limit: number): Promise<SeatRow[]> {
  return db(ctx)
    .selectFrom('seats as s')
    .selectAll('s')
    .where('s.org', '=', ctx.org)
    .where('s.license', '=', license)
    .where('s.state', '=', 'held')
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM seat_wishes w WHERE w.org = s.org AND w.seat = s.id)`)
    .orderBy('s.id')
    .limit(limit)
    .execute() as Promise<SeatRow[]>
}

/** One page of the seats of a license. `unused`: held, and nobody wishes for it. */
export async function pageOfSeats(
  ctx: Ctx,
  {
    license,
    state,
    program,
  }: { license?: string | undefined; program?: string | undefined; state?: SeatState | 'unused' | undefined },
  page: Page,
): Promise<{ items: (SeatRow & { wished: number })[]; next: string | null }> {
  const wished = sql<number>`(CASE WHEN EXISTS (SELECT 1 FROM seat_wishes w WHERE w.org = s.org AND w.seat = s.id) THEN 1 ELSE 0 END)`
  let query = db(ctx).selectFrom('seats as s').selectAll('s').select(wished.as('wished')).where('s.org', '=', ctx.org)
  if (license !== undefined) query = query.where('s.license', '=', license)
  if (program !== undefined) query = query.where('s.program', '=', program)
  if (state === 'unused') query = query.where('s.state', '=', 'held').where(sql<boolean>`${wished} = 0`)
  else if (state !== undefined) query = query.where('s.state', '=', state)
  return page.finish((await page.apply(query).execute()) as (SeatRow & { wished: number })[])
}

/** Forgets every seat of a program. */
export async function removeSeatsOf(ctx: Ctx, program: string): Promise<void> {
  await db(ctx).deleteFrom('seats').where('org', '=', ctx.org).where('program', '=', program).execute()
}

/** Every seat of one holder in a program. */
export async function seatsOfHolder(ctx: Ctx, program: string, holder: string): Promise<SeatRow[]> {
  return db(ctx)
    .selectFrom('seats')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('holder', '=', holder)
    .orderBy('id')
    .execute()
}

/** Seats of a license that were refused, or are not asked for again before a time. */
export async function delayedSeats(ctx: Ctx, license: string, limit: number): Promise<SeatRow[]> {
  return db(ctx)
    .selectFrom('seats')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('license', '=', license)
    .where(e => e.or([e('state', '=', 'refused'), e('not_before', 'is not', null)]))
    .orderBy('id')
    .limit(limit)
    .execute()
}
