import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { asId } from '../../base/id.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import * as act from './act.ts'
import { close, found, writeOff } from './ending.ts'
import { rowFor } from './incident.ts'
import { setOrder, takeBack } from './order.ts'
import { recordRoutes } from './record-routes.ts'
import { foresee, report } from './report.ts'
import { incidentShape, rowShape, type ShownIncident } from './shapes.ts'
import { shown, shownRows } from './shown.ts'
import * as store from './store.ts'

const params = z.object({ id: z.string().max(64) })
const messageText = z.string().trim().max(500)
const phone = z.string().trim().max(40)
const note = z.string().trim().max(4000)
const noted = z.strictObject({ note: note.default('') })
const confirm = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe('The asset tag, serial number or name of the device that is meant.')

/** The incident after something was done about it, as its page shows it. */
async function page(ctx: Ctx, id: string): Promise<ShownIncident> {
  return shown(ctx, await rowFor(ctx, id, 'incidents:read'))
}

type Doing<B> = (ctx: Ctx, id: string, body: B) => Promise<void>

const post = <B extends z.ZodType>(verb: string, summary: string, body: B, run: Doing<z.output<B>>): Route =>
  route({
    method: 'POST',
    path: `/api/v1/incidents/:id/${verb}`,
    permission: 'incidents:write',
    summary,
    params,
    body,
    reply: incidentShape,
    run: async (ctx, input) => {
      await run(ctx, input.params.id, input.body)
      return page(ctx, input.params.id)
    },
  })

const plain = (verb: string, summary: string, run: (ctx: Ctx, id: string) => Promise<void>): Route =>
  route({
    method: 'POST',
    path: `/api/v1/incidents/:id/${verb}`,
    permission: 'incidents:write',
    summary,
    params,
    reply: incidentShape,
    run: async (ctx, { params: { id } }) => {
      await run(ctx, id)
      return page(ctx, id)
    },
  })

const own: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/incidents',
    permission: 'incidents:write',
    summary:
      'Reports a device as lost or stolen, and at once has it do what is right for it. While its incident is open, answers that one.',
    params,
    body: z.strictObject({
      kind: z.enum(['lost', 'stolen']).default('lost'),
      note: note.optional(),
      message: messageText.optional(),
      phone: phone.optional(),
    }),
    status: 201,
    reply: incidentShape,
    run: async (ctx, { params, body }) => {
      const { id } = await report(ctx, { ...body, device: asId('device', params.id), by: 'admin' })
      return page(ctx, id)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/incidents',
    permission: 'incidents:read',
    summary: 'Whether a device is missing, and what would be done at once if it were reported.',
    params,
    reply: z.object({
      open: z.object({ id: z.string(), number: z.number(), openedAt: z.number() }).nullable(),
      first: z.object({ action: z.enum(['lost-mode', 'lock', 'none']), why: z.string() }),
      message: z.string(),
    }),
    run: (ctx, { params: { id } }) => foresee(ctx, asId('device', id)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/incidents',
    permission: 'incidents:read',
    summary: 'Incidents, newest first. Filter by state, kind, device, user, serial, name, number, opened and unit.',
    query: listQuery,
    reply: listReply(rowShape),
    run: async (ctx, { query }) => {
      const { items, next } = await store.list(ctx, ctx.authority.where('incidents:read'), query)
      return { items: await shownRows(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/incidents/:id',
    permission: 'incidents:read',
    summary: 'One incident: how it stands, what its facts warn of, and what can be done.',
    params,
    reply: incidentShape,
    run: (ctx, { params: { id } }) => page(ctx, id),
  }),
  post(
    'message',
    'Shows a message and a number to call on the locked screen.',
    z.strictObject({ message: messageText.min(1), phone: phone.default('') }),
    act.message,
  ),
  plain('sound', 'Lets the device be heard, even when it is muted.', act.sound),
  plain('locate', 'Asks the device where it is, now.', act.locate),
  plain('lock', 'Locks the device again.', act.lockAgain),
  post(
    'erase',
    'Erases the device at its next contact, or with scope=work removes its work data. The guard decides whether it leaves at once.',
    z.strictObject({ confirm, scope: z.enum(['all', 'work']).default('all') }),
    (ctx, id, body) => act.erase(ctx, id, body.scope, body.confirm),
  ),
  post(
    'found',
    'Says that the device was found: lost mode ends, and what was ordered and has not left is taken back.',
    noted,
    (ctx, id, body) => found(ctx, id, body.note),
  ),
  post('write-off', 'Says that the device will not come back. What erases it stays ordered.', noted, (ctx, id, body) =>
    writeOff(ctx, id, body.note),
  ),
  post('close', 'Closes an incident whose device was found or written off.', noted, (ctx, id, body) =>
    close(ctx, id, body.note),
  ),
  route({
    method: 'PUT',
    path: '/api/v1/incidents/:id/order',
    permission: 'incidents:write',
    summary: 'Sets or changes the standing order. It waits however long it takes, whatever happens to the server.',
    params,
    body: z.strictObject({
      keepLocked: z.boolean().default(true),
      locateEveryMinutes: z.int().min(1).max(1440).nullable().default(5),
      until: z.int().nullable().default(null),
      after: z.enum(['nothing', 'erase', 'work-data']).default('nothing'),
      confirm: z.string().trim().max(200).default(''),
    }),
    reply: incidentShape,
    run: async (ctx, { params: { id }, body }) => {
      await setOrder(ctx, id, body)
      return page(ctx, id)
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/incidents/:id/order',
    permission: 'incidents:write',
    summary: 'Takes the standing order back.',
    params,
    reply: incidentShape,
    run: async (ctx, { params: { id } }) => {
      await takeBack(ctx, id)
      return page(ctx, id)
    },
  }),
]

/** Every route of this area. */
export const routes: readonly Route[] = [...own, ...recordRoutes]
