import type { Base } from '../../base/transact.ts'
import { everything } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { orgs } from '../identity/index.ts'

/** The job of every day: the invariants, what is too old, and how much was not stored. */
export const dailyJob = jobName<Record<string, never>>('privacy.daily')

/** Has the invariants examined now that the server starts, and every day from then on. */
export async function startPrivacy(base: Base): Promise<void> {
  for (const org of await orgs(base))
    await base.transact({ org, actor: { kind: 'system', id: null, what: dailyJob }, authority: everything }, beginDaily)
}

/** The same for an org that has just come to be. */
export async function beginDaily(ctx: Ctx): Promise<void> {
  await enqueue(ctx, dailyJob, {}, { dedupe: 'org' })
}
