import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { forgetHistory } from './fact.ts'
import { markSilent, watchContacts } from './silence.ts'

const hourMs = 3_600_000
const atOnce = 200

const watch: JobKind<Record<string, never>> = {
  name: watchContacts,
  leaseMs: 300_000,
  run: async (base, job) => {
    let marked = atOnce
    while (marked === atOnce && !job.signal.aborted)
      marked = await base.transact(job.scope, ctx => markSilent(ctx, atOnce))
    await base.transact(job.scope, forgetHistory)
    return { againInMs: hourMs }
  },
}

/** What the devices area does by itself: marks silent devices, forgets old history. */
export const jobs: readonly AnyJobKind[] = [watch]
