import * as enrollment from '../enrollment/index.ts'
import type { Device } from '../devices/index.ts'
import { collecting } from '../privacy/index.ts'
import type { Ctx } from '../../base/ctx.ts'

/** Whether the charter lets the position of this device be kept at all. */
export async function isCollected(ctx: Ctx, device: Device): Promise<boolean> {
  const mode = (await enrollment.byDevice(ctx, device.id))?.kind ?? null
  const collects = await collecting(ctx, { ownership: device.ownership, unitPath: device.unitPath, mode })
  return collects('location') !== 'never'
}
