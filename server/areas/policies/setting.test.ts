import assert from 'node:assert/strict'
import { test } from 'node:test'
import '../../main.ts'
import { house } from '../../testing/house.ts'
import { searchSettings } from './setting.ts'
import { cpuMs } from '../../../tools/cpu.ts'

const first = (query: string): string => {
  const [found] = searchSettings(query, 10)
  return found ? `${found.kind} ${found.key}` : 'nothing'
}

test('settings are found in every language, however they are typed, the ones of our own kinds first', () => {
  for (const query of ['camera', 'ＣＡＭＥＲＡ', 'Kamera', 'appareil photo', 'カメラ', 'ｶﾒﾗ', 'かめら'])
    assert.equal(first(query), 'restrictions camera', query)
  assert.equal(first('captures d’ecran'), 'restrictions screenCapture')
  assert.equal(first('lösenkod'), 'passcode ')
  assert.equal(first('allowScreenShot'), 'apple.payload:com.apple.applicationaccess allowScreenShot')
  assert.equal(first('no such setting anywhere'), 'nothing')
  assert.equal(first('  '), 'nothing')
})

test('a search over all settings takes no more than 30 ms', () => {
  for (const query of ['camera', 'a', 'screen lock', 'wifi password', 'ssid']) {
    const ms = cpuMs(() => searchSettings(query, 30))
    assert.ok(ms < 30, `${query}: ${ms} ms`)
  }
})

test('kinds answer what they are, over HTTP', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'read-only' })
  const all = await h.http('GET', '/api/v1/policy-kinds?family=ours', { as: key })
  assert.equal(all.body.items.length, 24)
  const one = await h.http('GET', '/api/v1/policy-kinds/passcode', { as: key })
  assert.partialDeepStrictEqual(one.body, { kind: 'passcode', family: 'ours', merge: 'settings', catalog: null })
  assert.equal(one.body.schema.type, 'object')
  assert.deepEqual(one.body.honors.windows.minLength, { how: 'full', from: '10' })
  assert.deepEqual(one.body.rules.minLength, { rule: 'strictest', by: 'most' })
  const vendor = await h.http('GET', '/api/v1/policy-kinds/apple.payload:com.apple.wifi.managed', { as: key })
  assert.deepEqual(vendor.body.catalog, { family: 'payload', id: 'com.apple.wifi.managed' })
  assert.equal((await h.http('GET', '/api/v1/policy-kinds/nonsense', { as: key })).body.code, 'id.unknown')
  const found = await h.http('GET', '/api/v1/settings-search?q=ssid&limit=3', { as: key })
  assert.equal(found.body.items[0].kind, 'wifi')
})
