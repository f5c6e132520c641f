import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A standing order as it is stored. */
export interface OrderRow {
  org: string
  id: string
  incident: string
  device: string
  enrollment: string
  keep_locked: number
  locate_every_ms: number | null
  until: number | null
  after_kind: 'nothing' | 'erase' | 'work-data'
  confirm: string
  state: 'standing' | 'due' | 'sent' | 'held' | 'done' | 'canceled'
  why: string | null
  command: string | null
  next_at: number | null
  locked_at: number | null
  by_kind: string
  by_id: string | null
  created_at: number
  ended_at: number | null
}

interface Tables {
  standing_orders: OrderRow
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** Adds a standing order. */
export async function addOrder(ctx: Ctx, row: OrderRow): Promise<void> {
  await db(ctx).insertInto('standing_orders').values(row).execute()
}

/** Changes a standing order. */
export async function changeOrder(ctx: Ctx, id: string, change: Partial<OrderRow>): Promise<void> {
  await db(ctx).updateTable('standing_orders').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The standing order with this id. */
export function findOrder(ctx: Ctx, id: string): Promise<OrderRow | undefined> {
  return db(ctx)
    .selectFrom('standing_orders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The standing order of an incident that has not ended, else its newest. */
export async function orderOf(ctx: Ctx, incident: string): Promise<OrderRow | undefined> {
  const rows = await db(ctx)
    .selectFrom('standing_orders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('incident', '=', incident)
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  return rows.find(r => r.ended_at === null) ?? rows[0]
}

/**
 * Standing orders that are to be looked at, the longest due first. None is ever set further ahead than `farthest`: what lies beyond was
 * set by a clock that was wrong, and is looked at now.
 */
export function dueOrders(ctx: Ctx, farthest: number, limit: number): Promise<OrderRow[]> {
  return db(ctx)
    .selectFrom('standing_orders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('next_at', 'is not', null)
    .where(e => e.or([e('next_at', '<=', ctx.now), e('next_at', '>', farthest)]))
    .orderBy('next_at')
    .limit(limit)
    .execute()
}

/** When the next standing order is to be looked at; null when there is none. */
export async function nextLook(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('standing_orders')
    .select('next_at')
    .where('org', '=', ctx.org)
    .where('next_at', 'is not', null)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
  return row?.next_at ?? null
}

/** Standing orders whose command is on its way; there are few at any time. */
export function sentOrders(ctx: Ctx): Promise<OrderRow[]> {
  return db(ctx)
    .selectFrom('standing_orders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', '=', 'sent')
    .where('ended_at', 'is', null)
    .limit(500)
    .execute()
}
