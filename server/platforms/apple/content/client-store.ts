import type { Ctx } from '../../../base/ctx.ts'
import { own } from '../../../base/db.ts'

/** What is known of the service behind one content token. */
export interface ClientRow {
  org: string
  program: string
  limits: string | null
  limits_at: number | null
  mine: number
  take_over: number
  notify_secret: string | null
  notify_at: number | null
  assets_due: number
  assignments_due: number
  people_due: number
  wait_until: number | null
}

interface Tables {
  content_clients: ClientRow
  content_notices: { org: string; program: string; id: string; at: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** What is known of a program's service; of a new one, that everything is due. */
export async function clientOf(ctx: Ctx, program: string): Promise<ClientRow> {
  const row = await db(ctx)
    .selectFrom('content_clients')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .executeTakeFirst()
  return row ?? fresh(ctx, program)
}

function fresh(ctx: Ctx, program: string): ClientRow {
  return {
    org: ctx.org,
    program,
    limits: null,
    limits_at: null,
    mine: 0,
    take_over: 0,
    notify_secret: null,
    notify_at: null,
    assets_due: 0,
    assignments_due: 0,
    people_due: 0,
    wait_until: null,
  }
}

/** Changes what is known of a program's service. */
export async function changeClient(ctx: Ctx, program: string, change: Partial<ClientRow>): Promise<void> {
  await db(ctx)
    .insertInto('content_clients')
    .values({ ...fresh(ctx, program), ...change })
    .onConflict(c => {
      const known = c.columns(['org', 'program'])
      return Object.keys(change).length === 0 ? known.doNothing() : known.doUpdateSet(change)
    })
    .execute()
}

/** Forgets a program's service. */
export async function removeClient(ctx: Ctx, program: string): Promise<void> {
  await db(ctx).deleteFrom('content_clients').where('org', '=', ctx.org).where('program', '=', program).execute()
  await db(ctx).deleteFrom('content_notices').where('org', '=', ctx.org).where('program', '=', program).execute()
}

/** Of which org a program is, and by what its notifications prove themselves. Asked before anybody is known. */
export async function notifiedOf(
  ctx: Pick<Ctx, 'tx'>,
  program: string,
): Promise<{ org: string; secret: string | null } | undefined> {
  const row = await db(ctx)
    .selectFrom('content_clients')
    .select(['org', 'notify_secret'])
    .where('program', '=', program)
    .executeTakeFirst()
  return row && { org: row.org, secret: row.notify_secret }
}

/** Notes that a notification was heard; answers whether it is new. */
export async function hear(ctx: Ctx, program: string, id: string): Promise<boolean> {
  const rows = await db(ctx)
    .insertInto('content_notices')
    .values({ org: ctx.org, program, id, at: ctx.now })
    .onConflict(c => c.columns(['org', 'program', 'id']).doNothing())
    .returning('id')
    .execute()
  return rows.length > 0
}

/** Forgets notifications heard before an instant. */
export async function forgetNotices(ctx: Ctx, program: string, before: number): Promise<void> {
  await db(ctx)
    .deleteFrom('content_notices')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('at', '<', before)
    .execute()
}
