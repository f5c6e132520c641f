import { jobName } from '../../base/jobs.ts'

/** Looks at the devices of a campaign in pages, judges it and does what follows. */
export const lookName = jobName<{ campaign: string }>('campaign.look')
/** Looks at how every device stands to the newest version of its platform. */
export const tallyName = jobName<Record<string, never>>('updates.tally')
/** Takes the marks of a campaign that was stopped off its devices. */
export const clearName = jobName<{ campaign: string }>('campaign.clear')
/** Looks whether the fleet is to be counted anew. */
export const glanceName = jobName<Record<string, never>>('updates.glance')
