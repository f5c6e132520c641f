import { connect, type MqttClient } from 'mqtt'
import type { Channels, Contact } from '@muster/wire/agent/messages.ts'
import type { VirtualAgent } from './agent.ts'

/** How a virtual agent listens. */
export interface Listening {
  /** PEM of the authority of the broker. */
  readonly ca?: string
  /** Waits at the server: answers the nonce, null when nothing came; throws when the way is cut. */
  readonly wait?: (signal: AbortSignal) => Promise<string | null>
  /** Calls by itself so often; never when absent. */
  readonly pollMs?: number
  /** How long it rests when a way is cut; a second when absent. */
  readonly restMs?: number
}

/** An agent that listens for wakes and calls home for each of them. */
export interface Line {
  /** By which channels it was woken, oldest first; a wake that it had already heard of is not one. */
  readonly woken: string[]
  /** Wakes that came again by another way or twice. */
  readonly doubled: string[]
  /** Which ways work: those turned off are as if the network swallowed them. */
  readonly on: { mqtt: boolean; wait: boolean; poll: boolean; text: boolean }
  /** Takes in a wake that came from outside: a text message, or a push of a service. */
  hear(channel: 'fcm' | 'webpush' | 'sms', nonce: string): void
  /** Whether it hears what comes by the line that it keeps open, and whether it waits at the server. */
  listens(): { mqtt: boolean; wait: boolean }
  /** Until it has nothing more to say. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** Listens on the channels of the last answer, waiting only while no line is open, and calls home for every wake it has not heard of yet. */
export function listen(agent: VirtualAgent, channels: Channels, how: Listening): Line {
  const end = new AbortController()
  const line = {
    woken: [] as string[],
    doubled: [] as string[],
    on: { mqtt: true, wait: true, poll: true, text: true },
  }
  const hears = { mqtt: false, wait: false }
  const heard = new Set<string>()
  let calling = Promise.resolve()
  const rest = how.restMs ?? 1000
  let busy = 0
  const call = (woken: Contact['woken']): void => {
    busy += 1
    calling = calling
      .then(() => callUntilHeard(agent, woken, { end: end.signal, restMs: rest }))
      .finally(() => {
        busy -= 1
      })
  }
  const wake = (channel: 'mqtt' | 'wait' | 'fcm' | 'webpush' | 'sms', nonce: string): void => {
    if (channel === 'mqtt' || channel === 'wait' ? !line.on[channel] : !line.on.text) return
    if (heard.has(nonce)) return void line.doubled.push(channel)
    heard.add(nonce)
    line.woken.push(channel)
    call({ channel, nonce })
  }
  const closing: (() => Promise<void>)[] = []
  const mqtt = channels.mqtt ? keepOpen(channels.mqtt, { ca: how.ca, hears }, nonce => wake('mqtt', nonce)) : null
  if (mqtt) closing.push(() => mqtt.endAsync(true).then(() => undefined))
  const free = (): boolean => line.on.wait && !(line.on.mqtt && mqtt?.connected === true)
  if (how.wait) void keepWaiting(how.wait, { free, hears, end: end.signal, restMs: rest }, n => wake('wait', n))
  if (how.pollMs !== undefined) {
    const timer = setInterval(() => line.on.poll && busy === 0 && call(null), how.pollMs)
    closing.push(() => Promise.resolve(clearInterval(timer)))
  }
  return Object.assign(line, {
    hear: wake,
    listens: () => ({ ...hears }),
    idle: () => calling,
    close: async () => {
      end.abort()
      await Promise.all(closing.map(c => c()))
      await calling
    },
  })
}

/** Calls home, and again ever later while the line is cut, for as long as the agent lives. */
async function callUntilHeard(
  agent: VirtualAgent,
  woken: Contact['woken'],
  { end, restMs }: { end: AbortSignal; restMs: number },
): Promise<void> {
  for (let waitMs = restMs; !end.aborted; waitMs = Math.min(waitMs * 2, 60_000)) {
    try {
      await agent.contact(woken)
      return
    } catch {
      await new Promise(resolve => setTimeout(resolve, waitMs))
    }
  }
}

function keepOpen(
  { url, topic, clientId, username, password }: NonNullable<Channels['mqtt']>,
  { ca, hears }: { ca: string | undefined; hears: { mqtt: boolean } },
  heard: (nonce: string) => void,
): MqttClient {
  const client = connect(url, {
    clientId,
    username,
    password,
    clean: true,
    keepalive: 240,
    reconnectPeriod: 200,
    ...(ca === undefined ? {} : { ca }),
  })
  client.on('error', () => undefined)
  client.on('connect', () =>
    client.subscribe(topic, { qos: 1 }, error => {
      hears.mqtt = !error && client.connected
    }),
  )
  client.on('close', () => {
    hears.mqtt = false
  })
  client.on('message', (_topic, payload) => {
    const wake = JSON.parse(payload.toString('utf8')) as { w: number; n: string }
    heard(wake.n)
  })
  return client
}

async function keepWaiting(
  wait: NonNullable<Listening['wait']>,
  { free, hears, end, restMs }: { free: () => boolean; hears: { wait: boolean }; end: AbortSignal; restMs: number },
  heard: (nonce: string) => void,
): Promise<void> {
  while (!end.aborted) {
    hears.wait = free()
    const nonce = hears.wait ? await wait(end).catch(() => null) : null
    hears.wait = false
    if (nonce !== null) heard(nonce)
    await new Promise(resolve => setTimeout(resolve, nonce === null ? restMs : 20))
  }
}
