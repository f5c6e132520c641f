import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { StoreAppRow, Tables } from './rows.ts'

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** What is known of some apps at a program's enterprise. */
export async function storeApps(ctx: On, program: string, apps: readonly string[]): Promise<StoreAppRow[]> {
  if (apps.length === 0) return []
  return db(ctx)
    .selectFrom('android_store_apps')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('app', 'in', [...apps])
    .orderBy('app')
    .execute()
}

export async function putStoreApp(ctx: On, row: Omit<StoreAppRow, 'org'>): Promise<void> {
  const { program, app, ...rest } = row
  await db(ctx)
    .insertInto('android_store_apps')
    .values({ org: ctx.org, ...row })
    .onConflict(c => c.columns(['org', 'program', 'app']).doUpdateSet(rest))
    .execute()
}

/** Whether an app of this package name is one of ours. */
export async function isHeld(ctx: On, program: string, name: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('android_store_apps')
    .select('app')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('package', '=', name)
    .executeTakeFirst()
  return row !== undefined
}
