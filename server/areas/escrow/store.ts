import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** Where a secret stands: sent and not confirmed, on the device, no longer on it, or turned down by it. */
export const escrowStates = ['pending', 'current', 'past', 'refused'] as const
export type EscrowState = (typeof escrowStates)[number]

/** A secret as it is stored. */
export interface EscrowRow {
  org: string
  id: string
  device: string
  kind: string
  command: string
  value: Uint8Array
  place: string
  state: EscrowState
  facts: string
  created_at: number
  since: number
  views: number
  viewed_at: number | null
  viewed_by: string | null
  told_at: number | null
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ escrows: EscrowRow }>(ctx.tx)

export async function insert(ctx: Ctx, row: EscrowRow): Promise<void> {
  await db(ctx).insertInto('escrows').values(row).execute()
}

export function find(ctx: Ctx, id: string): Promise<EscrowRow | undefined> {
  return db(ctx).selectFrom('escrows').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The secrets that this command carries. */
export function listByCommand(ctx: Ctx, command: string): Promise<EscrowRow[]> {
  return db(ctx)
    .selectFrom('escrows')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('command', '=', command)
    .orderBy('id')
    .execute()
}

/** The secrets of a device, newest first; of one kind where it is named. */
export function listOf(ctx: Ctx, device: string, kind?: string): Promise<EscrowRow[]> {
  const query = db(ctx).selectFrom('escrows').selectAll().where('org', '=', ctx.org).where('device', '=', device)
  return (kind === undefined ? query : query.where('kind', '=', kind))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Of these devices, the state and age of what is current. */
export function currentOf(
  ctx: Ctx,
  devices: readonly string[],
): Promise<Pick<EscrowRow, 'device' | 'kind' | 'created_at' | 'told_at'>[]> {
  return db(ctx)
    .selectFrom('escrows')
    .select(['device', 'kind', 'created_at', 'told_at'])
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .where('state', '=', 'current')
    .execute()
}

export function findCurrent(ctx: Ctx, device: string, kind: string): Promise<EscrowRow | undefined> {
  return db(ctx)
    .selectFrom('escrows')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('kind', '=', kind)
    .where('state', '=', 'current')
    .executeTakeFirst()
}

/** Moves a secret to a state. */
export async function setState(ctx: Ctx, id: string, state: EscrowState): Promise<void> {
  await db(ctx)
    .updateTable('escrows')
    .set({ state, since: ctx.now })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .execute()
}

/** What was current of these kinds is past; answers the kinds. */
export async function retire(ctx: Ctx, device: string, kinds: readonly string[]): Promise<string[]> {
  if (kinds.length === 0) return []
  const rows = await db(ctx)
    .updateTable('escrows')
    .set({ state: 'past', since: ctx.now })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('kind', 'in', [...kinds])
    .where('state', '=', 'current')
    .returning('kind')
    .execute()
  return rows.map(r => r.kind).sort()
}

/** The device has told again that it has this one. */
export async function told(ctx: Ctx, id: string): Promise<void> {
  await db(ctx)
    .updateTable('escrows')
    .set({ told_at: ctx.now })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .execute()
}

/** Counts a view. */
export async function viewed(ctx: Ctx, id: string, by: string): Promise<void> {
  await db(ctx)
    .updateTable('escrows')
    .set(e => ({ views: e('views', '+', 1), viewed_at: ctx.now, viewed_by: by }))
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .execute()
}

/** Deletes everything of a device; answers the kinds. */
export async function removeAll(ctx: Ctx, device: string): Promise<string[]> {
  const rows = await db(ctx)
    .deleteFrom('escrows')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .returning('kind')
    .execute()
  return [...new Set(rows.map(r => r.kind))].sort()
}
