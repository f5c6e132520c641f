import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { countAppsName } from './app.ts'
import { countApps } from './app-store.ts'
import { forgetHistory } from './fact.ts'
import { endHolds, markQuiet } from './quiet.ts'
import { markSilent, watchContacts } from './silence.ts'
import { lookOn, lookThrough } from './tag-rule.ts'

const hourMs = 3_600_000
const atOnce = 200

const watch: JobKind<Record<string, never>> = {
  name: watchContacts,
  leaseMs: 300_000,
  run: async (base, job) => {
    let marked = atOnce
    while (marked === atOnce && !job.signal.aborted)
      marked = await base.transact(job.scope, ctx => markSilent(ctx, atOnce))
    for (const look of [markQuiet, endHolds]) {
      let found = atOnce
      while (found === atOnce && !job.signal.aborted) found = await base.transact(job.scope, ctx => look(ctx, atOnce))
    }
    await base.transact(job.scope, forgetHistory)
    return { againInMs: hourMs }
  },
}

const look: JobKind<{ rule: string }> = {
  name: lookThrough,
  leaseMs: 300_000,
  run: async (base, job) => {
    let more = true
    while (more && !job.signal.aborted)
      more = await base.transact(job.scope, ctx => lookOn(ctx, job.payload.rule, atOnce))
    return more ? { againInMs: 0 } : undefined
  },
}

const count: JobKind<Record<string, never>> = {
  name: countAppsName,
  run: async (base, job) => {
    await base.transact(job.scope, countApps)
    return undefined
  },
}

/** What the devices area does by itself: marks silent devices, forgets old history, brings tags in step with rules, counts apps. */
export const jobs: readonly AnyJobKind[] = [watch, look, count]
