import type { Ctx } from '../../base/ctx.ts'
import { type Channel, channels } from './ladder.ts'
import * as settings from './channel-store.ts'
import * as store from './reach-store.ts'

/** The channels that reach an agent now: it told them, they are not dead, and this server can use them. */
export async function readyChannels(
  ctx: Ctx,
  enrollment: string,
  known?: readonly store.ReachRow[],
): Promise<Channel[]> {
  const reaches = known ?? (await store.listReaches(ctx, enrollment))
  const offered = await offeredChannels(ctx)
  return reaches
    .filter(r => r.state === 'ready' && (r.expires_at === null || r.expires_at > ctx.now))
    .map(r => r.channel)
    .filter(c => offered.includes(c))
}

/** The channels that this server can use for the org. */
export async function offeredChannels(ctx: Ctx): Promise<readonly Channel[]> {
  const set = new Set((await settings.list(ctx)).map(c => c.channel))
  return channels.filter(c => {
    if (c === 'wait' || c === 'poll') return true
    return c === 'mqtt' ? ctx.config.mqtt !== null : set.has(c)
  })
}
