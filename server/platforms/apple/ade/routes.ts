import { z } from 'zod'
import * as roster from '../../../areas/roster/index.ts'
import { Problem } from '../../../base/problem.ts'
import { type Route, route, servedRoute } from '../../../base/route.ts'
import { addDevices, makeKey, renewDevices } from './token.ts'

const permission = 'roster:write'
const token = z
  .string()
  .min(1)
  .max(300_000)
  .describe('The server token file as it was downloaded: its text, or its bytes in base64.')

/** Programs that promise devices: the key for their token, and the token. */
export const adeRoutes: readonly Route[] = [
  servedRoute({
    method: 'POST',
    path: '/api/v1/programs/devices/keys',
    permission,
    summary: 'Makes a key pair and answers the certificate to upload to Apple Business or School Manager.',
    reply: z.object({ id: z.string(), certificate: z.string(), expiresAt: z.number() }),
    status: 201,
    serve: async (base, _input, call) => {
      if (!call.principal) throw new Problem('session.missing')
      return { body: await makeKey(base, { ...call.principal, request: call.request }) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/programs/devices',
    permission,
    summary: 'Takes a server token into use: a program that promises devices.',
    body: z.strictObject({
      name: z.string().trim().min(1).max(200),
      token,
      account: z.string().trim().max(200).nullish(),
      setup: z.string().max(64).nullish(),
      unit: z.string().max(64).nullish(),
    }),
    reply: roster.programShape,
    status: 201,
    run: async (ctx, { body }) => roster.shownProgram(ctx, await addDevices(ctx, body)),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/programs/devices/:id/token',
    permission,
    summary: 'Takes a newer token of the same server at the vendor.',
    params: z.object({ id: z.string().max(64) }),
    body: z.strictObject({ token }),
    reply: roster.programShape,
    run: async (ctx, { params: { id }, body }) => roster.shownProgram(ctx, await renewDevices(ctx, id, body.token)),
  }),
]
