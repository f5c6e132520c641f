import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bothFilters, chipOf, durationOf, type FilterField, readFilter, withoutTerm, withTerm } from './chips.ts'

const fields: FilterField[] = [
  {
    name: 'platform',
    label: 'Platform',
    kind: 'choice',
    options: [
      { value: 'ios', label: 'iOS' },
      { value: 'ipados', label: 'iPadOS' },
    ],
  },
  { name: 'os', label: 'OS', kind: 'version' },
  { name: 'seen', label: 'Contact', kind: 'age' },
]
const chip = (text: string) => {
  const [term] = readFilter(text).terms
  assert.ok(term)
  return chipOf(term, fields)
}

test('a choice is said with the words of its values', () => {
  assert.deepEqual(chip('platform:ios,ipados'), {
    label: 'Platform',
    comparison: 'is',
    values: ['iOS', 'iPadOS'],
    known: true,
  })
})

test('a minus in front says everything else', () => {
  assert.equal(chip('-platform:ios').comparison, 'not')
  assert.equal(chip('-tanaka').comparison, 'notWord')
})

test('versions are before or after, ages are longer ago or within', () => {
  assert.equal(chip('os<18.2').comparison, 'before')
  assert.equal(chip('os>=18').comparison, 'from')
  assert.equal(chip('seen>14d').comparison, 'olderThan')
  assert.equal(chip('seen<1h').comparison, 'within')
  assert.equal(chip('-seen>14d').comparison, 'within')
})

test('a field that no screen offers keeps its own name and is marked', () => {
  assert.deepEqual(chip('color:red'), { label: 'color', comparison: 'is', values: ['red'], known: false })
})

test('a text that cannot be read gives its fault and no terms', () => {
  const { terms, fault } = readFilter('unit:"Sales')
  assert.deepEqual(terms, [])
  assert.equal(fault?.code, 'filter.quote-open')
})

test('chips change the text and only the text', () => {
  const { terms } = readFilter('platform:ios os<18.2 unit:"Sales/Tokyo floor" tanaka')
  assert.equal(withoutTerm(terms, 1), 'platform:ios unit:"Sales/Tokyo floor" tanaka')
  const term = { field: 'os', op: '>=' as const, values: ['27'], negated: false }
  assert.equal(withTerm(terms, term, 1), 'platform:ios os>=27 unit:"Sales/Tokyo floor" tanaka')
  assert.equal(withTerm([], term, null), 'os>=27')
})

test('a scope and a filter stand side by side', () => {
  assert.equal(bothFilters('unit:Tokyo', ' os<18 '), 'unit:Tokyo os<18')
  assert.equal(bothFilters('', 'os<18'), 'os<18')
  assert.equal(bothFilters('', ''), '')
})

test('a duration of the grammar has a length', () => {
  assert.equal(durationOf('14d'), 14 * 86_400_000)
  assert.equal(durationOf('90m'), 90 * 60_000)
  assert.equal(durationOf('2026-11-20'), null)
})
