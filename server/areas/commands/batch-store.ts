import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

export type BatchState = 'running' | 'paused' | 'done' | 'canceled'

/** One command for many devices, as it is stored. */
export interface BatchRow {
  org: string
  id: string
  kind: string
  args: string
  sealed_args: Uint8Array | null
  reason: string | null
  filter: string | null
  devices: string | null
  after: string
  state: BatchState
  eligible: number
  refused: string
  sent: number
  held: number
  skipped: number
  problem: string | null
  grants: string
  by_kind: string
  by_id: string | null
  created_at: number
  ended_at: number | null
}

interface Tables {
  command_batches: BatchRow
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

export async function addBatch(ctx: Ctx, row: Omit<BatchRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('command_batches')
    .values({ ...row, org: ctx.org })
    .execute()
}

export async function findBatch(ctx: Ctx, id: string): Promise<BatchRow | undefined> {
  return db(ctx)
    .selectFrom('command_batches')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The newest batches. */
export async function listBatches(ctx: Ctx, most: number): Promise<BatchRow[]> {
  return db(ctx)
    .selectFrom('command_batches')
    .selectAll()
    .where('org', '=', ctx.org)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}

/** Changes a batch and adds to its counts. */
export async function changeBatch(
  ctx: Ctx,
  id: string,
  change: Partial<Pick<BatchRow, 'after' | 'state' | 'problem' | 'ended_at'>>,
  counts: { sent: number; held: number; skipped: number } = { sent: 0, held: 0, skipped: 0 },
): Promise<void> {
  await db(ctx)
    .updateTable('command_batches')
    .set({
      ...change,
      sent: sql`sent + ${counts.sent}`,
      held: sql`held + ${counts.held}`,
      skipped: sql`skipped + ${counts.skipped}`,
    })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .execute()
}
