import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import type { Target } from '../blueprints/index.ts'
import { type TargetQuery, targetRows } from '../devices/index.ts'
import { groupsOf } from '../identity/index.ts'

/** A device as the kernel sees it, with its name for people. */
export interface NamedTarget extends Target {
  readonly name: string
}

/** One page of the devices that are meant, in order of their ids, with everything that decides what they should have. At most a thousand at once. */
export async function targetsPage(ctx: Ctx, query: TargetQuery): Promise<NamedTarget[]> {
  const rows = await targetRows(ctx, query)
  const groups = await groupsOf(ctx, [...new Set(rows.flatMap(r => r.user ?? []))])
  return rows.map(row => ({ ...row, groups: row.user === null ? [] : (groups.get(row.user) ?? []) }))
}

/** One device; refused as unknown when there is none or its management has ended. */
export async function targetOf(ctx: Ctx, device: string): Promise<NamedTarget> {
  const [target] = await targetsPage(ctx, { ids: [device], limit: 1 })
  if (!target) throw new Problem('id.unknown')
  return target
}
