import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { VirtualAgent } from '@muster/simulator/agent/agent.ts'
import { type Smsc, startSmsc } from '@muster/simulator/outside/smsc/smsc.ts'
import { type PushService, startPushService } from '@muster/simulator/outside/webpush/service.ts'
import { statuses } from '@muster/wire/smpp/pdu.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { type House, house } from '../../testing/house.ts'
import * as commands from '../commands/index.ts'
import * as push from './index.ts'
import { mayAsk } from './webpush.ts'
import { until } from '../../../tools/until.ts'

const minute = 60_000
const number = '+46701234567'

interface Scene {
  h: House
  key: string
  agent: VirtualAgent
  device: string
  enrollment: string
  service: PushService
  smsc: Smsc
}

async function scene(t: TestContext): Promise<Scene> {
  const [service, smsc] = [await startPushService(), await startSmsc({ tls: true })]
  const folder = mkdtempSync(join(tmpdir(), 'muster-further-'))
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, `${service.ca}\n${smsc.ca}`)
  const h = await house(t, { MUSTER_OUTSIDE_CA: ca })
  t.after(async () => {
    push.closeLines(h.base.secrets)
    await Promise.all([service.close(), smsc.close()])
    rmSync(folder, { recursive: true, force: true })
  })
  const agent = givenAgents(h).agent()
  agent.state.reach = {}
  await agent.enroll(await givenAgents(h).agentInvitation())
  await agent.contact()
  await h.settle()
  const { key } = await h.given.admin({ role: 'owner' })
  const { device = '', enrollment = '' } = agent.state.enrolled ?? {}
  return { h, key, agent, device, enrollment, service, smsc }
}

const lock = ({ h, device }: Scene) => h.run(ctx => commands.send(ctx, { device, kind: 'lock', args: {} }))

const put = async ({ h, key }: Scene, channel: string, body: object) => {
  const answer = await h.http('PUT', `/api/v1/wake-channels/${channel}`, { as: key, body })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer
}

const shown = async ({ h, key, device }: Scene) =>
  (await h.http('GET', `/api/v1/devices/${device}/channels`, { as: key })).body as {
    items: { channel: string; state: string; reason: string | null; last: { outcome: string; reason: string } | null }[]
    pending: { channel: string | null } | null
  }

const of = async (s: Scene, channel: string) => (await shown(s)).items.find(i => i.channel === channel)

/** What is asked waits until the text message is due. */
async function wanted(s: Scene): Promise<void> {
  await lock(s)
  await s.h.settle()
  s.h.pass(minute + 1)
  await s.h.settle()
}

test('a push goes encrypted to the service the agent named, if an admin allows it; one that is gone is not asked again, and a service that asks for time gets it', async t => {
  const s = await scene(t)
  const host = new URL(s.service.url).host
  const contact = 'mailto:it@havsten.example'
  await put(s, 'webpush', { contact, hosts: [host] })
  const told = (await s.agent.contact()).channels.webpush?.key ?? ''
  // Agents registered with this key: changing the rest keeps it.
  await put(s, 'webpush', { contact, hosts: [host, '*.push.example'] })
  assert.equal((await s.agent.contact()).channels.webpush?.key, told)
  const nonces: string[] = []
  const phone = s.service.register(told, text => nonces.push((JSON.parse(text) as { n: string }).n))
  const { endpoint, p256dh, auth } = phone
  s.agent.state.reach = { webpush: { endpoint, p256dh, auth } }
  await s.agent.contact()
  await lock(s)
  await s.h.settle()
  assert.deepEqual(
    s.service.pushed.map(p => [Object.keys(JSON.parse(p.text) as object), p.urgency, p.topic]),
    [[['w', 'n'], 'high', 'wake']],
  )
  await s.agent.contact({ channel: 'webpush', nonce: nonces[0] ?? '' })
  assert.equal(s.agent.phone.locked, true)
  assert.equal((await of(s, 'webpush'))?.last?.outcome, 'answered')
  const back = s.service.trouble({ say: { status: 429, headers: { 'retry-after': '120' } } })
  await lock(s)
  await s.h.settle()
  back()
  await s.agent.contact()
  const asked = s.service.heard.length
  s.h.pass(minute)
  await lock(s)
  await s.h.settle()
  assert.equal(s.service.heard.length, asked)
  await s.agent.contact()
  s.h.pass(2 * minute)
  phone.vanish()
  await lock(s)
  await s.h.settle()
  assert.partialDeepStrictEqual(await of(s, 'webpush'), { state: 'dead', reason: '410' })
  await s.agent.contact()
  s.agent.state.reach = { webpush: { endpoint: 'https://169.254.169.254/latest', p256dh, auth } }
  await s.agent.contact()
  await lock(s)
  await s.h.settle()
  assert.deepEqual((await of(s, 'webpush'))?.last?.reason, 'host-not-allowed')
})

test('a device does not choose whom the server asks', () => {
  const hosts = ['ntfy.sh', '*.push.services.mozilla.com', 'push.havsten.example:8443']
  const allowed = [
    'https://ntfy.sh/up1',
    'https://updates.push.services.mozilla.com/x',
    'https://push.havsten.example:8443/1',
  ]
  for (const endpoint of allowed) assert.ok(mayAsk(endpoint, hosts), endpoint)
  for (const endpoint of [
    'http://ntfy.sh/up1',
    'https://ntfy.sh:8443/up1',
    'https://ntfy.sh@127.0.0.1/',
    'https://user:secret@ntfy.sh/',
    'https://evil-push.services.mozilla.com.example/',
    'https://push.services.mozilla.com/x',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://push.havsten.example/1',
    'file:///etc/passwd',
    'no address',
  ])
    assert.ok(!mayAsk(endpoint, hosts), endpoint)
})

test('a center takes texts and bytes to a port over TLS, is left alone when it throttles or is cut, and its receipt ends the wait', async t => {
  const s = await scene(t)
  const { smsc, agent } = s
  const center = {
    host: '127.0.0.1',
    port: smsc.port,
    tls: true,
    systemId: 'muster',
    sender: 'Havsten',
    perDeviceDay: 9,
  }
  const { body } = await put(s, 'smpp', { ...center, password: smsc.password })
  assert.ok(!JSON.stringify(body).includes(smsc.password))
  agent.state.reach = { sms: { number, token: 'tok11chars1', expiresAt: null } }
  await agent.contact()
  await wanted(s)
  const [first] = smsc.taken
  const [, nonce = ''] = /^tok11chars1 W1:(\S+)$/.exec(first?.text ?? '') ?? []
  assert.partialDeepStrictEqual(first, { from: 'Havsten', to: number, data: null })
  await agent.contact({ channel: 'sms', nonce })
  assert.equal(agent.phone.locked, true)
  // The password stays when the rest changes; bytes to a port need no token.
  await put(s, 'smpp', { ...center, form: 'data', dataPort: 16_001 })
  agent.state.reach = { sms: { number, token: null, expiresAt: null } }
  await agent.contact()
  smsc.trouble = { refuse: statuses.throttled }
  await wanted(s)
  assert.partialDeepStrictEqual((await of(s, 'sms'))?.last, { outcome: 'later', reason: '0x58' })
  await agent.contact()
  smsc.trouble = { cut: true }
  s.h.pass(minute)
  await wanted(s)
  assert.equal((await of(s, 'sms'))?.last?.outcome, 'later')
  await agent.contact()
  smsc.trouble = {}
  smsc.receipts = 'UNDELIV'
  await wanted(s)
  assert.equal(smsc.taken.length, 2)
  assert.partialDeepStrictEqual(smsc.taken[1]?.data, { port: 16_001 })
  await until('its receipt is taken in', async () => (await of(s, 'sms'))?.last?.reason === 'UNDELIV')
  await s.h.settle()
  assert.partialDeepStrictEqual((await of(s, 'sms'))?.last, { outcome: 'rejected', reason: 'UNDELIV' })
  assert.notEqual((await shown(s)).pending?.channel, 'sms')
  // Another host does not get the password of the first.
  await put(s, 'smpp', { ...center, form: 'data', host: 'localhost' })
  await agent.contact()
  await wanted(s)
  assert.partialDeepStrictEqual((await of(s, 'sms'))?.last, { outcome: 'rejected', reason: 'bind: 0xe' })
})
