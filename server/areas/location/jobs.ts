import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { trimName, trimPage } from './retention.ts'

const trim: JobKind<Record<string, never>> = {
  name: trimName,
  run: async (base, { scope, signal }) => {
    while (!signal.aborted && (await base.transact(scope, trimPage)));
    return { againInMs: 3_600_000 }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [trim]
