import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { house } from '../testing/house.ts'
import { enqueue, withdraw, type JobKind, jobName } from './jobs.ts'
import { startJobs } from './worker.ts'

const name = jobName<{ n: number }>('test.done')

async function workers(t: TestContext, count: number, run: JobKind<{ n: number }>['run']) {
  const h = await house(t)
  await h.server.worker.stop()
  const started = Array.from({ length: count }, () =>
    startJobs(h.base, [{ name, run, attempts: 3 }], { pollMs: null, concurrency: 4 }),
  )
  t.after(() => Promise.all(started.map(w => w.stop())))
  const settle = async (): Promise<void> => void (await Promise.all(started.map(w => w.settle())))
  return { h, settle }
}

test('several workers on one database run each job once', async t => {
  const runs: number[] = []
  const { h, settle } = await workers(t, 3, async (_base, job) => {
    runs.push(job.payload.n)
    await new Promise(resolve => setTimeout(resolve, 2))
    return undefined
  })
  await h.run(async ctx => {
    for (let n = 0; n < 40; n += 1) await enqueue(ctx, name, { n })
  })
  await settle()
  await settle()
  assert.deepEqual(
    runs.sort((a, b) => a - b),
    Array.from({ length: 40 }, (_, n) => n),
  )
})

test('a refused transaction leaves no job', async t => {
  const runs: number[] = []
  const { h, settle } = await workers(t, 1, async (_base, job) => {
    runs.push(job.payload.n)
    return undefined
  })
  await assert.rejects(
    h.run(async ctx => {
      await enqueue(ctx, name, { n: 1 })
      throw new Error('no')
    }),
  )
  await settle()
  assert.deepEqual(runs, [])
})

test('a job that is taken back before it began is not done, and one that is being done ends as it would', async t => {
  const runs: number[] = []
  let meanwhile: (() => Promise<void>) | null = null
  const { h, settle } = await workers(t, 1, async (_base, job) => {
    runs.push(job.payload.n)
    await meanwhile?.()
    return undefined
  })
  await h.run(async ctx => {
    await enqueue(ctx, name, { n: 1 }, { dedupe: 'one' })
    await enqueue(ctx, name, { n: 2 }, { dedupe: 'two' })
    await withdraw(ctx, name, 'one')
  })
  meanwhile = () => h.run(ctx => withdraw(ctx, name, 'two'))
  await settle()
  await settle()
  assert.deepEqual(runs, [2])
})

test('a job that is asked for again while it runs is run once more, and one that waits is not doubled', async t => {
  const runs: number[] = []
  let again: (() => Promise<void>) | null = null
  const { h, settle } = await workers(t, 1, async (_base, job) => {
    runs.push(job.payload.n)
    const ask = again
    again = null
    await ask?.()
    return undefined
  })
  again = () => h.run(ctx => enqueue(ctx, name, { n: 2 }, { dedupe: 'x' }))
  await h.run(async ctx => {
    await enqueue(ctx, name, { n: 1 }, { dedupe: 'x' })
    await enqueue(ctx, name, { n: 1 }, { dedupe: 'x' })
  })
  await settle()
  assert.deepEqual(runs, [1, 2])
})

test('a job that fails is tried again later and set aside in the end', async t => {
  const runs: number[] = []
  const { h, settle } = await workers(t, 1, async (_base, job) => {
    runs.push(job.attempt)
    throw new Error('outside')
  })
  await h.run(ctx => enqueue(ctx, name, { n: 1 }))
  for (let i = 0; i < 6; i += 1) {
    await settle()
    h.pass(3_600_000)
  }
  assert.deepEqual(runs, [1, 2, 3])
})

test('a worker that died leaves its job to another when the lease ends, and comes too late to finish it', async t => {
  let release: () => void = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  const runs: string[] = []
  const h = await house(t)
  await h.server.worker.stop()
  const kind = (who: string, wait: Promise<void>): JobKind<{ n: number }> => ({
    name,
    leaseMs: 1000,
    run: async () => {
      runs.push(who)
      await wait
      return who === 'slow' ? { againInMs: 0 } : undefined
    },
  })
  const slow = startJobs(h.base, [kind('slow', held)], { pollMs: null })
  await h.run(ctx => enqueue(ctx, name, { n: 1 }))
  while (runs.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
  h.pass(2000)
  const quick = startJobs(h.base, [kind('quick', Promise.resolve())], { pollMs: null })
  await quick.settle()
  release()
  await slow.settle()
  await quick.settle()
  assert.deepEqual(runs, ['slow', 'quick'])
  await slow.stop()
  await quick.stop()
})
