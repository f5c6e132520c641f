import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'

/** The job that goes through all devices and sees what is missing or has grown old. */
export const sweepJob = jobName<Record<string, never>>('escrow.sweep')

/** Has it go through all devices now. */
export async function sweepSoon(ctx: Ctx): Promise<void> {
  await enqueue(ctx, sweepJob, {}, { dedupe: 'org' })
}

/** Sees to it that it goes through all devices within hours. */
export async function sweepLater(ctx: Ctx): Promise<void> {
  await enqueue(ctx, sweepJob, {}, { dedupe: 'org', inMs: sweepMs })
}

/** How long from one round to the next. */
export const sweepMs = 6 * 3_600_000
