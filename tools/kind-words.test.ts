import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from '../console/src/i18n/en.ts'
import { ours } from '../server/areas/policies/kinds/ours.ts'
import { namesOf, wordsAreFresh } from './kind-words.ts'

test('every kind and every setting of ours has a name in four languages', () => {
  const nameless = ours
    .list()
    .flatMap(({ kind, settings }) =>
      ['', ...(settings?.() ?? [])].filter(key => namesOf(kind, key) === undefined).map(key => `${kind} ${key}`),
    )
  assert.deepEqual(nameless, [])
})

test('every reason that our kinds give has a text', () => {
  const texts = new Set(Object.keys(en))
  const reasons = ours
    .list()
    .flatMap(one =>
      ['ios', 'ipados', 'macos', 'tvos', 'android', 'windows', 'linux'].flatMap(platform =>
        ['', ...(one.settings?.() ?? [])].flatMap(key => one.honors(platform, key)?.reason ?? []),
      ),
    )
  assert.deepEqual(
    [...new Set(reasons)].filter(reason => !texts.has(`honor.${reason}`)),
    [],
  )
})

test('the search knows what settings are called (else: node tools/kind-words.ts)', () => assert.ok(wordsAreFresh()))
