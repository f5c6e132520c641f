import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { mayOpenDatabase } from './reach.ts'
import { root } from './run.ts'

test('a test that could open a database runs on both, and one that cannot on one', () => {
  for (const path of ['server/routes.test.ts', 'server/base/storage.test.ts', 'bench/together/together.test.ts'])
    assert.ok(mayOpenDatabase(path), path)
  assert.ok(mayOpenDatabase('server/nothing.test.ts'), 'what is not found is not passed over')
  assert.ok(!mayOpenDatabase('server/base/zone.test.ts'))

  const all = globSync('{server,simulator,bench/together}/**/*.test.ts', {
    cwd: root,
    exclude: p => p.includes('node_modules'),
  })
  const once = all.filter(path => !mayOpenDatabase(path))
  assert.ok(once.length > 5 && once.length < all.length / 4, `${once.length} of ${all.length}`)
  // Asked of their own text, in another way than by what they import.
  for (const path of once)
    assert.doesNotMatch(
      readFileSync(join(root, path), 'utf8'),
      /testing\/house|freshGround|base\/(?:postgres|sqlite)|server\/main|TEST_DB/,
      path,
    )
})
