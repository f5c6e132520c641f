import { jobName } from '../../base/jobs.ts'

/** Asks the signing service for its signature under the request; one job per org. */
export const askSigner = jobName<{ renewal: string }>('push.sign')

/** Sends one device a wake by a new certificate, and waits for it to call; one job per org. */
export const tryCertificate = jobName<{ renewal: string; at: number }>('push.try')

/** Pushes to one address now; one job per address. */
export const sendWake = jobName<{ enrollment: string; account: string }>('wake.send')

/** Takes the unanswered wake of an agent to its next channel; one job per enrollment. */
export const climbCall = jobName<{ enrollment: string }>('wake.climb')

/** Counts how fast agents answer and tells of channels that fail; one per org, from the first agent on. */
export const countChannels = jobName<Record<string, never>>('wake.count')

/** Pushes again to whoever did not call, in batches, and counts latencies; one per org, from the first credential on. */
export const sweepWakes = jobName<Record<string, never>>('wake.sweep')
