import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import { pdfText } from '../../testing/pdf-text.ts'

test('every device has a sheet in each of the four languages, with its person and the way to their own page', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  await h.given.user({ email: 'mia@havsten.test', displayName: 'Mia Ek' })
  const lines = [{ serial: 'DMPK1234AB', person: 'mia@havsten.test', assetTag: 'A-17' }, { serial: 'DMPK1234AC' }]
  const body = { name: 'April', day: '2026-12-01', unit: h.root.id, source: { kind: 'list', lines } }
  const made = await h.http('POST', '/api/v1/intakes', { as: key, body })
  const words = { en: 'What to do', fr: 'Que faire', sv: 'Gör så här', ja: '手順' }
  for (const [language, word] of Object.entries(words)) {
    const sheet = await h.http('GET', `/api/v1/intakes/${made.body.id}/sheet.pdf?language=${language}`, { as: key })
    assert.equal(sheet.status, 200)
    const text = pdfText(sheet.bytes).flat().join(' ')
    for (const part of [word, 'DMPK1234AB', 'DMPK1234AC', 'A-17', 'Mia Ek', 'https://muster.test/my'])
      assert.ok(text.includes(part), `${language}: ${part}`)
  }
})

test('the record of a batch says how the last look was and how each device came out', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const body = {
    name: 'April',
    day: '2026-12-01',
    unit: h.root.id,
    source: { kind: 'list', lines: [{ serial: 'DMPK1234AB' }] },
  }
  const made = await h.http('POST', '/api/v1/intakes', { as: key, body })
  await h.settle()
  await h.http('POST', `/api/v1/intakes/${made.body.id}/start`, { as: key, body: { anyway: true } })
  await h.http('POST', `/api/v1/intakes/${made.body.id}/close`, { as: key, body: { note: 'The truck did not come' } })
  const record = await h.http('GET', `/api/v1/intakes/${made.body.id}/record.pdf?zone=Asia/Tokyo`, { as: key })
  const text = pdfText(record.bytes).flat().join(' ')
  for (const part of ['Push certificate', 'Red', 'DMPK1234AB', 'Expected', 'The truck did not come', 'Asia/Tokyo'])
    assert.ok(text.includes(part), part)
})
