import { isId } from '../../base/id.ts'
import { searchable } from '../../base/text.ts'
import type { Occupant } from '../identity/index.ts'
import * as campaigns from './campaign-store.ts'
import * as fleet from './fleet-store.ts'
import * as standings from './standing-store.ts'

/** What identity asks of the campaigns that hang on its units. */
export const occupant: Occupant = {
  noun: 'campaigns',
  moved: async (ctx, from, to) => {
    await campaigns.movePaths(ctx, from, to)
    await fleet.movePaths(ctx, from, to)
    await standings.movePaths(ctx, from, to)
  },
  hangsOn: campaigns.unitHasCampaigns,
  namesOf: async (ctx, ids) => {
    const wanted = ids.filter(id => isId('campaign', id))
    return new Map((await campaigns.campaignsAmong(ctx, wanted)).map(c => [c.id, c.name]))
  },
  idsNamed: (ctx, text) => campaigns.idsNamed(ctx, searchable(text)),
}
