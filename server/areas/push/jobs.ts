import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { countJob } from './channel-latency.ts'
import { climbJob } from './climb.ts'
import { countLatencies } from './latency.ts'
import { sendWake, sweepWakes } from './later.ts'
import { sendDue } from './sender.ts'
import { signJob } from './signer-job.ts'
import * as store from './store.ts'
import { trialJob } from './trial.ts'
import { tellTrouble } from './trouble.ts'

const sweepMs = 30_000
const runMs = 30_000

const send: JobKind<store.Address> = {
  name: sendWake,
  run: async (base, job) => {
    const row = await base.read(job.scope, ctx => store.find(ctx, job.payload))
    if (!row || row.next_at === null || row.next_at > base.clock.now()) return undefined
    const { heldForMs } = await sendDue(base, job.scope, row.topic, job.payload)
    if (heldForMs !== null) return undefined
    const after = await base.read(job.scope, ctx => store.find(ctx, job.payload))
    const againInMs = (after?.next_at ?? 0) - base.clock.now()
    // The sweep looks every half minute; a failure that may be over in a second or two is not left to it.
    const soon = after && after.next_at !== null && after.failures > 0 && againInMs < sweepMs
    return soon ? { againInMs: Math.max(againInMs, 250) } : undefined
  },
}

const sweep: JobKind<Record<string, never>> = {
  name: sweepWakes,
  // It must outlive every outage.
  attempts: Number.MAX_SAFE_INTEGER,
  maxWaitMs: sweepMs,
  run: async (base, job) => {
    const until = base.clock.monotonic() + runMs
    let waitMs = sweepMs
    let sent = 0
    do {
      sent = 0
      for (const topic of await base.read(job.scope, ctx => store.dueTopics(ctx))) {
        const round = await sendDue(base, job.scope, topic)
        sent += round.sent
        waitMs = Math.min(waitMs, round.heldForMs ?? sweepMs)
      }
    } while (sent > 0 && !job.signal.aborted && base.clock.monotonic() < until)
    await base.transact(job.scope, tellTrouble)
    if (sent > 0) return { againInMs: 0 }
    await base.transact(job.scope, ctx => countLatencies(ctx))
    const next = await base.read(job.scope, ctx => store.nextDue(ctx))
    return { againInMs: Math.max(0, Math.min(waitMs, next === null ? sweepMs : next - base.clock.now())) }
  },
}

export const jobs: readonly AnyJobKind[] = [send, sweep, climbJob, countJob, signJob, trialJob]
