import * as devices from '../devices/index.ts'
import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { considerAll } from './consider.ts'
import { sweepJob, sweepMs } from './sweep.ts'
import { runTurn, turnJob } from './turn.ts'
import * as turns from './turn-store.ts'

const page = 50
const sweepPage = 200
const restMs = 15 * 60_000
const dayMs = 24 * 3_600_000

const turn: JobKind<Record<string, never>> = {
  name: turnJob,
  attempts: 1_000_000,
  maxWaitMs: restMs,
  farthestMs: 8 * dayMs,
  run: async (base, { scope, signal }) => {
    let due = page
    while (due === page && !signal.aborted) {
      const rows = await base.read(scope, ctx => turns.dueTurns(ctx, page))
      // Each in its own transaction: one device that cannot be ordered keeps no other waiting.
      for (const row of rows)
        if (!signal.aborted)
          await base.transact(scope, async ctx => {
            const now = await turns.findTurn(ctx, row.device, row.kind)
            if (now && now.due_at <= ctx.now) await runTurn(ctx, now)
          })
      due = rows.length
    }
    const next = await base.read(scope, async ctx => ({ at: await turns.nextTurn(ctx), now: ctx.now }))
    return next.at === null ? undefined : { againInMs: Math.max(1000, next.at - next.now) }
  },
}

const sweep: JobKind<Record<string, never>> = {
  name: sweepJob,
  attempts: 1_000_000,
  maxWaitMs: restMs,
  leaseMs: 10 * 60_000,
  farthestMs: sweepMs,
  run: async (base, { scope, signal }) => {
    for (let after = ''; !signal.aborted; ) {
      const last = await base.transact(scope, async ctx => {
        const ids = await devices.idsBelow(ctx, { path: '/', after, limit: sweepPage })
        await considerAll(ctx, ids)
        return ids.length < sweepPage ? null : (ids.at(-1) ?? null)
      })
      if (last === null) break
      after = last
    }
    return { againInMs: sweepMs }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [turn, sweep]
