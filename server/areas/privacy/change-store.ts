import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A change of the charter that waits, or waited, as it is stored. */
export interface ChangeRow {
  org: string
  id: string
  base: string | null
  rules: string
  cosigners: string
  hash: string
  differences: string
  signers: string
  signatures: string
  why: string
  state: 'open' | 'applied' | 'refused' | 'withdrawn' | 'outdated'
  state_by: string | null
  state_reason: string | null
  effective_at: number | null
  by_kind: string
  by_id: string | null
  at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ charter_changes: ChangeRow }>(ctx.tx)

export async function addChange(ctx: Ctx, row: Omit<ChangeRow, 'org' | 'at'>): Promise<void> {
  await db(ctx)
    .insertInto('charter_changes')
    .values({ ...row, org: ctx.org, at: ctx.now })
    .execute()
}

export function findChange(ctx: Ctx, id: string): Promise<ChangeRow | undefined> {
  return db(ctx)
    .selectFrom('charter_changes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The one that is open, if one is. */
export function openChange(ctx: Ctx): Promise<ChangeRow | undefined> {
  return db(ctx)
    .selectFrom('charter_changes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', '=', 'open')
    .orderBy('at')
    .executeTakeFirst()
}

/** Changes, newest first, before one of them. */
export function listChanges(ctx: Ctx, before: string | null, limit: number): Promise<ChangeRow[]> {
  const all = db(ctx).selectFrom('charter_changes').selectAll().where('org', '=', ctx.org)
  return (before === null ? all : all.where('id', '<', before)).orderBy('id', 'desc').limit(limit).execute()
}

export async function putChange(ctx: Ctx, id: string, change: Partial<ChangeRow>): Promise<void> {
  await db(ctx).updateTable('charter_changes').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}
