import { isId } from '../../base/id.ts'
import type { Occupant } from '../identity/index.ts'
import * as calendars from './calendar-store.ts'
import * as exceptions from './exception-store.ts'

/** What identity asks of calendars and exceptions: a calendar keeps its unit from being removed, an exception does not. */
export const occupant: Occupant = {
  noun: 'calendars',
  moved: async (ctx, from, to) => {
    await calendars.moveCalendars(ctx, from, to)
    await exceptions.moveExceptions(ctx, from, to)
  },
  hangsOn: calendars.anyOnUnit,
  userLeaves: exceptions.forgetUser,
  namesOf: async (ctx, ids) => {
    const rows = await calendars.calendarsAmong(
      ctx,
      ids.filter(id => isId('calendar', id)),
    )
    return new Map(rows.map(r => [r.id, r.name]))
  },
}
