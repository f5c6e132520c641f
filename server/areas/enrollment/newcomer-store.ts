import type { Ctx } from '../../base/ctx.ts'
import { own, type Tx } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Page, Sorts } from '../../base/page.ts'

/** Where a newcomer stands. */
export const newcomerStates = ['waiting', 'approved', 'denied', 'entered'] as const
export type NewcomerState = (typeof newcomerStates)[number]

/** A device that asked to enroll, by the key that asks. */
export interface NewcomerRow {
  org: string
  id: string
  road: string
  key_hash: string
  invitation: string
  unit: string
  unit_path: string
  mode: string
  serial: string
  name: string
  os_version: string
  attested: string
  attested_why: string | null
  state: NewcomerState
  asked_at: number
  heard_at: number
  until_at: number
  decided_at: number | null
  decided_kind: string | null
  decided_id: string | null
  enrollment: string | null
}

interface Tables {
  newcomers: NewcomerRow
  admissions: { org: string; wait: number }
}

type On = Pick<Ctx, 'org'> & { tx: Tx }
const db = (ctx: On) => own<Tables>(ctx.tx)

/** What the list may be sorted by. */
export const newcomerSorts: Sorts = {
  list: 'newcomers',
  id: 'id',
  default: 'askedAt',
  columns: { askedAt: { column: 'asked_at', type: 'number' }, heardAt: { column: 'heard_at', type: 'number' } },
}

/** Whether unexpected devices wait. */
export async function waits(ctx: On): Promise<boolean> {
  const row = await db(ctx).selectFrom('admissions').select('wait').where('org', '=', ctx.org).executeTakeFirst()
  return row?.wait === 1
}

export async function putWaits(ctx: On, wait: boolean): Promise<void> {
  await db(ctx)
    .insertInto('admissions')
    .values({ org: ctx.org, wait: Number(wait) })
    .onConflict(c => c.columns(['org']).doUpdateSet({ wait: Number(wait) }))
    .execute()
}

const all = (ctx: On) => db(ctx).selectFrom('newcomers').selectAll().where('org', '=', ctx.org)

export function findByKey(ctx: On, road: string, keyHash: string): Promise<NewcomerRow | undefined> {
  return all(ctx).where('road', '=', road).where('key_hash', '=', keyHash).executeTakeFirst()
}

export function findNewcomers(ctx: On, ids: readonly string[]): Promise<NewcomerRow[]> {
  return ids.length === 0
    ? Promise.resolve([])
    : all(ctx)
        .where('id', 'in', [...ids])
        .execute()
}

export async function addNewcomer(ctx: On, row: Omit<NewcomerRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('newcomers')
    .values({ org: ctx.org, ...row })
    .execute()
}

export async function changeNewcomer(
  ctx: On,
  id: string,
  change: Partial<Omit<NewcomerRow, 'org' | 'id'>>,
): Promise<void> {
  await db(ctx).updateTable('newcomers').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** How many wait by an invitation. */
export async function countWaiting(ctx: On, invitation: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('newcomers')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('invitation', '=', invitation)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Those in a state below these units whose wait is not over. */
export async function listNewcomers(
  ctx: On,
  { state, paths, page, now }: { state: NewcomerState; paths: readonly string[]; page: Page; now: number },
): Promise<{ items: NewcomerRow[]; next: string | null }> {
  const those = all(ctx).where('state', '=', state).where(within('unit_path', paths))
  const rows = await page.apply(state === 'waiting' ? those.where('until_at', '>', now) : those).execute()
  return page.finish(rows)
}

/** Those whose wait ended before this instant, and those decided about whose wait ended before another; a page of them. */
export function listOver(ctx: On, { waiting, decided }: { waiting: number; decided: number }, most: number) {
  return all(ctx)
    .where(e => e.or([e.and([e('state', '=', 'waiting'), e('until_at', '<', waiting)]), e('until_at', '<', decided)]))
    .orderBy('until_at')
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Whether there are any at all. */
export async function anyNewcomer(ctx: On): Promise<boolean> {
  return (await all(ctx).limit(1).execute()).length > 0
}

export async function removeNewcomers(ctx: On, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db(ctx)
    .deleteFrom('newcomers')
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
}

/** The subtree at `from` is now at `to`. */
export async function moveNewcomers(ctx: On, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('newcomers')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}
