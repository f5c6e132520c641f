import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { OperationRow, Tables } from './rows.ts'

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function putOperation(ctx: On, row: Omit<OperationRow, 'org'>): Promise<void> {
  const { command, ...rest } = row
  await db(ctx)
    .insertInto('android_operations')
    .values({ org: ctx.org, command, ...rest })
    .onConflict(c => c.columns(['org', 'command']).doUpdateSet(rest))
    .execute()
}

export function findOperation(ctx: On, by: { command: string } | { name: string }): Promise<OperationRow | undefined> {
  const [column, value] = 'name' in by ? (['name', by.name] as const) : (['command', by.command] as const)
  return db(ctx)
    .selectFrom('android_operations')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(column, '=', value)
    .executeTakeFirst()
}

export async function lookAgain(ctx: On, command: string, look_at: number | null): Promise<void> {
  await db(ctx)
    .updateTable('android_operations')
    .set({ look_at })
    .where('org', '=', ctx.org)
    .where('command', '=', command)
    .execute()
}

/** Orders whose end has not been heard of. */
export function openOperations(ctx: On, of: { enrollment: string } | { program: string; before: number }) {
  const all = db(ctx).selectFrom('android_operations').selectAll().where('org', '=', ctx.org)
  const some =
    'enrollment' in of
      ? all.where('enrollment', '=', of.enrollment).where('look_at', 'is not', null)
      : all.where('program', '=', of.program).where('look_at', '<=', of.before)
  return some.orderBy('sent_at').orderBy('command').limit(100).execute()
}
