import { readFileSync } from 'node:fs'
import { connect } from 'mqtt'
import { everything } from '../../base/authority.ts'
import type { MqttBroker } from '../../base/config-mqtt.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { publishBy } from './hub.ts'
import { mqttKey, topicOf } from './mqtt-key.ts'

/** How long a broker keeps a wake for an agent that is away. */
const keptSeconds = 24 * 3600
const mostWaiting = 10_000

/** The line to a broker of the operator's own, which agents listen to. */
export interface OutsideBroker {
  connected(): boolean
  close(): Promise<void>
}

/** Publishes every wake at the broker from now on. What cannot be published now is climbed past: the ladder goes on without it. */
export function useBroker(base: Base, broker: MqttBroker): OutsideBroker {
  const { outsideCa } = base.config
  const client = connect(broker.url, {
    protocolVersion: 5,
    clientId: `muster-${process.pid}-${Math.floor(Math.random() * 1e9).toString(36)}`,
    reconnectPeriod: 2000,
    queueQoSZero: false,
    ...(broker.username === null ? {} : { username: broker.username }),
    ...(broker.password === null ? {} : { password: broker.password }),
    ...(outsideCa === null ? {} : { ca: readFileSync(outsideCa) }),
  })
  client.on('error', () => undefined)
  let waiting = 0
  const publish = async (org: Id<'org'>, enrollment: string, nonce: string): Promise<void> => {
    if (!client.connected || waiting >= mostWaiting) return
    waiting += 1
    try {
      const scope = { org, actor: { kind: 'system', id: null, what: 'wake' }, authority: everything } as const
      const key = await base.read(scope, mqttKey)
      if (key === null) return
      const payload = JSON.stringify({ w: 1, n: nonce })
      const properties = { messageExpiryInterval: keptSeconds }
      await client.publishAsync(topicOf(key, enrollment), payload, { qos: 1, properties })
    } finally {
      waiting -= 1
    }
  }
  const unpublish = publishBy(base, ({ org, enrollment }, nonce) => {
    // The ladder goes on by itself when nobody answers.
    publish(org as Id<'org'>, enrollment, nonce).catch(() => undefined)
  })
  return {
    connected: () => client.connected,
    close: async () => {
      unpublish()
      await client.endAsync(true)
    },
  }
}
