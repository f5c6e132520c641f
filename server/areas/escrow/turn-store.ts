import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A replacement that is due, as it is stored. */
export interface TurnRow {
  org: string
  device: string
  kind: string
  why: string
  due_at: number
  tries: number
  asked_at: number | null
  problem: string | null
  created_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ escrow_turns: TurnRow }>(ctx.tx)

export function listTurns(ctx: Ctx, device: string): Promise<TurnRow[]> {
  return db(ctx)
    .selectFrom('escrow_turns')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .orderBy('kind')
    .execute()
}

/** Of these devices, the kinds that wait for their turn. */
export function turnsAmong(ctx: Ctx, devices: readonly string[]): Promise<Pick<TurnRow, 'device' | 'kind'>[]> {
  return db(ctx)
    .selectFrom('escrow_turns')
    .select(['device', 'kind'])
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .execute()
}

export function findTurn(ctx: Ctx, device: string, kind: string): Promise<TurnRow | undefined> {
  return db(ctx)
    .selectFrom('escrow_turns')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('kind', '=', kind)
    .executeTakeFirst()
}

export async function putTurn(ctx: Ctx, row: TurnRow): Promise<void> {
  const { org: _o, device: _d, kind: _k, ...change } = row
  await db(ctx)
    .insertInto('escrow_turns')
    .values(row)
    .onConflict(c => c.columns(['org', 'device', 'kind']).doUpdateSet(change))
    .execute()
}

export async function changeTurn(
  ctx: Ctx,
  { device, kind }: Pick<TurnRow, 'device' | 'kind'>,
  change: Partial<Pick<TurnRow, 'due_at' | 'tries' | 'asked_at' | 'problem'>>,
): Promise<void> {
  await db(ctx)
    .updateTable('escrow_turns')
    .set(change)
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('kind', '=', kind)
    .execute()
}

export async function removeTurn(ctx: Ctx, device: string, kind: string): Promise<void> {
  await db(ctx)
    .deleteFrom('escrow_turns')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('kind', '=', kind)
    .execute()
}

export async function removeTurns(ctx: Ctx, device: string): Promise<void> {
  await db(ctx).deleteFrom('escrow_turns').where('org', '=', ctx.org).where('device', '=', device).execute()
}

/** Those that are due, a page at a time, the longest waiting first. */
export function dueTurns(ctx: Ctx, most: number): Promise<TurnRow[]> {
  return db(ctx)
    .selectFrom('escrow_turns')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('due_at', '<=', ctx.now)
    .orderBy('due_at')
    .orderBy('device')
    .orderBy('kind')
    .limit(most)
    .execute()
}

/** When the next is due; null when none is. */
export async function nextTurn(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('escrow_turns')
    .select('due_at')
    .where('org', '=', ctx.org)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}
