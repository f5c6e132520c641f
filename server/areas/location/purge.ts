import * as privacy from '../privacy/index.ts'
import * as store from './store.ts'

const mostAtOnce = 2000

/** Deletes where a device was, where that may not be known of it any more. How long it is kept otherwise this room decides itself. */
export const purge: privacy.Purge = async (ctx, held, keeping) => {
  if (keeping.since('location') !== privacy.always) return []
  const rows = await store.listOfDevice(ctx, held.id, mostAtOnce)
  await store.removeFixes(
    ctx,
    rows.map(r => r.id),
  )
  return rows.map(r => ({ type: 'location' as const, key: `fixes ${r.id}` }))
}
