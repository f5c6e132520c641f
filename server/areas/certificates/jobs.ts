import type { Id } from '../../base/id.ts'
import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import { validating } from './acme/challenge.ts'
import { forget as forgetOrders } from './acme/store.ts'
import { issuerOf } from './issuer.ts'
import { renewServer, watchExpiry } from './later.ts'
import * as store from './store.ts'
import { renewed } from './tls.ts'

const hour = 3_600_000
const day = 24 * hour

const renew: JobKind<Record<string, never>> = {
  name: renewServer,
  run: async base => {
    await renewLeaves(base, store.serverOrg)
    renewed(base)
    return { againInMs: 12 * hour }
  },
}

const watch: JobKind<Record<string, never>> = {
  name: watchExpiry,
  run: async (base, job) => {
    await renewLeaves(base, job.org)
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
    while (!job.signal.aborted && (await base.transact(job.scope, ctx => forgetOrders(ctx, ctx.now - 7 * day, 500))));
    return { againInMs: 6 * hour }
  },
}

async function renewLeaves(base: Base, org: Id<'org'>): Promise<void> {
  const purposes = await base.engine.read(tx => store.leavesOf({ tx }, org))
  for (const purpose of purposes) await issuerOf(base, org, purpose)
}

export const jobs: readonly AnyJobKind[] = [renew, watch, validating]
