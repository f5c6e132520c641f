import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { tallyOf } from './counts.ts'
import { lag } from './dirty-store.ts'

/** How the devices fare that should have a version of a policy, over the whole org whoever asks: a rollout is judged by all of its devices. */
export async function faringOf(
  ctx: Ctx,
  policy: string,
  version: number,
): Promise<{ of: number; heard: number; installed: number; failed: number; behind: boolean }> {
  const whole = as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything })
  const sum = { of: 0, heard: 0, installed: 0, failed: 0 }
  for (const { version: has, state, devices } of await tallyOf(whole, policy)) {
    // What a device cannot take at all says nothing about whether the version is good.
    if (has !== version || state === 'removing' || state === 'unsupported' || state === 'waiting') continue
    sum.of += devices
    if (state === 'installed' || state === 'failed') sum[state] += devices
    if (state !== 'wanted' && state !== 'blocked') sum.heard += devices
  }
  return { ...sum, behind: (await lag(ctx)).devices > 0 }
}
