import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as roster from '../../../areas/roster/index.ts'
import { everything } from '../../../base/authority.ts'
import { own } from '../../../base/db.ts'
import { startJobs } from '../../../base/worker.ts'
import type { House } from '../../../testing/house.ts'
import { promised } from '../../../testing/promised.ts'
import { jobs } from '../../../main.ts'
import { workJob } from './work.ts'
import { until } from '../../../../tools/until.ts'

const minute = 60_000
const serials = (n: number) => Array.from({ length: n }, (_, i) => `WX${String(i).padStart(5, '0')}`)

/** The worker, run by hand as a process of its own would run it. */
const workerOf = (h: House, program: string) => () =>
  workJob.run(h.base, {
    org: h.org,
    id: 'job_by_hand',
    payload: { program },
    attempt: 1,
    signal: AbortSignal.timeout(60_000),
    scope: { org: h.org, actor: { kind: 'system', id: null, what: 'test' }, authority: everything },
  })

test('two server processes never work one token at once; without the turn they would', async t => {
  const { h, ade, program, shown } = await promised(t)
  const { id } = await program({ serials: serials(30) })
  const other = startJobs({ ...h.base, secrets: { ...h.base.secrets } }, jobs, { pollMs: null })
  t.after(() => other.stop())
  ade.trouble({ delayMs: 30 })
  const one = workerOf(h, id)
  // As two processes whose job was handed to both, which a lease that ended too early can bring about.
  const answers = await Promise.all([one(), one(), one()])
  assert.equal(
    answers.filter(a => a !== undefined && a.againInMs === minute).length,
    2,
    'two of three found the turn taken',
  )
  assert.equal(ade.logins, 1)
  // The workers of both servers, as they run.
  h.pass(20 * minute)
  await Promise.all([h.server.worker.settle(), other.settle()])
  assert.equal(ade.logins, 2)
  assert.equal((await shown(id)).state, 'good')

  // Negative control: with the turn taken away while one speaks, the other speaks too.
  const before = ade.heard.length
  await Promise.all([
    one(),
    (async () => {
      await until('the first has begun to speak', () => ade.heard.length > before)
      await h.run(ctx =>
        own<{ programs: { id: string; worker: null } }>(ctx.tx)
          .updateTable('programs')
          .set({ worker: null })
          .where('id', '=', id)
          .execute(),
      )
      await one()
    })(),
  ])
  assert.ok(ade.logins >= 4, 'the test would notice two at once')
})

test('a worker that lost its turn writes nothing more, and the page it had comes again', async t => {
  const { h, ade, program, shown, work } = await promised(t)
  const { id } = await program({ serials: serials(3) })
  const fence = await h.run(ctx => roster.takeTurn(ctx, id, 'slow', 5 * minute))
  assert.notEqual(fence, null)
  assert.equal(await h.run(ctx => roster.takeTurn(ctx, id, 'quick', 5 * minute)), null)
  await h.run(ctx => roster.keepTurn(ctx, id, fence ?? 0, 5 * minute))
  await work()
  assert.equal((await shown(id)).counts.promised, 0, 'the worker waits for the turn')
  h.pass(6 * minute)
  await work()
  assert.equal((await shown(id)).counts.promised, 3)
  await assert.rejects(
    h.run(async ctx => {
      const found = await roster.program(ctx, id)
      if (found) await roster.noteGone(ctx, found, ['WX00000'])
      await roster.keepTurn(ctx, id, fence ?? 0, 5 * minute)
    }),
    roster.TurnLost,
  )
  assert.equal((await shown(id)).counts.promised, 3)
  assert.equal(ade.logins, 1)
})

test('a process that dies between a page and the next loses neither page nor cursor', async t => {
  const { h, ade, program, shown, work } = await promised(t)
  const { id } = await program({ serials: serials(2500) })
  // The line breaks after the second page was answered and before it was heard.
  ade.trouble({ path: /^\/server\/devices/, cut: 'after', after: 1, times: 1 })
  await work()
  const pages = ade.heard.filter(r => r.path === '/server/devices').length
  assert.equal(pages, 2, 'it ends with the page that broke off')
  h.pass(2 * minute)
  await work()
  h.pass(20 * minute)
  await work()
  assert.partialDeepStrictEqual(await shown(id), { state: 'good', counts: { promised: 2500, gone: 0 } })
})

test('a program that is removed stops its worker, and what it promised is forgotten; enrolled devices are not its own', async t => {
  const { h, ade, key, program, work } = await promised(t)
  const { id } = await program({ serials: serials(700) })
  await work()
  assert.equal((await h.http('DELETE', `/api/v1/programs/${id}`, { as: key })).status, 204)
  const asked = ade.heard.length
  await work()
  h.pass(60 * minute)
  await work()
  assert.equal(ade.heard.length, asked)
  assert.equal((await h.http('GET', '/api/v1/roster', { as: key })).body.items.length, 0)
  const left = await h.run(ctx => ctx.tx.selectFrom('ade_keys').selectAll().execute())
  assert.deepEqual(left, [])
})
