import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Apns } from '@muster/simulator/outside/apns/apns.ts'
import { apnsFor, type Reached } from '../../testing/given-push.ts'
import { type House, house } from '../../testing/house.ts'
import { openApns } from './apns.ts'
import * as push from './index.ts'
import { until } from '../../../tools/until.ts'

const minute = 60_000

async function devices(h: House, apns: Apns, topic: string, count: number): Promise<Reached[]> {
  const all: Reached[] = []
  for (let n = 0; n < count; n += 1) all.push(await h.given.wakeAddress({ topic, apns }))
  return all
}

async function wakeAll(h: House, all: readonly Reached[]): Promise<void> {
  await Promise.all(all.map(one => h.run(ctx => push.wake(ctx, one))))
  await h.settle()
}

/** Lets the product's clock go on, a few seconds at a time, and its jobs with it. */
async function go(h: House, ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 5000) {
    h.pass(5000)
    await h.settle()
  }
  await new Promise(resolve => setTimeout(resolve, 20))
}

test('while the provider refuses connections nobody is lost, few connections are tried, and all go out once it is back', async t => {
  const { apns, environment } = await apnsFor(t)
  const h = await house(t, environment)
  const { topic } = await h.given.pushCertificate()
  const all = await devices(h, apns, topic, 60)
  apns.script.down(true)
  await wakeAll(h, all)
  await go(h, 20 * minute)
  assert.equal(apns.log.length, 0)
  assert.ok(
    (await Promise.all(all.map(d => h.run(ctx => push.stateOf(ctx, d.enrollment))))).every(s => s.state === 'ready'),
  )
  apns.script.down(false)
  await go(h, 2 * minute)
  assert.deepEqual(
    all.map(d => d.calls.length).filter(n => n === 0),
    [],
  )
  const told = (await h.events()).filter(e => /^(wake|push)\./.test(e))
  assert.deepEqual(told, ['push.failing', 'push.recovered'], 'told once, and once that it is over; no device is blamed')
})

test('503, 500, reset streams, cut connections and swallowed pushes lose no wake', async t => {
  const { apns, environment } = await apnsFor(t)
  const h = await house(t, environment)
  const { topic } = await h.given.pushCertificate()
  const all = await devices(h, apns, topic, 40)
  apns.script.plan({ kind: 'answer', status: 503, reason: 'ServiceUnavailable' }, { times: 3 })
  apns.script.plan({ kind: 'answer', status: 500, reason: 'InternalServerError' }, { after: 4, times: 2 })
  apns.script.plan({ kind: 'reset' }, { after: 8, times: 3 })
  apns.script.plan({ kind: 'cut' }, { after: 14 })
  apns.script.plan({ kind: 'swallow' }, { after: 16, times: 3 })
  apns.script.plan({ kind: 'refuse' }, { after: 20, times: 4 })
  apns.script.plan({ kind: 'duplicate', wakes: 3 }, { after: 26 })
  await wakeAll(h, all)
  await go(h, 10 * minute)
  assert.deepEqual(
    all.map(d => d.calls.length).filter(n => n === 0),
    [],
  )
})

test('after GOAWAY the pushes under way are answered and the next ones use a new connection', async t => {
  const { apns, environment } = await apnsFor(t)
  const h = await house(t, environment)
  const { topic } = await h.given.pushCertificate()
  const all = await devices(h, apns, topic, 30)
  apns.script.plan({ kind: 'goaway' }, { after: 5 })
  apns.script.plan({ kind: 'goaway' }, { after: 12 })
  await wakeAll(h, all)
  await go(h, 2 * minute)
  assert.deepEqual(
    all.map(d => d.calls.length).filter(n => n === 0),
    [],
  )
  await wakeAll(h, await devices(h, apns, topic, 5))
  assert.equal(apns.connections(), 1)
})

test('hundreds of pushes share one connection', async t => {
  const { apns, environment } = await apnsFor(t)
  const h = await house(t, environment)
  const { topic } = await h.given.pushCertificate()
  const all = await devices(h, apns, topic, 200)
  await wakeAll(h, all)
  await go(h, 5000)
  assert.equal(all.filter(d => d.calls.length === 1).length, 200)
  assert.equal(apns.connections(), 1)
})

test('a certificate the provider refuses is told once, stops the pushes, and a renewed one is used without a restart', async t => {
  const { apns, environment } = await apnsFor(t)
  const h = await house(t, environment)
  const { topic } = await h.given.pushCertificate()
  const all = await devices(h, apns, topic, 20)
  apns.script.plan({ kind: 'answer', status: 403, reason: 'BadCertificate' }, { times: Number.POSITIVE_INFINITY })
  await wakeAll(h, all)
  await go(h, 5 * minute)
  const seen = apns.log.length
  assert.ok(seen >= 1 && seen <= 20)
  assert.equal((await h.events()).filter(e => e === 'push-credential.refused').length, 1)
  assert.equal((await h.run(ctx => push.standing(ctx))).refused, 'BadCertificate')
  apns.script.clear()
  await h.given.pushCertificate({ topic })
  await h.settle()
  await go(h, 5000)
  assert.deepEqual(
    all.map(d => d.calls.length).filter(n => n === 0),
    [],
  )
  assert.equal((await h.run(ctx => push.standing(ctx))).refused, null)
})

test('a push that gets no answer, or only byte by byte, is given up in time and tried again', async t => {
  const { apns } = await apnsFor(t)
  const h = await house(t)
  const minted = await h.given.pushCertificate()
  const line = openApns({ url: apns.url, ca: apns.ca, cert: minted.certificate, key: minted.key, deadlineMs: 200 })
  t.after(() => line.close())
  const one = {
    token: new Uint8Array(32).fill(7),
    topic: minted.topic,
    magic: 'm',
    expiration: 0,
    priority: 10,
  } as const
  apns.register(one.token, () => undefined)
  apns.script.plan({ kind: 'stall' })
  assert.partialDeepStrictEqual(await line.push(one), { kind: 'later', reason: 'no answer in time', provider: true })
  apns.script.plan({ kind: 'trickle', status: 500, reason: 'InternalServerError', msPerByte: 50 })
  assert.partialDeepStrictEqual(await line.push(one), { kind: 'later' })
  // To connect anew may take a busy machine longer than the answer is given.
  await until('it is accepted', async () => (await line.push(one)).kind === 'accepted')
})

test('a provider with an untrusted certificate is an outage, not a verdict on devices', async t => {
  const { apns } = await apnsFor(t)
  const h = await house(t, { MUSTER_APNS_URL: apns.url })
  const { topic } = await h.given.pushCertificate()
  const all = await devices(h, apns, topic, 2)
  await wakeAll(h, all)
  const state = await h.run(ctx => push.stateOf(ctx, all[0]?.enrollment ?? ''))
  assert.partialDeepStrictEqual(state, { state: 'ready', lastPushedAt: null })
  assert.equal(apns.log.length, 0)
})

test('latencies from push to contact are counted in classes', async t => {
  const { apns, environment } = await apnsFor(t)
  const h = await house(t, environment)
  const { topic } = await h.given.pushCertificate()
  const all = await devices(h, apns, topic, 4)
  await wakeAll(h, all)
  for (const [index, wait] of [100, 500, 2000, 50_000].entries()) {
    h.pass(wait)
    await h.run(ctx => push.contacted(ctx, all[index]?.enrollment ?? ''))
  }
  await go(h, minute)
  const { histogram, p50Ms, p95Ms } = await h.run(ctx => push.latencies(ctx))
  assert.equal(
    histogram.reduce((sum, c) => sum + c.count, 0),
    4,
  )
  assert.deepEqual([p50Ms, p95Ms], [1000, 60_000])
  await go(h, minute)
  const again = await h.run(ctx => push.latencies(ctx))
  assert.equal(
    again.histogram.reduce((sum, c) => sum + c.count, 0),
    4,
  )
})
