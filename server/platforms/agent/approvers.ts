import type { Endorsement } from '@muster/wire/agent/approval.ts'
import type { Approvers } from '@muster/wire/agent/messages.ts'
import * as guard from '../../areas/guard/index.ts'
import type { Ctx } from '../../base/ctx.ts'

/** Who must have agreed to what cannot be undone on the devices of this org. */
export function approversOf(ctx: Ctx): Promise<Approvers> {
  return guard.approversNow(ctx)
}

/** Those, and how they came to be, unless they are the first. */
export async function approversAndHow(ctx: Ctx): Promise<{ approvers: Approvers; endorsed?: readonly Endorsement[] }> {
  const approvers = await guard.approversNow(ctx)
  if (approvers.version <= 1) return { approvers }
  const endorsed = await guard.endorsementsOf(ctx)
  return endorsed.length > 1 ? { approvers, endorsed } : { approvers }
}
