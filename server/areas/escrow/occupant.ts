import type { Occupant } from '../identity/index.ts'
import { moveRules } from './rule-store.ts'

/** What identity asks of the rules about secrets: they move with their unit, and do not keep it from being removed. */
export const occupant: Occupant = {
  noun: 'escrow rules',
  moved: moveRules,
  hangsOn: async () => false,
}
