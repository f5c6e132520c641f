import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A signature as it is stored. */
export interface ApprovalRow {
  org: string
  id: string
  intent: string
  admin: string
  passkey: string | null
  hash: string
  challenge: string
  /** Canonical JSON whose hash is the challenge, and what the passkey answered to it; null where nothing was signed. */
  statement: string | null
  assertion: string | null
  at: number
}

/** What an approver was asked to sign, as it is stored. */
export interface RequestRow {
  org: string
  intent: string
  admin: string
  challenge: string
  hash: string
  nonce: string
  at: number
}

interface Tables {
  approvals: ApprovalRow
  approval_requests: RequestRow
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

export async function putApproval(ctx: Ctx, row: Omit<ApprovalRow, 'org'>): Promise<void> {
  const { at, passkey, challenge, statement, assertion } = row
  const signed = { at, passkey, challenge, statement, assertion }
  await db(ctx)
    .insertInto('approvals')
    .values({ ...row, org: ctx.org })
    .onConflict(c => c.columns(['org', 'intent', 'admin', 'hash']).doUpdateSet(signed))
    .execute()
}

export async function listApprovals(ctx: Ctx, intent: string): Promise<ApprovalRow[]> {
  return db(ctx)
    .selectFrom('approvals')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intent', '=', intent)
    .orderBy('at')
    .execute()
}

export async function putRequest(ctx: Ctx, row: Omit<RequestRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('approval_requests')
    .values({ ...row, org: ctx.org })
    .onConflict(c => c.columns(['org', 'intent', 'admin']).doUpdateSet(row))
    .execute()
}

/** Takes what the admin was asked to sign, so that it is good once. */
export async function takeRequest(ctx: Ctx, intent: string, admin: string): Promise<RequestRow | undefined> {
  const rows = await db(ctx)
    .deleteFrom('approval_requests')
    .where('org', '=', ctx.org)
    .where('intent', '=', intent)
    .where('admin', '=', admin)
    .returningAll()
    .execute()
  return rows[0]
}

/** Forgets what was asked before this instant. */
export async function forgetRequests(ctx: Ctx, before: number): Promise<void> {
  await db(ctx).deleteFrom('approval_requests').where('org', '=', ctx.org).where('at', '<', before).execute()
}
