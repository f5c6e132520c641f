import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test, type TestContext } from 'node:test'
import type { VirtualAgent } from '@muster/simulator/agent/agent.ts'
import { type Line, listen } from '@muster/simulator/agent/line.ts'
import { connectAsync } from 'mqtt'
import { givenAgents } from '../../testing/given-agents.ts'
import { type House, house } from '../../testing/house.ts'
import * as commands from '../commands/index.ts'
import * as push from './index.ts'
import * as store from './reach-store.ts'
import { freePort } from '../../../tools/ports.ts'
import { until } from '../../../tools/until.ts'

const minute = 60_000

interface Scene {
  h: House
  agent: VirtualAgent
  line: Line
  broker: push.Broker
  enrollment: string
}

async function scene(t: TestContext): Promise<Scene> {
  const port = await freePort()
  const h = await house(t, {
    MUSTER_MQTT_LISTEN: `mqtt://127.0.0.1:${port}`,
    MUSTER_MQTT_URL: `mqtt://127.0.0.1:${port}`,
  })
  const broker = await push.startBroker(h.base, h.base.config.mqtt?.listen ?? [], null)
  t.after(() => broker.close())
  const agent = givenAgents(h).agent()
  agent.state.reach = { mqtt: true, wait: true }
  await agent.enroll(await givenAgents(h).agentInvitation())
  const { channels } = await agent.contact()
  await h.settle()
  await agent.contact()
  const enrollment = agent.state.enrolled?.enrollment ?? ''
  const wait = (signal: AbortSignal) => push.waitFor(h.base, { org: h.org, enrollment }, { signal, ms: 300 })
  const line = listen(agent, channels, { wait, restMs: 20 })
  t.after(() => line.close())
  // The wait from before the line was open has ended.
  await until('the line is open, and nothing waits', () => line.listens().mqtt && !line.listens().wait)
  return { h, agent, line, broker, enrollment }
}

/** The agent waits no more, its last wait is over, and it has said what became of its last order: whoever still speaks hears of the next one. */
async function unheard({ line }: Scene): Promise<void> {
  line.on.wait = false
  await until('nothing waits', () => !line.listens().wait)
  await line.idle()
}

async function lock({ h, agent }: Scene, message: string): Promise<void> {
  const device = agent.state.enrolled?.device ?? ''
  await h.run(ctx => commands.send(ctx, { device, kind: 'lock', args: { message } }))
}

/** Messages of the locks that took effect, in order. */
const locked = ({ agent }: Scene): unknown[] =>
  agent.phone.done.filter(o => o.kind === 'lock').map(o => (o.args as { message?: string }).message)

/** So many orders took effect, and the agent that told of it has nothing more to say: what is ordered now is not taken along. */
async function obeyed(s: Scene, count: number): Promise<void> {
  await until('the order is done', () => locked(s).length === count)
  await s.line.idle()
}

const callOf = ({ h, enrollment }: Scene) => h.run(ctx => store.findCall(ctx, enrollment))

test('a wake goes by the open line, by waiting when the broker is gone, and by the agent’s own rhythm when that is cut; nothing is lost and nothing done twice', async t => {
  const s = await scene(t)
  await lock(s, 'line')
  await obeyed(s, 1)
  assert.deepEqual(s.line.woken, ['mqtt'])
  await s.broker.close()
  await lock(s, 'wait')
  await obeyed(s, 2)
  assert.deepEqual(s.line.woken, ['mqtt', 'wait'])
  await unheard(s)
  await lock(s, 'poll')
  // Negative control: without any way nothing arrives, and nobody claims that it did.
  await s.h.settle()
  await s.line.idle()
  assert.equal(locked(s).length, 2)
  for (const [passed, channel] of [
    [10_001, 'wait'],
    [5001, 'poll'],
    [minute + 1, 'mqtt'],
  ] as const) {
    s.h.pass(passed)
    await s.h.settle()
    assert.equal((await callOf(s))?.channel, channel)
  }
  await s.agent.contact()
  assert.deepEqual(locked(s), ['line', 'wait', 'poll'])
  assert.equal(await callOf(s), undefined)
  const reach = await s.h.run(ctx => store.listReaches(ctx, s.enrollment))
  assert.deepEqual(
    reach.filter(r => r.answered_at !== null).map(r => r.channel),
    ['mqtt', 'poll', 'wait'],
  )
})

test('what was asked while the line was down is told as soon as the agent listens again', async t => {
  const s = await scene(t)
  await s.broker.close()
  await unheard(s)
  await lock(s, 'later')
  const again = await push.startBroker(s.h.base, s.h.base.config.mqtt?.listen ?? [], null)
  t.after(() => again.close())
  await until('the order is done', () => locked(s).length === 1)
  assert.deepEqual(s.line.woken, ['mqtt'])
})

test('an agent hears its own topic and nothing else, and may say nothing', async t => {
  const s = await scene(t)
  await s.line.close()
  s.agent.state.reach = { mqtt: true }
  const { channels } = await s.agent.contact()
  const { url = '', topic = '', clientId = '', username = '', password = '' } = channels.mqtt ?? {}
  const own = { clientId, username, password, reconnectPeriod: 0 } as const
  await assert.rejects(connectAsync(url, { ...own, password: 'wrong' }), /Not authorized|Bad username/i)
  const client = await connectAsync(url, own)
  t.after(() => client.endAsync(true))
  assert.deepEqual(
    (await client.subscribeAsync([topic], { qos: 1 })).map(g => g.qos),
    [1],
  )
  for (const foreign of ['#', 'muster/#', topic.replace(/[^/]+$/, 'x')])
    await assert.rejects(client.subscribeAsync(foreign, { qos: 1 }), /Unspecified error|128/)
  const gone = new Promise(resolve => client.once('close', () => resolve(null)))
  client.publish(topic, '{}', { qos: 0 })
  await gone
  // Under a name that is not its own it is nobody: it would take the line of the one whose name it is.
  await assert.rejects(connectAsync(url, { ...own, clientId: 'enr_of_somebody_else' }), /Not authorized/i)
})

test('a stranger that opens the line is not listened to beyond what an agent has to say', async t => {
  const s = await scene(t)
  const { url, scheme } = { url: new URL(s.h.base.config.mqtt?.url ?? ''), scheme: 'ws' as const }
  /** Says this and holds the line so long; answers whether the broker hung up before it was told all. */
  const hungUp = (first: number[], length: number[], ms = 60_000): Promise<boolean> =>
    new Promise(resolve => {
      const socket = connect({ host: url.hostname, port: Number(url.port) })
      socket.on('error', () => undefined)
      socket.on('close', () => {
        clearTimeout(late)
        resolve(true)
      })
      socket.write(Buffer.from([...first, ...length, 0, 4]))
      const late = setTimeout(() => {
        resolve(false)
        socket.destroy()
      }, ms)
    })
  // CONNECT of 128 MiB, of 64 KiB, and one whose length never ends; of 100 bytes it would wait for the rest.
  assert.equal(await hungUp([0x10], [0x80, 0x80, 0x80, 0x40]), true)
  assert.equal(await hungUp([0x10], [0x80, 0x80, 0x04]), true)
  assert.equal(await hungUp([0x10], [0xff, 0xff, 0xff, 0xff, 0x7f]), true)
  assert.equal(await hungUp([0x10], [100], 400), false)
  // On a web address it says what it is for, and does not keep whoever asks something else waiting.
  const port = await freePort()
  const web = await push.startBroker(s.h.base, [{ scheme, host: '127.0.0.1', port }], null)
  t.after(() => web.close())
  const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(20_000) })
  assert.equal(answer.status, 426)
})
