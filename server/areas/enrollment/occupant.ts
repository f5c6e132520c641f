import type { Occupant } from '../identity/index.ts'
import { moveNewcomers } from './newcomer-store.ts'
import * as store from './store.ts'

/** What identity asks of the invitations that hang on its units and users, which name a unit and not its path, and of the devices that wait by them. */
export const occupant: Occupant = {
  noun: 'invitations',
  moved: moveNewcomers,
  hangsOn: store.anyOnUnit,
  userLeaves: store.dropUser,
  holders: store.invitedAmong,
}
