import { jobName } from '../../base/jobs.ts'

/** Mails what is new to those who want it at once, and to people of devices; one per org. */
export const tellNews = jobName<Record<string, never>>('alerts.tell')

/** Ends the rest of an alert; one per alert. */
export const wakeSnoozed = jobName<{ alert: string }>('alerts.wake')

/** Mails digests when their hour comes; one per org, from its first alert on. */
export const sendDigests = jobName<Record<string, never>>('alerts.digest')
