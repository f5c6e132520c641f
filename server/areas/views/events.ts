import { z } from 'zod'
import { eventType } from '../../base/events.ts'

/** What is done with what the screens show. */
export const viewEvents = {
  exported: eventType('devices.exported', { filter: z.string(), columns: z.array(z.string()), encoding: z.string() }),
  usersExported: eventType('users.exported', {
    filter: z.string(),
    columns: z.array(z.string()),
    encoding: z.string(),
  }),
  unitsExported: eventType('units.exported', { columns: z.array(z.string()), encoding: z.string() }),
  licensesExported: eventType('licenses.exported', { encoding: z.string() }),
  alertsExported: eventType('alerts.exported', { filter: z.string(), encoding: z.string() }),
  saved: eventType('view.saved', { name: z.string(), filter: z.string(), shared: z.boolean() }),
  removed: eventType('view.removed', { name: z.string(), shared: z.boolean() }),
}
