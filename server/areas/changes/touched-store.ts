import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  change_devices: { org: string; change: string; device: string; wave: number; at: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)
const rowsAtOnce = 100

/** Notes which devices a change or an import touched. */
export async function addTouched(ctx: Ctx, change: string, devices: readonly string[], wave: number): Promise<void> {
  const rows = devices.map(device => ({ org: ctx.org, change, device, wave, at: ctx.now }))
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await db(ctx)
      .insertInto('change_devices')
      .values(rows.slice(at, at + rowsAtOnce))
      .onConflict(c => c.columns(['org', 'change', 'device']).doUpdateSet({ wave, at: ctx.now }))
      .execute()
}

/** Devices that were touched, in order of ids, after one of them; of one wave, or of all. */
export async function touchedAfter(
  ctx: Ctx,
  change: string,
  { after, limit, wave }: { after: string; limit: number; wave?: number | undefined },
): Promise<{ device: string; at: number }[]> {
  let rows = db(ctx)
    .selectFrom('change_devices')
    .select(['device', 'at'])
    .where('org', '=', ctx.org)
    .where('change', '=', change)
  if (wave !== undefined) rows = rows.where('wave', '=', wave)
  return rows.where('device', '>', after).orderBy('device').limit(limit).execute()
}

/** How many devices a change touched. */
export async function countTouched(ctx: Ctx, change: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('change_devices')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('change', '=', change)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}
