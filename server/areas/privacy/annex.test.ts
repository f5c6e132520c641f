import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import { languages } from '../../base/say.ts'

test('the charter leaves the server as an annex in four languages, and as data', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'auditor' })
  for (const language of languages) {
    const file = await h.http('GET', `/api/v1/privacy/annex.pdf?language=${language}`, { as: key })
    assert.equal(file.status, 200, JSON.stringify(file.body))
    assert.equal(Buffer.from(file.bytes.subarray(0, 5)).toString(), '%PDF-')
    assert.match(String(file.headers['content-disposition']), new RegExp(`${language}\\.pdf`))
  }
  const data = await h.http('GET', '/api/v1/privacy/annex.json', { as: key })
  assert.equal(data.body.rules.collect.length, 48)
  assert.ok(
    data.body.floors.command.some(
      (f: { action: string; ownership: string }) => f.action === 'wipe' && f.ownership === 'personal',
    ),
  )
})
