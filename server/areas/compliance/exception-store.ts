import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'

/** Where an exception stands. */
export const exceptionStates = ['asked', 'granted', 'denied', 'ended'] as const

/** A row of exceptions. */
export interface ExceptionRow {
  org: string
  id: string
  rule: string
  device: string | null
  user_id: string | null
  unit_path: string
  state: (typeof exceptionStates)[number]
  reason: string
  wrong: number
  until: number
  asked_kind: string
  asked_id: string | null
  asked_at: number
  decided_kind: string | null
  decided_id: string | null
  decided_at: number | null
  ended_at: number | null
}

interface Tables {
  exceptions: ExceptionRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** One exception, if it is there. */
export function findException(ctx: Ctx, id: string): Promise<ExceptionRow | undefined> {
  return db(ctx).selectFrom('exceptions').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Stores an exception. */
export async function putException(ctx: Ctx, row: ExceptionRow): Promise<void> {
  await db(ctx)
    .insertInto('exceptions')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

/** A page of exceptions of these subtrees, in a state, of a rule, a device or a person. */
export function pageOfExceptions(
  ctx: Ctx,
  page: Page,
  of: { paths: readonly string[]; state?: string; rule?: string; device?: string; user?: string },
): Promise<ExceptionRow[]> {
  let rows = db(ctx)
    .selectFrom('exceptions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', of.paths))
  if (of.state !== undefined) rows = rows.where('state', '=', of.state as ExceptionRow['state'])
  if (of.rule !== undefined) rows = rows.where('rule', '=', of.rule)
  if (of.device !== undefined) rows = rows.where('device', '=', of.device)
  if (of.user !== undefined) rows = rows.where('user_id', '=', of.user)
  return page.apply(rows).execute()
}

/** Exceptions that hold for these devices or people. */
export async function holding(
  ctx: Ctx,
  { devices, users }: { devices: readonly string[]; users: readonly string[] },
): Promise<ExceptionRow[]> {
  const rows = db(ctx)
    .selectFrom('exceptions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', '=', 'granted')
    .where('until', '>', ctx.now)
  return [
    ...(devices.length === 0 ? [] : await rows.where('device', 'in', [...devices]).execute()),
    ...(users.length === 0 ? [] : await rows.where('user_id', 'in', [...users]).execute()),
  ]
}

/** Of the same rule and the same device or person, still asked or granted. */
export async function openAlike(
  ctx: Ctx,
  of: Pick<ExceptionRow, 'rule' | 'device' | 'user_id'>,
): Promise<ExceptionRow[]> {
  return db(ctx)
    .selectFrom('exceptions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('rule', '=', of.rule)
    .where('device', 'is not distinct from', of.device)
    .where('user_id', 'is not distinct from', of.user_id)
    .where('state', 'in', ['asked', 'granted'])
    .execute()
}

/** Granted ones whose time is over, and asked ones that nobody decided by then. */
export function overdue(ctx: Ctx, most: number): Promise<ExceptionRow[]> {
  return db(ctx)
    .selectFrom('exceptions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', 'in', ['asked', 'granted'])
    .where('until', '<=', ctx.now)
    .orderBy('until')
    .limit(most)
    .execute()
}

/** How many are in a state and end before an instant, within these subtrees. */
export async function countExceptions(
  ctx: Ctx,
  of: { paths: readonly string[]; state: ExceptionRow['state']; before: number },
): Promise<number> {
  const row = await db(ctx)
    .selectFrom('exceptions')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('state', '=', of.state)
    .where('until', '<', of.before)
    .where(within('unit_path', of.paths))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Paths follow their unit. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('exceptions')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}
