import { z } from 'zod'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Base } from '../../base/transact.ts'
import { channelEvents } from './channel-events.ts'
import * as settings from './channel-store.ts'
import { sendFcm } from './fcm.ts'
import type { Channel } from './ladder.ts'
import { withNumber } from './number.ts'
import type { Handed, Outgoing, Sender } from './outcome.ts'
import { reachPlace } from './reach.ts'
import * as store from './reach-store.ts'
import { sendSmpp } from './smpp.ts'
import { limitsShape, sendSms } from './sms.ts'
import * as texts from './text-store.ts'
import { sendWebpush } from './webpush.ts'

const day = 86_400_000
const hour = 3_600_000

const senders: Partial<Record<Channel, Sender>> = { fcm: sendFcm, sms: sendText, webpush: sendWebpush }

/** A text message goes by whichever of both is set up. */
function sendText(...of: Parameters<Sender>): ReturnType<Sender> {
  const { systemId } = z.object({ systemId: z.string().optional() }).parse(JSON.parse(of[2].settings))
  return systemId === undefined ? sendSms(...of) : sendSmpp(...of)
}

/** Whether a wake leaves this server on the channel, so that it may be refused. */
export function isOutside(channel: Channel): boolean {
  return channel in senders
}

/** Where the secret of a channel is sealed. */
export function channelPlace(channel: Channel): { table: string; column: string; row: string } {
  return { table: 'wake_channels', column: 'secret', row: channel }
}

/** Hands a wake to the outside, where its channel is there, and stores what became of it. Answers whether the agent may be waited for now. */
export async function handOver(
  base: Base,
  scope: Scope,
  wake: { enrollment: string; nonce: string; channel: Channel },
): Promise<boolean> {
  const sender = senders[wake.channel]
  if (!sender) return true
  const prepared = await base.transact(scope, ctx => prepare(ctx, wake))
  const handed = 'kind' in prepared ? prepared : await sender(base, scope, prepared)
  await base.transact(scope, ctx => settle(ctx, wake, handed))
  return isTaken(handed)
}

const isTaken = ({ kind }: Handed): boolean => kind === 'sent' || kind === 'spent'

/** What the sender needs; or why it is not asked. A text that is about to be sent counts, whatever becomes of it. */
async function prepare(
  ctx: Ctx,
  { enrollment, nonce, channel }: { enrollment: string; nonce: string; channel: Channel },
): Promise<Outgoing | Handed> {
  const reach = await store.findReach(ctx, enrollment, channel)
  const row = await settings.find(ctx, channel)
  if (!reach?.address || !row?.secret || reach.state === 'dead')
    return { kind: 'skipped', reason: 'none', provider: false }
  if (channel === 'sms') {
    const limits = limitsShape.parse(JSON.parse(row.settings))
    await texts.forget(ctx, ctx.now - day)
    const ofDevice = await texts.count(ctx, { enrollment, since: ctx.now - day })
    const ofOrg = await texts.count(ctx, { since: ctx.now - hour })
    if (ofDevice >= limits.perDeviceDay) return { kind: 'skipped', reason: 'limit-device', provider: false }
    if (ofOrg >= limits.perOrgHour) return { kind: 'skipped', reason: 'limit-org', provider: false }
    await texts.add(ctx, enrollment, nonce)
  }
  const address = await ctx.secrets.open(ctx, reachPlace(enrollment, channel), reach.address)
  const secret = await ctx.secrets.open(ctx, channelPlace(channel), row.secret)
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
  const told = text(address)
  const known = channel === 'sms' ? await withNumber(ctx, enrollment, told) : told
  return { enrollment, nonce, address: known, settings: row.settings, secret: text(secret) }
}

async function settle(
  ctx: Ctx,
  { enrollment, nonce, channel }: { enrollment: string; nonce: string; channel: Channel },
  handed: Handed,
): Promise<void> {
  const attempt = await store.findTry(ctx, enrollment, channel)
  if (attempt?.nonce === nonce && attempt.outcome === 'sending') {
    const outcome = handed.kind === 'spent' ? 'sent' : handed.kind
    await store.putTry(ctx, { ...attemptOf(attempt), outcome, reason: handed.reason === '' ? null : handed.reason })
  }
  const reach = await store.findReach(ctx, enrollment, channel)
  if (reach && handed.kind === 'dead') {
    await store.changeReach(ctx, { enrollment, channel }, { state: 'dead', reason: handed.reason })
    const about = { kind: 'device', id: reach.device, path: reach.unit_path }
    await record(ctx, channelEvents.addressDied, about, { channel, reason: handed.reason })
  }
  // The token in a text is good once; the agent brings another with its next contact.
  if (reach && handed.kind === 'spent')
    await store.changeReach(ctx, { enrollment, channel }, { state: 'dead', reason: 'spent' })
  await noteTrouble(ctx, channel, handed)
}

function attemptOf({
  enrollment,
  channel,
  nonce,
  at,
  latency_ms,
}: store.TryRow): Omit<store.TryRow, 'org' | 'outcome' | 'reason'> {
  return { enrollment, channel, nonce, at, latency_ms }
}

const patienceMs = 5 * 60_000

/** Notes when a channel begins to fail for everyone, tells of it once it goes on, and when it works again. */
async function noteTrouble(ctx: Ctx, channel: Channel, handed: Handed): Promise<void> {
  if (!isTaken(handed) && !handed.provider) return
  const row = await settings.find(ctx, channel)
  if (!row) return
  if (isTaken(handed)) {
    if (row.troubled_at === null) return
    await settings.change(ctx, channel, { troubled_at: null, reason: null, told: 0 })
    if (row.told === 1) await record(ctx, channelEvents.recovered, null, { channel })
    return
  }
  await settings.change(ctx, channel, { troubled_at: row.troubled_at ?? ctx.now, reason: handed.reason })
  await tellTrouble(ctx, channel)
}

/** Tells once of a channel that has failed for a while. */
export async function tellTrouble(ctx: Ctx, channel: Channel): Promise<void> {
  const row = await settings.find(ctx, channel)
  if (!row || row.troubled_at === null || row.told === 1 || ctx.now - row.troubled_at < patienceMs) return
  await settings.change(ctx, channel, { told: 1 })
  const minutes = Math.floor((ctx.now - row.troubled_at) / 60_000)
  await record(ctx, channelEvents.failing, null, { channel, minutes, reason: row.reason ?? '' })
}
