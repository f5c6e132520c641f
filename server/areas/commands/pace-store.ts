import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { CommandRow, OpenRow } from './store.ts'

interface Tables {
  commands: CommandRow
  open_commands: OpenRow
  refreshes: { org: string; device: string; due_at: number }
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** A command the sweep looks at. */
export type Due = Pick<OpenRow, 'command' | 'enrollment' | 'account' | 'expires_at'> &
  Pick<CommandRow, 'quiet' | 'created_at'>

/** Open commands that are due for a look, longest due first. */
export async function dueOpen(ctx: Ctx, most: number): Promise<Due[]> {
  return db(ctx)
    .selectFrom('open_commands as o')
    .innerJoin('commands as c', j => j.onRef('c.org', '=', 'o.org').onRef('c.id', '=', 'o.command'))
    .select(['o.command', 'o.enrollment', 'o.account', 'o.expires_at', 'c.quiet', 'c.created_at'])
    .where('o.org', '=', ctx.org)
    .where('o.due_at', '<=', ctx.now)
    .orderBy('o.due_at')
    .limit(most)
    .execute()
}

/** Puts off the next look at an open command. */
export async function postpone(ctx: Ctx, command: string, due_at: number): Promise<void> {
  await db(ctx)
    .updateTable('open_commands')
    .set({ due_at })
    .where('org', '=', ctx.org)
    .where('command', '=', command)
    .execute()
}

/** Forgets routine commands that were made before this instant and have ended; answers how many, at most `most`. */
export async function forgetRoutine(ctx: Ctx, before: number, most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    DELETE FROM commands WHERE org = ${ctx.org} AND id IN (
      SELECT id FROM commands WHERE org = ${ctx.org} AND quiet = 1 AND created_at < ${before} AND ended_at IS NOT NULL
      ORDER BY created_at LIMIT ${most})
    RETURNING id`.execute(db(ctx))
  return rows.length
}

/** Sets when a device is next asked for its inventory. */
export async function putRefresh(ctx: Ctx, device: string, due_at: number): Promise<void> {
  await db(ctx)
    .insertInto('refreshes')
    .values({ org: ctx.org, device, due_at })
    .onConflict(c => c.columns(['org', 'device']).doUpdateSet({ due_at }))
    .execute()
}

/** Forgets to ask a device for its inventory. */
export async function removeRefresh(ctx: Ctx, device: string): Promise<void> {
  await db(ctx).deleteFrom('refreshes').where('org', '=', ctx.org).where('device', '=', device).execute()
}

/** Devices whose inventory is due, longest due first. */
export async function dueRefreshes(ctx: Ctx, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('refreshes')
    .select('device')
    .where('org', '=', ctx.org)
    .where('due_at', '<=', ctx.now)
    .orderBy('due_at')
    .limit(most)
    .execute()
  return rows.map(r => r.device)
}

/** Lets go of what was answered. */
export async function forgetResult(ctx: Ctx, id: string): Promise<void> {
  const change = { result: null, result_cut: 0 }
  await db(ctx).updateTable('commands').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}
