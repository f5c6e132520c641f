import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Id } from '../../base/id.ts'
import type { Account } from './account.ts'

/** A row of enrolled_accounts. */
export interface AccountRow {
  org: string
  id: string
  enrollment: string
  account_key: string
  short_name: string | null
  long_name: string | null
  state: string
  present: number
  joined_at: number
  ended_at: number | null
}

interface Tables {
  enrolled_accounts: AccountRow
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function putAccount(ctx: On, account: Account): Promise<void> {
  const row = fromAccount(ctx, account)
  await db(ctx)
    .insertInto('enrolled_accounts')
    .values(row)
    .onConflict(c => c.columns(['org', 'enrollment', 'id']).doUpdateSet(row))
    .execute()
}

export async function findAccount(ctx: On, enrollment: string, accountKey: string): Promise<Account | undefined> {
  const row = await db(ctx)
    .selectFrom('enrolled_accounts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account_key', '=', accountKey)
    .executeTakeFirst()
  return row && toAccount(row)
}

export async function listAccounts(ctx: On, enrollment: string): Promise<Account[]> {
  const rows = await db(ctx)
    .selectFrom('enrolled_accounts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .orderBy('id')
    .execute()
  return rows.map(toAccount)
}

/** The active accounts of these enrollments. */
export async function activeAccounts(ctx: On, enrollments: readonly string[]): Promise<Account[]> {
  if (enrollments.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('enrolled_accounts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', 'in', enrollments)
    .where('state', '=', 'active')
    .orderBy('id')
    .execute()
  return rows.map(toAccount)
}

function fromAccount(ctx: On, a: Account): AccountRow {
  return {
    org: ctx.org,
    id: a.id,
    enrollment: a.enrollment,
    account_key: a.accountKey,
    short_name: a.shortName,
    long_name: a.longName,
    state: a.state,
    present: a.present ? 1 : 0,
    joined_at: a.joinedAt,
    ended_at: a.endedAt,
  }
}

function toAccount(row: AccountRow): Account {
  return {
    id: row.id as Id<'account'>,
    enrollment: row.enrollment as Id<'enrollment'>,
    accountKey: row.account_key,
    shortName: row.short_name,
    longName: row.long_name,
    state: row.state as Account['state'],
    present: row.present === 1,
    joinedAt: row.joined_at,
    endedAt: row.ended_at,
  }
}
