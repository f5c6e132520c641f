import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { own } from '../../base/db.ts'
import { eventType, record } from '../../base/events.ts'
import { type House, house } from '../../testing/house.ts'
import { followSealed } from './stream.ts'
import { until } from '../../../tools/until.ts'

const noted = eventType('audit-test.noted', { n: z.number() })

interface Item {
  seq: number
  type: string
  actor: { kind: string; id: string | null; name: string | null }
  about: { name: string | null } | null
  data: { n?: number }
}

function note(h: House, n: number, path: string): Promise<void> {
  return h.run(ctx => record(ctx, noted, { kind: 'thing', id: `thing-${n}`, path }, { n }))
}

async function list(h: House, as: string, query = ''): Promise<Item[]> {
  const answer = await h.http('GET', `/api/v1/events?${query}`, { as })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.items
}

const numbers = (items: Item[]) => items.map(i => i.data.n)

test('readers see what happened on their units; what belongs to no unit is for readers of the whole org', async t => {
  const h = await house(t)
  const [tokyo, paris] = [await h.given.unit({ name: 'Tokyo' }), await h.given.unit({ name: 'Paris' })]
  const sales = await h.given.unit({ name: 'Sales', parent: tokyo.id })
  const everyone = await h.given.admin({ role: 'auditor' })
  const local = await h.given.admin({ role: 'help-desk', unit: tokyo.id })
  const blind = await h.given.admin({ role: 'operator' })
  for (const [n, path] of [tokyo.path, sales.path, paris.path, h.root.path, '/'].entries()) await note(h, n, path)
  await h.settle()
  assert.deepEqual(numbers(await list(h, everyone.key)), [4, 3, 2, 1, 0])
  assert.deepEqual(numbers(await list(h, local.key)), [1, 0])
  assert.deepEqual(numbers(await list(h, local.key, 'filter=unit:Paris')), [])
  assert.deepEqual(numbers(await list(h, everyone.key, 'filter=unit:Tokyo')), [1, 0])
  assert.equal((await h.http('GET', '/api/v1/events', { as: blind.key })).status, 403)
  const other = await h.given.org()
  const stranger = await h.given.admin({ org: other.org })
  assert.deepEqual(await list(h, stranger.key), [])
})

test('the log is filtered by type, actor, subject and time, and paged', async t => {
  const h = await house(t)
  const boss = await h.given.admin({ name: 'Kenji Sato' })
  const body = { name: 'Tokyo', parent: h.root.id }
  const made = await h.http('POST', '/api/v1/units', { as: boss.key, body })
  await h.http('PATCH', `/api/v1/units/${made.body.id}`, { as: boss.key, body: { name: 'Tōkyō' } })
  h.pass(86_400_000)
  for (let n = 0; n < 5; n += 1) await note(h, n, h.root.path)
  await h.settle()
  const types = async (filter: string) =>
    (await list(h, boss.key, `filter=${encodeURIComponent(filter)}`)).map(i => i.type).join(' ')
  assert.equal(await types('type:unit'), 'unit.renamed unit.added')
  assert.equal(await types('type:unit.added'), 'unit.added')
  assert.equal(await types('actor:key'), 'unit.renamed unit.added')
  assert.equal(await types('actor:sato -type:unit.added'), 'unit.renamed')
  assert.equal(await types(`actor:${boss.keyId} about:tokyo`), '')
  assert.equal(await types(`about:${made.body.id}`), 'unit.renamed unit.added')
  assert.equal(await types('about:unit at<1h'), '')
  assert.equal(await types('about:unit at>1h'), 'unit.renamed unit.added')
  const [renamed] = await list(h, boss.key, 'filter=type:unit.renamed')
  assert.partialDeepStrictEqual(renamed, {
    actor: { kind: 'key', name: 'Key of Kenji Sato' },
    about: { name: 'Tōkyō' },
  })
  const first = (await h.http('GET', '/api/v1/events?limit=3', { as: boss.key })).body
  const next = (await h.http('GET', `/api/v1/events?limit=3&cursor=${first.next}`, { as: boss.key })).body
  assert.deepEqual(
    [...first.items, ...next.items].map((i: Item) => i.seq),
    [7, 6, 5, 4, 3, 2],
  )
  const moved = await h.http('GET', `/api/v1/events?limit=3&filter=type:unit&cursor=${first.next}`, { as: boss.key })
  assert.equal(moved.body.code, 'cursor.unknown')
  assert.ok((await h.http('GET', '/api/v1/events/types', { as: boss.key })).body.items.includes('unit.moved'))
})

test('an entry that was altered is found, whatever is sealed meanwhile', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'auditor' })
  const integrity = async () => (await h.http('GET', '/api/v1/events/integrity', { as: key })).body
  assert.deepEqual(await integrity(), { sealed: 0, unsealed: 0, head: null, verified: true, brokenAt: null })
  for (let n = 0; n < 9; n += 1) await note(h, n, h.root.path)
  await h.settle()
  assert.partialDeepStrictEqual(await integrity(), { sealed: 9, unsealed: 0, head: { seq: 9 }, verified: true })
  await note(h, 9, h.root.path)
  assert.partialDeepStrictEqual(await integrity(), { verified: true })
  await h.run(ctx =>
    own<{ events: { seq: number; actor_id: string } }>(ctx.tx)
      .updateTable('events')
      .set({ actor_id: 'adm_someone-else' })
      .where('seq', '=', 4)
      .execute(),
  )
  assert.partialDeepStrictEqual(await integrity(), { verified: false, brokenAt: 4 })
})

/** Opens the stream over a real socket; answers what came so far, and whether it ended. */
async function follow(h: House, t: TestContext, headers: Record<string, string>) {
  if (!h.server.http.server.listening) await h.server.http.listen({ host: '127.0.0.1', port: 0 })
  const { port } = h.server.http.server.address() as AddressInfo
  const stop = new AbortController()
  t.after(() => stop.abort())
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/events/stream`, { headers, signal: stop.signal })
  const state = { status: answer.status, text: '', ended: false, stop: () => stop.abort() }
  const read = async (): Promise<void> => {
    for await (const part of answer.body ?? []) state.text += Buffer.from(part).toString()
    state.ended = true
  }
  read().catch(() => {
    state.ended = true
  })
  await until('it is so', () => state.text.includes('retry:') || state.ended)
  return state
}

const ids = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(m => Number(m[1]))

test('the stream tells what is sealed where the reader may look, and resumes after the last id', async t => {
  const h = await house(t)
  const tokyo = await h.given.unit({ name: 'Tokyo' })
  const boss = await h.given.admin()
  const local = await h.given.admin({ role: 'help-desk', unit: tokyo.id })
  await note(h, 1, h.root.path)
  await h.settle()
  const all = await follow(h, t, { authorization: `Bearer ${boss.key}` })
  const some = await follow(h, t, { cookie: local.cookie })
  await note(h, 2, h.root.path)
  await note(h, 3, tokyo.path)
  await h.settle()
  await until('it is so', () => ids(all.text).length === 2 && ids(some.text).length === 1)
  assert.deepEqual([ids(all.text), ids(some.text)], [[2, 3], [3]])
  assert.match(all.text, /^id: 3\nevent: audit-test\.noted\ndata: \{"id":"evt_.*"data":\{"n":3\}\}$/m)
  const resumed = await follow(h, t, { authorization: `Bearer ${boss.key}`, 'last-event-id': '1' })
  await until('it is so', () => ids(resumed.text).length === 2)
  assert.deepEqual(ids(resumed.text), [2, 3])
})

test('the stream notices what another process sealed, and says now and then that it is there', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  // As in a process that does not seal itself: no bell rings.
  followSealed(h.base, () => () => {})
  const stream = await follow(h, t, { authorization: `Bearer ${boss.key}` })
  t.after(stream.stop)
  await note(h, 1, h.root.path)
  await h.settle()
  await until('it is so', () => ids(stream.text).length === 1)
  h.pass(15_000)
  await until('it is so', () => stream.text.includes(': still here'))
  stream.stop()
  await until('it is so', () => stream.ended)
})

test('the stream ends when the session is revoked, and narrows with the reader’s roles', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  const reader = await h.given.admin({ role: 'auditor' })
  const stream = await follow(h, t, { cookie: reader.cookie })
  assert.equal(stream.status, 200)
  const asBoss = (method: string, url: string) => h.http(method, url, { as: boss.key })
  assert.equal((await asBoss('DELETE', `/api/v1/admins/${reader.id}/sessions/${reader.session}`)).status, 204)
  await h.settle()
  await until('it is so', () => stream.ended)
  assert.equal(stream.text.includes('session.revoked'), false)
  const keyed = await follow(h, t, { authorization: `Bearer ${reader.key}` })
  assert.equal((await asBoss('DELETE', `/api/v1/api-keys/${reader.keyId}`)).status, 204)
  await h.settle()
  await until('it is so', () => keyed.ended)
  const refused = await follow(h, t, { authorization: `Bearer ${reader.key}` })
  assert.equal(refused.status, 401)
})
