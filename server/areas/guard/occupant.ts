import type { Occupant } from '../identity/index.ts'
import { movePaths } from './intent-store.ts'

/** What identity asks of what is held below its units. */
export const occupant: Occupant = { noun: 'intents', moved: movePaths, hangsOn: async () => false }
