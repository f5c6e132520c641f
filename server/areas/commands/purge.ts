import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import * as privacy from '../privacy/index.ts'
import type { CommandError } from './kind.ts'
import * as store from './purge-store.ts'

/** Deletes of the answers of a device what may not stay: by age as a whole, under another charter what it forbids. */
export const purge: privacy.Purge = async (ctx, held, keeping) => {
  const since = keeping.since(privacy.strictest)
  const forbidden = since === privacy.always
  const may: devices.May = type => keeping.since(type) !== privacy.always
  const gone: privacy.Deleted[] = []
  for (const row of await store.listResults(ctx, held.id)) {
    const old = !forbidden && (row.ended_at ?? ctx.now) < since
    if (!old && !keeping.again) continue
    const left = old ? { result: null, result_raw: null } : remaining(row, { may, forbidden })
    if (Object.keys(left).length === 0) continue
    await store.putResult(ctx, row.id, left)
    gone.push({ type: privacy.strictest, key: `commands ${row.id}` })
  }
  return gone
}

type Left = Parameters<typeof store.putResult>[2]

/** What differs of an answer without what may not stay. Bytes nobody could read may hold anything, and errors are told in words. */
function remaining(
  row: Awaited<ReturnType<typeof store.listResults>>[number],
  { may, forbidden }: { may: devices.May; forbidden: boolean },
): Left {
  const left: Left = {}
  if (row.result !== null) {
    const result = JSON.stringify(devices.stripped('', JSON.parse(row.result) as devices.JsonValue, may))
    if (result !== row.result) left.result = result === 'null' ? null : result
  }
  if (row.result_raw !== null && (forbidden || !may('apps') || !may('phone-number'))) left.result_raw = null
  if (forbidden && row.error !== null) {
    const error = JSON.parse(row.error) as CommandError
    if (error.message !== null) left.error = JSON.stringify({ ...error, message: null })
  }
  return left
}
