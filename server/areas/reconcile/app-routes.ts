import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, route } from '../../base/route.ts'
import * as apps from '../apps/index.ts'
import { type Device, demanded } from '../devices/index.ts'
import { askForApp } from './ask-app.ts'

const reason = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})

/** How far one app is on a device, as answers say it. */
export const deviceApp = z.object({
  app: z.string(),
  name: z.string(),
  publisher: z.string(),
  kind: z.enum(apps.appKinds),
  icon: z.object({ type: z.string(), data: z.string() }).nullable(),
  presence: z.enum(['required', 'available', 'forbidden', 'removed', '']),
  state: z.enum(apps.appStates),
  version: z.string().nullable(),
  reason: reason.nullable(),
  since: z.number(),
  heardAt: z.number().nullable(),
  /** Asking makes sense: it is offered, or the person or the device said no. */
  askable: z.boolean(),
})

/** The apps of the catalog that a device should have, may have or has by us, with how far each is. */
export async function appsOnDevice(ctx: Ctx, device: Pick<Device, 'id'>): Promise<z.input<typeof deviceApp>[]> {
  const all = await apps.statusOf(ctx, device.id)
  const known = new Map(
    (
      await apps.appsAmong(
        ctx,
        all.map(s => s.app),
      )
    ).map(a => [a.id as string, a]),
  )
  const wished = await apps.wishedOn(ctx, device.id)
  return all
    .flatMap(status => {
      const app = known.get(status.app)
      if (!app) return []
      const { name, publisher, kind, icon } = app
      const { device: _, ...rest } = status
      const said = status.reason && {
        code: status.reason.code,
        ...(status.reason.facts ? { facts: { ...status.reason.facts } } : {}),
      }
      return [{ ...rest, reason: said, name, publisher, kind, icon, askable: askable(status, wished.has(status.app)) }]
    })
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

function askable({ presence, state, reason: why }: apps.AppStatus, wished: boolean): boolean {
  if (why?.code === apps.otherSystem) return false
  if (presence === 'available' && !wished) return true
  return (presence === 'required' || presence === 'available') && (state === 'rejected' || state === 'failed')
}

/** What devices have of the catalog, and asking for it. */
export const appRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/catalog',
    permission: 'devices:read',
    summary: 'The apps of the catalog that a device should have, may have or has, with how far each is and why.',
    params: z.object({ id: z.string().max(40) }),
    reply: z.object({ items: z.array(deviceApp) }),
    run: async (ctx, { params: { id } }) => ({
      items: await appsOnDevice(ctx, await demanded(ctx, id, 'devices:read')),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/catalog/:app/ask',
    permission: 'devices:configure',
    summary:
      'Asks for an app on a device: one that is offered comes, one that failed is tried anew, and who declined is asked again.',
    params: z.object({ id: z.string().max(40), app: z.string().max(40) }),
    reply: z.object({ asked: z.boolean() }),
    run: async (ctx, { params: { id, app } }) => {
      await askForApp(ctx, (await demanded(ctx, id, 'devices:configure')).id, app)
      return { asked: true }
    },
  }),
]
