import { z } from 'zod'
import { eventType } from '../../../base/events.ts'

/** What is decided for a setup that only Apple devices have. Names of networks and passwords are not in it. */
export const appleSetupEvents = {
  decided: eventType('setup.accounts-decided', {
    name: z.string(),
    primary: z.string(),
    admin: z.boolean(),
    wifi: z.boolean(),
  }),
}
