import { z } from 'zod'
import { Problem } from '../../base/problem.ts'
import { route, servedRoute } from '../../base/route.ts'
import { demandWhole } from '../certificates/index.ts'
import { channelRoutes } from './channel-routes.ts'
import { rhythmRoutes } from './rhythm-routes.ts'
import { adopt, standing } from './credential.ts'
import { readUpload } from './credential-file.ts'

const stands = z.object({
  state: z.enum(['missing', 'ready', 'expired']),
  topic: z.string().nullable(),
  notAfter: z.number().nullable(),
  account: z.string().nullable(),
  environment: z.enum(['production', 'other']).nullable(),
  refused: z.string().nullable(),
})

const read = route({
  method: 'GET',
  path: '/api/v1/push/apple',
  permission: 'certificates:read',
  summary: 'How the org stands with the Apple Push Notification service.',
  reply: stands,
  run: async ctx => {
    demandWhole(ctx.authority, 'certificates:read')
    return standing(ctx)
  },
})

const upload = servedRoute({
  method: 'PUT',
  path: '/api/v1/push/apple',
  permission: 'certificates:write',
  summary: 'Takes a push certificate and its key into use. Another topic than the current one needs replace.',
  bodyLimit: 256 * 1024,
  body: z.strictObject({
    certificate: z.string().min(1).max(100_000).describe('PEM, which may hold the key, or PKCS #12 in base64.'),
    key: z.string().max(50_000).optional(),
    passphrase: z.string().max(1000).optional(),
    account: z.string().trim().min(1).max(200).describe('The account at Apple that renews it.'),
    replace: z.boolean().default(false),
    lose: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe('With replace: the number of devices that is lost, as it was told.'),
  }),
  reply: stands,
  serve: async (base, { body }, call) => {
    if (!call.principal) throw new Problem('session.missing')
    demandWhole(call.principal.authority, 'certificates:write')
    // Opening an encrypted key takes long on purpose, so it happens before the transaction.
    const offered = readUpload(body, base.clock.now())
    const scope = { ...call.principal, request: call.request }
    return { body: await base.transact(scope, ctx => adopt(ctx, offered, body)) }
  },
})

export const routes = [read, upload, ...channelRoutes, ...rhythmRoutes]
