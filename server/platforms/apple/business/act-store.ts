import type { Ctx } from '../../../base/ctx.ts'
import { own } from '../../../base/db.ts'

export type ActState = 'held' | 'wanted' | 'asked' | 'done' | 'failed'

export interface ActRow {
  org: string
  id: string
  program: string
  what: string
  server: string | null
  deadline: number | null
  state: ActState
  activity: string | null
  answer: string | null
  tries: number
  next_at: number | null
  by_kind: string
  by_id: string | null
  created_at: number
  ended_at: number | null
  reason: string | null
  /** Since when the vendor has been at it; without an activity: it was asked, and nobody knows what came of that. */
  asked_at: number | null
}

export interface ActDeviceRow {
  org: string
  act: string
  serial: string
  guarded: string
  state: ActState
  /** The guard's, where it was held. */
  intent: string | null
  /** How that ended, where it was not let go. */
  why: string | null
}

/** A device of an act with what the act is. */
export type Line = ActDeviceRow & Pick<ActRow, 'what' | 'server' | 'deadline' | 'answer' | 'created_at' | 'ended_at'>

interface Tables {
  portal_acts: ActRow
  portal_act_devices: ActDeviceRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function addAct(
  ctx: Ctx,
  row: Omit<ActRow, 'org'>,
  items: readonly Omit<ActDeviceRow, 'org' | 'act'>[],
): Promise<void> {
  await db(ctx)
    .insertInto('portal_acts')
    .values({ ...row, org: ctx.org })
    .execute()
  for (let at = 0; at < items.length; at += 100)
    await db(ctx)
      .insertInto('portal_act_devices')
      .values(items.slice(at, at + 100).map(item => ({ ...item, org: ctx.org, act: row.id })))
      .execute()
}

export function findAct(ctx: Ctx, id: string): Promise<ActRow | undefined> {
  return db(ctx)
    .selectFrom('portal_acts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function changeAct(ctx: Ctx, id: string, change: Partial<Omit<ActRow, 'org' | 'id'>>): Promise<void> {
  await db(ctx).updateTable('portal_acts').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Moves those of these devices of an act that are in this state. */
export async function moveItems(
  ctx: Ctx,
  act: string,
  { serials, from, to }: { serials: readonly string[]; from: ActState; to: ActState },
): Promise<void> {
  if (serials.length === 0) return
  await db(ctx)
    .updateTable('portal_act_devices')
    .set({ state: to })
    .where('org', '=', ctx.org)
    .where('act', '=', act)
    .where('state', '=', from)
    .where('serial', 'in', [...serials])
    .execute()
}

export async function itemsOf(ctx: Ctx, act: string): Promise<ActDeviceRow[]> {
  return db(ctx)
    .selectFrom('portal_act_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('act', '=', act)
    .orderBy('serial')
    .execute()
}

/** What of a device is held by the guard in this intent. */
export function heldItem(ctx: Ctx, intent: string, guarded: string): Promise<ActDeviceRow | undefined> {
  return db(ctx)
    .selectFrom('portal_act_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intent', '=', intent)
    .where('guarded', '=', guarded)
    .where('state', '=', 'held')
    .executeTakeFirst()
}

/** What the guard did not let go of this intent ends there; answers the acts and how many devices of each. */
export async function declineItems(ctx: Ctx, intent: string, why: string): Promise<Map<string, number>> {
  const rows = await db(ctx)
    .updateTable('portal_act_devices')
    .set({ state: 'failed', why })
    .where('org', '=', ctx.org)
    .where('intent', '=', intent)
    .where('state', '=', 'held')
    .returning('act')
    .execute()
  return new Map([...Map.groupBy(rows, r => r.act)].map(([act, of]) => [act, of.length]))
}

/** Of these serials, those that an act of this kind has not ended for. */
export async function underWay(ctx: Ctx, what: string, serials: readonly string[]): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('portal_act_devices as d')
    .innerJoin('portal_acts as a', j => j.onRef('a.org', '=', 'd.org').onRef('a.id', '=', 'd.act'))
    .select('d.serial')
    .where('d.org', '=', ctx.org)
    .where('d.serial', 'in', [...serials])
    .where('d.state', 'in', ['held', 'wanted', 'asked'])
    .where('a.what', '=', what)
    .orderBy('d.serial')
    .execute()
  return rows.map(r => r.serial)
}

/** How many devices of each of these acts stand how. */
export async function countItems(
  ctx: Ctx,
  acts: readonly string[],
): Promise<{ act: string; state: ActState; why: string | null; n: number }[]> {
  if (acts.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('portal_act_devices')
    .select(e => ['act', 'state', 'why', e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where('act', 'in', [...acts])
    .groupBy(['act', 'state', 'why'])
    .execute()
  return rows.map(r => ({ ...r, n: Number(r.n) }))
}

/** The devices of one act, or what was done about these serials, newest first. */
export function listLines(
  ctx: Ctx,
  program: string,
  { act, serials, limit }: { act: string | null; serials: readonly string[] | null; limit: number },
): Promise<Line[]> {
  let query = db(ctx)
    .selectFrom('portal_act_devices as d')
    .innerJoin('portal_acts as a', j => j.onRef('a.org', '=', 'd.org').onRef('a.id', '=', 'd.act'))
    .selectAll('d')
    .select(['a.what', 'a.server', 'a.deadline', 'a.answer', 'a.created_at', 'a.ended_at'])
    .where('d.org', '=', ctx.org)
    .where('a.program', '=', program)
  if (act !== null) query = query.where('d.act', '=', act)
  if (serials !== null) query = query.where('d.serial', 'in', [...serials])
  return query.orderBy('a.created_at', 'desc').orderBy('d.act', 'desc').orderBy('d.serial').limit(limit).execute()
}

export function dueActs(ctx: Ctx, program: string): Promise<ActRow[]> {
  return db(ctx)
    .selectFrom('portal_acts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('state', 'in', ['wanted', 'asked'])
    .where('next_at', '<=', ctx.now)
    .orderBy('created_at')
    .orderBy('id')
    .limit(50)
    .execute()
}

export async function nextAct(ctx: Ctx, program: string): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('portal_acts')
    .select('next_at')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('state', 'in', ['wanted', 'asked'])
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
  return row?.next_at ?? null
}

export function listActs(ctx: Ctx, program: string, limit: number): Promise<ActRow[]> {
  return db(ctx)
    .selectFrom('portal_acts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Whether an act of the program was asked for and nobody knows what came of it. */
export async function anyUnsure(ctx: Ctx, program: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('portal_acts')
    .select('id')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('ended_at', 'is', null)
    .where('activity', 'is', null)
    .where('asked_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
