import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import { channelShape, listChannels, putFcm, putSms, removeChannel, smsBody } from './channel-settings.ts'

const reply = z.object({ items: z.array(channelShape) })

/** What an admin sets up so that agents can be woken, and how it goes. */
export const channelRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/wake-channels',
    permission: 'certificates:read',
    summary: 'The channels by which agents are woken, in their order, with their state and how fast agents answer.',
    reply,
    run: async ctx => ({ items: await listChannels(ctx) }),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/wake-channels/fcm',
    permission: 'certificates:write',
    summary: 'Takes the key file of a service account of Firebase Cloud Messaging into use. It is never shown back.',
    body: z.strictObject({ serviceAccount: z.string().min(1).max(20_000).describe('The JSON file, unchanged.') }),
    reply,
    run: async (ctx, { body }) => ({ items: await putFcm(ctx, body.serviceAccount) }),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/wake-channels/sms',
    permission: 'certificates:write',
    summary: 'Takes a gateway for text messages into use, the last resort. Its authorization is never shown back.',
    body: smsBody,
    reply,
    run: async (ctx, { body }) => ({ items: await putSms(ctx, body) }),
  }),
  ...(['fcm', 'sms'] as const).map(channel =>
    route({
      method: 'DELETE',
      path: `/api/v1/wake-channels/${channel}`,
      permission: 'certificates:write',
      summary: 'Stops waking agents by this channel and forgets its secret.',
      run: ctx => removeChannel(ctx, channel),
    }),
  ),
]
