import { jobName } from '../../base/jobs.ts'

/** Announces what ends, looks after addresses; one per org. */
export const watchCustody = jobName<Record<string, never>>('custody.watch')

/** Checks the set-up; one per org. */
export const checkSetup = jobName<Record<string, never>>('setup.check')
