import { jobName } from '../../base/jobs.ts'

/** Looks at a rollout and does what its terms say. */
export const advanceName = jobName<{ rollout: string }>('rollout.advance')
/** Ends a trial at its time. */
export const endTrialName = jobName<{ trial: string }>('trial.end')
