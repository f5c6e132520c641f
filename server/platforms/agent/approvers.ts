import type { Approvers } from '@muster/wire/agent/messages.ts'
import type { Ctx } from '../../base/ctx.ts'

/** Who must have agreed to what cannot be undone on the devices of this org. */
export async function approversOf(ctx: Ctx): Promise<Approvers> {
  const { origin, hostname } = new URL(ctx.config.url)
  return { need: 0, rpId: hostname, origins: [origin], keys: [] }
}
