import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** The number of a phone, as an admin gave it. */
export interface NumberRow {
  org: string
  enrollment: string
  device: string
  number: Uint8Array
  set_at: number
}

interface Tables {
  wake_numbers: NumberRow
  wake_reaches: { org: string; enrollment: string; device: string; channel: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Forgets the phone numbers of a device; answers for which enrollments there was one. */
export async function removeNumbers(ctx: Ctx, device: string): Promise<string[]> {
  const given = await db(ctx)
    .deleteFrom('wake_numbers')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .returning('enrollment')
    .execute()
  const rows = await db(ctx)
    .deleteFrom('wake_reaches')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('channel', '=', 'sms')
    .returning('enrollment')
    .execute()
  return [...new Set([...given, ...rows].map(r => r.enrollment))]
}

export function findNumber(ctx: Ctx, enrollment: string): Promise<NumberRow | undefined> {
  return db(ctx)
    .selectFrom('wake_numbers')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .executeTakeFirst()
}

/** Keeps a number in the place of the one before. */
export async function putNumber(ctx: Ctx, row: Omit<NumberRow, 'org'>): Promise<void> {
  const { number, set_at } = row
  await db(ctx)
    .insertInto('wake_numbers')
    .values({ org: ctx.org, ...row })
    .onConflict(c => c.columns(['org', 'enrollment']).doUpdateSet({ number, set_at }))
    .execute()
}

/** Answers whether there was one. */
export async function removeNumber(ctx: Ctx, enrollment: string): Promise<boolean> {
  const rows = await db(ctx)
    .deleteFrom('wake_numbers')
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .returning('enrollment')
    .execute()
  return rows.length > 0
}
