import * as commands from '../../../areas/commands/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import type { Id } from '../../../base/id.ts'
import type { On } from './outlook.ts'

/** The command that tells a channel of a change. */
export const syncKind = 'declarations.sync'

/**
 * Queues the command that tells the channel of a change, unless one waits already: what it says is filled in when it is handed out.
 * `awake`: the device is calling right now. Answers whether one was queued.
 */
export async function tell(
  ctx: Ctx,
  on: Pick<On, 'enrollment' | 'account' | 'device'>,
  awake = false,
): Promise<boolean> {
  const account = on.account as Id<'account'> | ''
  if (await commands.waits(ctx, { enrollment: on.enrollment as Id<'enrollment'>, account }, syncKind)) return false
  const server = as(ctx, {
    org: ctx.org,
    actor: { kind: 'system', id: null, what: 'declarations' },
    authority: everything,
  })
  await commands.send(server, { device: on.device, kind: syncKind, awake, ...(account === '' ? {} : { account }) })
  return true
}
