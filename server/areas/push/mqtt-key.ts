import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../base/ctx.ts'
import * as store from './channel-store.ts'

/** What an agent needs to keep a line open. */
export interface MqttAccess {
  readonly url: string
  readonly topic: string
  readonly clientId: string
  readonly username: string
  readonly password: string
}

const keys = new WeakMap<object, Map<string, Buffer>>()
const place = { table: 'wake_channels', column: 'secret', row: 'mqtt' }

/** The key of the org from which the passwords of its agents are made; null before the first agent asked for one. */
export async function mqttKey(ctx: Ctx): Promise<Buffer | null> {
  const known = keys.get(ctx.secrets) ?? new Map<string, Buffer>()
  keys.set(ctx.secrets, known)
  const cached = known.get(ctx.org)
  if (cached) return cached
  const row = await store.find(ctx, 'mqtt')
  if (!row?.secret) return null
  const key = Buffer.from(await ctx.secrets.open(ctx, place, row.secret))
  // Before its transaction has ended, a key may yet be taken back.
  if (row.updated_at < ctx.now) known.set(ctx.org, key)
  return key
}

async function ensureKey(ctx: Ctx): Promise<Buffer> {
  const known = await mqttKey(ctx)
  if (known) return known
  const secret = await ctx.secrets.seal(ctx, place, randomBytes(32))
  await store.addIfMissing(ctx, { channel: 'mqtt', settings: '{}', secret })
  return (await mqttKey(ctx)) ?? Buffer.alloc(0)
}

/** Where and as whom an agent keeps a line open; null where this server has no such line. */
export async function mqttAccess(ctx: Ctx, enrollment: string): Promise<MqttAccess | null> {
  const setting = ctx.config.mqtt
  if (setting === null) return null
  const key = await ensureKey(ctx)
  const topic = topicOf(key, enrollment)
  const own = { username: `${ctx.org}/${enrollment}`, password: passwordOf(key, enrollment) }
  return { url: setting.url, topic, clientId: enrollment, ...(setting.broker?.agent ?? own) }
}

/** The topic of an agent. Nobody else can guess it, which matters where a broker lets every agent read below `muster/`. */
export function topicOf(key: Uint8Array, enrollment: string): string {
  const mark = createHmac('sha256', key).update(`topic ${enrollment}`).digest('base64url').slice(0, 22)
  return `muster/${enrollment}/${mark}`
}

/** Whether the password is the one an agent was given. */
export function isPassword(key: Uint8Array, enrollment: string, given: Uint8Array): boolean {
  const right = Buffer.from(passwordOf(key, enrollment))
  return given.length === right.length && timingSafeEqual(given, right)
}

function passwordOf(key: Uint8Array, enrollment: string): string {
  return createHmac('sha256', key).update(`password ${enrollment}`).digest('base64url')
}
