import type { Endorsement } from '@muster/wire/agent/approval.ts'
import type { Approvers } from '@muster/wire/agent/messages.ts'
import * as guard from '../../areas/guard/index.ts'
import type { Ctx } from '../../base/ctx.ts'

/** Who must have agreed to what cannot be undone on the devices of this org. */
export function approversOf(ctx: Ctx): Promise<Approvers> {
  return guard.approversNow(ctx)
}

/** How they came to be; nothing where they are the first. */
export async function endorsedOf(ctx: Ctx): Promise<{ endorsed?: readonly Endorsement[] }> {
  const endorsed = await guard.endorsementsOf(ctx)
  return endorsed.length > 1 ? { endorsed } : {}
}
