import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { listen } from '@muster/simulator/agent/line.ts'
import { connectAsync } from 'mqtt'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'
import * as commands from '../commands/index.ts'
import * as push from './index.ts'
import { freePort } from '../../../tools/ports.ts'
import { until } from '../../../tools/until.ts'

const program = '/usr/sbin/mosquitto'
const skip = existsSync(program) ? false : 'Debian’s mosquitto is not installed'
const guide = readFileSync(new URL('../../../docs/guides/wake.md', import.meta.url), 'utf8')

/** A file as the guide prints it, under its name. */
function printed(name: string): string {
  const [, text] = new RegExp(`\`${name}\`:\\n+\`\`\`\\n([\\s\\S]*?)\`\`\``).exec(guide) ?? []
  assert.ok(text, `the guide prints no ${name}`)
  return text
}

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

interface Broker {
  port: number
  stop(): Promise<void>
  start(): Promise<void>
}

/** The broker as the guide sets it up, but for where its files are and that it listens on loopback without TLS. */
async function broker(t: TestContext): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-mosquitto-'))
  const port = await freePort()
  for (const [user, password] of [
    ['muster', 'of the server'],
    ['agent', 'of agents'],
  ] as const) {
    const flags = user === 'muster' ? ['-b', '-c'] : ['-b']
    const made = spawnSync('/usr/bin/mosquitto_passwd', [...flags, join(folder, 'passwords'), user, password])
    assert.equal(made.status, 0, String(made.stderr))
  }
  writeFileSync(join(folder, 'acl'), printed('/etc/mosquitto/muster.acl'))
  const config = printed('/etc/mosquitto/conf.d/muster.conf')
    .replace(/^listener .*$/m, `listener ${port} 127.0.0.1`)
    .replace(/^(cafile|certfile|keyfile) .*\n/gm, '')
    .replaceAll('/etc/mosquitto/muster.passwords', join(folder, 'passwords'))
    .replaceAll('/etc/mosquitto/muster.acl', join(folder, 'acl'))
  // Started by root it would become another user, who could not read these.
  writeFileSync(join(folder, 'conf'), `${config}user root\n`)
  chmodSync(folder, 0o755)
  let child: ChildProcess | null = null
  const stop = async (): Promise<void> => {
    const one = child
    child = null
    if (one && one.exitCode === null) {
      one.kill('SIGKILL')
      await once(one, 'exit')
    }
  }
  const start = async (): Promise<void> => {
    child = spawn(program, ['-c', join(folder, 'conf')], { stdio: 'ignore' })
    await until('mosquitto listens', () => answers(port))
  }
  t.after(async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  })
  await start()
  return { port, stop, start }
}

test('a broker that is not ours, set up as the guide says, wakes agents, lets them say nothing, and is climbed past while it is down', {
  skip,
}, async t => {
  const outside = await broker(t)
  const at = `127.0.0.1:${outside.port}`
  const h = await house(t, {
    MUSTER_MQTT_BROKER: `mqtt://muster:of%20the%20server@${at}`,
    MUSTER_MQTT_AGENT: 'agent:of agents',
  })
  const setting = h.base.config.mqtt?.broker
  assert.ok(setting)
  const server = push.useBroker(h.base, setting)
  t.after(() => server.close())
  const agent = givenAgents(h).agent()
  agent.state.reach = { mqtt: true }
  await agent.enroll(await givenAgents(h).agentInvitation())
  await agent.contact()
  await h.settle()
  const { channels } = await agent.contact()
  const { url = '', topic = '', username = '', password = '' } = channels.mqtt ?? {}
  assert.deepEqual([url, username, password], [`mqtt://${at}`, 'agent', 'of agents'])
  const line = listen(agent, channels, { restMs: 20 })
  t.after(() => line.close())
  await until('server and agent are at the broker', () => server.connected() && line.listens().mqtt)
  const device = agent.state.enrolled?.device ?? ''
  const lock = () => h.run(ctx => commands.send(ctx, { device, kind: 'lock', args: {} }))
  const locks = () => agent.phone.done.filter(o => o.kind === 'lock').length
  await lock()
  const obeyed = async (count: number): Promise<void> => {
    await until('the order is done', () => locks() === count)
    // What is ordered now is not taken along by the call that tells of it.
    await line.idle()
  }
  await obeyed(1)
  assert.deepEqual(line.woken, ['mqtt'])

  // What an agent's account may: hear topics it can name. It may not say anything, and nobody comes in without a password.
  const own = { username, password, reconnectPeriod: 0, clientId: 'another' } as const
  await assert.rejects(connectAsync(url, { ...own, password: 'wrong' }))
  await assert.rejects(connectAsync(url, { reconnectPeriod: 0 }))
  const heard: string[] = []
  const curious = await connectAsync(url, own)
  t.after(() => curious.endAsync(true))
  curious.on('message', to => heard.push(to))
  await curious.subscribeAsync(['muster/#', '#', '$SYS/#'], { qos: 1 }).catch(() => undefined)
  await curious.publishAsync(topic, JSON.stringify({ w: 1, n: 'forged' }), { qos: 1 }).catch(() => undefined)
  await lock()
  await obeyed(2)
  // Whatever it was told until now is there: the broker answers in turn.
  await curious.unsubscribeAsync('none')
  assert.deepEqual(line.woken, ['mqtt', 'mqtt'])
  assert.deepEqual(heard, [])

  await outside.stop()
  await until('the server has noticed', () => !server.connected())
  await lock()
  h.pass(10_001)
  await h.settle()
  const { body } = await h.http('GET', `/api/v1/devices/${device}/channels`, {
    as: (await h.given.admin({ role: 'owner' })).key,
  })
  assert.equal(body.pending.channel, 'poll')
  await agent.contact()
  assert.equal(locks(), 3)
  await outside.start()
  await until('server and agent are back', () => server.connected() && line.listens().mqtt)
  await lock()
  await obeyed(4)
})
