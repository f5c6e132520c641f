import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { announceExpiry } from './custody.ts'
import { issuerOf } from './issuer.ts'
import { renewServer, watchExpiry } from './later.ts'
import * as store from './store.ts'
import { renewed } from './tls.ts'

const hour = 3_600_000
const day = 24 * hour

const renew: JobKind<Record<string, never>> = {
  name: renewServer,
  run: async base => {
    const { serverOrg } = store
    const purposes = await base.engine.read(tx => store.serverLeaves({ tx }))
    for (const purpose of purposes) await issuerOf(base, serverOrg, purpose)
    renewed(base)
    return { againInMs: 12 * hour }
  },
}

const watch: JobKind<Record<string, never>> = {
  name: watchExpiry,
  run: async (base, job) => {
    await base.transact(job.scope, ctx => announceExpiry(ctx))
    let more = true
    while (more && !job.signal.aborted)
      more = await base.transact(job.scope, ctx =>
        store.forget(ctx, {
          challenges: ctx.now - 7 * day,
          certificates: ctx.now - 90 * day,
          fetched: ctx.now - 7 * day,
          most: 500,
        }),
      )
    return { againInMs: 6 * hour }
  },
}

export const jobs: readonly AnyJobKind[] = [renew, watch]
