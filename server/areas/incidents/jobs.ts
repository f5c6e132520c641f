import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { lookAt } from './look.ts'
import { farthestMs, lookName } from './order.ts'
import * as orders from './order-store.ts'

const page = 50
const restMs = 60_000

const look: JobKind<Record<string, never>> = {
  name: lookName,
  attempts: 1_000_000,
  maxWaitMs: restMs,
  farthestMs: restMs,
  run: async (base, { scope, signal }) => {
    let due = page
    while (due === page && !signal.aborted) {
      const rows = await base.read(scope, ctx => orders.dueOrders(ctx, ctx.now + farthestMs, page))
      for (const { id } of rows) if (!signal.aborted) await base.transact(scope, ctx => lookAt(ctx, id))
      due = rows.length
    }
    const next = await base.read(scope, async ctx => ({ at: await orders.nextLook(ctx), now: ctx.now }))
    if (next.at === null) return undefined
    return { againInMs: Math.max(1000, Math.min(restMs, next.at - next.now)) }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [look]
