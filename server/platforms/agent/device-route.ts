import { z } from 'zod'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route } from '../../base/route.ts'
import * as push from '../../areas/push/index.ts'
import * as store from './store.ts'

const params = z.object({ id: z.string().max(64) })

/** How the agent of one device stands. */
export const deviceRoute: Route = route({
  method: 'GET',
  path: '/api/v1/devices/:id/agent',
  permission: 'devices:read',
  summary:
    'How our agent on a device stands: its version, how it holds the device, the document it is given, and whether a copy of it spoke.',
  params,
  reply: z.object({
    mode: z.string(),
    version: z.string(),
    /** Counts up with every change of what the device should be; 0 before the first document. */
    generation: z.number(),
    /** From when it is told to renew its identity. */
    renewAt: z.number(),
    /** Since when another installation speaks with its key. */
    clonedAt: z.number().nullable(),
  }),
  run: async (ctx, { params }) => {
    const device = await devices.demanded(ctx, params.id, 'devices:read')
    const held = await enrollment.byDevice(ctx, device.id)
    const standing = held && (await store.findStanding(ctx, held.id))
    if (!standing) throw new Problem('agent.none')
    const { mode, agent_version: version, generation, renew_at: renewAt, cloned_at: clonedAt } = standing
    return { mode, version, generation, renewAt, clonedAt }
  },
})

/** To which number the agent of one device is texted. */
export const numberRoute: Route = route({
  method: 'PUT',
  path: '/api/v1/devices/:id/wake-number',
  permission: 'devices:write',
  summary:
    'Says which number the phone of an agent has, so that it can be woken by text message. It is never shown back.',
  params,
  body: z.strictObject({
    number: push.numberShape.nullable().describe('International, as +46701234567; null: as the device tells it.'),
  }),
  run: async (ctx, { params: { id }, body }) => {
    const device = await devices.demanded(ctx, id, 'devices:write')
    const held = await enrollment.byDevice(ctx, device.id)
    if (!held || held.platform !== 'agent') throw new Problem('agent.none')
    const of = { enrollment: held.id, device: device.id, path: device.unitPath, mode: held.kind }
    await push.setNumber(ctx, of, device, body.number)
  },
})
