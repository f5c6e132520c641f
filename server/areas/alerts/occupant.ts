import type { Occupant } from '../identity/index.ts'
import { movePaths } from './store.ts'

/** What identity asks of the alerts below its units; they keep none from being removed. */
export const occupant: Occupant = { noun: 'alerts', moved: movePaths, hangsOn: async () => false }
