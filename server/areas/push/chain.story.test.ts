import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newAgent, type VirtualAgent } from '@muster/simulator/agent/agent.ts'
import { type Line, listen } from '@muster/simulator/agent/line.ts'
import { newPhone } from '@muster/simulator/agent/phone.ts'
import { startSmsGateway } from '@muster/simulator/outside/sms/gateway.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { type House, house } from '../../testing/house.ts'
import { anotherProcess } from '../../testing/process.ts'
import * as commands from '../commands/index.ts'
import * as push from './index.ts'
import * as store from './reach-store.ts'
import { freePort } from '../../../tools/ports.ts'
import { until } from '../../../tools/until.ts'

const minute = 60_000
const agentsInAll = 2
const ordersPerLeg = 4

/** One agent of the scene, with the network between it and the server. */
interface Handset {
  agent: VirtualAgent
  line: Line
  device: string
  enrollment: string
  /** Requests that never came, and answers that never came back. */
  cut: number
}

interface Scene {
  h: House
  key: string
  handsets: Handset[]
  broker: push.Broker
  openBroker(): Promise<push.Broker>
}

/** What is left out to see that the story notices. */
type Without = 'ladder' | 'journal' | 'nothing'

async function scene(t: TestContext, without: Without): Promise<Scene> {
  const sms = await startSmsGateway()
  const folder = mkdtempSync(join(tmpdir(), 'muster-chain-'))
  writeFileSync(join(folder, 'ca.pem'), sms.ca)
  t.after(async () => {
    await sms.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const at = `mqtt://127.0.0.1:${await freePort()}`
  const outside = { MUSTER_OUTSIDE_CA: join(folder, 'ca.pem') }
  const h = await house(t, { MUSTER_MQTT_LISTEN: at, MUSTER_MQTT_URL: at, ...outside })
  const { key } = await h.given.admin({ role: 'owner' })
  const body = { url: `${sms.url}/send`, authorization: sms.authorization, perDeviceDay: 50 }
  assert.equal((await h.http('PUT', '/api/v1/wake-channels/sms', { as: key, body })).status, 200)
  const openBroker = async (): Promise<push.Broker> => {
    const opened = await push.startBroker(h.base, h.base.config.mqtt?.listen ?? [], null)
    t.after(() => opened.close())
    return opened
  }
  const broker = await openBroker()
  const handsets: Handset[] = []
  for (let n = 0; n < agentsInAll; n += 1) handsets.push(await handset(t, { h, sms, without, n }))
  // The waits from before the lines were open have ended.
  for (const { line } of handsets)
    await until('the line is open, and nothing waits', () => line.listens().mqtt && !line.listens().wait)
  return { h, key, handsets, broker, openBroker }
}

async function handset(
  t: TestContext,
  on: { h: House; sms: Awaited<ReturnType<typeof startSmsGateway>>; without: Without; n: number },
): Promise<Handset> {
  const { h, sms, without, n } = on
  const one = { cut: 0 } as Handset
  let [contacts, died] = [0, false]
  const agent = newAgent(
    newPhone(),
    async ({ method, path, body, headers }) => {
      const contact = path === '/agent/v1/contact' && one.line !== undefined
      if (contact) contacts += 1
      // It dies once between an effect and the report of it; and one of five contacts is lost on its way, and of every seven the answer.
      const reports = contact && Buffer.from(body).includes('"results":[{')
      if (reports && !died) {
        died = true
        throw die(one, without)
      }
      if (contact && contacts % 5 === 0) throw die(one, without)
      const sent = method === 'GET' ? { headers } : { body: Buffer.from(body), headers }
      const answer = await h.http(method, path, sent)
      if (contact && contacts % 7 === 0) throw die(one, without)
      return answer
    },
    'fully-managed',
    () => h.now(),
  )
  const number = `+4670123450${n}`
  let texts = 0
  const withToken = (): void => {
    texts += 1
    agent.state.reach = {
      mqtt: true,
      wait: true,
      sms: { number, token: `tok${n}${texts}`.padEnd(11, 'x'), expiresAt: null },
    }
  }
  withToken()
  await agent.enroll(await givenAgents(h).agentInvitation())
  const { channels } = await agent.contact()
  await h.settle()
  await agent.contact()
  const { device = '', enrollment = '' } = agent.state.enrolled ?? {}
  const wait = (): Promise<string | null> => agent.wait(300)
  const line = listen(agent, channels, { wait, restMs: 20, pollMs: 120 })
  line.on.poll = false
  t.after(() => line.close())
  sms.phone(number, text => {
    const [, nonce] = /W1:(\S+)$/.exec(text) ?? []
    withToken()
    if (nonce !== undefined) line.hear('sms', nonce)
  })
  return Object.assign(one, { agent, line, device, enrollment })
}

function die(one: Handset, without: Without): Error {
  one.cut += 1
  if (without === 'journal') one.agent.state.journal.clear()
  return new Error('the line was cut')
}

/** What must have happened, and what did. */
interface Told {
  readonly wanted: string[]
  /** Not there at the end of the leg in which they were ordered. */
  readonly lost: string[]
  doubled: string[]
}

const effects = ({ agent }: Handset): string[] =>
  agent.phone.done.flatMap(o => (typeof o.args['message'] === 'string' ? [o.args['message']] : []))

async function orders(
  { h, handsets }: Scene,
  told: Told,
  { leg, without }: { leg: string; without: Without },
): Promise<void> {
  for (let n = 0; n < ordersPerLeg; n += 1)
    for (const [at, { device, enrollment }] of handsets.entries()) {
      const message = `${leg} ${at} ${n}`
      told.wanted.push(message)
      const id = await h.run(ctx => commands.send(ctx, { device, kind: 'lock', args: { message } }))
      assert.equal(await h.run(ctx => commands.isHeld(ctx, id)), false)
      // Without the ladder a wake is said once and forgotten.
      if (without === 'ladder') await h.run(ctx => store.takeCall(ctx, enrollment))
    }
}

const all = ({ handsets }: Scene): string[] => handsets.flatMap(effects)

const arrived = (s: Scene, told: Told): boolean => new Set(all(s)).size >= told.wanted.length

/** The wakes of everyone go on, one rung at a time. */
async function climb({ h }: Scene, passed: readonly number[]): Promise<void> {
  for (const ms of passed) {
    h.pass(ms)
    await h.settle()
  }
}

const shown = async ({ h, key }: Scene, { device }: Handset) =>
  (await h.http('GET', `/api/v1/devices/${device}/channels`, { as: key })).body as {
    active: string | null
    pending: { channel: string | null } | null
  }

type Leg = 'line' | 'waiting' | 'rhythm' | 'text' | 'line again'

/** Cuts one way after the other; answers what arrived, and by which way the first agent is shown to be reached in each leg. */
async function chain(
  t: TestContext,
  without: Without,
  legs: readonly Leg[],
): Promise<{ told: Told; active: (string | null)[]; s: Scene }> {
  const s = await scene(t, without)
  const told: Told = { wanted: [], lost: [], doubled: [] }
  const active: (string | null)[] = []
  const lines = s.handsets.map(one => one.line)
  for (const leg of legs) {
    if (leg !== 'line' && leg !== 'line again') await s.broker.close()
    for (const { on } of lines) on.wait = leg === 'line' || leg === 'waiting'
    if (leg === 'rhythm' || leg === 'text')
      for (const line of lines) await until('nothing waits', () => !line.listens().wait)
    if (leg === 'line again') {
      await s.openBroker()
      for (const line of lines) await until('the line is open', () => line.listens().mqtt)
    }
    await orders(s, told, { leg, without })
    if (leg === 'rhythm') await climb(s, [10_001, 5001])
    if (leg === 'text') await climb(s, [10_001, 5001, minute + 1])
    for (const { on } of lines) on.poll = leg === 'rhythm'
    if (without === 'ladder') await sleep(1200)
    else await until('all has arrived', () => arrived(s, told))
    for (const { on } of lines) on.poll = false
    // Whoever still calls does so before it is counted.
    await Promise.all(lines.map(line => line.idle()))
    const there = new Set(all(s))
    told.lost.push(...told.wanted.filter(m => m.startsWith(`${leg} `) && !there.has(m)))
    const [first] = s.handsets
    if (first) active.push((await shown(s, first)).active)
    // What interrupts people is held after 25 in a quarter of an hour.
    s.h.pass(16 * minute)
  }
  told.doubled = all(s).filter((m, at, every) => every.indexOf(m) !== at)
  return { told, active, s }
}

test('line cut, waiting cut, own rhythm, text message and back: under cut lines nothing is lost and nothing is done twice, and every switch is seen', async t => {
  const { told, active, s } = await chain(t, 'nothing', ['line', 'waiting', 'rhythm', 'text', 'line again'])
  assert.equal(told.wanted.length, 5 * agentsInAll * ordersPerLeg)
  assert.deepEqual([told.lost, told.doubled], [[], []])
  assert.ok(
    s.handsets.every(one => one.cut > 3),
    s.handsets.map(one => one.cut).join(' '),
  )
  assert.deepEqual(active, ['mqtt', 'wait', 'poll', 'sms', 'mqtt'])
  await s.h.settle()
  const { body } = await s.h.http('GET', `/api/v1/devices/${s.handsets[0]?.device}/timeline?limit=200`, { as: s.key })
  const switches = (body.items as { type: string; data: { from: string; to: string } }[])
    .filter(e => e.type === 'wake-channel.switched')
    .map(e => `${e.data.from} ${e.data.to}`)
  assert.deepEqual(switches.toReversed(), ['mqtt wait', 'wait poll', 'poll sms', 'sms mqtt'])
  for (const one of s.handsets) assert.equal((await shown(s, one)).pending, null)
})

test('negative control: without the ladder what nobody hears is lost, and without the journal orders are done twice', async t => {
  const { told } = await chain(t, 'ladder', ['text'])
  assert.ok(told.lost.length > 0, 'the story did not notice a ladder that is missing')
  const { told: forgetful } = await chain(t, 'journal', ['line'])
  assert.ok(forgetful.doubled.length > 0, 'the story did not notice a journal that is missing')
})

test('an order that one process queues wakes an agent that waits at another', async t => {
  const at = `mqtt://127.0.0.1:${await freePort()}`
  const h = await house(t, { MUSTER_MQTT_LISTEN: at, MUSTER_MQTT_URL: at })
  const other = await anotherProcess(h, t)
  const agents = givenAgents(h)
  const [waits, keeps] = [agents.agent(), agents.agent()]
  keeps.state.reach = { mqtt: true }
  for (const agent of [waits, keeps]) {
    await agent.enroll(await agents.agentInvitation())
    await agent.contact()
    await h.settle()
  }
  const { channels } = await keeps.contact()
  const broker = await push.startBroker(other.base, other.base.config.mqtt?.listen ?? [], null)
  t.after(() => broker.close())
  const line = listen(keeps, channels, {})
  t.after(() => line.close())
  await until('the line is open', () => line.listens().mqtt)
  const enrollment = waits.state.enrolled?.enrollment ?? ''
  const held = push.waitFor(other.base, { org: h.org, enrollment }, { signal: AbortSignal.timeout(60_000), ms: 60_000 })
  await until('one waits', () => push.waitingNow(other.base.secrets) === 1)
  for (const agent of [waits, keeps])
    await h.run(ctx => commands.send(ctx, { device: agent.state.enrolled?.device ?? '', kind: 'lock', args: {} }))
  const nonce = await held
  assert.ok(nonce)
  await waits.contact({ channel: 'wait', nonce })
  await until('it is locked', () => keeps.phone.locked)
  assert.deepEqual([waits.phone.done.length, keeps.phone.done.length, line.woken], [1, 1, ['mqtt']])
})
