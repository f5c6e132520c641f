import type { Occupant } from '../identity/index.ts'
import * as lines from './line-store.ts'
import * as store from './store.ts'

/** What identity asks of the intakes for its units and users. */
export const occupant: Occupant = {
  noun: 'intakes',
  moved: async (ctx, from, to) => {
    await store.movePaths(ctx, from, to)
    await lines.movePaths(ctx, from, to)
  },
  hangsOn: async (ctx, unit) => (await store.hangsOn(ctx, unit)) || lines.hangsOn(ctx, unit),
  userLeaves: lines.userLeaves,
  namesOf: store.namesOf,
  idsNamed: store.idsNamed,
}
