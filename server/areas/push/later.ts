import { jobName } from '../../base/jobs.ts'

/** Pushes to one address now; one job per address. */
export const sendWake = jobName<{ enrollment: string; account: string }>('wake.send')

/** Pushes again to whoever did not call, in batches, and counts latencies; one per org, from the first credential on. */
export const sweepWakes = jobName<Record<string, never>>('wake.sweep')
