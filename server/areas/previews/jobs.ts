import { jobName } from '../../base/jobs.ts'
import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { forget } from './preview-store.ts'

const dayMs = 24 * 3_600_000

/** Forgets, every hour, what was asked for more than a day ago. */
export const forgetName = jobName<Record<string, never>>('previews.forget')

const forgetOld: JobKind<Record<string, never>> = {
  name: forgetName,
  run: async (base, { scope }) => {
    await base.transact(scope, ctx => forget(ctx, ctx.now - dayMs))
    return { againInMs: dayMs / 24 }
  },
}

/** What the previews area does by itself. */
export const jobs: readonly AnyJobKind[] = [forgetOld]
