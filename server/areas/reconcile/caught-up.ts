import type { Ctx } from '../../base/ctx.ts'
import { placeOf } from '../../base/follow.ts'
import { recordedSince } from '../../base/seal.ts'
import { findDesired } from './desired-store.ts'
import { dirtyAmong } from './dirty-store.ts'
import { follower } from './names.ts'
import { touchOf } from './touch.ts'

/** Whether everything that happened to a device so far is in what it should have: nothing about it waits to be read or computed. */
export async function caughtUp(ctx: Ctx, of: { device: string; enrollment: string }): Promise<boolean> {
  if ((await findDesired(ctx, of.device))?.enrollment !== of.enrollment) return false
  if ((await dirtyAmong(ctx, [of.device])).length > 0) return false
  const recent = await recordedSince(ctx, of.device, (await placeOf(ctx, follower)) ?? 0)
  return recent.every(event => touchOf(event) === null)
}
