import { z } from 'zod'
import { may } from '../../base/authority.ts'
import { type Route, route } from '../../base/route.ts'
import * as devices from '../devices/index.ts'
import { openRuns, runOf, type SetupRun } from './run.ts'

const runShape = z.object({
  enrollment: z.string(),
  state: z.string(),
  since: z.number(),
  until: z.number(),
  lastWordAt: z.number(),
  changedAt: z.number(),
  endedAt: z.number().nullable(),
  done: z.number(),
  total: z.number(),
  waitingFor: z.array(
    z.object({
      code: z.string(),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  ),
})

/** Runs shown at once: whoever has more under way reads the batch they belong to. */
const most = 200

/** How far devices are that are being set up. */
export const runRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/setup-run',
    permission: 'devices:read',
    summary:
      'The newest set-up of a device: what it waits for, its deadline, how it ended. Null where it never had one.',
    params: z.object({ id: z.string().max(64) }),
    reply: z.object({ run: runShape.nullable() }),
    run: async (ctx, { params }) => {
      const device = await devices.demanded(ctx, params.id, 'devices:read')
      return { run: await runOf(ctx, device.id) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/setup-runs',
    permission: 'devices:read',
    summary: 'Devices that are being set up now, longest first, at most 200.',
    reply: z.object({
      items: z.array(runShape.extend({ id: z.string(), device: z.object({ id: z.string(), name: z.string() }) })),
    }),
    run: async ctx => {
      const items = []
      for (const run of await openRuns(ctx, most)) {
        const device = await devices.find(ctx, run.device)
        if (device && may(ctx.authority, 'devices:read', device.unitPath)) items.push(shown(run, device))
      }
      return { items }
    },
  }),
]

function shown(run: SetupRun, { id, name, serial }: Pick<devices.Device, 'id' | 'name' | 'serial'>) {
  return { ...run, id: run.enrollment, device: { id, name: name || (serial ?? '') } }
}
