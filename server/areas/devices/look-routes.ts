import { z } from 'zod'
import { demand, demandWhole } from '../../base/authority.ts'
import { type Route, route } from '../../base/route.ts'
import { demandStepUp, namesOf } from '../identity/index.ts'
import * as privacy from '../privacy/index.ts'
import { demanded } from './change.ts'
import * as contacts from './contact-store.ts'

const params = z.object({ id: z.string() })
const lookShape = z.object({
  id: z.string(),
  device: z.object({ id: z.string(), name: z.string() }),
  what: z.string(),
  purpose: z.string(),
  incident: z.string().nullable(),
  by: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  at: z.number(),
  until: z.number(),
})
const page = z.object({
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

// What a look opens beyond what seeing the device allows.
const permissions: Readonly<Partial<Record<privacy.Lookable, string>>> = {
  location: 'devices:locate',
  secrets: 'devices:secrets',
}

async function shown(
  ctx: Parameters<typeof demanded>[0],
  looks: readonly privacy.Look[],
): Promise<z.input<typeof lookShape>[]> {
  const names = await namesOf(
    ctx,
    looks.map(l => l.by.id),
  )
  const devices = await contacts.namesOf(ctx, [...new Set(looks.map(l => l.device))])
  return looks.map(({ user: _, ...l }) => ({
    ...l,
    device: { id: l.device, name: devices.get(l.device) ?? '' },
    by: { ...l.by, name: names.get(l.by.id) ?? null },
  }))
}

function cursorOf(text: string | undefined): { at: number; id: string } | null {
  const [at, id] = text?.split('.') ?? []
  return at === undefined || id === undefined ? null : { at: Number.parseInt(at, 10) || 0, id }
}

function nextOf(looks: readonly privacy.Look[], limit: number): string | null {
  const last = looks.at(-1)
  return last && looks.length === limit ? `${last.at}.${last.id}` : null
}

/** Reading what is hidden, asking people, and holding what is stored. */
export const lookRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/looks',
    permission: 'devices:query',
    summary:
      'Opens something hidden of a device for a quarter of an hour, with a purpose that the person whose device it is will see.',
    params,
    body: z.strictObject({
      what: z.enum(privacy.lookable),
      purpose: z.string().trim().min(3).max(500),
      incident: z.string().max(60).optional(),
    }),
    reply: lookShape,
    status: 201,
    run: async (ctx, { params: { id }, body }) => {
      const device = await demanded(ctx, id, 'devices:query')
      const more = permissions[body.what]
      if (more !== undefined) {
        demand(ctx.authority, more, device.unitPath, 'devices:read')
        await demandStepUp(ctx)
      }
      const { what, purpose, incident } = body
      const of = { device: device.id, unitPath: device.unitPath, user: device.shared ? null : device.user }
      const [one] = await shown(ctx, [
        await privacy.openLook(ctx, { ...of, what, purpose, incident: incident ?? null }),
      ])
      if (!one) throw new Error('a look that was opened is not there')
      return one
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/looks',
    permission: 'devices:read',
    summary: 'Who looked at what of a device and why, newest first.',
    params,
    query: page,
    reply: z.object({ items: z.array(lookShape), next: z.string().nullable() }),
    run: async (ctx, { params: { id }, query: { cursor, limit } }) => {
      const device = await demanded(ctx, id, 'devices:read')
      const looks = await privacy.looksOf(ctx, { device: device.id }, { before: cursorOf(cursor), limit })
      return { items: await shown(ctx, looks), next: nextOf(looks, limit) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/privacy/looks',
    permission: 'privacy:read',
    summary: 'Who looked at what of which device and why, in the whole organization, newest first.',
    query: page,
    reply: z.object({ items: z.array(lookShape), next: z.string().nullable() }),
    run: async (ctx, { query: { cursor, limit } }) => {
      demandWhole(ctx.authority, 'privacy:read')
      const looks = await privacy.looksOf(ctx, {}, { before: cursorOf(cursor), limit })
      return { items: await shown(ctx, looks), next: nextOf(looks, limit) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/consents',
    permission: 'devices:query',
    summary:
      'Asks the person who has a device whether something may be ordered once, where the charter says that they are asked each time.',
    params,
    body: z.strictObject({ action: z.string().min(1).max(80), reason: z.string().trim().min(3).max(500) }),
    reply: z.object({ id: z.string() }),
    status: 201,
    run: async (ctx, { params: { id }, body }) => {
      const device = await demanded(ctx, id, 'devices:query')
      return { id: await privacy.askConsent(ctx, device, body) }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/devices/:id/legal-hold',
    permission: 'privacy:write',
    summary:
      'Holds what is stored of a device: nothing is deleted for its age. The person sees that it is held, and why.',
    params,
    body: z.strictObject({ reason: z.string().trim().min(3).max(500), incident: z.string().max(60).optional() }),
    run: async (ctx, { params: { id }, body: { reason, incident } }) => {
      await privacy.hold(ctx, await demanded(ctx, id, 'privacy:write'), { reason, incident: incident ?? null })
      return undefined
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/devices/:id/legal-hold',
    permission: 'privacy:write',
    summary: 'Lets go of what was held of a device.',
    params,
    run: async (ctx, { params: { id } }) => {
      await privacy.free(ctx, await demanded(ctx, id, 'privacy:write'))
      return undefined
    },
  }),
]
