import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'

/** Where an exception is. */
export const exceptionStates = ['asked', 'granted', 'denied', 'ended', 'withdrawn'] as const
export type ExceptionState = (typeof exceptionStates)[number]

/** An exception as it is stored. */
export interface ExceptionRow {
  org: string
  id: string
  state: ExceptionState
  subject: 'device' | 'user' | 'unit'
  subject_id: string
  unit_path: string
  user_id: string | null
  reason: string
  note: string
  from_at: number
  until_at: number
  asked_at: number
  by_kind: string
  by_id: string | null
  decided_at: number | null
  ended_at: number | null
}

interface Tables {
  hour_exceptions: ExceptionRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Adds an exception. */
export async function addException(ctx: Ctx, row: ExceptionRow): Promise<void> {
  await db(ctx).insertInto('hour_exceptions').values(row).execute()
}

/** Changes an exception that is still in this state; answers whether it was. */
export async function changeException(
  ctx: Ctx,
  id: string,
  from: ExceptionState,
  change: Partial<ExceptionRow>,
): Promise<boolean> {
  const done = await db(ctx)
    .updateTable('hour_exceptions')
    .set(change)
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('id')
    .execute()
  return done.length > 0
}

/** The exception with this id. */
export async function findException(ctx: Ctx, id: string): Promise<ExceptionRow | undefined> {
  return db(ctx)
    .selectFrom('hour_exceptions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What is granted to one of these subjects and not over. */
export async function grantedTo(ctx: Ctx, subjects: readonly string[]): Promise<ExceptionRow[]> {
  const found: ExceptionRow[] = []
  for (let i = 0; i < subjects.length; i += 500)
    found.push(
      ...(await db(ctx)
        .selectFrom('hour_exceptions')
        .selectAll()
        .where('org', '=', ctx.org)
        .where('state', '=', 'granted')
        .where('until_at', '>', ctx.now)
        .where('subject_id', 'in', subjects.slice(i, i + 500))
        .execute()),
    )
  return found
}

/** What a person has asked for and nobody has answered, for this subject. */
export async function openAsk(ctx: Ctx, user: string, subject: string): Promise<ExceptionRow | undefined> {
  return db(ctx)
    .selectFrom('hour_exceptions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('user_id', '=', user)
    .where('subject_id', '=', subject)
    .where('state', '=', 'asked')
    .executeTakeFirst()
}

/** The last of what a person has asked for, newest first. */
export async function askedBy(ctx: Ctx, user: string, limit: number): Promise<ExceptionRow[]> {
  return db(ctx)
    .selectFrom('hour_exceptions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('user_id', '=', user)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** One page of the exceptions in these subtrees; of some states or one subject where they are named. */
export async function listExceptions(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
  of: { states: readonly ExceptionState[]; subject: string | null },
): Promise<{ items: ExceptionRow[]; next: string | null }> {
  let query = db(ctx).selectFrom('hour_exceptions').selectAll().where('org', '=', ctx.org)
  query = query.where(within('unit_path', paths))
  if (of.states.length > 0) query = query.where('state', 'in', of.states)
  if (of.subject !== null) query = query.where('subject_id', '=', of.subject)
  return page.finish(await page.apply(query).execute())
}

/** How many are waiting for an answer in these subtrees. */
export async function countAsked(ctx: Ctx, paths: readonly string[]): Promise<number> {
  const row = await db(ctx)
    .selectFrom('hour_exceptions')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('state', '=', 'asked')
    .where(within('unit_path', paths))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Rewrites the paths of exceptions below a unit that moved. */
export async function moveExceptions(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('hour_exceptions')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Forgets who asked, and what they wrote, of somebody who is gone; what was granted to them alone is over. */
export async function forgetUser(ctx: Ctx, user: string): Promise<void> {
  await db(ctx)
    .updateTable('hour_exceptions')
    .set({ user_id: null, reason: '' })
    .where('org', '=', ctx.org)
    .where('user_id', '=', user)
    .execute()
  await db(ctx)
    .deleteFrom('hour_exceptions')
    .where('org', '=', ctx.org)
    .where('subject_id', '=', user)
    .where('state', 'in', ['asked', 'granted'])
    .execute()
}
