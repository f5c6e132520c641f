import { z } from 'zod'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { rawRoute, type Route, route } from '../../base/route.ts'
import { bodyLimit, contact } from './contact.ts'
import { declarationsShape, force, shown } from './ddm/shown.ts'
import { serveItem } from './deliver/serve.ts'
import { serveProfile } from './enroll.ts'
import { renewNow } from './renewal.ts'
import * as store from './store.ts'

const invitationParams = z.object({ token: z.string().max(128) })
const invitationQuery = z.object({ lang: z.string().max(10).optional() })
const idParams = z.object({ id: z.string().max(64) })
const settings = z.object({ networkAccounts: z.boolean() })

/** What Apple devices and the people who enroll them speak to, and what admins decide about both. */
export const routes: readonly Route[] = [
  rawRoute({
    method: ['PUT', 'POST'],
    path: '/mdm/apple',
    plane: 'device',
    auth: 'device',
    permission: null,
    summary: 'Check-ins and reports of enrolled Apple devices (Apple: MDM protocol).',
    bodyLimit,
    accepts: ['application/x-apple-aspen-mdm-checkin', 'application/x-apple-aspen-mdm'],
    reply: ['application/xml', 'application/json'],
    serve: (base, _input, call) => contact(base, call),
  }),
  rawRoute({
    method: 'GET',
    path: '/mdm/apple/profiles/:enrollment/:account/:item/:content',
    plane: 'device',
    auth: 'device',
    permission: null,
    summary: 'The profile of an item, to the one device it is for.',
    bodyLimit: 0,
    accepts: [],
    params: z.object({
      enrollment: z.string().max(64),
      account: z.string().max(64),
      item: z.string().max(1000),
      content: z.string().max(80),
    }),
    reply: ['application/x-apple-aspen-config'],
    serve: (base, { params }, call) => serveItem(base, params, call),
  }),
  rawRoute({
    method: 'GET',
    path: '/enroll/:token/profile',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'The signed enrollment profile of an invitation.',
    bodyLimit: 0,
    accepts: [],
    params: invitationParams,
    query: invitationQuery,
    reply: ['application/x-apple-aspen-config'],
    serve: serveProfile,
  }),
  route({
    method: 'POST',
    path: '/api/v1/enrollments/:id/renew',
    permission: 'devices:configure',
    summary: 'Renews the identity certificate of a device now instead of at two thirds of its life.',
    params: idParams,
    status: 202,
    run: async (ctx, { params }) => {
      await renewNow(ctx, await enrollment.demanded(ctx, params.id, 'devices:configure'))
      return undefined
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/declarations',
    permission: 'devices:read',
    summary: 'What is declared to an Apple device on each of its channels, and what it says about that.',
    params: idParams,
    reply: declarationsShape,
    run: async (ctx, { params }) => shown(ctx, await devices.demanded(ctx, params.id, 'devices:read')),
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/declarations/force',
    permission: 'devices:configure',
    summary: 'Makes an Apple device read everything that is declared to it again.',
    params: idParams,
    status: 202,
    run: async (ctx, { params }) => {
      await force(ctx, await devices.demanded(ctx, params.id, 'devices:configure'))
      return undefined
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/settings/apple',
    permission: 'devices:read',
    summary: 'What was decided about Apple devices.',
    reply: settings,
    run: async ctx => ({ networkAccounts: await store.networkAccounts(ctx) }),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/settings/apple',
    permission: 'org:write',
    summary: 'Decides whether network accounts of Macs are managed.',
    body: settings.partial(),
    reply: settings,
    run: async (ctx, { body }) => {
      demandWhole(ctx.authority, 'org:write')
      if (body.networkAccounts !== undefined) await decideNetworkAccounts(ctx, body.networkAccounts)
      return { networkAccounts: await store.networkAccounts(ctx) }
    },
  }),
]

async function decideNetworkAccounts(ctx: Ctx, managed: boolean): Promise<void> {
  const before = await store.networkAccounts(ctx)
  if (before === managed) return
  await store.putNetworkAccounts(ctx, managed)
  const told = { field: 'networkAccounts', before: Number(before), now: Number(managed) }
  await record(ctx, devices.deviceEvents.ruleChanged, null, told)
}
