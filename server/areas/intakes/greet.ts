import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import { lookSoon } from './later.ts'
import { keyOf } from './line.ts'
import * as lines from './line-store.ts'
import * as store from './store.ts'

/**
 * A device begins to enroll: if an intake expects it, it gets what its line says (unit, person, asset tag) and the tag by which the blueprint
 * reaches it, in the transaction of its enrollment, so that nothing is ever worked out for it without them.
 */
export async function greet(ctx: Ctx, device: devices.Device, enrollment: string): Promise<devices.Device> {
  if (device.serial === null) return device
  const [line] = await lines.liveWith(ctx, [keyOf(device.serial)])
  const intake = line && (await store.find(ctx, line.intake))
  if (!line || !intake) return device
  await lines.change(ctx, line, {
    device: device.id,
    enrollment,
    enrolled_at: ctx.now,
    unboxed_at: line.unboxed_at ?? ctx.now,
    refused: null,
    look_at: ctx.now,
  })
  await devices.tagBy(ctx, device.id, intake.id, intake.tag)
  const whole = as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything })
  return devices.change(whole, device.id, {
    unit: line.unit,
    ...(line.user_id === null || device.shared ? {} : { user: line.user_id }),
    ...(line.asset_tag === '' ? {} : { assetTag: line.asset_tag }),
  })
}

/** Whether an intake expects a device of this serial number. */
export async function expects(ctx: Ctx, serial: string): Promise<boolean> {
  return (await lines.liveWith(ctx, [keyOf(serial)])).length > 0
}

/** A device asks to enroll: if an intake expects it, it is out of its box. */
export async function knock(ctx: Ctx, serial: string): Promise<void> {
  const [line] = await lines.liveWith(ctx, [keyOf(serial)])
  if (!line || line.device !== null) return
  await lines.change(ctx, line, { unboxed_at: ctx.now, refused: null, look_at: ctx.now })
  await lookSoon(ctx)
}
