import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** The last answer of one check. */
export interface CheckRow {
  org: string
  code: string
  state: string
  facts: string
  checked_at: number
}

interface Tables {
  setup_checks: CheckRow
  setup_check_runs: { org: string; asked_at: number; ended_at: number | null }
  backups_told: { org: string; made_at: number; bytes: number | null; told_at: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The last answers. */
export function all(ctx: Ctx): Promise<CheckRow[]> {
  return db(ctx).selectFrom('setup_checks').selectAll().where('org', '=', ctx.org).execute()
}

/** Notes an answer. */
export async function put(ctx: Ctx, row: Omit<CheckRow, 'org' | 'checked_at'>): Promise<void> {
  const { code, state, facts } = row
  await db(ctx)
    .insertInto('setup_checks')
    .values({ org: ctx.org, code, state, facts, checked_at: ctx.now })
    .onConflict(c => c.columns(['org', 'code']).doUpdateSet({ state, facts, checked_at: ctx.now }))
    .execute()
}

/** When a check was asked for last, and when it ended. */
export function run(ctx: Ctx): Promise<Tables['setup_check_runs'] | undefined> {
  return db(ctx).selectFrom('setup_check_runs').selectAll().where('org', '=', ctx.org).executeTakeFirst()
}

/** Notes that a check is asked for. */
export async function begin(ctx: Ctx): Promise<void> {
  const set = { asked_at: ctx.now, ended_at: null }
  await db(ctx)
    .insertInto('setup_check_runs')
    .values({ org: ctx.org, ...set })
    .onConflict(c => c.column('org').doUpdateSet(set))
    .execute()
}

/** Notes that the check has ended. */
export async function end(ctx: Ctx): Promise<void> {
  await db(ctx).updateTable('setup_check_runs').set({ ended_at: ctx.now }).where('org', '=', ctx.org).execute()
}

/** The last backup that was told of. */
export function backup(ctx: Ctx): Promise<Tables['backups_told'] | undefined> {
  return db(ctx).selectFrom('backups_told').selectAll().where('org', '=', ctx.org).executeTakeFirst()
}

/** Notes a backup. */
export async function putBackup(ctx: Ctx, made: { made_at: number; bytes: number | null }): Promise<void> {
  const set = { ...made, told_at: ctx.now }
  await db(ctx)
    .insertInto('backups_told')
    .values({ org: ctx.org, ...set })
    .onConflict(c => c.column('org').doUpdateSet(set))
    .execute()
}
