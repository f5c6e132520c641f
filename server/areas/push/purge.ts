import * as privacy from '../privacy/index.ts'
import * as store from './number-store.ts'

/** Forgets the numbers by which phones are texted, where they may not be known any more. */
export const purge: privacy.Purge = async (ctx, held, keeping) => {
  if (keeping.since('phone-number') !== privacy.always) return []
  const gone = await store.removeNumbers(ctx, held.id)
  return gone.map(id => ({ type: 'phone-number' as const, key: `wake_reaches ${id}` }))
}
