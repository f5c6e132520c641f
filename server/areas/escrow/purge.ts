import * as privacy from '../privacy/index.ts'
import { custodianOf } from './custodian.ts'
import * as store from './store.ts'
import * as turns from './turn-store.ts'

/** Deletes every secret of a device where the charter says that none is ever kept. Age alone takes none away: an old disk may still ask for an old key. */
export const purge: privacy.Purge = async (ctx, held, keeping) => {
  if (keeping.since('secrets') !== privacy.always) return []
  await turns.removeTurns(ctx, held.id)
  const kinds = await store.removeAll(ctx, held.id)
  return kinds.map(kind => ({ type: 'secrets' as const, key: `escrow ${custodianOf(kind)?.kind ?? kind}` }))
}
