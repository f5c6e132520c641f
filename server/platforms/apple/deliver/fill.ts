import * as enrollment from '../../../areas/enrollment/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { Problem } from '../../../base/problem.ts'
import { type On, outlookOf } from '../ddm/outlook.ts'
import type { EnrollmentKind } from '../pinned.ts'
import { deliveredUuid, profileBytes } from './profile.ts'

/** The channel as delivery needs it, by its enrollment. */
export async function onChannel(ctx: Ctx, held: string, account: string): Promise<On> {
  const { device, kind } = await enrollment.get(ctx, held)
  return { enrollment: held, account, device, kind: kind as EnrollmentKind }
}

/** The profile of an item as it is delivered now, with its secrets; refuses when the channel should not have the one with this PayloadUUID (any more). */
export async function profileNow(
  ctx: Ctx,
  on: On,
  asked: { item: string; uuid: string; epoch?: number },
): Promise<Uint8Array> {
  const { ways, target } = await outlookOf(ctx, on)
  const way = ways.get(asked.item)
  if (!way || way.by === 'none') throw new Problem('device.profile-unknown')
  const { spec, artifact } = way
  const same =
    asked.epoch === undefined ? deliveredUuid(artifact, spec.epoch) === asked.uuid : artifact.uuid === asked.uuid
  if (!same || (asked.epoch ?? spec.epoch) !== spec.epoch) throw new Problem('device.profile-unknown')
  return profileBytes(ctx, on, spec, target)
}
