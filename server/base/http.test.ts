import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { house } from '../testing/house.ts'
import { everything } from './authority.ts'
import { own } from './db.ts'
import { eventType, record } from './events.ts'
import { buildHttp, type Edge } from './http.ts'
import type { Id } from './id.ts'
import { Unavailable } from './problem.ts'
import { faultsOf, type Route, rawRoute, route } from './route.ts'

const noted = eventType('test.noted', { name: z.string() })
const write = route({
  method: 'POST',
  path: '/api/v1/notes',
  permission: 'devices:write',
  summary: 'Notes something.',
  body: z.object({ name: z.string().max(20) }),
  reply: z.object({ name: z.string() }),
  status: 201,
  run: async (ctx, { body }) => {
    await record(ctx, noted, null, body)
    return { ...body, secret: 'never leaves' } as { name: string }
  },
})
const fails = (path: string, error: () => Error): Route =>
  route({
    method: 'GET',
    path,
    permission: 'devices:read',
    summary: 'Fails.',
    reply: z.object({}),
    run: async () => {
      throw error()
    },
  })

const expecting = rawRoute({
  method: 'POST',
  path: '/in/:secret',
  plane: 'public',
  auth: 'none',
  permission: null,
  summary: 'Takes what is sent to an address that only its sender knows.',
  bodyLimit: 1_000_000,
  accepts: ['application/json'],
  expects: async (_base, { secret }) => secret === 'right',
  reply: ['text/plain'],
  serve: async () => ({ status: 200, type: 'text/plain', body: '' }),
})

async function served(t: TestContext) {
  const h = await house(t)
  const edge: Edge = {
    routes: [
      write,
      expecting,
      fails('/api/v1/bug', () => new Error('secret detail')),
      fails('/api/v1/down', () => new Unavailable('database')),
    ],
    authenticate: async (_base, { cookie, bearer }) =>
      (bearer ?? cookie) === 'good'
        ? { org: h.org, actor: { kind: 'key', id: 'key_1' as Id<'key'> }, authority: everything }
        : null,
  }
  const app = await buildHttp(h.base, edge)
  t.after(() => app.close())
  const send = async (
    headers: Record<string, string>,
    payload: unknown = { name: 'x' },
    url = '/api/v1/notes',
    method: 'GET' | 'POST' = 'POST',
  ) => {
    const answer = await app.inject({
      method,
      url,
      headers: { ...(method === 'POST' ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(method === 'POST' ? { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) } : {}),
    })
    return {
      status: answer.statusCode,
      body: answer.body === '' ? null : (JSON.parse(answer.body) as Record<string, unknown>),
      headers: answer.headers,
    }
  }
  return { h, app, send }
}

const key = { authorization: 'Bearer good' }

test('an answer holds what its schema names and nothing else', async t => {
  const { send } = await served(t)
  const { status, body } = await send(key)
  assert.deepEqual([status, body], [201, { name: 'x' }])
})

test('the same Idempotency-Key does once and answers the same; another request under it is refused', async t => {
  const { h, send } = await served(t)
  const first = await send({ ...key, 'idempotency-key': 'k1' })
  const again = await send({ ...key, 'idempotency-key': 'k1' })
  assert.deepEqual([first.status, again.status, again.body], [201, 201, first.body])
  assert.deepEqual(await h.events(), (await h.events()).filter(e => e !== 'test.noted').concat('test.noted'))
  const other = await send({ ...key, 'idempotency-key': 'k1' }, { name: 'y' })
  assert.deepEqual([other.status, other.body?.code], [409, 'request.replayed'])
  // Whoever reads the database could try every PIN against a hash of what was asked.
  const kept = await h.base.engine.read(tx =>
    own<{ answers: { request_hash: string } }>(tx).selectFrom('answers').select('request_hash').execute(),
  )
  assert.deepEqual(kept, [{ request_hash: '' }])
})

test('a body nested without end is refused, not a fault', async t => {
  const { send } = await served(t)
  for (const depth of [65, 100_000]) {
    const deep = `{"name":"[\\"[","x":${'['.repeat(depth)}${']'.repeat(depth)}}`
    const { status, body } = await send({ ...key, 'idempotency-key': `deep${depth}` }, deep)
    assert.deepEqual([status, body?.code], [400, 'request.malformed'])
  }
  const shallow = `{"name":"[{\\"[","x":${'['.repeat(63)}${']'.repeat(63)}}`
  assert.equal((await send(key, shallow)).status, 201)
})

test('a change by cookie must come from our own pages', async t => {
  const { send } = await served(t)
  const cookie = { cookie: '__Host-muster=good' }
  assert.equal((await send(cookie)).status, 403)
  assert.equal((await send({ ...cookie, 'sec-fetch-site': 'cross-site' })).status, 403)
  assert.equal((await send({ ...cookie, 'sec-fetch-site': 'same-site' })).status, 403)
  assert.equal((await send({ ...cookie, origin: 'https://evil.test' })).status, 403)
  assert.equal((await send({ ...cookie, 'sec-fetch-site': 'same-origin' })).status, 201)
  assert.equal((await send({ ...cookie, origin: 'https://muster.test' })).status, 201)
})

test('bad input is refused with the field that is wrong, a stranger before that', async t => {
  const { send } = await served(t)
  assert.equal((await send({}, 'not json')).status, 401)
  const long = await send(key, { name: 'x'.repeat(21) })
  assert.deepEqual(
    [long.status, long.body?.code, (long.body?.fields as { path: string }[] | undefined)?.[0]?.path],
    [400, 'request.malformed', 'body.name'],
  )
  assert.equal((await send(key, '{')).status, 400)
  assert.equal((await send({ ...key, 'content-type': 'text/plain' }, 'x')).status, 415)
  assert.equal((await send(key, { name: 'x'.repeat(2_000_000) })).status, 413)
  assert.equal((await send(key, {}, '/api/v1/nothing', 'GET')).body?.code, 'route.unknown')
})

test('a fault tells no detail, and the outside failing asks to come again', async t => {
  const { send } = await served(t)
  const bug = await send(key, {}, '/api/v1/bug', 'GET')
  assert.equal(bug.status, 500)
  assert.ok(!JSON.stringify(bug.body).includes('secret detail'))
  const down = await send(key, {}, '/api/v1/down', 'GET')
  assert.equal(down.status, 503)
  assert.ok(Number(down.headers['retry-after']) >= 1)
})

test('the server refuses to start when a route does not say all it must', async t => {
  const h = await house(t)
  const mute = { ...write, permission: undefined, path: '/api/v1/mute' } as unknown as Route
  await assert.rejects(buildHttp(h.base, { routes: [mute], authenticate: async () => null }), /declares no permission/)
  const open = rawRoute({
    method: 'PUT',
    path: '/x',
    plane: 'device',
    auth: 'device',
    permission: null,
    summary: 'x',
    bodyLimit: 0,
    accepts: [],
    reply: ['text/plain'],
    serve: async () => ({ body: '' }),
  })
  assert.deepEqual(faultsOf([open]), [])
  assert.equal(faultsOf([{ ...open, body: 'bytes' }, open]).length, 2)
})

test('strangers are slowed down, not shut out', async t => {
  const h = await house(t)
  const statuses: number[] = []
  for (let i = 0; i < 1510; i += 1) statuses.push((await h.http('GET', '/healthz')).status)
  assert.equal(
    statuses.slice(0, 1500).every(s => s === 200),
    true,
  )
  assert.equal(statuses.at(-1), 429)
  h.pass(1000)
  assert.equal((await h.http('GET', '/healthz')).status, 200)
})

test('metrics are for this machine or the token', async t => {
  const open = await house(t)
  assert.match(String((await open.http('GET', '/metrics')).body), /muster_commits_total/)
  assert.equal((await open.http('GET', '/metrics', { headers: { 'x-forwarded-for': '10.0.0.9' } })).status, 403)
  const guarded = await house(t, {
    MUSTER_METRICS_TOKEN: 'a-token-of-sixteen',
    MUSTER_DATA: mkdtempSync(join(tmpdir(), 'muster-metrics-')),
  })
  assert.equal((await guarded.http('GET', '/metrics')).status, 403)
  assert.equal(
    (await guarded.http('GET', '/metrics', { headers: { authorization: 'Bearer a-token-of-sixteen' } })).status,
    200,
  )
  const proxied = await house(t, {
    MUSTER_DATA: mkdtempSync(join(tmpdir(), 'muster-metrics-')),
    MUSTER_TRUSTED_PROXIES: '127.0.0.1',
  })
  // A proxy that does not say for whom it asks looks like this machine.
  assert.equal((await proxied.http('GET', '/metrics')).status, 403)
})

test('who is unknown is refused before the body comes, and who is known is waited for', async t => {
  const { app } = await served(t)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  /** Announces a body and sends none of it; answers the status line that came within that time. */
  const announced = (path: string, key: string, ms: number): Promise<string | null> =>
    new Promise(resolve => {
      const socket = connect({ host: '127.0.0.1', port })
      const end = (line: string | null): void => {
        socket.destroy()
        resolve(line)
      }
      socket.once('data', bytes => end(bytes.toString('latin1').split('\r\n')[0] ?? ''))
      socket.on('error', () => undefined)
      setTimeout(() => end(null), ms)
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n`,
      )
    })
  const [notes, refused, missing] = ['/api/v1/notes', 'HTTP/1.1 401 Unauthorized', 'HTTP/1.1 404 Not Found']
  assert.deepEqual([await announced(notes, 'wrong', 3000), await announced(notes, 'good', 150)], [refused, null])
  assert.deepEqual([await announced('/in/guess', '', 3000), await announced('/in/right', '', 150)], [missing, null])
})
