import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { own } from './db.ts'
import { fixed } from './fixed.ts'
import { openSqlite } from './sqlite.ts'

interface Tables {
  kept: { id: string; n: number; why: string | null }
}

test('a fixed statement answers what the same statement of Kysely does, with the values of each call', async t => {
  const engine = openSqlite(':memory:', { synchronous: 'OFF' })
  t.after(() => engine.close())
  await engine.script(['CREATE TABLE kept (id TEXT PRIMARY KEY, n BIGINT, why TEXT)'])
  const put = fixed<Tables, { id: string; n: number; why: string | null }>()((from, v) =>
    from
      .insertInto('kept')
      .values({ id: v.id, n: v.n, why: v.why })
      .onConflict(c => c.column('id').doUpdateSet({ n: v.n, why: 'again' }))
      .returning('n'),
  )
  const over = fixed<Tables, { least: number }>()((from, v) =>
    from.selectFrom('kept').selectAll().where('n', '>', v.least).orderBy('id').limit(2),
  )
  const raised = fixed<Tables, { by: number }>()(
    (_from, v) => sql<{ id: string }>`UPDATE kept SET n = n + ${v.by} + ${v.by} WHERE id <> ${'b'} RETURNING id`,
  )
  await engine.transact(async tx => {
    assert.deepEqual(await put(tx, { id: 'a', n: 1, why: null }), [{ n: 1 }])
    assert.deepEqual(await put(tx, { id: 'a', n: 2, why: 'x' }), [{ n: 2 }])
    assert.deepEqual(await put(tx, { id: 'b', n: 3, why: "'; DROP TABLE kept; --" }), [{ n: 3 }])
    assert.deepEqual(await raised(tx, { by: 10 }), [{ id: 'a' }])
    for (const least of [0, 2, 22, 99]) {
      const plain = own<Tables>(tx).selectFrom('kept').selectAll().where('n', '>', least).orderBy('id').limit(2)
      assert.deepEqual(await over(tx, { least }), await plain.execute())
    }
    assert.equal((await over(tx, { least: 0 })).length, 2)
  })
})
