import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { request } from 'node:https'
import { test } from 'node:test'
import { toPem } from '@muster/wire/x509/pem.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as commands from '../../areas/commands/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as push from '../../areas/push/index.ts'
import { sleep } from '../../base/clock.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'
import { listening } from '../../testing/listening.ts'

test('an open request ends when the device is wanted, and the next one at once until it has called', async t => {
  const h = await house(t)
  const agent = await givenAgents(h).enrolledAgent()
  const device = agent.state.enrolled?.device ?? ''
  assert.equal(await agent.wait(30), null)
  const open = agent.wait(60_000)
  while (push.waitingNow(h.base.secrets) === 0) await sleep(5)
  await h.run(ctx => commands.send(ctx, { device, kind: 'lock', args: {} }))
  const nonce = await open
  assert.ok(nonce)
  // Its answer may have been lost: until the device calls, asking again says the same.
  assert.equal(await agent.wait(60_000), nonce)
  await agent.contact({ channel: 'wait', nonce })
  assert.equal(agent.phone.locked, true)
  assert.equal(await agent.wait(30), null)
  // A second request of the same device ends the first, and a stop of the server ends all.
  const first = agent.wait(60_000)
  while (push.waitingNow(h.base.secrets) === 0) await sleep(5)
  const second = agent.wait(60_000)
  assert.equal(await first, null)
  push.closeHub(h.base.secrets)
  assert.equal(await second, null)
})

test('an agent renews its key; the same request again answers the same, and the old key is soon nobody’s', async t => {
  const h = await house(t)
  const agent = await givenAgents(h).enrolledAgent()
  const { key, publicKey, enrolled } = agent.state
  const old = { key, publicKey, enrolled }
  // Also one that slept beyond the end of its certificate.
  h.pass(500 * 86_400_000)
  assert.partialDeepStrictEqual(await agent.contact(), { action: 'reauth', code: 'device.certificate-expired' })
  assert.equal((await agent.renew()).action, 'none')
  assert.notEqual(agent.state.enrolled?.certificate, enrolled?.certificate)
  assert.equal((await agent.contact()).action, 'none')
  const fresh = { ...agent.state }
  Object.assign(agent.state, old)
  h.pass(2 * 3_600_000)
  assert.partialDeepStrictEqual(await agent.contact(), { action: 'reauth', code: 'device.certificate-retired' })
  // Whoever has the old key alone gets nothing with it any more.
  assert.partialDeepStrictEqual(await agent.renew(), { code: 'device.certificate-retired' })
  Object.assign(agent.state, { key: fresh.key, publicKey: fresh.publicKey, enrolled: fresh.enrolled })
  assert.equal((await agent.contact()).action, 'none')
})

test('words that are repeated are refused, and a copy is noticed and not un-enrolled', async t => {
  const h = await house(t)
  const agent = await givenAgents(h).enrolledAgent()
  agent.state.count -= 2
  assert.partialDeepStrictEqual(await agent.contact(), { action: 'retry', code: 'agent.replayed' })
  assert.ok(!(await h.events()).includes('agent.cloned'))
  agent.state.count += 2
  assert.equal((await agent.contact()).action, 'none')
  // The same key and installation on another device: a backup that was put elsewhere.
  agent.state.count -= 3
  agent.phone.boot = randomUUID()
  assert.equal((await agent.contact()).action, 'none')
  assert.equal((await h.events()).filter(e => e === 'agent.cloned').length, 1)
})

test('where TLS carries the pinned certificate no proof is needed, and another certificate is nobody', async t => {
  const h = await listening(t)
  const agent = await givenAgents(h).enrolledAgent()
  const { key, enrolled } = agent.state
  const certificate = await h.run(async ctx => {
    const pinned = await enrollment.pinned(ctx, enrolled?.enrollment ?? '')
    return pinned === null ? null : certificates.find(ctx, pinned)
  })
  const ask = (client: { cert?: string; key?: string }): Promise<{ action?: string; code?: string }> =>
    new Promise((resolve, reject) => {
      const out = request(`${h.url}/agent/v1/wait?hold=10`, { rejectUnauthorized: false, ...client }, answer => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          resolve(text === '' ? { action: String(answer.statusCode) } : JSON.parse(text))
        })
      })
      out.on('error', reject)
      out.end()
    })
  const pem = toPem('CERTIFICATE', certificate?.der ?? new Uint8Array())
  const own = { cert: pem, key: key.export({ format: 'pem', type: 'pkcs8' }).toString() }
  assert.deepEqual(await ask(own), { action: '204' })
  assert.partialDeepStrictEqual(await ask({}), { action: 'retry', code: 'device.proof-missing' })
})
