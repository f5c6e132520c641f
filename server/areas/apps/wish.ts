import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import { getApp } from './app.ts'
import { appEvents } from './events.ts'
import * as store from './status-store.ts'

/** The apps that somebody asked for on a device, of those that are offered there. */
export async function wishedOn(ctx: Ctx, device: string): Promise<ReadonlySet<string>> {
  return new Set(await store.wishedOn(ctx, device))
}

/** Notes that an app that is offered on a device is asked for there. Asking twice is asking once. Answers whether it was not asked for before. */
export async function wish(ctx: Ctx, device: devices.Device, id: string): Promise<boolean> {
  const found = await store.findStatus(ctx, device.id, id)
  if (found?.presence !== 'available' && found?.presence !== 'required') throw new Problem('app.not-offered')
  const app = await getApp(ctx, id)
  if ((await store.wishedOn(ctx, device.id)).includes(id)) return false
  const by = { by_kind: ctx.actor.kind, by_id: ctx.actor.id, at: ctx.now }
  await store.putWish(ctx, { org: ctx.org, device: device.id, app: id, ...by })
  await record(ctx, appEvents.requested, devices.about(device), { app: id, name: app.name })
  return true
}

/** Takes back that an app was asked for: the person took it away again. */
export function unwish(ctx: Ctx, device: string, app: string): Promise<void> {
  return store.removeWish(ctx, device, app)
}
