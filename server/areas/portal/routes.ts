import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import { appRoutes } from './app-routes.ts'
import { endAll, makeLink, standingOf } from './link.ts'
import { personRoutes } from './person-routes.ts'

const byId = z.object({ id: z.string().max(40) })
const sent = z.enum(['mail', 'show'])

/** Letting people onto their page, for admins; and the page itself, for people. */
export const routes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/users/:id/portal-link',
    permission: 'portal:invite',
    summary: 'Makes a link that opens the page of a user once, and mails it to them or answers it. Older links end.',
    params: byId,
    body: z.object({ send: sent }),
    reply: z.object({
      url: z.string().nullable(),
      qrSvg: z.string().nullable(),
      to: z.string().nullable(),
      expiresAt: z.number(),
    }),
    status: 201,
    run: (ctx, { params, body }) => makeLink(ctx, params.id, body.send),
  }),
  route({
    method: 'GET',
    path: '/api/v1/users/:id/portal',
    permission: 'users:read',
    summary: 'How the page of a user stands: whether mail reaches them, a link that waits, where it is open.',
    params: byId,
    reply: z.object({
      mail: z.enum(['ready', 'no-mail', 'no-address']),
      link: z.object({ sent, createdAt: z.number(), expiresAt: z.number() }).nullable(),
      visits: z.array(
        z.object({
          id: z.string(),
          sent,
          address: z.string(),
          agent: z.string(),
          createdAt: z.number(),
          lastSeenAt: z.number(),
        }),
      ),
    }),
    run: (ctx, { params }) => standingOf(ctx, params.id),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/users/:id/portal',
    permission: 'portal:invite',
    summary: 'Ends the link that waits and every open visit of a user.',
    params: byId,
    run: async (ctx, { params }) => {
      await endAll(ctx, params.id)
      return undefined
    },
  }),
  ...personRoutes,
  ...appRoutes,
]
