import type { Ctx } from '../../../base/ctx.ts'
import { enqueue, jobName } from '../../../base/jobs.ts'

const dayMs = 24 * 3_600_000

/** The loop that looks after certificates of items. */
export const renewItems = jobName<Record<string, never>>('items.renew')

/** Makes sure that certificates of items are looked after: called when a proof for one is made. */
export async function keepRenewing(ctx: Ctx): Promise<void> {
  await enqueue(ctx, renewItems, {}, { dedupe: 'org', inMs: dayMs })
}
