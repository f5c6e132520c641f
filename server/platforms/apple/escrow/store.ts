import type { Ctx } from '../../../base/ctx.ts'
import { own } from '../../../base/db.ts'

/** A certificate that Macs encrypt recovery keys for, as it is stored. */
export interface RecipientRow {
  org: string
  id: string
  certificate: Uint8Array
  private_key: Uint8Array
  newest: number
  created_at: number
}

/** How lifting the Activation Lock of a device stands. */
export interface UnlockRow {
  org: string
  device: string
  state: 'asked' | 'lifted' | 'refused' | 'silent'
  answer: string | null
  tries: number
  by_id: string
  at: number
  /** What it was to be lifted for. */
  reason: string | null
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ apple_recipients: RecipientRow; apple_unlocks: UnlockRow }>(ctx.tx)

/** Every recipient the org ever had, the newest first. */
export function listRecipients(ctx: Ctx): Promise<RecipientRow[]> {
  return db(ctx)
    .selectFrom('apple_recipients')
    .selectAll()
    .where('org', '=', ctx.org)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

export function newestRecipient(ctx: Ctx): Promise<RecipientRow | undefined> {
  return db(ctx)
    .selectFrom('apple_recipients')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('newest', '=', 1)
    .executeTakeFirst()
}

/** Adds a recipient, which is the newest from now on. */
export async function addRecipient(ctx: Ctx, row: Omit<RecipientRow, 'org' | 'newest' | 'created_at'>): Promise<void> {
  await db(ctx)
    .updateTable('apple_recipients')
    .set({ newest: 0 })
    .where('org', '=', ctx.org)
    .where('newest', '=', 1)
    .execute()
  await db(ctx)
    .insertInto('apple_recipients')
    .values({ ...row, org: ctx.org, newest: 1, created_at: ctx.now })
    .execute()
}

export function findUnlock(ctx: Ctx, device: string): Promise<UnlockRow | undefined> {
  return db(ctx)
    .selectFrom('apple_unlocks')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .executeTakeFirst()
}

export async function putUnlock(ctx: Ctx, row: Omit<UnlockRow, 'org' | 'at'>): Promise<void> {
  const whole = { ...row, org: ctx.org, at: ctx.now }
  await db(ctx)
    .insertInto('apple_unlocks')
    .values(whole)
    .onConflict(c => c.columns(['org', 'device']).doUpdateSet(whole))
    .execute()
}
