import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import { takeShare } from './pace.ts'

test('several processes together ask no more of a project than one of them might', async t => {
  const h = await house(t)
  const { base } = h.server
  const processes = [base, { ...base }, { ...base }]
  /** How many requests are let through in a minute, when every process asks as often as it may. */
  const minute = async (projectOf: (n: number) => string): Promise<number> => {
    let through = 0
    for (let second = 0; second < 60; second += 1) {
      for (const [n, one] of processes.entries()) while ((await takeShare(one, projectOf(n))) === 0) through += 1
      h.pass(1000)
    }
    return through
  }
  const together = await minute(() => 'shared')
  assert.ok(together <= 600, `${together} in a minute, of which Google takes 600`)
  assert.ok(together > 500, `${together}: what there is is used`)
  const apart = await minute(n => `of-one-${n}`)
  assert.ok(apart > 1200, `${apart}: without a common share they ask too much`)
  const wait = await takeShare(base, 'shared')
  assert.ok(wait === 0 || wait <= 1000)
})
