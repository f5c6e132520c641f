import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { endByTime } from './exception.ts'
import { endExceptionName } from './later.ts'

const end: JobKind<{ exception: string }> = {
  name: endExceptionName,
  attempts: 1000,
  run: async (base, { payload, scope }) => {
    const left = await base.transact(scope, ctx => endByTime(ctx, payload.exception))
    return left === null ? undefined : { againInMs: left }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [end]
