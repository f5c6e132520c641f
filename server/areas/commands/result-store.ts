import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { CommandRow } from './store.ts'

const db = (ctx: Ctx) => own<{ commands: CommandRow }>(ctx.tx)

/** Keeps, sealed, the bytes of an answer that could not be decoded. */
export async function keepRaw(ctx: Ctx, id: string, raw: Uint8Array | null, error: string): Promise<void> {
  const change = raw === null ? { error } : { error, result_raw: raw }
  await db(ctx).updateTable('commands').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Changes how an answered command ended, when only its kind could tell. */
export async function regrade(ctx: Ctx, id: string, state: 'done' | 'failed', error: string): Promise<void> {
  await db(ctx).updateTable('commands').set({ state, error }).where('org', '=', ctx.org).where('id', '=', id).execute()
}
