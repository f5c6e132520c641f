import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Id } from '../../base/id.ts'
import { type House, house } from '../../testing/house.ts'
import { takeGuardOff } from '../guard/off.ts'
import * as commands from './index.ts'

type State = 'queued' | 'sent' | 'done' | 'failed' | 'canceled'

/** What the queue should do, in the simplest words. */
interface Model {
  list: { id: string; urgent: boolean; state: State; deferredAt: number | null; offers: number }[]
  /** The command in the hands of the device, which it has not answered. */
  hand: string | null
}

/** The system under test: one device and what it holds. */
interface Real {
  h: House
  device: string
  channel: { enrollment: Id<'enrollment'>; account: '' }
  answers: { uuid: string; status: 'done' | 'failed' | 'deferred' }[]
  uuids: Map<string, string>
}

const open = (m: Model) => m.list.filter(c => c.state === 'queued' || c.state === 'sent')

/** Urgent ones first; among equals the deferred ones first, longest deferred first; then in the order they were sent in. */
function expected(m: Model, after: 'contact' | 'answer' | 'deferral', now: number): string | null {
  const allowed = open(m).filter(c => {
    if (c.deferredAt === null || after === 'contact') return true
    return now - c.deferredAt >= (after === 'answer' ? 60_000 : 3_600_000)
  })
  const rank = (c: Model['list'][number]): number[] => [
    c.urgent ? 0 : 1,
    c.deferredAt === null ? 1 : 0,
    c.deferredAt ?? 0,
    m.list.indexOf(c),
  ]
  const sorted = allowed.sort((a, b) => {
    const [x, y] = [rank(a), rank(b)]
    const place = x.findIndex((v, i) => v !== y[i])
    return place < 0 ? 0 : (x[place] ?? 0) - (y[place] ?? 0)
  })
  return sorted[0]?.id ?? null
}

async function handOut(m: Model, r: Real, after: 'contact' | 'answer' | 'deferral', lost: boolean): Promise<void> {
  const want = expected(m, after, r.h.now())
  const got = await r.h.run(ctx => commands.next(ctx, { ...r.channel, after }))
  assert.equal(got?.id ?? null, want, `after ${after}`)
  const offered = m.list.find(c => c.id === want)
  if (offered) {
    offered.state = 'sent'
    offered.offers += 1
    r.uuids.set(offered.id, got?.uuid ?? '')
  }
  m.hand = lost ? null : want
}

type Step = fc.AsyncCommand<Model, Real>

const step = (name: string, check: (m: Model) => boolean, run: (m: Model, r: Real) => Promise<void>): Step => ({
  check,
  run,
  toString: () => name,
})

const send = (urgent: boolean): Step =>
  step(
    `send${urgent ? ' urgent' : ''}`,
    m => open(m).length < 8,
    async (m, r) => {
      const priority = urgent ? 'high' : 'normal'
      const id = await r.h.run(ctx =>
        commands.send(ctx, { device: r.device, kind: 'restart', priority, expiresInMs: 300 * 24 * 3_600_000 }),
      )
      m.list.push({ id, urgent, state: 'queued', deferredAt: null, offers: 0 })
    },
  )

const idle = (lost: boolean): Step =>
  step(
    lost ? 'idle, reply lost' : 'idle',
    () => true,
    (m, r) => handOut(m, r, 'contact', lost),
  )

const answer = (status: 'done' | 'failed' | 'deferred', lost: boolean): Step =>
  step(
    `${status}${lost ? ', reply lost' : ''}`,
    m => m.hand !== null,
    async (m, r) => {
      const held = m.list.find(c => c.id === m.hand)
      const uuid = r.uuids.get(held?.id ?? '') ?? ''
      const outcome = await r.h.run(ctx => commands.answered(ctx, { ...r.channel, uuid, status }))
      r.answers.push({ uuid, status })
      const canceled = held?.state !== 'sent'
      assert.equal(outcome, canceled ? 'ignored' : status)
      if (held && !canceled) {
        if (status === 'deferred') Object.assign(held, { state: 'queued', deferredAt: r.h.now() })
        else held.state = status
      }
      await handOut(m, r, status === 'deferred' ? 'deferral' : 'answer', lost)
    },
  )

/** Repeats an old answer: it must change nothing unless its command is in the hands of the device again. */
const repeat = (back: number): Step =>
  step(
    `repeat answer ${back}`,
    () => true,
    async (m, r) => {
      const old = r.answers.at(-1 - (back % Math.max(1, r.answers.length)))
      const known = m.list.find(c => r.uuids.get(c.id) === old?.uuid)
      if (!old || (known && open(m).includes(known))) return
      const outcome = await r.h.run(ctx => commands.answered(ctx, { ...r.channel, ...old }))
      assert.equal(outcome, 'ignored')
    },
  )

const cancel = (which: number): Step =>
  step(
    `cancel ${which}`,
    m => open(m).length > 0,
    async (m, r) => {
      const one = open(m)[which % open(m).length]
      if (!one) return
      const outcome = await r.h
        .run(ctx => commands.cancel(ctx, one.id))
        .then(
          () => 'canceled',
          () => 'refused',
        )
      if (outcome === 'canceled') one.state = 'canceled'
      else assert.equal(one.state, 'sent')
    },
  )

const pass = (ms: number): Step =>
  step(
    `pass ${ms} ms`,
    () => true,
    async (_m, r) => {
      r.h.pass(ms)
    },
  )

test('whatever a device does, no command is lost, none is carried out twice, and their order holds', async t => {
  const h = await house(t)
  // How many may leave in what time is another question; here it is the order of the queue.
  takeGuardOff(h.base.secrets)
  const any = [
    fc.constant(send(false)),
    fc.constant(send(true)),
    fc.boolean().map(idle),
    fc
      .tuple(fc.constantFrom('done', 'failed', 'deferred', 'deferred' as const), fc.boolean())
      .map(([s, l]) => answer(s, l)),
    fc.nat(20).map(repeat),
    fc.nat(8).map(cancel),
    fc.constantFrom(1, 30_000, 61_000, 3_600_001).map(pass),
  ]
  const property = fc.asyncProperty(fc.commands(any, { maxCommands: 40 }), async steps => {
    const { device, enrollment } = await h.given.enrolled({ platform: 'macos', modelName: 'Mac mini' })
    const real: Real = {
      h,
      device: device.id,
      channel: { enrollment, account: '' },
      answers: [],
      uuids: new Map(),
    }
    const model: Model = { list: [], hand: null }
    await fc.asyncModelRun(() => ({ model, real }), steps)
    // In the end the device answers everything: nothing may be left, and nothing comes twice.
    for (let i = 0; i < 20 && open(model).length > 0; i += 1) {
      await handOut(model, real, 'contact', false)
      const held = model.list.find(c => c.id === model.hand)
      assert.ok(held, 'an open command is offered on contact')
      const uuid = real.uuids.get(held.id) ?? ''
      assert.equal(await h.run(ctx => commands.answered(ctx, { ...real.channel, uuid, status: 'done' })), 'done')
      held.state = 'done'
    }
    assert.equal(await h.run(ctx => commands.next(ctx, { ...real.channel, after: 'contact' })), null)
  })
  await fc.assert(property, { numRuns: 60, seed: 20261120 })
})
