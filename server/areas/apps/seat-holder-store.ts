import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** Where a person is with a program: made there, invited, joined with an account of their own, retired. */
export const holderStates = ['wanted', 'asked', 'registered', 'associated', 'retiring', 'retired', 'refused'] as const
export type HolderState = (typeof holderStates)[number]

/** A person as a program knows them. */
export interface HolderRow {
  org: string
  program: string
  user_id: string
  client: string
  state: HolderState
  event: string | null
  invite: string | null
  reason: string | null
  invited_at: number | null
  not_before: number | null
  at: number
}

interface Tables {
  seat_holders: HolderRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Adds a person to a program; one who is there stays as they are. */
export async function addHolder(ctx: Ctx, row: HolderRow): Promise<void> {
  await db(ctx)
    .insertInto('seat_holders')
    .values(row)
    .onConflict(c => c.columns(['org', 'program', 'user_id']).doNothing())
    .execute()
}

/** Changes what is known of a person in a program. */
export async function changeHolder(
  ctx: Ctx,
  of: { program: string; user: string },
  change: Partial<HolderRow>,
): Promise<void> {
  await db(ctx)
    .updateTable('seat_holders')
    .set(change)
    .where('org', '=', ctx.org)
    .where('program', '=', of.program)
    .where('user_id', '=', of.user)
    .execute()
}

/** These people in a program. */
export async function holdersAmong(ctx: Ctx, program: string, users: readonly string[]): Promise<HolderRow[]> {
  if (users.length === 0) return []
  return db(ctx)
    .selectFrom('seat_holders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('user_id', 'in', users)
    .execute()
}

/** The people whom a program knows by these names. */
export async function holdersCalled(ctx: Ctx, program: string, clients: readonly string[]): Promise<HolderRow[]> {
  const found: HolderRow[] = []
  for (let from = 0; from < clients.length; from += 500)
    found.push(
      ...(await db(ctx)
        .selectFrom('seat_holders')
        .selectAll()
        .where('org', '=', ctx.org)
        .where('program', '=', program)
        .where('client', 'in', clients.slice(from, from + 500))
        .execute()),
    )
  return found
}

/** The people of a program in a state, those who may be asked for by now, oldest first. */
export async function holdersIn(
  ctx: Ctx,
  program: string,
  { state, limit, due }: { state: HolderState; limit: number; due?: number },
): Promise<HolderRow[]> {
  let query = db(ctx)
    .selectFrom('seat_holders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('state', '=', state)
  if (due !== undefined) query = query.where(e => e.or([e('not_before', 'is', null), e('not_before', '<=', due)]))
  return query.orderBy('at').orderBy('user_id').limit(limit).execute()
}

/** Every program that knows one of these people. */
export async function holdingsOf(ctx: Ctx, user: string): Promise<HolderRow[]> {
  return db(ctx)
    .selectFrom('seat_holders')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('user_id', '=', user)
    .orderBy('program')
    .execute()
}

/** Forgets the people of a program that is gone. */
export async function removeHoldersOf(ctx: Ctx, program: string): Promise<void> {
  await db(ctx).deleteFrom('seat_holders').where('org', '=', ctx.org).where('program', '=', program).execute()
}
