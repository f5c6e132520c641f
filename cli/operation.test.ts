import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '../tools/run.ts'
import { operations } from './operation.ts'

test('every operation has words of its own', () => {
  const words = operations().map(o => o.words)
  const twice = words.filter((w, i) => words.indexOf(w) !== i)
  assert.deepEqual(twice, [])
  for (const known of [
    'devices list',
    'devices get',
    'devices commands create',
    'invitations create',
    'commands cancel',
  ])
    assert.ok(words.includes(known), known)
})

test('flags become path, query and body; what is missing is named', async t => {
  const seen: { method: string | undefined; url: string | undefined; key: string | undefined; body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, key: request.headers.authorization, body })
      response.setHeader('content-type', 'application/json').end('{"id":"x"}')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as { port: number }
  const env = { MUSTER_API: `http://127.0.0.1:${port}`, MUSTER_API_KEY: 'mk_x' }
  const main = join(import.meta.dirname, 'main.ts')
  const done = await run(
    process.execPath,
    [main, 'devices', 'commands', 'create', '--id', 'dev_1', '--kind', 'lock', '--args', '{"message":"hi"}'],
    { env, quiet: true },
  )
  assert.equal(done.code, 0)
  await run(process.execPath, [main, 'devices', 'list', '--filter', 'platform:ios seen>14d'], { env, quiet: true })
  assert.deepEqual(seen, [
    {
      method: 'POST',
      url: '/api/v1/devices/dev_1/commands',
      key: 'Bearer mk_x',
      body: '{"kind":"lock","args":{"message":"hi"}}',
    },
    { method: 'GET', url: '/api/v1/devices?filter=platform%3Aios+seen%3E14d', key: 'Bearer mk_x', body: '' },
  ])
  const lacking = spawnSync(process.execPath, [main, 'devices', 'commands', 'create', '--kind', 'lock'], {
    encoding: 'utf8',
  })
  assert.equal(lacking.status, 2)
  assert.match(lacking.stderr, /--id is needed/)
})
