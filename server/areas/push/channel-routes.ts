import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import {
  channelShape,
  listChannels,
  putFcm,
  putSmpp,
  putSms,
  putWebpush,
  removeChannel,
  smppBody,
  smsBody,
} from './channel-settings.ts'
import { beginTrial, trialShape, triable } from './channel-trial.ts'
import { webpushShape } from './webpush.ts'

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
  route({
    method: 'PUT',
    path: '/api/v1/wake-channels/smpp',
    permission: 'certificates:write',
    summary:
      'Takes a short message center into use for text messages, in the place of a gateway. Its password is never shown back.',
    body: smppBody,
    reply,
    run: async (ctx, { body }) => ({ items: await putSmpp(ctx, body) }),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/wake-channels/webpush',
    permission: 'certificates:write',
    summary: 'Takes Web Push into use, with a key of its own. Agents may name the push services of these hosts alone.',
    body: webpushShape,
    reply,
    run: async (ctx, { body }) => ({ items: await putWebpush(ctx, body) }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/wake-channels/trial',
    permission: 'certificates:write',
    summary: 'Calls one device by one channel alone. How it goes is read with the channels.',
    body: z.strictObject({
      channel: triable,
      device: z.string().max(64).optional().describe('Absent: that which answered by this channel last.'),
    }),
    status: 202,
    reply: trialShape,
    run: (ctx, { body }) => beginTrial(ctx, body.channel, body.device),
  }),
  ...(['fcm', 'sms', 'webpush'] as const).map(channel =>
    route({
      method: 'DELETE',
      path: `/api/v1/wake-channels/${channel}`,
      permission: 'certificates:write',
      summary: 'Stops waking agents by this channel and forgets its secret.',
      run: ctx => removeChannel(ctx, channel),
    }),
  ),
]
