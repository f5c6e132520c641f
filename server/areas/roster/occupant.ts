import { isId } from '../../base/id.ts'
import type { Occupant } from '../identity/index.ts'
import * as entries from './entry-store.ts'
import * as programs from './program-store.ts'
import * as setups from './setup-store.ts'

/** What identity asks of programs, setups and promised devices, which hang on its units and users. */
export const occupant: Occupant = {
  noun: 'roster',
  moved: async (ctx, from, to) => {
    await programs.movePrograms(ctx, from, to)
    await setups.moveSetups(ctx, from, to)
    await entries.moveEntries(ctx, from, to)
  },
  hangsOn: async (ctx, unit) =>
    (await programs.programOnUnit(ctx, unit)) ||
    (await setups.setupOnUnit(ctx, unit)) ||
    (await entries.entryOnUnit(ctx, unit)),
  userLeaves: entries.dropUser,
  holders: entries.promisedAmong,
  namesOf: async (ctx, ids) =>
    new Map([
      ...(await programs.programNames(
        ctx,
        ids.filter(id => isId('program', id)),
      )),
      ...(await setups.setupNames(
        ctx,
        ids.filter(id => isId('setup', id)),
      )),
    ]),
}
