import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { everything } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { newId } from '../../base/id.ts'
import { keyFor, openSecrets } from '../../base/secrets.ts'
import { joinBase } from '../../base/transact.ts'
import { startJobs, type Worker } from '../../base/worker.ts'
import { jobs } from '../../main.ts'
import type { GivenAdmin } from '../../testing/given-identity.ts'
import { type House, house } from '../../testing/house.ts'
import { join } from 'node:path'
import { admit, holdBatch } from './admit.ts'
import { approve, beginApproval } from './approval.ts'
import { carryOutBy } from './dispatch.ts'
import { cancelIntent, denyIntent, gathered } from './intent.ts'
import * as store from './intent-store.ts'
import { keepLooking } from './standing.ts'
import { findMark, putMark, putSpared } from './store.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** What may have happened by now, in the simplest words. */
interface Model {
  size: number
  /** Who signed what is there now, and when. */
  signed: Map<string, number>
  /** Everyone who is needed has agreed within an hour of each other. */
  agreedAt: number | null
  over: boolean
  spared: Set<string>
  /** How many had left at each look. */
  left: { at: number; n: number }[]
}

interface Real {
  h: House
  other: Worker
  intent: string
  devices: string[]
  people: { asker: GivenAdmin; able: GivenAdmin[] }
}

type Step = fc.AsyncCommand<Model, Real>
const step = (name: string, run: (m: Model, r: Real) => Promise<void>): Step => ({
  check: () => true,
  run: async (m, r) => {
    await run(m, r)
    await holds(m, r)
  },
  toString: () => name,
})

const refused = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    () => true,
  )
const rowOf = (r: Real): Promise<store.IntentRow | undefined> => r.h.run(ctx => store.findIntent(ctx, r.intent))
/** In one transaction, because the jobs go on meanwhile. */
const standingOf = (r: Real): Promise<{ row: store.IntentRow | undefined; did: number[] }> =>
  r.h.run(async ctx => {
    const did: number[] = []
    for (const device of r.devices) did.push((await findMark(ctx, `did ${device}`))?.value ?? 0)
    return { row: await store.findIntent(ctx, r.intent), did }
  })
const needs = (m: Model): number => (m.size > 10 ? 2 : 1)
const cools = (m: Model): number => (m.size > 25 ? 15 * minute : 0)

/** Whatever was tried: nothing left that was not agreed to, nothing twice, nothing too fast, nothing after the end, nothing that is spared. */
async function holds(m: Model, r: Real): Promise<void> {
  const { row, did } = await standingOf(r)
  assert.ok(row)
  const n = did.reduce((sum, one) => sum + one, 0)
  assert.ok(
    did.every(one => one <= 1),
    'nothing happens twice',
  )
  assert.ok(n === 0 || (m.agreedAt !== null && r.h.now() >= m.agreedAt + cools(m)), `${n} left without being agreed to`)
  const before = m.left.at(-1)?.n ?? 0
  assert.ok(!m.over || n === before, 'nothing leaves after the end')
  m.left.push({ at: r.h.now(), n })
  const hourAgo = m.left.findLast(l => l.at < r.h.now() - hour)?.n ?? 0
  assert.ok(n - hourAgo <= 5, `${n - hourAgo} in an hour`)
  for (const [at, device] of r.devices.entries()) assert.ok(did[at] === 0 || !m.spared.has(device), 'spared')
  assert.equal(row.sent, n)
  assert.equal((row.ended_at === null) === ['held', 'cooling', 'released'].includes(row.state), true)
  if (['denied', 'canceled', 'expired', 'done'].includes(row.state)) m.over = true
}

const sign = (who: number): Step =>
  step(`approve ${who}`, async (m, r) => {
    const by = who === 0 ? r.people.asker : r.people.able[who - 1]
    if (!by) return
    const row = await rowOf(r)
    const no = await refused(
      r.h.as(by.principal, async ctx => {
        const { options } = await beginApproval(ctx, r.intent)
        await approve(ctx, r.intent, by.authenticator.assert(options))
      }),
    )
    if (row?.state !== 'held' || who === 0) return assert.ok(no)
    // A deadline that has passed without anyone looking refuses as well.
    if (no) return assert.ok(r.h.now() >= row.expires_at)
    m.signed.set(by.id, r.h.now())
    const good = [...m.signed.values()].filter(at => r.h.now() - at <= hour)
    if (m.agreedAt === null && good.length >= needs(m)) m.agreedAt = r.h.now()
  })

const end = (how: 'deny' | 'cancel'): Step =>
  step(how, async (m, r) => {
    const [able] = r.people.able
    if (!able) return
    const state = (await rowOf(r))?.state ?? ''
    const work = (ctx: Ctx) => (how === 'deny' ? denyIntent(ctx, r.intent, 'No') : cancelIntent(ctx, r.intent, null))
    const no = await refused(r.h.as(able.principal, work))
    const may = how === 'deny' ? ['held', 'cooling'] : ['held', 'cooling', 'released']
    assert.equal(no, !may.includes(state))
    if (!no) m.over = true
  })

const pass = (ms: number): Step => step(`pass ${ms / minute} min`, async (_m, r) => r.h.pass(ms))

const settle = (which: 'one' | 'other' | 'both'): Step =>
  step(`look, ${which}`, async (_m, r) => {
    await r.h.run(ctx => keepLooking(ctx))
    const workers = { one: [r.h.server.worker], other: [r.other], both: [r.h.server.worker, r.other] }[which]
    await Promise.all(workers.map(w => w.settle()))
  })

/** The process ends in the middle of a page: everything it did in it is gone. */
const crash: Step = step('crash', async (_m, r) => {
  failing = 2
  await r.h.run(ctx => keepLooking(ctx))
  await r.h.server.worker.settle()
  failing = -1
})
let failing = -1 // after how many devices the carrier of the model breaks

const spare = (which: number): Step =>
  step(`spare ${which}`, async (m, r) => {
    const device = r.devices[which % r.devices.length] ?? ''
    // In one transaction: a job may send it between a look and the sparing.
    const did = await r.h.run(async ctx => {
      const before = await findMark(ctx, `did ${device}`)
      await putSpared(ctx, device, null)
      return before
    })
    if (!did) m.spared.add(device)
  })

test('whatever people, time, crashes and two processes do, nothing leaves that was not agreed to, and nothing twice', async t => {
  const h = await house(t)
  carryOutBy({
    model: {
      device: async (ctx, _permit, { device }) => {
        if (failing >= 0) {
          failing -= 1
          if (failing < 0) throw new Error('the process ends here')
        }
        await putMark(ctx, `did ${device}`, ((await findMark(ctx, `did ${device}`))?.value ?? 0) + 1, ctx.now)
        return 'sent'
      },
    },
  })
  const secrets = openSecrets(await keyFor(h.base.engine, join(h.base.config.data, 'secret.key')), h.base.clock.now)
  const { config, engine, clock, log, blobs } = h.base
  const other = startJobs(joinBase({ config, engine, clock, log, blobs, secrets }), jobs, { pollMs: null })
  t.after(() => other.stop())
  const any = [
    fc.nat(3).map(sign),
    fc.nat(3).map(sign),
    fc.constantFrom('one' as const, 'other' as const, 'both' as const).map(settle),
    fc.constantFrom('one' as const, 'both' as const).map(settle),
    fc.constantFrom('deny' as const, 'cancel' as const).map(end),
    fc.constantFrom(minute, 16 * minute, 30 * minute, 62 * minute, 25 * hour).map(pass),
    fc.constantFrom(16 * minute, 62 * minute).map(pass),
    fc.constant(crash),
    fc.nat(30).map(spare),
  ]
  const property = fc.asyncProperty(
    fc.constantFrom(6, 12, 30),
    fc.commands(any, { maxCommands: 20 }),
    async (size, steps) => {
      // Each run begins after the buckets of the one before are empty.
      h.pass(2 * day)
      const real = await begin(h, other, size)
      const model: Model = { size, signed: new Map(), agreedAt: null, over: false, spared: new Set(), left: [] }
      await fc.asyncModelRun(() => ({ model, real }), steps)
    },
  )
  await fc.assert(property, { numRuns: 40, seed: 20261127 })
})

/** A batch of so many devices that waits, and people who could agree to it. */
async function begin(h: House, other: Worker, size: number): Promise<Real> {
  const long = { passkey: true, heldForMs: 10 * day } as const
  const asker = await h.given.admin(long)
  const able = [await h.given.admin(long), await h.given.admin(long), await h.given.admin(long)]
  const batch = newId('batch')
  const devices = Array.from({ length: size }, () => String(newId('device')))
  const { id: unit, path: unitPath } = h.root
  await h.as({ ...asker.principal, authority: everything }, async ctx => {
    const of = { action: 'model.erase', impact: 'irreversible', expected: size, reason: null, unitPath } as const
    await holdBatch(ctx, batch, { ...of, detail: '' })
    await ctx.tx.updateTable('intents').set({ door: 'model' }).where('batch', '=', batch).execute()
    for (const id of devices) {
      const device = { id, name: id.slice(-6), unit, unitPath, tags: [] }
      await admit(ctx, { action: 'model.erase', door: 'model', impact: 'irreversible', device, batch })
    }
    await gathered(ctx, batch)
  })
  const row = await h.run(ctx => store.findOfBatch(ctx, batch))
  return { h, other, intent: row?.id ?? '', devices, people: { asker, able } }
}
