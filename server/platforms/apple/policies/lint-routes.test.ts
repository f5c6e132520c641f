import assert from 'node:assert/strict'
import { test } from 'node:test'
import { desiring } from '../../../testing/desiring.ts'
import { house } from '../../../testing/house.ts'

test('a device says what is wrong with everything it should have, and what it cannot take at all', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const talker = await h.given.talker()
  await talker.authenticate({ ProductName: 'iPad7,5', OSVersion: '15.8' })
  await talker.tokenUpdate()
  const d = await desiring(h, talker)
  await d.call()
  const profile = {
    PayloadIdentifier: 'com.example.office',
    PayloadContent: [{ PayloadType: 'com.apple.applicationaccess', PayloadUUID: 'A', allowWritingTools: false }],
  }
  await d.desire([
    { kind: 'passcode', value: { required: true } },
    { kind: 'apple.profile', value: profile },
    { kind: 'restrictions', value: { camera: false, writingTools: false } },
  ])
  const told = await h.http('GET', `/api/v1/devices/${d.device}/policy-lint`, { as: key })
  assert.equal(told.status, 200, JSON.stringify(told.body))
  const found = told.body.items.map(
    (f: { item: string; code: string; path: string }) => `${f.item} ${f.path} ${f.code}`,
  )
  assert.deepEqual(found.sort(), [
    'apple.profile#com.example.office /allowWritingTools device.key-ignored',
    'restrictions /writingTools device.left-out',
  ])
})

test('what only a declaration can say is not supported where there are none', async t => {
  const h = await house(t)
  const talker = await h.given.talker()
  await talker.authenticate({ ProductName: 'iPad7,5', OSVersion: '15.8' })
  await talker.tokenUpdate()
  const d = await desiring(h, talker)
  await d.call()
  const minimum = { ipados: { version: '17.5', by: '2027-01-01T12:00' } }
  await d.desire([{ kind: 'os-update', value: { minimum } }])
  await d.call()
  const state = (await d.items())['os-update']
  assert.equal(state?.state, 'unsupported')
})
