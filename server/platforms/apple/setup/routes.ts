import { z } from 'zod'
import * as devices from '../../../areas/devices/index.ts'
import { type Route, route } from '../../../base/route.ts'
import { choicesShape, decideChoices, shownChoices } from './choices.ts'
import { returningOf } from './coming-back.ts'
import { wifiWish } from './wifi.ts'

const namedShape = z.object({ id: z.string(), name: z.string() })
const idParams = z.object({ id: z.string().max(64) })
const reply = choicesShape.extend({ wifi: z.boolean(), network: z.string().nullable() })

/** What a setup decides that only Apple devices have. */
export const setupRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/setups/:id/apple',
    permission: 'roster:read',
    summary:
      'What a setup decides about the first account of a Mac and about shared iPads, and by which network erased devices come back.',
    params: idParams,
    reply,
    run: (ctx, { params }) => shownChoices(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/setups/:id/apple',
    permission: 'roster:write',
    summary:
      'Decides them. The network is a name with its password, or a profile in base64; neither password nor profile is shown back.',
    params: idParams,
    body: choicesShape.extend({ wifi: wifiWish.nullish() }),
    reply,
    run: (ctx, { params, body }) => decideChoices(ctx, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/return',
    permission: 'devices:read',
    summary:
      'Whether a device comes back by itself when it is erased by order, what stands against it, and which networks it can be given for that.',
    params: idParams,
    reply: z.object({
      against: z.string().nullable(),
      setup: namedShape.nullable(),
      network: z.boolean().describe('Its setup has a network for that.'),
      networks: z.array(namedShape).describe('Setups whose network it may be given instead.'),
    }),
    run: async (ctx, { params }) => returningOf(ctx, await devices.demanded(ctx, params.id, 'devices:read')),
  }),
]
