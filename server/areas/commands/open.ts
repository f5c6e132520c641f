import type { Ctx } from '../../base/ctx.ts'
import * as open from './open-store.ts'
import * as store from './store.ts'

/** Whether a command of this kind still waits on the channel; with `args`, one with exactly those. */
export async function waits(
  ctx: Ctx,
  channel: store.Channel,
  kind: string,
  args: Record<string, unknown> | null = null,
): Promise<boolean> {
  return (await open.findOpen(ctx, channel, kind, args === null ? null : JSON.stringify(args))) !== undefined
}

/** Whether something waits on the channel that was never handed out: where a vendor holds the rest, asking for it again would only repeat it. */
export async function hasUnsent(ctx: Ctx, channel: store.Channel): Promise<boolean> {
  return (await open.findUnsent(ctx, channel)) !== undefined
}

/** Whether the command still waits for the device or for its answer. */
export async function isOpen(ctx: Ctx, command: string): Promise<boolean> {
  const row = await store.find(ctx, command)
  return row !== undefined && row.ended_at === null
}
