import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { forgetEntries } from './entry-store.ts'
import { forgetProgram } from './later.ts'

const pageSize = 500

const forget: JobKind<{ program: string }> = {
  name: forgetProgram,
  run: async (base, { scope, payload, signal }) => {
    while (!signal.aborted) {
      const gone = await base.transact(scope, ctx => forgetEntries(ctx, payload.program, pageSize))
      if (gone < pageSize) return undefined
    }
    return { againInMs: 0 }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [forget]
