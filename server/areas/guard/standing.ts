import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'

/** The loop that moves intents on. */
export const lookName = jobName<Record<string, never>>('guard.look')

/** Makes the loop look now; it keeps itself as long as anything is open. */
export async function keepLooking(ctx: Ctx, inMs = 0): Promise<void> {
  await enqueue(ctx, lookName, {}, { dedupe: 'org', inMs })
}
