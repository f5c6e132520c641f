import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, run } from './run.ts'

/** Each of these must be found to be the fault of its own test, although nobody waits for it. */
const faulty = `
import { test } from 'node:test'
import { connect, createServer } from 'node:net'
const wait = ms => new Promise(resolve => setTimeout(resolve, ms))
const fail = word => { throw new Error(word) }
test('good before', () => wait(2))
test('timer', async () => { await wait(2); setTimeout(() => fail('by a timer'), 2); await wait(9000) })
test('promise', async () => { await wait(2); void wait(2).then(() => fail('by a promise')); await wait(9000) })
test('line', async () => {
  const server = createServer(line => line.on('data', () => fail('over a line')))
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  connect(server.address().port, '127.0.0.1').write('x')
  await wait(9000)
})
test('too late', () => void setTimeout(() => fail('after its end'), 10))
test('meanwhile', () => wait(50))
test('inner', t => t.test('one', async () => { setTimeout(() => fail('in a part'), 2); await wait(9000) }))
test('good after', () => wait(2))
`

test('what fails in tests is laid to the test that began it, and nothing that stays open keeps the runner', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-runner-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [bad, good, broken] = ['bad', 'good', 'broken'].map(name => join(folder, `${name}.test.mjs`))
  writeFileSync(bad ?? '', faulty)
  writeFileSync(
    good ?? '',
    `import { test } from 'node:test'; import { createServer } from 'node:net'
test('good', () => void createServer().listen(0))`,
  )
  writeFileSync(broken ?? '', `import 'node:nothing'`)
  const ran = (...files: (string | undefined)[]) =>
    run(process.execPath, [join(root, 'tools/runner.ts'), ...files.map(String)], { quiet: true, limitMs: 30_000 })

  const { code, output } = await ran(bad)
  assert.equal(code, 1)
  assert.deepEqual(output.match(/^(not )?ok \d+ - .*$/gm), [
    'ok 1 - good before',
    'not ok 2 - timer',
    'not ok 3 - promise',
    'not ok 4 - line',
    'ok 5 - too late',
    'ok 6 - meanwhile',
    'not ok 7 - inner',
    'ok 8 - good after',
  ])
  for (const word of ['by a timer', 'by a promise', 'over a line', 'in a part'])
    assert.match(output, new RegExp(`error: '${word}'`))
  assert.match(output, /^# Error: Test "too late" .*after its end/m)
  assert.match(output, /^# tests 9\n/m)

  assert.equal((await ran(good)).code, 0)
  const nothing = await ran(good, broken)
  assert.equal(nothing.code, 1)
  assert.match(nothing.output, /^not ok 2 - .*broken/m)
})
