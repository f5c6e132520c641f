import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { house } from '../server/testing/house.ts'
import { run } from '../tools/run.ts'

test('policies are explained and tested from the command line; the exit code tells how it came out', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const device = await h.given.device({ name: 'Front desk' })
  await h.given.assigned({ policies: [{ name: 'Base', value: { camera: false } }] })
  const away = { policies: [{ name: 'Macs' }], scope: { conditions: { platforms: ['macos'] } } }
  await h.given.assigned(away)
  const expect = { has: 'test.settings', key: 'camera', equals: false }
  const made = { name: 'No camera', unit: h.root.id, expect }
  await h.http('POST', '/api/v1/policy-tests', { as: key, body: made })
  const address = await h.server.http.listen({ host: '127.0.0.1', port: 0 })
  const muster = async (...args: string[]) => {
    const main = join(import.meta.dirname, 'policy.ts')
    const done = await run(process.execPath, [main, ...args, '--server', address], {
      env: { MUSTER_API_KEY: key },
      quiet: true,
    })
    return { code: done.code, said: done.output }
  }
  const passed = await muster('test')
  assert.deepEqual([passed.code, passed.said], [0, 'ok    No camera  (1 device)\n\n1 test passed.\n'])
  const why = await muster('explain', 'Front desk', 'test.settings', 'camera')
  assert.equal(why.code, 0, why.said)
  assert.match(why.said, /Front desk has test\.settings camera = false, because it is the only one that says so\./)
  assert.match(
    why.said,
    /= Base \(version 1\) says false; it comes with Blueprint \d+, assigned on Havsten, by unit Havsten/,
  )
  const not = await muster('why-not', device.id, 'Macs')
  assert.equal(not.code, 1)
  assert.match(
    not.said,
    /Macs does not reach Front desk:\n {2}Blueprint \d+ on Havsten: it is for macos, and this is ios/,
  )
  const asJson = await muster('why-not', String(device.serial), 'Base', '--json')
  assert.deepEqual([asJson.code, JSON.parse(asJson.said).why], [0, 'reached'])
  await h.given.assigned({ policies: [{ value: { other: 1 } }] })
  const worse = { ...made, name: 'No items', expect: { lacks: 'test.settings' } }
  await h.http('POST', '/api/v1/policy-tests', { as: key, body: worse })
  const failed = await muster('test')
  assert.equal(failed.code, 1)
  assert.match(failed.said, /FAIL {2}No items {2}\(1 of 1 device\)\n +Front desk: has test\.settings/)
  assert.equal((await muster('test', 'No camera')).code, 0)
  const unknown = await muster('explain', 'Nobody')
  assert.deepEqual([unknown.code, unknown.said], [2, 'There is no device called Nobody.\n'])
  assert.equal((await muster('explain')).code, 2)
  assert.equal((await muster()).code, 0)
  const gone = await run(
    process.execPath,
    [join(import.meta.dirname, 'policy.ts'), 'test', '--server', 'http://127.0.0.1:1'],
    { quiet: true },
  )
  assert.deepEqual([gone.code, gone.output.includes('does not answer')], [2, true])
})
