import type { Occupant } from '../identity/index.ts'
import { movePaths } from './store.ts'

/** What identity asks of the incidents below its units; they keep none from being removed. */
export const occupant: Occupant = { noun: 'incidents', moved: movePaths, hangsOn: async () => false }
