import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import * as devices from '../devices/index.ts'
import * as counts from './count-store.ts'
import { endOverdue } from './exception.ts'
import { allName, judgeMarked, judgeName, pageSize, passName, passOn, rejudge, sweepName } from './pass.ts'
import { judgeDevices } from './page.ts'
import * as verdicts from './verdict-store.ts'

type Kind = JobKind<Record<string, never>>
const dayMs = 24 * 3_600_000
const keepDays = 400

const pass: JobKind<{ rule: string }> = {
  name: passName,
  leaseMs: 300_000,
  run: async (base, { scope, payload, signal }) => {
    let more = true
    while (more && !signal.aborted) more = await base.transact(scope, ctx => passOn(ctx, payload.rule))
    return more ? { againInMs: 0 } : undefined
  },
}

const judge: Kind = {
  name: judgeName,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    let more = true
    while (more && !signal.aborted) more = await base.transact(scope, judgeMarked)
    return more ? { againInMs: 0 } : undefined
  },
}

const all: Kind = {
  name: allName,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    let after: string | undefined = ''
    while (after !== undefined && !signal.aborted) {
      const from: string = after
      after = await base.transact(scope, async ctx => {
        const ids = await devices.idsBelow(ctx, { path: '/', after: from, limit: pageSize })
        await rejudge(ctx, ids)
        return ids.at(-1)
      })
    }
    return after === undefined ? undefined : { againInMs: 0 }
  },
}

const sweepMs = 60_000
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const sweep: Kind = {
  name: sweepName,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    while (!signal.aborted && (await base.transact(scope, ctx => endOverdue(ctx, pageSize))) === pageSize);
    let due = pageSize
    while (due >= pageSize && !signal.aborted)
      due = await base.transact(scope, async ctx => {
        const ids = await verdicts.devicesDue(ctx, pageSize)
        await judgeDevices(ctx, ids)
        return ids.length
      })
    await base.transact(scope, async ctx => {
      await counts.keepDay(ctx, dayOf(ctx.now))
      await counts.removeDaysBefore(ctx, dayOf(ctx.now - keepDays * dayMs))
      await verdicts.removeHistoryBefore(ctx, ctx.now - keepDays * dayMs)
    })
    return { againInMs: sweepMs }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [pass, judge, all, sweep]
