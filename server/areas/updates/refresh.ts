import type { Ctx } from '../../base/ctx.ts'
import { enqueue } from '../../base/jobs.ts'
import { glanceName, tallyName } from './later.ts'

/** Asks for a vendor's list in a job. */
export type Refresher = (ctx: Ctx) => Promise<void>

const refreshers: Refresher[] = []

/** Tells how a vendor is asked for its list; called by main before the server starts. */
export function refreshBy(by: Refresher): void {
  if (!refreshers.includes(by)) refreshers.push(by)
}

/** Has every vendor asked soon, and the fleet counted anew. */
export async function refresh(ctx: Ctx): Promise<void> {
  for (const by of refreshers) await by(ctx)
  await enqueue(ctx, tallyName, {}, { dedupe: 'org' })
  await enqueue(ctx, glanceName, {}, { dedupe: 'org', inMs: 60_000 })
}
