import type { Occupant } from '../identity/index.ts'
import { moveImports } from './import-store.ts'

/** What identity asks of imports: they follow their unit, and never keep one from being removed. */
export const occupant: Occupant = { noun: 'imports', moved: moveImports, hangsOn: async () => false }
