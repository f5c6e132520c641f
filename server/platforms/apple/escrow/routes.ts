import { z } from 'zod'
import * as devices from '../../../areas/devices/index.ts'
import { namesOf } from '../../../areas/identity/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { type Route, route } from '../../../base/route.ts'
import * as store from './store.ts'
import { askUnlock } from './unlock.ts'

const params = z.object({ id: z.string() })
const unlockShape = z.object({
  state: z.enum(['none', 'asked', 'lifted', 'refused', 'silent']),
  answer: z.string().nullable(),
  at: z.number().nullable(),
  reason: z.string().nullable(),
  by: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
})

async function shown(ctx: Ctx, row: store.UnlockRow): Promise<z.input<typeof unlockShape>> {
  const { state, answer, at, reason, by_id: id } = row
  return { state, answer, at, reason, by: { id, name: (await namesOf(ctx, [id])).get(id) ?? null } }
}

/** Lifting Activation Lock with Apple's help. */
export const unlockRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/activation-lock',
    permission: 'devices:read',
    summary: 'Whether Apple was asked to lift the Activation Lock of a device, and what it said.',
    params,
    reply: unlockShape,
    run: async (ctx, { params: { id } }) => {
      const device = await devices.demanded(ctx, id, 'devices:read')
      const row = await store.findUnlock(ctx, device.id)
      if (!row) return { state: 'none' as const, answer: null, at: null, reason: null, by: null }
      return shown(ctx, row)
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/activation-lock/lift',
    permission: 'devices:secrets',
    summary: 'Asks Apple to lift the Activation Lock of a device by the bypass code that is kept.',
    params,
    body: z.strictObject({
      confirm: z.string().min(1).max(200).describe('The serial number or the name of the device that is meant.'),
      reason: z.string().trim().min(1).max(500).optional(),
    }),
    reply: unlockShape,
    status: 202,
    run: async (ctx, { params: { id }, body }) => {
      return shown(ctx, await askUnlock(ctx, id, { confirm: body.confirm, reason: body.reason ?? null }))
    },
  }),
]
