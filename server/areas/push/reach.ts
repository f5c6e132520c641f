import type { Ctx } from '../../base/ctx.ts'
import { digest } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { offeredChannels } from './channel.ts'
import * as settings from './channel-store.ts'
import { type Channel, channels } from './ladder.ts'
import { countChannels } from './later.ts'
import { type MqttAccess, mqttAccess } from './mqtt-key.ts'
import * as store from './reach-store.ts'
import { webpushSettings } from './webpush.ts'

/** The ways an agent can be woken, as it tells them. */
export interface AgentReach {
  readonly mqtt?: true | undefined
  readonly fcm?: { readonly token: string } | undefined
  readonly webpush?: { readonly endpoint: string; readonly p256dh: string; readonly auth: string } | undefined
  readonly sms?:
    | { readonly number: string | null; readonly token: string | null; readonly expiresAt: number | null }
    | undefined
  readonly wait?: true | undefined
}

/** Whose ways they are. */
export interface Reached {
  readonly enrollment: string
  readonly device: string
  readonly path: string
}

/** Where an agent listens, as it is told in the answer to its contact. */
export interface AgentChannels {
  readonly order: readonly Channel[]
  readonly mqtt?: MqttAccess
  /** Its token for texts is used up. */
  readonly sms?: { readonly spent: true }
  /** The key that an agent registers with at its push service. */
  readonly webpush?: { readonly key: string }
}

/** Stores how an agent can be woken. What it no longer tells is forgotten, and a way that was dead is good again when it gives another address. */
export async function setReach(
  ctx: Ctx,
  of: Reached,
  reach: AgentReach,
  known: readonly store.ReachRow[] | null = null,
): Promise<void> {
  const before = new Map((known ?? (await store.listReaches(ctx, of.enrollment))).map(r => [r.channel, r]))
  if (before.size === 0) await enqueue(ctx, countChannels, {}, { dedupe: 'org', inMs: 60_000 })
  for (const channel of channels) {
    const row = before.get(channel)
    const address = addressOf(reach, channel)
    if (address === undefined) {
      if (row) await store.removeReach(ctx, of.enrollment, channel)
      continue
    }
    const text = address === null ? '' : JSON.stringify(address)
    const mark = digest(`${text}\n${of.path}`)
    if (row?.mark === mark) continue
    const place = reachPlace(of.enrollment, channel)
    await store.putReach(ctx, {
      enrollment: of.enrollment,
      channel,
      device: of.device,
      unit_path: of.path,
      address: address === null ? null : await ctx.secrets.seal(ctx, place, text),
      mark,
      expires_at: channel === 'sms' ? (reach.sms?.expiresAt ?? null) : null,
      state: 'ready',
      reason: null,
      updated_at: ctx.now,
      answered_at: row?.answered_at ?? null,
      latency_ms: row?.latency_ms ?? null,
    })
  }
}

/** The address an agent told for a channel: null where the channel needs none, undefined where it told none. */
function addressOf(reach: AgentReach, channel: Channel): object | null | undefined {
  switch (channel) {
    case 'poll':
      return null
    case 'mqtt':
    case 'wait':
      return reach[channel] === true ? null : undefined
    default:
      return reach[channel]
  }
}

/** Where an address is sealed. */
export function reachPlace(enrollment: string, channel: Channel): { table: string; column: string; row: string } {
  return { table: 'wake_reaches', column: 'address', row: `${enrollment}|${channel}` }
}

/** In which order the agent of an enrollment should listen, and where. */
export async function channelsFor(ctx: Ctx, enrollment: string, reach: AgentReach): Promise<AgentChannels> {
  const offered = await offeredChannels(ctx)
  const order = offered.filter(c => addressOf(reach, c) !== undefined)
  const mqtt = order.includes('mqtt') ? await mqttAccess(ctx, enrollment) : null
  const webpush = offered.includes('webpush') ? await webpushKey(ctx) : null
  const text = reach.sms?.token ? await store.findReach(ctx, enrollment, 'sms') : undefined
  const spent = text?.reason === 'spent' || (text?.expires_at ?? ctx.now + 1) <= ctx.now
  const sms = text && spent ? { sms: { spent: true as const } } : {}
  return { order, ...sms, ...(mqtt === null ? {} : { mqtt }), ...(webpush === null ? {} : { webpush }) }
}

/** Told to every agent: it needs the key before it has an address. */
async function webpushKey(ctx: Ctx): Promise<{ key: string } | null> {
  const row = await settings.find(ctx, 'webpush')
  return row ? { key: webpushSettings.parse(JSON.parse(row.settings)).key } : null
}
