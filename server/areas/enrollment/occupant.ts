import type { Occupant } from '../identity/index.ts'
import * as store from './store.ts'

/** What identity asks of the invitations that hang on its units and users. They name a unit, not its path, so a move needs nothing. */
export const occupant: Occupant = {
  noun: 'invitations',
  moved: async () => {},
  hangsOn: store.anyOnUnit,
  userLeaves: store.dropUser,
  holders: store.invitedAmong,
}
