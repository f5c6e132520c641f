import { isId } from '../../base/id.ts'
import type { Occupant } from '../identity/index.ts'
import * as store from './report-store.ts'

/** What identity asks of the saved reports that hang on its units. */
export const occupant: Occupant = {
  noun: 'reports',
  moved: store.movePaths,
  hangsOn: store.hangsOn,
  namesOf: (ctx, ids) =>
    store.namesOf(
      ctx,
      ids.filter(id => isId('report', id)),
    ),
}
