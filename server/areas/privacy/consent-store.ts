import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** An order that a person is asked about, as it is stored. */
export interface ConsentRow {
  org: string
  id: string
  device: string
  user_id: string
  action: string
  reason: string
  by_kind: string
  by_id: string
  state: 'asked' | 'given' | 'refused' | 'used'
  at: number
  answered_at: number | null
  until: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ consents: ConsentRow }>(ctx.tx)

export async function addConsent(
  ctx: Ctx,
  row: Omit<ConsentRow, 'org' | 'at' | 'answered_at' | 'state'>,
): Promise<void> {
  await db(ctx)
    .insertInto('consents')
    .values({ ...row, org: ctx.org, at: ctx.now, answered_at: null, state: 'asked' })
    .execute()
}

/** Those of a device, or of a person, that are not over, newest first. */
export async function listConsents(ctx: Ctx, of: { device: string } | { user: string }): Promise<ConsentRow[]> {
  const all = db(ctx).selectFrom('consents').selectAll().where('org', '=', ctx.org).where('until', '>', ctx.now)
  const some = 'device' in of ? all.where('device', '=', of.device) : all.where('user_id', '=', of.user)
  return some.orderBy('at', 'desc').limit(100).execute()
}

export function findConsent(ctx: Ctx, id: string): Promise<ConsentRow | undefined> {
  return db(ctx).selectFrom('consents').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

export async function changeConsent(ctx: Ctx, id: string, change: Partial<ConsentRow>): Promise<void> {
  await db(ctx).updateTable('consents').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}
