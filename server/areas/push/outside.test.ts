import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { VirtualAgent } from '@muster/simulator/agent/agent.ts'
import { type Fcm, refusal, startFcm } from '@muster/simulator/outside/fcm/fcm.ts'
import { startSmsGateway } from '@muster/simulator/outside/sms/gateway.ts'
import { everything } from '../../base/authority.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { type House, house } from '../../testing/house.ts'
import * as commands from '../commands/index.ts'
import * as store from './reach-store.ts'
import { sendSms } from './sms.ts'

const minute = 60_000

interface Scene {
  h: House
  fcm: Fcm
  key: string
  agent: VirtualAgent
  device: string
  enrollment: string
}

async function scene(t: TestContext): Promise<Scene & { sms: Awaited<ReturnType<typeof startSmsGateway>> }> {
  const fcm = await startFcm()
  const sms = await startSmsGateway()
  const folder = mkdtempSync(join(tmpdir(), 'muster-outside-'))
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, `${fcm.ca}\n${sms.ca}`)
  t.after(async () => {
    await Promise.all([fcm.close(), sms.close()])
    rmSync(folder, { recursive: true, force: true })
  })
  const h = await house(t, { MUSTER_FCM_URL: fcm.url, MUSTER_OUTSIDE_CA: ca })
  const agent = givenAgents(h).agent()
  agent.state.reach = {}
  await agent.enroll(await givenAgents(h).agentInvitation())
  await agent.contact()
  await h.settle()
  await agent.contact()
  const { key } = await h.given.admin({ role: 'owner' })
  const { device = '', enrollment = '' } = agent.state.enrolled ?? {}
  return { h, fcm, sms, key, agent, device, enrollment }
}

const lock = ({ h, device }: Scene) => h.run(ctx => commands.send(ctx, { device, kind: 'lock', args: {} }))

async function useFcm({ h, key, fcm }: Scene): Promise<void> {
  const body = { serviceAccount: fcm.serviceAccount }
  const answer = await h.http('PUT', '/api/v1/wake-channels/fcm', { as: key, body })
  assert.equal(answer.status, 200)
  assert.ok(!JSON.stringify(answer.body).includes('PRIVATE KEY'))
}

const channelsOf = async ({ h, key, device }: Scene) =>
  (await h.http('GET', `/api/v1/devices/${device}/channels`, { as: key })).body as {
    items: { channel: string; state: string; reason: string | null; last: { outcome: string } | null }[]
    pending: { channel: string | null } | null
  }

test('a wake goes out by the vendor’s service with nothing but its nonce, and the contact it causes is measured', async t => {
  const s = await scene(t)
  await useFcm(s)
  const nonces: string[] = []
  const phone = s.fcm.register(data => nonces.push(data['n'] ?? ''))
  s.agent.state.reach = { fcm: { token: phone.token } }
  await s.agent.contact()
  await lock(s)
  await s.h.settle()
  assert.deepEqual(
    s.fcm.taken.map(m => [Object.keys(m.data), m.android?.priority, m.android?.collapse_key]),
    [[['w', 'n'], 'HIGH', 'wake']],
  )
  assert.equal((await channelsOf(s)).pending?.channel, 'fcm')
  s.h.pass(700)
  await s.agent.contact({ channel: 'fcm', nonce: nonces[0] ?? '' })
  assert.equal(s.agent.phone.locked, true)
  assert.equal((await channelsOf(s)).pending, null)
  s.h.pass(minute + 1)
  await s.h.settle()
  const { body } = await s.h.http('GET', '/api/v1/wake-channels', { as: s.key })
  const shown = (body.items as { channel: string; state: string; latency: { p95Ms: number } }[])[1]
  assert.partialDeepStrictEqual(shown, { channel: 'fcm', state: 'ready', latency: { p95Ms: 1000 } })
})

test('a token that is dead is not tried again until the agent brings another; the wake goes on at once', async t => {
  const s = await scene(t)
  await useFcm(s)
  const phone = s.fcm.register()
  s.agent.state.reach = { fcm: { token: phone.token } }
  await s.agent.contact()
  phone.vanish()
  await lock(s)
  await s.h.settle()
  const shown = await channelsOf(s)
  assert.partialDeepStrictEqual(shown.items[0], { channel: 'fcm', state: 'dead', reason: 'UNREGISTERED' })
  assert.equal(shown.pending?.channel, 'poll')
  assert.ok((await s.h.events()).includes('wake-channel.address-died'))
  const fresh = s.fcm.register()
  s.agent.state.reach = { fcm: { token: fresh.token } }
  await s.agent.contact()
  await lock(s)
  await s.h.settle()
  assert.equal(s.fcm.taken.length, 1)
})

test('a service that is down is told after five minutes, and again when it is back; a quota is kept to', async t => {
  const s = await scene(t)
  await useFcm(s)
  s.agent.state.reach = { fcm: { token: s.fcm.register().token } }
  await s.agent.contact()
  const back = s.fcm.trouble({
    path: /messages:send/,
    say: { ...refusal(429, 'RESOURCE_EXHAUSTED', 'QUOTA_EXCEEDED'), headers: { 'retry-after': '60' } },
  })
  await lock(s)
  await s.h.settle()
  const asked = s.fcm.heard.length
  await s.agent.contact()
  await lock(s)
  await s.h.settle()
  // Within the time it asked for, nobody asks it.
  assert.equal(s.fcm.heard.length, asked)
  assert.equal((await channelsOf(s)).pending?.channel, 'poll')
  s.h.pass(5 * minute + 1)
  await s.h.settle()
  assert.equal((await s.h.events()).filter(e => e === 'wake-channel.failing').length, 1)
  back()
  s.h.pass(19 * minute)
  await s.h.settle()
  assert.equal(s.fcm.taken.length, 1)
  assert.ok((await s.h.events()).includes('wake-channel.recovered'))
})

test('a text message goes out only when nothing else was answered, spends the token, and keeps to its limits', async t => {
  const s = await scene(t)
  await useFcm(s)
  const body = { url: `${s.sms.url}/send`, authorization: s.sms.authorization, perDeviceDay: 1 }
  assert.equal((await s.h.http('PUT', '/api/v1/wake-channels/sms', { as: s.key, body })).status, 200)
  const sms = { number: '+46701234567', token: 'tok11chars1', expiresAt: s.h.now() + 60 * minute }
  s.agent.state.reach = { fcm: { token: s.fcm.register().token }, sms }
  await s.agent.contact()
  await lock(s)
  await s.h.settle()
  for (const channel of ['fcm', 'poll']) {
    assert.equal((await channelsOf(s)).pending?.channel, channel)
    assert.equal(s.sms.texts.length, 0)
    s.h.pass(minute + 1)
    await s.h.settle()
  }
  const call = await s.h.run(ctx => store.findCall(ctx, s.enrollment))
  assert.deepEqual(s.sms.texts, [{ to: '+46701234567', text: `tok11chars1 W1:${call?.nonce ?? ''}` }])
  await s.agent.contact({ channel: 'sms', nonce: call?.nonce ?? '' })
  assert.equal(s.agent.phone.locked, true)
  s.agent.state.reach = { ...s.agent.state.reach, sms: { ...sms, token: 'tok11chars2' } }
  await s.agent.contact()
  await lock(s)
  await s.h.settle()
  for (const _rung of ['fcm', 'poll']) {
    s.h.pass(minute + 1)
    await s.h.settle()
  }
  assert.equal(s.sms.texts.length, 1)
  const shown = await channelsOf(s)
  assert.equal(shown.pending?.channel, 'fcm')
  assert.equal(shown.items.find(i => i.channel === 'sms')?.last?.outcome, 'skipped')
  // What a device calls a token is a token, and not what its holder would have somebody read.
  const gateway = { url: `${s.sms.url}/send`, contentType: 'application/json', body: '{"to":"{to}","text":"{text}"}' }
  const send = (token: string) =>
    sendSms(
      s.h.base,
      { org: s.h.org, actor: { kind: 'system', id: null, what: 'test' }, authority: everything },
      {
        ...{ enrollment: s.enrollment, nonce: 'n', address: JSON.stringify({ number: sms.number, token }) },
        ...{ settings: JSON.stringify(gateway), secret: JSON.stringify({ authorization: s.sms.authorization }) },
      },
    )
  for (const token of ['You won: evil.example/x', '$`$&', '']) assert.equal((await send(token)).kind, 'dead', token)
  assert.equal(s.sms.texts.length, 1)
  assert.equal((await send('a+b/c=_-123')).kind, 'spent', 'control')
})

test('a file that is no key of a service account is refused', async t => {
  const s = await scene(t)
  const refused = await s.h.http('PUT', '/api/v1/wake-channels/fcm', { as: s.key, body: { serviceAccount: '{}' } })
  assert.partialDeepStrictEqual([refused.status, refused.body.code], [422, 'wake-channel.credential'])
})
