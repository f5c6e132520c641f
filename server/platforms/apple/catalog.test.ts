import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import { catalog, catalogLines, searchCatalog } from './catalog.ts'
import { cpuMs } from '../../../tools/cpu.ts'

test('the index names every artifact, and each of them can be asked for by itself', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'read-only' })
  const index = await h.http('GET', '/api/v1/catalog/apple', { as: key })
  assert.equal(index.status, 200)
  assert.equal(index.body.items.length, [...catalog.all()].length)
  const payloads = await h.http('GET', '/api/v1/catalog/apple?family=payload', { as: key })
  assert.equal(payloads.body.items.length, 120)
  for (const { family, id } of [
    { family: 'payload', id: 'com.apple.homescreenlayout' },
    { family: 'payload', id: '.GlobalPreferences' },
    { family: 'declaration', id: 'com.apple.configuration.passcode.settings' },
    { family: 'setting', id: 'Wallpaper' },
  ] as const) {
    const one = await h.http('GET', `/api/v1/catalog/apple/${family}/${encodeURIComponent(id)}`, { as: key })
    assert.equal(one.status, 200, id)
    const { name: _, ...facts } = one.body
    assert.deepEqual(facts, JSON.parse(JSON.stringify(catalog.find(family, id))))
  }
  for (const wrong of ['payload/com.apple.nothing', 'nothing/com.apple.wifi.managed', 'payload/__proto__'])
    assert.equal((await h.http('GET', `/api/v1/catalog/apple/${wrong}`, { as: key })).status, 404, wrong)
})

test('a search finds artifacts and keys by the words of their names, the nearest first', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'read-only' })
  const search = async (q: string): Promise<string[]> => {
    const { body } = await h.http('GET', `/api/v1/catalog/apple/search?limit=8&q=${encodeURIComponent(q)}`, { as: key })
    return body.items.map((f: { id: string; path: string }) => `${f.id}${f.path}`)
  }
  assert.equal((await search('allowScreenShot'))[0], 'com.apple.applicationaccess/allowScreenShot')
  assert.equal((await search('ＳＣＲＥＥＮ shot'))[0], 'com.apple.applicationaccess/allowScreenShot')
  assert.ok((await search('wi-fi')).includes('com.apple.wifi.managed'))
  assert.ok((await search('home screen layout')).includes('com.apple.homescreenlayout'))
  assert.ok((await search('erase device')).includes('EraseDevice'))
  assert.deepEqual(await search('qqqq'), [])
  assert.deepEqual(await search('  '), [])
  assert.deepEqual(await search("' or 1=1 --"), [])
})

test('the index is there in 50 ms and a search in 20', () => {
  const index = cpuMs(() => JSON.stringify(catalogLines()))
  const search = cpuMs(() => searchCatalog('a', 100))
  assert.ok(index < 50 && search < 20, `${index} ms, ${search} ms`)
})
