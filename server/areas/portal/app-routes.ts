import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route } from '../../base/route.ts'
import * as apps from '../apps/index.ts'
import * as devices from '../devices/index.ts'
import * as reconcile from '../reconcile/index.ts'

/** What a person sees of an app: no more than that it is there, coming, or to be had. */
const myApp = reconcile.deviceApp.omit({ reason: true, heardAt: true }).extend({ code: z.string().nullable() })

async function mine(ctx: Ctx): Promise<devices.Device[]> {
  if (ctx.actor.kind !== 'user') throw new Problem('session.missing')
  return (await devices.devicesOf(ctx, ctx.actor.id)).filter(d => d.state !== 'ended')
}

/** The apps of a person, on their own devices. */
export const appRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/my/apps',
    auth: 'person',
    permission: null,
    summary: 'The apps that are on the devices of the person, come there, or may be asked for.',
    reply: z.object({
      devices: z.array(z.object({ id: z.string(), name: z.string(), apps: z.array(myApp) })),
    }),
    run: async ctx => {
      const found: { id: string; name: string; apps: z.input<typeof myApp>[] }[] = []
      for (const device of await mine(ctx)) {
        const all = await reconcile.appsOnDevice(ctx, device)
        // What is made for another system was never meant for this device, and is no loss to tell of.
        const mineOf = all
          .filter(a => a.presence === 'required' || a.presence === 'available')
          .filter(a => a.reason?.code !== apps.otherSystem)
          .map(({ reason, heardAt: _, ...rest }) => ({ ...rest, code: reason?.code ?? null }))
        found.push({ id: device.id, name: device.name, apps: mineOf })
      }
      return { devices: found }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/my/devices/:id/apps/:app',
    auth: 'person',
    permission: null,
    summary: 'Asks for an app that is offered on a device of the person.',
    params: z.object({ id: z.string().max(40), app: z.string().max(40) }),
    reply: z.object({ asked: z.boolean() }),
    run: async (ctx, { params: { id, app } }) => {
      if (!(await mine(ctx)).some(d => d.id === id)) throw new Problem('id.unknown')
      await reconcile.askForApp(ctx, id, app)
      return { asked: true }
    },
  }),
]
