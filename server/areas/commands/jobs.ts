import * as devices from '../devices/index.ts'
import * as push from '../push/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import { batchJob } from './batch.ts'
import { expire } from './ending.ts'
import * as pace from './pace-store.ts'
import { refresh } from './refresh.ts'
import { refreshMs, refreshName, shortestLookMs, sweepMs, sweepName } from './standing.ts'

const page = 100
const longestLookMs = 24 * 3_600_000

/** Looks after commands that were not fetched, not answered or deferred: wakes their device again, ever more rarely, or lets them expire. */
const sweep: JobKind<Record<string, never>> = {
  name: sweepName,
  run: async (base, { scope, signal }) => {
    while (!signal.aborted && (await base.transact(scope, sweepPage)) === page);
    while (!signal.aborted && (await base.transact(scope, tidyPage)) === page);
    return { againInMs: sweepMs }
  },
}

/** One page of the sweep; answers how many commands it looked at. */
export async function sweepPage(ctx: Ctx): Promise<number> {
  const due = await pace.dueOpen(ctx, page)
  const woken = new Set<string>()
  for (const row of due) {
    if (row.expires_at !== null && row.expires_at <= ctx.now) {
      await expire(ctx, row.command)
      continue
    }
    // Each look is as far away as the command is old, so they double, up to a day.
    const wait = Math.min(
      Math.max(ctx.now - row.created_at, shortestLookMs[row.quiet === 1 ? 'quiet' : 'loud']),
      longestLookMs,
    )
    await pace.postpone(ctx, row.command, Math.min(ctx.now + wait, row.expires_at ?? Infinity))
    const channel = `${row.enrollment}|${row.account}`
    if (woken.has(channel)) continue
    woken.add(channel)
    await push.wake(ctx, { enrollment: row.enrollment as Id<'enrollment'>, account: row.account as Id<'account'> | '' })
  }
  return due.length
}

/** What devices said to routine questions is in their reports; the questions themselves are of no use after two days. */
export function tidyPage(ctx: Ctx): Promise<number> {
  return pace.forgetRoutine(ctx, ctx.now - 2 * 24 * 3_600_000, page)
}

/** Asks devices whose turn it is for their inventory, a page at a time. */
const refreshDue: JobKind<Record<string, never>> = {
  name: refreshName,
  run: async (base, { scope, signal }) => {
    while (!signal.aborted && (await refreshPage(base, scope)) === page);
    return { againInMs: refreshMs }
  },
}

async function refreshPage(base: Base, scope: Parameters<Base['transact']>[0]): Promise<number> {
  const due = await base.read(scope, ctx => pace.dueRefreshes(ctx, page))
  for (const id of due)
    await base.transact(scope, async ctx => {
      const device = await devices.find(ctx, id)
      if (!device || device.state === 'ended') return pace.removeRefresh(ctx, id)
      await refresh(ctx, device)
    })
  return due.length
}

export const jobs: readonly AnyJobKind[] = [sweep, refreshDue, batchJob]
