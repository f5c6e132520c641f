import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GivenAdmin } from '../../testing/given-identity.ts'
import { type House, house } from '../../testing/house.ts'
import { answer, place } from '../../testing/missing.ts'

const day = 86_400_000

const as = (h: House, admin: GivenAdmin, path: string, body?: object) =>
  h.http('POST', `/api/v1${path}`, {
    headers: { cookie: admin.cookie, 'sec-fetch-site': 'same-origin' },
    ...(body ? { body } : {}),
  })

test('where a device was that is not missing opens to who asked, once a named admin has signed it, for an hour', async t => {
  const h = await house(t)
  const asker = await h.given.admin({ passkey: true, heldForMs: 10 * day })
  const signer = await h.given.admin({ passkey: true, heldForMs: 10 * day })
  const held = await h.given.enrolled({ facts: { 'identity.supervised': true, 'security.lostMode': true } })
  const at = `/devices/${held.device.id}`
  await h.http('POST', `/api/v1${at}/commands`, { as: asker.key, body: { kind: 'location.query' } })
  await answer(h, held, { 'location.query': place })
  const wish = { purpose: 'It was left on a train', signer: signer.id }
  assert.equal(
    (await h.http('POST', `/api/v1${at}/fixes/ask`, { as: asker.key, body: wish })).body.code,
    'step-up.keys-cannot',
  )
  await h.given.stepUp(asker)
  const open = (who: GivenAdmin) => as(h, who, `${at}/fixes/open`, { purpose: wish.purpose })
  assert.equal((await open(asker)).body.code, 'location.closed', 'nobody opens it alone')
  const asked = await as(h, asker, `${at}/fixes/ask`, wish)
  assert.equal(asked.status, 201, JSON.stringify(asked.body))
  await h.settle()
  assert.equal((await open(asker)).body.code, 'location.closed', 'asking is not agreeing')
  const options = await as(h, asker, `/intents/${asked.body.intent}/approval-options`)
  assert.ok(options.status >= 400, 'who asked does not sign')
  const begun = await as(h, signer, `/intents/${asked.body.intent}/approval-options`)
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  const response = signer.authenticator.assert(begun.body.options)
  const signed = await as(h, signer, `/intents/${asked.body.intent}/approve`, { response })
  assert.equal(signed.status, 200, JSON.stringify(signed.body))
  await h.settle()
  const opened = await open(asker)
  assert.partialDeepStrictEqual(opened.body.items, [{ latitude: 45.7485, accuracyM: 18 }])
  await h.given.stepUp(signer)
  assert.equal((await open(signer)).body.code, 'location.closed', 'to who asked, and to nobody else')
  h.pass(61 * 60_000)
  const late = await h.given.admin({ passkey: true })
  assert.ok(late)
  const gone = await open(asker)
  assert.ok(
    ['location.closed', 'step-up.needed', 'session.missing'].includes(gone.body.code),
    JSON.stringify(gone.body),
  )
  assert.equal((await h.events()).filter(type => type === 'privacy.looked').length, 1)
})
