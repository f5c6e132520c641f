import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A read of what is hidden, as it is stored. */
export interface LookRow {
  org: string
  id: string
  device: string
  user_id: string | null
  what: string
  purpose: string
  incident: string | null
  by_kind: string
  by_id: string
  at: number
  until: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ looks: LookRow }>(ctx.tx)

export async function addLook(ctx: Ctx, row: Omit<LookRow, 'org' | 'at'>): Promise<void> {
  await db(ctx)
    .insertInto('looks')
    .values({ ...row, org: ctx.org, at: ctx.now })
    .execute()
}

/** What this actor may read of a device now, with when it is over. */
export async function openLooks(ctx: Ctx, device: string, by: string): Promise<{ what: string; until: number }[]> {
  return db(ctx)
    .selectFrom('looks')
    .select(['what', 'until'])
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('by_id', '=', by)
    .where('until', '>', ctx.now)
    .where('at', '>', ctx.now - 24 * 3_600_000)
    .execute()
}

/** Looks, newest first: at a device, at the devices a person had then, or below units; before an instant. */
export async function listLooks(
  ctx: Ctx,
  of: { device?: string; user?: string },
  { before, limit }: { before: { at: number; id: string } | null; limit: number },
): Promise<LookRow[]> {
  let rows = db(ctx).selectFrom('looks').selectAll().where('org', '=', ctx.org)
  if (of.device !== undefined) rows = rows.where('device', '=', of.device)
  if (of.user !== undefined) rows = rows.where('user_id', '=', of.user)
  if (before)
    rows = rows.where(e => e.or([e('at', '<', before.at), e.and([e('at', '=', before.at), e('id', '<', before.id)])]))
  return rows.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}
