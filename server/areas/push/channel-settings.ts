import { z } from 'zod'
import { newRawKey } from '@muster/wire/webpush/webpush.ts'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { channelEvents } from './channel-events.ts'
import { latencyOf } from './channel-latency.ts'
import { trials, trialShape } from './channel-trial.ts'
import { offeredChannels } from './channel.ts'
import * as store from './channel-store.ts'
import { readServiceAccount } from './fcm.ts'
import { channelPlace } from './hand.ts'
import { type Channel, channels, patienceMs } from './ladder.ts'
import { smppShape } from './smpp.ts'
import { smsShape } from './sms.ts'
import { webpushSettings, type webpushShape } from './webpush.ts'

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
  trial: trialShape.nullable().describe('How it went when one device was called by it alone.'),
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
  const tried = await trials(ctx)
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
        trial: tried.get(channel) ?? null,
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
  const { authorization, ...settings } = body
  const kept = authorization === undefined ? await keptSecret(ctx, 'url', settings) : null
  return putChannel(ctx, 'sms', settings, kept ?? JSON.stringify({ authorization: authorization ?? '' }))
}

/** A short message center. Without `password` the one that is stored stays, for the same host alone. */
export const smppBody = smppShape.extend({ password: z.string().max(64).optional() })

/** Takes a short message center into use, in the place of a gateway. */
export async function putSmpp(ctx: Ctx, body: z.output<typeof smppBody>): Promise<ShownChannel[]> {
  const { password, ...settings } = body
  const kept = password === undefined ? await keptSecret(ctx, 'host', settings) : null
  return putChannel(ctx, 'sms', settings, kept ?? JSON.stringify({ password: password ?? '' }))
}

/** The secret of text messages as it is stored, where what it is for stays the same; a secret never goes to another address. */
async function keptSecret(ctx: Ctx, by: 'url' | 'host', wish: object): Promise<string | null> {
  demandWhole(ctx.authority, 'certificates:write')
  const before = await store.find(ctx, 'sms')
  const addressed = z.object({ [by]: z.string() }).loose()
  const was = addressed.safeParse(JSON.parse(before?.settings ?? '{}')).data?.[by]
  if (!before?.secret || was === undefined || was !== addressed.parse(wish)[by]) return null
  return Buffer.from(await ctx.secrets.open(ctx, channelPlace('sms'), before.secret)).toString('utf8')
}

/** Takes Web Push into use. The key is made once: agents registered with it, so it stays whatever else changes. */
export async function putWebpush(ctx: Ctx, body: z.output<typeof webpushShape>): Promise<ShownChannel[]> {
  demandWhole(ctx.authority, 'certificates:write')
  const before = await store.find(ctx, 'webpush')
  if (before?.secret) {
    const { key } = webpushSettings.parse(JSON.parse(before.settings))
    const kept = await ctx.secrets.open(ctx, channelPlace('webpush'), before.secret)
    return putChannel(ctx, 'webpush', { ...body, key }, Buffer.from(kept).toString('utf8'))
  }
  const { secret, point } = newRawKey()
  const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
  return putChannel(ctx, 'webpush', { ...body, key: b64(point) }, b64(secret))
}

async function putChannel(ctx: Ctx, channel: Channel, settings: object, secret: string): Promise<ShownChannel[]> {
  demandWhole(ctx.authority, 'certificates:write')
  const sealed = await ctx.secrets.seal(ctx, channelPlace(channel), secret)
  await store.put(ctx, { channel, settings: JSON.stringify(settings), secret: sealed })
  await record(ctx, channelEvents.changed, null, { channel, set: true })
  return listChannels(ctx)
}

/** Stops using a channel; its secret is forgotten. */
export async function removeChannel(ctx: Ctx, channel: 'fcm' | 'sms' | 'webpush'): Promise<void> {
  demandWhole(ctx.authority, 'certificates:write')
  if (await store.remove(ctx, channel)) await record(ctx, channelEvents.changed, null, { channel, set: false })
}
