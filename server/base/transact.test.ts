import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { house } from '../testing/house.ts'
import { own } from './db.ts'
import { eventType, record } from './events.ts'
import { Problem } from './problem.ts'
import { verifySealed } from './seal.ts'

const noted = eventType('test.noted', { n: z.number() })
interface Tables {
  leases: { org: string; name: string; holder: string; held_until: number; fence: number }
}

test('concurrent transactions count without losing one, and a refused one leaves nothing', async t => {
  const h = await house(t)
  await h.run(async ctx => {
    await own<Tables>(ctx.tx)
      .insertInto('leases')
      .values({ org: h.org, name: 'n', holder: '', held_until: 0, fence: 0 })
      .execute()
  })
  const add = (refuse: boolean): Promise<void> =>
    h.run(async ctx => {
      const db = own<Tables>(ctx.tx)
      const row = await db
        .selectFrom('leases')
        .select('fence')
        .where('org', '=', h.org)
        .where('name', '=', 'n')
        .executeTakeFirstOrThrow()
      await db
        .updateTable('leases')
        .set({ fence: row.fence + 1 })
        .where('org', '=', h.org)
        .where('name', '=', 'n')
        .execute()
      if (refuse) throw new Problem('id.unknown')
    })
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => add(i % 3 === 0)))
  assert.equal(outcomes.filter(o => o.status === 'rejected').length, 20)
  const row = await h.run(ctx =>
    own<Tables>(ctx.tx).selectFrom('leases').select('fence').where('name', '=', 'n').executeTakeFirstOrThrow(),
  )
  assert.equal(row.fence, 40)
})

test('the log is sealed without gaps, drops what its allow-list does not name, and an altered entry is found', async t => {
  const h = await house(t)
  await Promise.all(
    Array.from({ length: 30 }, (_, n) => h.run(ctx => record(ctx, noted, null, { n, secret: 'x' } as { n: number }))),
  )
  await h.settle()
  assert.deepEqual(await h.run(verifySealed), { sealed: 30, brokenAt: null })
  await h.run(async ctx => {
    const db = own<{ events: { data: string; seq: number } }>(ctx.tx)
    const row = await db.selectFrom('events').select('data').where('seq', '=', 12).executeTakeFirstOrThrow()
    assert.deepEqual(Object.keys(JSON.parse(row.data) as object), ['n'])
    await db.updateTable('events').set({ data: '{"n":99}' }).where('seq', '=', 12).execute()
  })
  assert.deepEqual(await h.run(verifySealed), { sealed: 11, brokenAt: 12 })
})

test('a write that fails unseen refuses its own request alone, whoever shares its commit', async t => {
  const h = await house(t)
  const add = (name: string): Promise<unknown> =>
    h.run(ctx =>
      own<Tables>(ctx.tx)
        .insertInto('leases')
        .values({ org: h.org, name, holder: '', held_until: 0, fence: 0 })
        .execute(),
    )
  const names = ['a', 'b', 'a', 'c', 'b', 'd']
  const outcomes = await Promise.allSettled(names.map(add))
  assert.deepEqual(
    outcomes.map(o => o.status === 'fulfilled'),
    [true, true, false, true, false, true],
  )
  const rows = await h.run(ctx =>
    own<Tables>(ctx.tx)
      .selectFrom('leases')
      .select('name')
      .where('org', '=', h.org)
      .where('held_until', '=', 0)
      .execute(),
  )
  assert.deepEqual(rows.map(r => r.name).sort(), ['a', 'b', 'c', 'd'])
})
