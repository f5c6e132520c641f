import { isId } from '../../base/id.ts'
import type { Occupant } from '../identity/index.ts'
import * as store from './test-store.ts'

/** What identity asks of the policy tests that hang on its units. */
export const occupant: Occupant = {
  noun: 'policy-tests',
  moved: store.movePaths,
  hangsOn: store.anyOnUnit,
  namesOf: async (ctx, ids) => {
    if (!ids.some(id => isId('test', id))) return new Map()
    return new Map((await store.allTests(ctx)).map(t => [t.id, t.name]))
  },
}
