import { isId } from '../../base/id.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Occupant } from '../identity/index.ts'
import { bumpRevision } from './revision-store.ts'
import * as secrets from './secret-store.ts'
import * as store from './store.ts'

/** What identity asks of the policies that hang on its units. A move of units changes what every device should have, so it is a new revision. */
export const occupant: Occupant = {
  noun: 'policies',
  moved: async (ctx, from, to) => {
    await store.movePaths(ctx, from, to)
    await bumpRevision(ctx)
  },
  hangsOn: store.anyOnUnit,
  namesOf: async (ctx: Ctx, ids) => {
    const rows = await store.policiesAmong(
      ctx,
      ids.filter(id => isId('policy', id)),
    )
    return new Map(rows.map(r => [r.id, r.name]))
  },
  idsNamed: (ctx, text) => store.idsNamed(ctx, text, 200),
}

/** The same of the secrets. */
export const secretOccupant: Occupant = {
  noun: 'secrets',
  moved: secrets.moveSecrets,
  hangsOn: secrets.anySecretOnUnit,
  namesOf: async (ctx, ids) => {
    const rows = await secrets.secretsAmong(
      ctx,
      ids.filter(id => isId('secret', id)),
    )
    return new Map(rows.map(r => [r.id, r.name]))
  },
}
