import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'

test('an invitation is answered with its link once and never shown again', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ role: 'operator' })
  const made = await h.http('POST', '/api/v1/invitations', {
    as: admin.key,
    body: { platform: 'apple', unit: h.root.id, ownership: 'company', uses: 10, expiresInHours: 48, name: 'Tokyo' },
  })
  assert.equal(made.status, 201)
  assert.deepEqual(Object.keys(made.body).sort(), ['expiresAt', 'id', 'profileUrl', 'qrSvg', 'url'])
  assert.match(made.body.url, /^https:\/\/muster\.test\/enroll\/[A-Za-z0-9_-]{43}$/)
  assert.equal(made.body.profileUrl, `${made.body.url}/profile`)
  assert.equal(made.body.expiresAt, h.now() + 48 * 3_600_000)
  assert.match(made.body.qrSvg, /^<svg /)
  const secret = made.body.url.split('/').at(-1)
  const one = await h.http('GET', `/api/v1/invitations/${made.body.id}`, { as: admin.key })
  assert.partialDeepStrictEqual(one.body, {
    name: 'Tokyo',
    uses: 10,
    used: 0,
    unit: { path: 'Havsten' },
    enrollments: [],
  })
  assert.equal(JSON.stringify(one.body).includes(secret), false)
  const list = await h.http('GET', '/api/v1/invitations', { as: admin.key })
  assert.deepEqual(
    list.body.items.map((i: { id: string }) => i.id),
    [made.body.id],
  )
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('invitation.')),
    ['invitation.created'],
  )
})

test('invitations are seen and made within the units one has', async t => {
  const h = await house(t)
  const [here, there] = [await h.given.unit({ name: 'Here' }), await h.given.unit({ name: 'There' })]
  const local = await h.given.admin({ role: 'operator', unit: here.id })
  const [mine, other] = [await h.given.invitation({ unit: here.id }), await h.given.invitation({ unit: there.id })]
  const get = async (id: string) => (await h.http('GET', `/api/v1/invitations/${id}`, { as: local.key })).status
  assert.deepEqual([await get(mine.id), await get(other.id)], [200, 404])
  const list = await h.http('GET', '/api/v1/invitations', { as: local.key })
  assert.deepEqual(
    list.body.items.map((i: { id: string }) => i.id),
    [mine.id],
  )
  const post = async (unit: string) =>
    (await h.http('POST', '/api/v1/invitations', { as: local.key, body: { unit } })).status
  assert.deepEqual([await post(here.id), await post(there.id), await post(h.root.id)], [201, 404, 404])
  assert.equal((await h.http('DELETE', `/api/v1/invitations/${other.id}`, { as: local.key })).status, 404)
  const reader = await h.given.admin({ role: 'auditor' })
  assert.equal((await h.http('DELETE', `/api/v1/invitations/${mine.id}`, { as: reader.key })).status, 403)
})

test('what no device would accept is refused when it is offered', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ role: 'admin' })
  const post = (body: object) =>
    h.http('POST', '/api/v1/invitations', { as: admin.key, body: { unit: h.root.id, ...body } })
  const bad = [
    { accessRights: 2 },
    { accessRights: 0 },
    { accessRights: 9000 },
    { platform: 'abacus' },
    { uses: 0 },
    { expiresInHours: 0 },
    { expiresInHours: 24 * 365 },
    { ownership: 'stolen' },
    { nonsense: 1 },
  ]
  for (const body of bad) assert.equal((await post(body)).status, 400, JSON.stringify(body))
  assert.equal((await post({ accessRights: 3, uses: null })).status, 201)
})

test('a long list comes in pages', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ role: 'admin' })
  for (let i = 0; i < 5; i += 1) await h.given.invitation()
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await h.http('GET', `/api/v1/invitations?limit=2${cursor ? `&cursor=${cursor}` : ''}`, {
      as: admin.key,
    })
    ids.push(...page.body.items.map((i: { id: string }) => i.id))
    cursor = page.body.next
  }
  assert.equal(new Set(ids).size, 5)
})
