import type { Occupant } from '../identity/index.ts'
import { moveUnits } from './change-store.ts'
import { moveImports } from './import-store.ts'

/** What identity asks of imports and changes: they follow their units, and never keep one from being removed. */
export const occupant: Occupant = {
  noun: 'changes',
  moved: async (ctx, from, to) => {
    await moveImports(ctx, from, to)
    await moveUnits(ctx, from, to)
  },
  hangsOn: async () => false,
}
