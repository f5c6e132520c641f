import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everything } from '../../base/authority.ts'
import type { Scope } from '../../base/ctx.ts'
import type { Base } from '../../base/transact.ts'
import { type House, house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import { computeDirty } from './compute.ts'
import { desiredOfAll } from './desired-store.ts'
import { placeOf, putPlace } from '../../base/follow.ts'
import { dirty, dirtyAmong, mark } from './dirty-store.ts'
import { followLog } from './follow.ts'
import { statusOf } from './index.ts'

const scope = (h: House): Scope => ({
  org: h.org,
  actor: { kind: 'system', id: null, what: 'test' },
  authority: everything,
})
const forever = new AbortController().signal

class Killed extends Error {}

/** The base of a process that is killed before its n-th transaction commits: nothing of that one is kept, and nothing happens after. */
function killedAt(base: Base, n: number): Base {
  let left = n
  return {
    ...base,
    transact: (of, work) => {
      left -= 1
      if (left < 0) throw new Killed()
      if (left > 0) return base.transact(of, work)
      return base.transact(of, async ctx => {
        await work(ctx)
        throw new Killed()
      })
    },
  }
}

/** A house whose own loops do not follow: the test does it, step by step. */
async function still(t: Parameters<typeof house>[0], count: number) {
  const h = await house(t)
  const enrolled = []
  for (let i = 0; i < count; i += 1) enrolled.push(await h.given.enrolled())
  await h.settle()
  await h.server.worker.stop()
  return { h, enrolled }
}

async function lacking(h: House, enrolled: readonly { enrollment: string }[]): Promise<number> {
  let n = 0
  for (const { enrollment } of enrolled) if ((await h.run(ctx => statusOf(ctx, enrollment))).length === 0) n += 1
  return n
}

async function whole(base: Base, h: House): Promise<void> {
  await followLog(base, scope(h), forever)
  while ((await computeDirty(base, scope(h), forever)) > 0);
}

test('killed at any point between the event and the last row, the next process computes everyone', async t => {
  const { h, enrolled } = await still(t, 60)
  await h.given.assigned({ policies: [{ value: { camera: false } }] })
  await h.server.sealing.settle()
  let kills = 0
  for (let n = 1; n < 40; n += 1) {
    try {
      await whole(killedAt(h.base, n), h)
      break
    } catch (error) {
      assert.ok(error instanceof Killed)
      kills += 1
    }
  }
  assert.ok(kills > 3, `${kills} kills`)
  assert.equal(await lacking(h, enrolled), 0)
  const rows = await h.run(ctx =>
    desiredOfAll(
      ctx,
      enrolled.map(e => e.device.id),
    ),
  )
  assert.deepEqual(new Set([...rows.values()].map(r => r.generation)), new Set([1]))
  assert.deepEqual(await h.run(ctx => dirty(ctx, 10)), [])
})

test('negative control: with the place moved on before the devices are marked, a kill loses them', async t => {
  const { h, enrolled } = await still(t, 3)
  await h.given.assigned({ policies: [{ value: { camera: false } }] })
  await h.server.sealing.settle()
  const end = Number.MAX_SAFE_INTEGER
  const place = await h.run(ctx => placeOf(ctx, 'reconcile'))
  assert.ok(place !== null)
  await h.run(ctx => putPlace(ctx, 'reconcile', end))
  await whole(h.base, h)
  assert.equal(await lacking(h, enrolled), 3)
})

test('what was computed from an older state does not overwrite what was computed since', async t => {
  const { h, enrolled } = await still(t, 1)
  const [one] = enrolled
  assert.ok(one)
  const [a, b] = [await h.given.unit(), await h.given.unit()]
  await h.given.assigned({ unit: a.id, policies: [{ kind: 'test.network', value: { ssid: 'A' } }] })
  await h.given.assigned({ unit: b.id, policies: [{ kind: 'test.network', value: { ssid: 'B' } }] })
  await h.run(ctx => devices.change(ctx, one.device.id, { unit: a.id }))
  await h.server.sealing.settle()
  await followLog(h.base, scope(h), forever)
  // Between what the slow process reads and what it writes, the device moves on and another process computes it.
  const slow: Base = {
    ...h.base,
    transact: async (of, work) => {
      await h.run(ctx => devices.change(ctx, one.device.id, { unit: b.id }))
      await h.run(ctx => mark(ctx, [one.device.id]))
      await computeDirty(h.base, scope(h), forever)
      return h.base.transact(of, work)
    },
  }
  await computeDirty(slow, scope(h), forever)
  const names = async () => (await h.run(ctx => statusOf(ctx, one.enrollment))).map(i => i.item)
  assert.deepEqual(await names(), ['test.network#B'])
})

test('a device that is marked while it is computed is computed again', async t => {
  const { h, enrolled } = await still(t, 1)
  const [one] = enrolled
  assert.ok(one)
  await h.run(ctx => mark(ctx, [one.device.id]))
  const busy: Base = {
    ...h.base,
    transact: async (of, work) => {
      await h.run(ctx => mark(ctx, [one.device.id]))
      return h.base.transact(of, work)
    },
  }
  await computeDirty(busy, scope(h), forever)
  assert.equal((await h.run(ctx => dirtyAmong(ctx, [one.device.id]))).length, 1)
  await computeDirty(h.base, scope(h), forever)
  assert.deepEqual(await h.run(ctx => dirtyAmong(ctx, [one.device.id])), [])
})

test('a change marks the devices it can touch and no others', async t => {
  const { h } = await still(t, 2)
  const unit = await h.given.unit()
  const inside = await h.given.enrolled({ unit: unit.id, tags: ['kiosk'] })
  const plain = await h.given.enrolled({ unit: unit.id })
  await h.server.sealing.settle()
  await whole(h.base, h)
  const marked = async (): Promise<string[]> => {
    await h.server.sealing.settle()
    await followLog(h.base, scope(h), forever)
    const found = (await h.run(ctx => dirty(ctx, 100))).map(d => d.device).sort()
    while ((await computeDirty(h.base, scope(h), forever)) > 0);
    return found
  }
  await h.given.assigned({ unit: unit.id, scope: { include: { tags: ['kiosk'] } } })
  assert.deepEqual(await marked(), [inside.device.id])
  await h.given.assigned({ unit: unit.id, scope: { conditions: { platforms: ['macos'] } } })
  assert.deepEqual(await marked(), [])
  await h.run(ctx => devices.change(ctx, plain.device.id, { tags: ['kiosk'] }))
  assert.deepEqual(await marked(), [plain.device.id])
})
