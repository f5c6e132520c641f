import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'

export interface RhythmRow {
  org: string
  unit: string
  every_ms: number
  jitter_percent: number
  lost_every_ms: number
  changed_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ wake_rhythms: RhythmRow }>(ctx.tx)

const all = fixed<{ wake_rhythms: RhythmRow }, { org: string }>()((from, v) =>
  from.selectFrom('wake_rhythms').selectAll().where('org', '=', v.org).orderBy('unit'),
)

/** The rhythms of all units that have one of their own; these are few. */
export function list(ctx: Ctx): Promise<RhythmRow[]> {
  return all(ctx.tx, { org: ctx.org })
}

export async function put(ctx: Ctx, row: Omit<RhythmRow, 'org' | 'changed_at'>): Promise<void> {
  const { unit, ...change } = { ...row, changed_at: ctx.now }
  await db(ctx)
    .insertInto('wake_rhythms')
    .values({ org: ctx.org, unit, ...change })
    .onConflict(c => c.columns(['org', 'unit']).doUpdateSet(change))
    .execute()
}

/** Answers whether there was one. */
export async function remove(ctx: Ctx, unit: string): Promise<boolean> {
  const rows = await db(ctx)
    .deleteFrom('wake_rhythms')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .returning('unit')
    .execute()
  return rows.length > 0
}
