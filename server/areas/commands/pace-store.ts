import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { CommandRow } from './store.ts'

interface Tables {
  commands: CommandRow
  refreshes: { org: string; device: string; due_at: number }
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** Instants of the newest erasing commands of an actor since then, oldest first. */
export async function wipesSince(ctx: Ctx, by: string | null, since: number): Promise<number[]> {
  const rows = await db(ctx)
    .selectFrom('commands')
    .select('created_at')
    .where('org', '=', ctx.org)
    .where('by_id', 'is not distinct from', by)
    .where('created_at', '>', since)
    .where(sql<boolean>`wipes = 1`)
    .orderBy('created_at')
    .execute()
  return rows.map(r => r.created_at)
}

/** Open commands that are due for a look, longest due first. */
export async function dueOpen(ctx: Ctx, most: number): Promise<CommandRow[]> {
  return db(ctx)
    .selectFrom('commands')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('ended_at', 'is', null)
    .where('due_at', '<=', ctx.now)
    .orderBy('due_at')
    .limit(most)
    .execute()
}

/** Puts off the next look at an open command. */
export async function postpone(ctx: Ctx, id: string, due_at: number): Promise<void> {
  await db(ctx).updateTable('commands').set({ due_at }).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Forgets routine commands that ended before this instant; answers how many, at most `most`. */
export async function forgetRoutine(ctx: Ctx, before: number, most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    DELETE FROM commands WHERE org = ${ctx.org} AND id IN (
      SELECT id FROM commands WHERE org = ${ctx.org} AND quiet = 1 AND ended_at < ${before} ORDER BY ended_at LIMIT ${most})
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
