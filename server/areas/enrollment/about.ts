import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'

/** The device an enrollment's events are about. */
export async function aboutDevice(
  ctx: Ctx,
  enrollment: { readonly device: string },
): Promise<ReturnType<typeof devices.about>> {
  return devices.about(await devices.get(ctx, enrollment.device))
}
