import { z } from 'zod'
import { ConfigFault } from './config-fault.ts'
import { isLoopback } from './config-mail.ts'

/** Settings of the line that agents keep open. */
export const mqttSchema = {
  MUSTER_MQTT_LISTEN: z
    .string()
    .optional()
    .describe(
      'Addresses, separated by commas, where agents keep a line open to be woken at once: mqtts://0.0.0.0:8883, wss://0.0.0.0:8884, or mqtt:// and ws:// on loopback for a proxy on this machine. Unset: agents wait over HTTPS.',
    ),
  MUSTER_MQTT_URL: z
    .url()
    .optional()
    .describe(
      'Address of that line as agents reach it. Default: the host of MUSTER_URL and the first port of MUSTER_MQTT_LISTEN; or the broker of MUSTER_MQTT_BROKER.',
    ),
  MUSTER_MQTT_BROKER: z
    .string()
    .optional()
    .describe(
      'A broker of your own instead of MUSTER_MQTT_LISTEN: mqtts://user:password@broker:8883, where the user may publish below muster/. Never logged.',
    ),
  MUSTER_MQTT_AGENT: z
    .string()
    .regex(/^[^:]+:.+$/, 'write user:password')
    .optional()
    .describe(
      'With MUSTER_MQTT_BROKER: user:password that agents are given for the broker. The user may read below muster/ and publish nothing.',
    ),
}

/** Where agents keep a line open. */
export interface MqttListen {
  scheme: 'mqtt' | 'mqtts' | 'ws' | 'wss'
  host: string
  port: number
}

/** A broker that is not ours. */
export interface MqttBroker {
  url: string
  username: string | null
  password: string | null
  agent: { username: string; password: string }
}

/** How agents keep a line open: `null` where they do not. */
export interface MqttSetting {
  listen: readonly MqttListen[]
  /** As agents reach it. */
  url: string
  broker: MqttBroker | null
}

type Env = { [K in keyof typeof mqttSchema]?: string | undefined }

/** Reads them; the messages name the variable and do not repeat a password. */
export function readMqtt(env: Env, url: string): MqttSetting | null {
  if (env.MUSTER_MQTT_BROKER !== undefined) return readBroker(env.MUSTER_MQTT_BROKER, env)
  if (env.MUSTER_MQTT_LISTEN === undefined) return null
  const listen = env.MUSTER_MQTT_LISTEN.split(',').map(part => readListen(part.trim()))
  const [first] = listen
  const path = first?.scheme.startsWith('ws') ? '/mqtt' : ''
  const own = `${first?.scheme ?? 'mqtts'}://${new URL(url).hostname}:${first?.port ?? 8883}${path}`
  return { listen, url: env.MUSTER_MQTT_URL ?? own, broker: null }
}

function readListen(text: string): MqttListen {
  const match = /^(mqtts?|wss?):\/\/(\[[0-9a-f:]+\]|[^/:[\]]+):(\d{1,5})\/?$/i.exec(text)
  const [, scheme = '', host = '', port = ''] = match ?? []
  if (scheme !== 'mqtt' && scheme !== 'mqtts' && scheme !== 'ws' && scheme !== 'wss')
    throw new ConfigFault('MUSTER_MQTT_LISTEN: write mqtts://0.0.0.0:8883 or wss://0.0.0.0:8884.')
  const bare = host.replaceAll(/^\[|\]$/g, '')
  if ((scheme === 'mqtt' || scheme === 'ws') && !isLoopback(bare))
    throw new ConfigFault('MUSTER_MQTT_LISTEN: mqtt:// and ws:// are for a proxy on this machine: use 127.0.0.1.')
  return { scheme, host: bare, port: Number(port) }
}

function readBroker(text: string, env: Env): MqttSetting {
  if (!URL.canParse(text) || !/^(mqtts?|wss?):\/\/[^/]/.test(text))
    throw new ConfigFault(
      'MUSTER_MQTT_BROKER: write mqtts://user:password@host:8883, with signs such as @ or / in the password as %40 or %2F.',
    )
  if (env.MUSTER_MQTT_LISTEN !== undefined)
    throw new ConfigFault('Set MUSTER_MQTT_LISTEN or MUSTER_MQTT_BROKER, not both.')
  if (env.MUSTER_MQTT_AGENT === undefined)
    throw new ConfigFault('MUSTER_MQTT_AGENT belongs to MUSTER_MQTT_BROKER: user:password that agents are given.')
  const url = new URL(text)
  const [username = '', ...rest] = env.MUSTER_MQTT_AGENT.split(':')
  const broker: MqttBroker = {
    url: `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`,
    username: url.username === '' ? null : decodeURIComponent(url.username),
    password: url.password === '' ? null : decodeURIComponent(url.password),
    agent: { username, password: rest.join(':') },
  }
  return { listen: [], url: env.MUSTER_MQTT_URL ?? broker.url, broker }
}
