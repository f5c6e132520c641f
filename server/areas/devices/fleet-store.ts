import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  devices: { org: string; unit: string; state: string }
}

/** How many devices are managed: in the whole org, or on one unit itself. */
export async function countManaged(ctx: Ctx, unit: string | null): Promise<number> {
  const all = own<Tables>(ctx.tx)
    .selectFrom('devices')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('state', 'in', ['active', 'silent'])
  const row = await (unit === null ? all : all.where('unit', '=', unit)).executeTakeFirst()
  return Number(row?.n ?? 0)
}
