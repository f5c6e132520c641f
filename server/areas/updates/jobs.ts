import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import * as devices from '../devices/index.ts'
import { campaignOf } from './campaign.ts'
import { demandNoMore } from './demanding.ts'
import { clearName, glanceName, lookName, tallyName } from './later.ts'
import { noticeSome } from './notice.ts'
import { clearSome, conclude, lookOn, orderAgain, reachSome } from './run.ts'
import { glance, tallyEnd, tallyPage } from './tally.ts'

const lookJob: JobKind<{ campaign: string }> = {
  name: lookName,
  leaseMs: 300_000,
  run: async (base, { scope, payload, signal }) => {
    const id = payload.campaign
    await devices.flushSeen(base)
    while (!signal.aborted && (await base.transact(scope, ctx => lookOn(ctx, id))));
    let next: number | null = 0
    // A wave that goes out is filled at once, from what the look that judged it found.
    while (!signal.aborted && next === 0) next = await base.transact(scope, ctx => whatNext(ctx, id))
    if (next === null) return undefined
    while (!signal.aborted && (await base.transact(scope, ctx => reachSome(ctx, id))) > 0);
    while (!signal.aborted && (await base.transact(scope, ctx => orderAgain(ctx, id))) > 0);
    let after: string | null = ''
    while (after !== null && !signal.aborted) {
      const from: string = after
      after = await base.transact(scope, ctx => noticeSome(ctx, id, from))
    }
    return { againInMs: signal.aborted ? 0 : next }
  },
}

type Transacted = Parameters<Parameters<Base['transact']>[1]>[0]

async function whatNext(ctx: Transacted, id: string): Promise<number | null> {
  const next = await conclude(ctx, id)
  if (next !== 0) return next
  return (await campaignOf(ctx, id)).looking ? 0 : 60_000
}

/** How often it is looked whether the fleet is another than the one that was counted. */
const glanceMs = 5 * 60_000

const tallyJob: JobKind<Record<string, never>> = {
  name: tallyName,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    let after: string | null = ''
    while (after !== null && !signal.aborted) {
      const from: string = after
      after = await base.transact(scope, ctx => tallyPage(ctx, from))
    }
    if (after === null) await base.transact(scope, tallyEnd)
    return after === null ? undefined : { againInMs: 0 }
  },
}

const glanceJob: JobKind<Record<string, never>> = {
  name: glanceName,
  run: async (base, { scope }) => {
    await base.transact(scope, glance)
    return { againInMs: glanceMs }
  },
}

const clearJob: JobKind<{ campaign: string }> = {
  name: clearName,
  leaseMs: 300_000,
  run: async (base, { scope, payload, signal }) => {
    let after: string | null = ''
    while (after !== null && !signal.aborted) {
      const from: string = after
      after = await base.transact(scope, ctx => clearSome(ctx, payload.campaign, from))
    }
    if (after !== null) return { againInMs: 0 }
    await base.transact(scope, async ctx => demandNoMore(ctx, await campaignOf(ctx, payload.campaign)))
    return undefined
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [lookJob, tallyJob, glanceJob, clearJob]
