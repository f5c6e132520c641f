import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { callBy } from './call.ts'
import { offeredChannels, readyChannels } from './channel.ts'
import * as store from './channel-trial-store.ts'
import { channels } from './ladder.ts'
import * as reaches from './reach-store.ts'

/** The channels that can be tried: an agent cannot be made to call by itself. */
export const triable = z.enum(['mqtt', 'fcm', 'webpush', 'wait', 'sms'])

const instant = z.number().nullable()

/** How one agent that is called by one channel alone fares. */
export const trialShape = z.object({
  channel: z.enum(channels),
  device: z.string(),
  at: z.number(),
  step: z.enum(['begun', 'sent', 'ended']),
  outcome: z
    .enum(['answered', 'elsewhere', 'refused', 'silent'])
    .nullable()
    .describe('elsewhere: the agent called, though not because of this.'),
  reason: z.string().nullable(),
  latencyMs: instant,
  endedAt: instant,
})
export type Trial = z.output<typeof trialShape>

/** Calls one agent by one channel: a device that was named, or that which answered by it last. How it goes is read with the channels. */
export async function beginTrial(ctx: Ctx, channel: z.output<typeof triable>, device?: string): Promise<Trial> {
  demandWhole(ctx.authority, 'certificates:write')
  if (!(await offeredChannels(ctx)).includes(channel)) throw new Problem('wake-channel.off')
  const to =
    device === undefined ? await store.liveliest(ctx, channel) : await reaches.reachOfDevice(ctx, device, channel)
  if (!to || !(await readyChannels(ctx, to.enrollment)).includes(channel)) throw new Problem('wake-channel.nobody')
  const nonce = await callBy(ctx, to.enrollment, channel)
  if (nonce === null) throw new Problem('wake-channel.busy')
  const { enrollment } = to
  const none = { outcome: null, reason: null, latency_ms: null, ended_at: null }
  await store.put(ctx, { channel, device: to.device, enrollment, nonce, at: ctx.now, ...none })
  return trialOf(ctx, { org: ctx.org, channel, device: to.device, enrollment, nonce, at: ctx.now, ...none })
}

/** The last trial of each channel. */
export async function trials(ctx: Ctx): Promise<Map<string, Trial>> {
  const rows = await store.list(ctx)
  return new Map(await Promise.all(rows.map(async row => [row.channel, await trialOf(ctx, row)] as const)))
}

async function trialOf(ctx: Ctx, row: store.TrialRow): Promise<Trial> {
  const attempt = row.outcome === null ? await reaches.findTry(ctx, row.enrollment, row.channel) : undefined
  const sent = attempt?.nonce === row.nonce && attempt.outcome === 'sent'
  const { channel, device, at, outcome, reason, latency_ms: latencyMs, ended_at: endedAt } = row
  const step = outcome === null ? (sent ? 'sent' : 'begun') : 'ended'
  return { channel, device, at, step, outcome, reason, latencyMs, endedAt }
}
