import { z } from 'zod'
import { type Route, route } from '../../../base/route.ts'
import { choicesShape, decideChoices, shownChoices } from './choices.ts'

const idParams = z.object({ id: z.string().max(64) })
const reply = choicesShape.extend({ wifi: z.boolean() })

/** What a setup decides that only Apple devices have. */
export const setupRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/setups/:id/apple',
    permission: 'roster:read',
    summary:
      'What a setup decides about the first account of a Mac, and whether it has a network for devices that come back.',
    params: idParams,
    reply,
    run: (ctx, { params }) => shownChoices(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/setups/:id/apple',
    permission: 'roster:write',
    summary: 'Decides them. The network is a profile in base64, and is never shown back.',
    params: idParams,
    body: choicesShape.extend({ wifi: z.string().max(100_000).nullish() }),
    reply,
    run: (ctx, { params, body }) => decideChoices(ctx, params.id, body),
  }),
]
