import * as commands from '../../areas/commands/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import * as devices from './device-store.ts'
import { asId } from '../../base/id.ts'

/** The enrollment is over, and Google knows the device no more. */
export async function endDevice(ctx: Ctx, id: string, reason: enrollment.EndReason): Promise<void> {
  await forget(ctx, id, 'enrollment.ended')
  await enrollment.end(ctx, id, reason)
}

/** Takes away everything that only makes sense while the enrollment lasts. */
export async function forget(ctx: Ctx, id: string, why: string): Promise<void> {
  await commands.cancelAll(ctx, asId('enrollment', id), why)
  await devices.dropDevice(ctx, id)
}
