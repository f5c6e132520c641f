import type { Ctx } from '../../base/ctx.ts'
import { isId } from '../../base/id.ts'
import type { Occupant } from '../identity/index.ts'
import * as store from './store.ts'

/** What identity asks of the apps that hang on its units. */
export const occupant: Occupant = {
  noun: 'apps',
  moved: store.moveApps,
  hangsOn: store.anyOnUnit,
  namesOf: async (ctx: Ctx, ids) => {
    const rows = await store.appsAmong(
      ctx,
      ids.filter(id => isId('app', id)),
    )
    return new Map(rows.map(r => [r.id, r.name]))
  },
  idsNamed: (ctx, text) => store.idsNamed(ctx, text, 200),
}
