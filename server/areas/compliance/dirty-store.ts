import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { newSecret } from '../../base/id.ts'

/** A device that waits to be judged, with the mark it had when it was read. */
export interface Dirty {
  device: string
  mark: string
}

interface Tables {
  compliance_dirty: { org: string; device: string; mark: string; since: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Marks devices to be judged anew. No two marks are equal. */
export async function mark(ctx: Ctx, devices: readonly string[]): Promise<void> {
  const fresh = newSecret(9)
  for (let i = 0; i < devices.length; i += 100)
    await db(ctx)
      .insertInto('compliance_dirty')
      .values(devices.slice(i, i + 100).map(device => ({ org: ctx.org, device, mark: fresh, since: ctx.now })))
      .onConflict(c => c.columns(['org', 'device']).doUpdateSet({ mark: fresh }))
      .execute()
}

/** Devices that wait, longest first. */
export function dirty(ctx: Ctx, most: number): Promise<Dirty[]> {
  return db(ctx)
    .selectFrom('compliance_dirty')
    .select(['device', 'mark'])
    .where('org', '=', ctx.org)
    .orderBy('since')
    .limit(most)
    .execute()
}

/** Takes these marks away where they are still the ones that were read. */
export async function unmark(ctx: Ctx, marks: readonly Dirty[]): Promise<void> {
  for (let i = 0; i < marks.length; i += 100) {
    const pairs = sql.join(marks.slice(i, i + 100).map(m => sql`(${m.device}, ${m.mark})`))
    await sql`DELETE FROM compliance_dirty WHERE org = ${ctx.org} AND (device, mark) IN (VALUES ${pairs})`.execute(
      ctx.tx,
    )
  }
}
