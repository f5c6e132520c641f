import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { en } from './texts/en.ts'
import { fr } from './texts/fr.ts'
import { ja } from './texts/ja.ts'
import { sv } from './texts/sv.ts'

const others = { fr, sv, ja }
const keys = Object.keys(en) as (keyof typeof en)[]
/** Words of plural forms stand in braces too. */
const plurals = ['One', 'all', 'entry', 'person']
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(m => m[1] ?? ''))].sort()

for (const [locale, words] of Object.entries(others)) {
  test(`the portal in ${locale} has every message of English, with the same placeholders, and they can be said`, () => {
    assert.deepEqual(Object.keys(words).sort(), keys.toSorted())
    for (const key of keys) {
      for (const name of placeholders(en[key]).filter(p => !plurals.includes(p)))
        assert.ok(words[key].includes(`{${name}`), `${key} lacks ${name}`)
      const given = new Proxy({}, { has: () => true, get: () => 3 })
      assert.doesNotThrow(() => new IntlMessageFormat(words[key], locale).format(given as never), key)
    }
  })

  test(`the portal in ${locale} is translated`, () => {
    const same = keys.filter(key => words[key] === en[key] && /[a-z]{4,} [a-z]{3,}/i.test(en[key]))
    assert.deepEqual(same, [])
  })
}

test('French sets no plain space before high punctuation, in the portal as well', () => {
  for (const key of keys) assert.doesNotMatch(fr[key], / [:;?!»]/, key)
})

test('every message of the portal is used by it', () => {
  const files = ['.', '..'].flatMap(folder =>
    readdirSync(join(import.meta.dirname, folder))
      .filter(name => /portal\.tsx$|\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
      .map(name => readFileSync(join(import.meta.dirname, folder, name), 'utf8')),
  )
  const text = files.join('\n')
  const starts = [...text.matchAll(/`([a-z][a-zA-Z.-]*\.)\$\{/g)].map(m => m[1] ?? '')
  const unused = keys.filter(key => !text.includes(`'${key}'`) && !starts.some(start => key.startsWith(start)))
  assert.deepEqual(unused, [])
})
