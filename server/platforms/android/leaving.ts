import * as commands from '../../areas/commands/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as roster from '../../areas/roster/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import * as devices from './device-store.ts'
import { asId } from '../../base/id.ts'

/** The enrollment is over, and Google knows the device no more. */
export async function endDevice(ctx: Ctx, id: string, reason: enrollment.EndReason): Promise<void> {
  await forget(ctx, id, 'enrollment.ended')
  await enrollment.end(ctx, id, reason)
}

/**
 * Google lets devices go: a personal one loses its work profile, one with a company profile keeps everything else, a whole device can only be erased. One that
 * was asked is ours until Google says that it went, or it would come back by its token; only without a program nobody will say so any more.
 */
export const leaving: commands.Leaving = {
  forget: (ctx, { id }, why) => forget(ctx, id, why),
  mayGiveUp: async (ctx, { id }) => {
    const row = await devices.findDevice(ctx, { enrollment: id })
    return row === undefined || (await roster.program(ctx, row.program)) === undefined
  },
}

/** Takes away everything that only makes sense while the enrollment lasts. */
export async function forget(ctx: Ctx, id: string, why: string): Promise<void> {
  await commands.cancelAll(ctx, asId('enrollment', id), why)
  await devices.endDevice(ctx, id)
}
