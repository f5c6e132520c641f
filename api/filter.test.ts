import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FilterFault, formatFilter, parseFilter, type Term } from './filter.ts'

test('a filter reads fields, comparisons, alternatives, negation, quotes and bare words', () => {
  assert.deepEqual(parseFilter('platform:ios,ipados os<18.2 unit:"Sales/Tokyo, east" -tag:spare 佐藤'), [
    { field: 'platform', op: ':', values: ['ios', 'ipados'], negated: false },
    { field: 'os', op: '<', values: ['18.2'], negated: false },
    { field: 'unit', op: ':', values: ['Sales/Tokyo, east'], negated: false },
    { field: 'tag', op: ':', values: ['spare'], negated: true },
    { field: null, op: ':', values: ['佐藤'], negated: false },
  ])
})

test('an open quote or a missing value is refused with its place', () => {
  assert.throws(
    () => parseFilter('unit:"Sales'),
    (e: unknown) => e instanceof FilterFault && e.code === 'filter.quote-open' && e.at === 5,
  )
  assert.throws(
    () => parseFilter('os: x'),
    (e: unknown) => e instanceof FilterFault && e.code === 'filter.value-missing',
  )
})

test('whatever is written is read back the same', () => {
  const value = fc.string({ minLength: 1, maxLength: 12 })
  const term: fc.Arbitrary<Term> = fc.oneof(
    fc.record(
      {
        field: fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/),
        op: fc.constant(':' as const),
        values: fc.array(value, { minLength: 1, maxLength: 3 }),
        negated: fc.boolean(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        field: fc.constant('os'),
        op: fc.constantFrom('<' as const, '>=' as const),
        values: fc.array(value, { minLength: 1, maxLength: 1 }),
        negated: fc.boolean(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        field: fc.constant(null),
        op: fc.constant(':' as const),
        values: fc.array(value, { minLength: 1, maxLength: 1 }),
        negated: fc.boolean(),
      },
      { noNullPrototype: true },
    ),
  )
  fc.assert(
    fc.property(fc.array(term, { maxLength: 6 }), terms => assert.deepEqual(parseFilter(formatFilter(terms)), terms)),
  )
})

test('a value that begins with = is not taken for part of the comparison', () => {
  const terms: Term[] = [{ field: 'os', op: '<', values: ['=18'], negated: false }]
  assert.deepEqual(parseFilter(formatFilter(terms)), terms)
})
