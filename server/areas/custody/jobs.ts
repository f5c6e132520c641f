import { Gauge } from 'prom-client'
import { everything } from '../../base/authority.ts'
import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { metricsOf } from '../../base/metrics.ts'
import type { Base } from '../../base/transact.ts'
import * as identity from '../identity/index.ts'
import { announceEnds } from './announce.ts'
import { checkJob } from './check-job.ts'
import { watchCustody } from './later.ts'
import { things } from './things.ts'
import { watchAddresses } from './verify.ts'

const hour = 3_600_000

const watch: JobKind<Record<string, never>> = {
  name: watchCustody,
  attempts: 1_000_000,
  maxWaitMs: hour,
  run: async (base, { scope }) => {
    await base.transact(scope, announceEnds)
    await base.transact(scope, watchAddresses)
    return { againInMs: 6 * hour }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [watch, checkJob]

const day = 24 * hour

/** Shows how many days are left of everything in custody. */
export function measure(base: Base): void {
  new Gauge({
    name: 'muster_keeping_days_left',
    help: 'Days until something in custody ends, by org, what it is for and its reference; negative when it is over.',
    labelNames: ['org', 'kind', 'ref'] as const,
    registers: [metricsOf(base).registry],
    async collect() {
      this.reset()
      const actor = { kind: 'system', id: null, what: 'metrics' } as const
      for (const org of await identity.orgs(base)) {
        const all = await base.read({ org, actor, authority: everything }, things)
        for (const { kind, ref, endsAt } of all)
          if (endsAt !== null) this.set({ org, kind, ref }, (endsAt - base.clock.now()) / day)
      }
    },
  })
}
