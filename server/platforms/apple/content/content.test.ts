import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as apps from '../../../areas/apps/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import { contentHouse } from '../../../testing/given-licenses.ts'

test('a seat is asked for before an app is sent, held once the vendor says so, and given back when the device wishes for it no more', async t => {
  const { h, at, app, device, ask, work, seats, given, program } = await contentHouse(t)
  const pages = await app({ total: 2 })
  const id = await program()
  await work(id, 1)
  const ipad = await device('DMPX1')
  assert.deepEqual(await ask(ipad, pages), { ready: false, why: 'asked', facts: {} })
  assert.deepEqual(await seats(), { DMPX1: 'wanted' })
  await work(id)
  assert.deepEqual(await ask(ipad, pages), { ready: true })
  assert.deepEqual(given(), [`${[...at.assets.values()][0]?.adamId} DMPX1`])
  await h.run(ctx => apps.returnSeat(ctx, ipad.id, pages))
  assert.deepEqual(await seats(), { DMPX1: 'returning' })
  await work(id)
  assert.deepEqual(await seats(), {})
  assert.deepEqual(given(), [])
  const events = (await h.events()).filter(e => e.startsWith('seat.') || e.startsWith('program.'))
  assert.deepEqual(events, ['program.added', 'program.changed', 'seat.held', 'seat.returned'])
})

test('the token is read with breaks and a mark, and anything else is refused in words', async t => {
  const { h, key, content, at, token, program } = await contentHouse(t)
  const post = (text: string) => h.http('POST', '/api/v1/programs/content', { as: key, body: { token: text } })
  assert.equal((await post('hello there, this is no token')).body.code, 'content.not-a-token')
  assert.equal((await post(Buffer.from('{"token":"x"}').toString('base64'))).body.code, 'content.not-a-token')
  const old = Buffer.from(JSON.stringify({ token: 'x', expDate: '2020-01-01T00:00:00+0000', orgName: 'Old' }))
  assert.equal((await post(old.toString('base64'))).body.code, 'content.token-expired')
  const id = await program(`\ufeff${token.slice(0, 40)}\n${token.slice(40)}\r\n`)
  await h.settle()
  const found = await h.run(ctx => roster.program(ctx, id))
  assert.equal(found?.state, 'good')
  assert.equal(found?.name, 'Havsten')
  assert.equal(found?.serverId, at.uId)
  // The same token twice would be two workers on one.
  assert.equal((await post(token)).body.code, 'program.taken')
  assert.equal(
    content.web.heard.every(r => r.headers.authorization === `Bearer ${token}`),
    true,
  )
})

test('a token that another server works is left alone until somebody takes it over', async t => {
  const { h, key, content, at, app, device, ask, work, seats, given, program } = await contentHouse(t)
  content.claim(at, { id: 'other', name: 'The old MDM', metadata: 'x' })
  const pages = await app({ total: 2 })
  const id = await program()
  await h.settle()
  const there = await h.run(ctx => roster.program(ctx, id))
  assert.equal(there?.state, 'elsewhere')
  assert.deepEqual(there?.problem, { code: 'content.elsewhere', text: 'The old MDM' })
  const ipad = await device('DMPX1')
  await ask(ipad, pages)
  await work(id)
  assert.equal(
    content.web.heard.some(r => r.method === 'POST'),
    false,
  )
  assert.deepEqual(await seats(), {})
  const taken = await h.http('POST', `/api/v1/programs/${id}/take-over`, { as: key })
  assert.equal(taken.status, 200)
  await work(id)
  assert.equal(at.owner?.name, 'Muster at muster.test')
  assert.deepEqual(await ask(ipad, pages), { ready: true })
  assert.equal(given().length, 1)
  assert.equal(
    (await h.http('POST', `/api/v1/programs/${id}/take-over`, { as: key })).body.code,
    'content.not-elsewhere',
  )
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('program.')),
    ['program.added', 'program.changed', 'program.troubled', 'program.changed', 'program.recovered'],
  )
})

test('when another server takes the token over, this one stops at once', async t => {
  const { h, content, at, app, device, ask, work, given, program } = await contentHouse(t)
  const pages = await app({ total: 2 })
  const id = await program()
  await work(id)
  content.claim(at, { id: 'other', name: 'The new MDM', metadata: 'x' })
  await ask(await device('DMPX1'), pages)
  await work(id)
  assert.deepEqual(given(), [])
  assert.equal((await h.run(ctx => roster.program(ctx, id)))?.state, 'elsewhere')
})

test('an expired token is a state with a next step, told once, and a new one begins again', async t => {
  const { h, key, content, at, app, device, ask, work, seats, program } = await contentHouse(t)
  const pages = await app({ total: 2 })
  const id = await program()
  await work(id, 1)
  for (const one of at.tokens.values()) one.expiresAt = h.now() - 1
  await ask(await device('DMPX1'), pages)
  await work(id)
  assert.equal((await h.run(ctx => roster.program(ctx, id)))?.state, 'expired')
  assert.deepEqual(await seats(), { DMPX1: 'wanted' })
  const before = content.web.heard.length
  await work(id)
  assert.equal(content.web.heard.length, before, 'it does not ask again and again')
  assert.equal((await h.events()).filter(e => e === 'program.troubled').length, 1)
  const { newToken } = await import('../../../../simulator/outside/content/location.ts')
  const fresh = newToken(at, h.now() + 365 * 86_400_000)
  const put = await h.http('PUT', `/api/v1/programs/${id}/content-token`, { as: key, body: { token: fresh } })
  assert.equal(put.status, 200)
  await work(id)
  assert.deepEqual(await seats(), { DMPX1: 'held' })
  assert.equal((await h.run(ctx => roster.program(ctx, id)))?.state, 'good')
  assert.equal(
    (await h.events()).at(-1) === 'program.recovered' || (await h.events()).includes('program.recovered'),
    true,
  )
})

test('a revoked token, one that is none, and an answer that is none are told apart', async t => {
  const { h, content, at, work, program } = await contentHouse(t)
  const id = await program()
  const stateAfter = async (): Promise<string> => {
    h.pass(7 * 3_600_000)
    await work(id, 1)
    return (await h.run(ctx => roster.program(ctx, id)))?.state ?? ''
  }
  assert.equal(await stateAfter(), 'good')
  for (const one of at.tokens.values()) one.state = 'revoked'
  assert.equal(await stateAfter(), 'refused')
  for (const one of at.tokens.values()) one.state = 'good'
  assert.equal(await stateAfter(), 'good')
  for (const say of [
    { status: 502, body: 'bad gateway' },
    { body: 'no JSON' },
    { status: 302, headers: { location: 'https://x' } },
  ]) {
    const end = content.web.trouble({ say })
    assert.equal(await stateAfter(), 'silent')
    end()
    assert.equal(await stateAfter(), 'good')
  }
  const end = content.web.trouble({ cut: 'before' })
  assert.equal(await stateAfter(), 'silent')
  end()
  assert.equal(await stateAfter(), 'good')
})

test('Retry-After is kept to, and nothing is lost meanwhile', async t => {
  const { h, content, app, device, ask, work, seats, program } = await contentHouse(t)
  const pages = await app({ total: 2 })
  const id = await program()
  await work(id, 1)
  await ask(await device('DMPX1'), pages)
  content.web.trouble({
    path: /associate$/,
    times: 1,
    say: { status: 429, headers: { 'retry-after': '600' }, body: {} },
  })
  await work(id, 2)
  assert.equal((await h.run(ctx => roster.program(ctx, id)))?.state, 'throttled')
  const before = content.web.heard.length
  h.pass(500_000)
  await work(id, 1)
  assert.equal(content.web.heard.length, before)
  h.pass(200_000)
  await work(id)
  assert.deepEqual(await seats(), { DMPX1: 'held' })
})
