import { jobName } from '../../base/jobs.ts'

/** Renews the server's own leaves in time; belongs to the server, not to an org. */
export const renewServer = jobName<Record<string, never>>('certificate.renew')

/** Announces what will expire and forgets what no longer proves anything; one per org. */
export const watchExpiry = jobName<Record<string, never>>('certificate.watch')
