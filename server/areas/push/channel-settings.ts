import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { channelEvents } from './channel-events.ts'
import { latencyOf } from './channel-latency.ts'
import { offeredChannels } from './channel.ts'
import * as store from './channel-store.ts'
import { readServiceAccount } from './fcm.ts'
import { channelPlace } from './hand.ts'
import { type Channel, channels, patienceMs } from './ladder.ts'
import { smsShape } from './sms.ts'

const instant = z.number().nullable()

/** A channel of the org, as an admin sees it. Its secret is never shown. */
export const channelShape = z.object({
  channel: z.enum(channels),
  state: z.enum(['ready', 'failing', 'off']),
  reason: z.string().nullable(),
  failingSince: instant,
  patienceMs: z.number(),
  settings: z.record(z.string(), z.json()),
  secret: z.boolean(),
  changedAt: instant,
  latency: z.object({
    histogram: z.array(z.object({ upToMs: instant, count: z.number() })),
    p50Ms: instant,
    p95Ms: instant,
  }),
})
export type ShownChannel = z.output<typeof channelShape>

/** Every channel in the order of the ladder, with how fast agents answered on it in the last day. */
export async function listChannels(ctx: Ctx): Promise<ShownChannel[]> {
  demandWhole(ctx.authority, 'certificates:read')
  const offered = await offeredChannels(ctx)
  const rows = new Map((await store.list(ctx)).map(r => [r.channel, r]))
  return Promise.all(
    channels.map(async channel => {
      const row = rows.get(channel)
      const failing = row !== undefined && row.troubled_at !== null
      const ready = failing ? ('failing' as const) : ('ready' as const)
      return {
        channel,
        state: offered.includes(channel) ? ready : ('off' as const),
        reason: row?.reason ?? null,
        failingSince: row?.troubled_at ?? null,
        patienceMs: patienceMs[channel],
        settings: row ? z.record(z.string(), z.json()).parse(JSON.parse(row.settings)) : {},
        secret: channel !== 'mqtt' && row !== undefined && row.secret !== null,
        changedAt: row?.updated_at ?? null,
        latency: await latencyOf(ctx, channel),
      }
    }),
  )
}

/** Takes the key file of a service account into use; what it is shown by is its project and its address. */
export async function putFcm(ctx: Ctx, file: string): Promise<ShownChannel[]> {
  demandWhole(ctx.authority, 'certificates:write')
  const account = readServiceAccount(file)
  const settings = { project: account.project_id, account: account.client_email }
  return putChannel(ctx, 'fcm', settings, JSON.stringify(account))
}

/** A gateway for text messages. Without `authorization` the one that is stored stays, for the same address alone. */
export const smsBody = smsShape.extend({ authorization: z.string().max(2000).optional() })

/** Takes a gateway for text messages into use. */
export async function putSms(ctx: Ctx, body: z.output<typeof smsBody>): Promise<ShownChannel[]> {
  demandWhole(ctx.authority, 'certificates:write')
  const { authorization, ...settings } = body
  const before = await store.find(ctx, 'sms')
  const same = before && smsShape.parse(JSON.parse(before.settings)).url === settings.url
  if (authorization === undefined && same && before.secret) {
    const kept = await ctx.secrets.open(ctx, channelPlace('sms'), before.secret)
    return putChannel(ctx, 'sms', settings, Buffer.from(kept).toString('utf8'))
  }
  return putChannel(ctx, 'sms', settings, JSON.stringify({ authorization: authorization ?? '' }))
}

async function putChannel(ctx: Ctx, channel: Channel, settings: object, secret: string): Promise<ShownChannel[]> {
  demandWhole(ctx.authority, 'certificates:write')
  const sealed = await ctx.secrets.seal(ctx, channelPlace(channel), secret)
  await store.put(ctx, { channel, settings: JSON.stringify(settings), secret: sealed })
  await record(ctx, channelEvents.changed, null, { channel, set: true })
  return listChannels(ctx)
}

/** Stops using a channel; its secret is forgotten. */
export async function removeChannel(ctx: Ctx, channel: 'fcm' | 'sms'): Promise<void> {
  demandWhole(ctx.authority, 'certificates:write')
  if (await store.remove(ctx, channel)) await record(ctx, channelEvents.changed, null, { channel, set: false })
}
