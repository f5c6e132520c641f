import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  privacy_checks: { org: string; at: number; results: string }
  looks: { org: string; id: string; purpose: string; at: number; until: number }
  sweeps: { org: string; device: string; at: number }
  drops: { org: string; day: number; told: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function putCheck(ctx: Ctx, results: string): Promise<void> {
  await db(ctx)
    .insertInto('privacy_checks')
    .values({ org: ctx.org, at: ctx.now, results })
    .onConflict(c => c.column('org').doUpdateSet({ at: ctx.now, results }))
    .execute()
}

export function findCheck(ctx: Ctx): Promise<{ at: number; results: string } | undefined> {
  return db(ctx).selectFrom('privacy_checks').select(['at', 'results']).where('org', '=', ctx.org).executeTakeFirst()
}

/** The newest looks, as far as the invariants ask about them. */
export function newestLooks(
  ctx: Ctx,
  limit: number,
): Promise<{ id: string; purpose: string; at: number; until: number }[]> {
  return db(ctx)
    .selectFrom('looks')
    .select(['id', 'purpose', 'at', 'until'])
    .where('org', '=', ctx.org)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()
}

/** When the oldest device began to wait for being held against the charter. */
export async function oldestSweep(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('sweeps')
    .select('at')
    .where('org', '=', ctx.org)
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}

/** The oldest day something was dropped on that the log does not know of. */
export async function oldestUntold(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('drops')
    .select('day')
    .where('org', '=', ctx.org)
    .where('told', '=', 0)
    .orderBy('day')
    .limit(1)
    .executeTakeFirst()
  return row?.day ?? null
}
