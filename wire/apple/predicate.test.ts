import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesIn, parsePredicate, PredicateFault } from './predicate.ts'

const status = (name: string, ...then: string[]): unknown => ({ is: 'status', name, path: then })
const literal = (value: unknown): unknown => ({ is: 'literal', value })
const compare = (left: unknown, how: string, right: unknown, more = {}): unknown => ({
  is: 'compare',
  any: null,
  left,
  how,
  options: '',
  right,
  ...more,
})

test('comparisons of status items, properties and keys with literals', () => {
  assert.deepEqual(
    parsePredicate("@status(device.model.family) == 'iPad'"),
    compare(status('device.model.family'), '==', literal('iPad')),
  )
  assert.deepEqual(
    parsePredicate('@property(floor) => 3'),
    compare({ is: 'property', name: 'floor', path: [] }, '>=', literal(3)),
  )
  assert.deepEqual(
    parsePredicate('@status(device.operating-system.version) BEGINSWITH[cd] "27."'),
    compare(status('device.operating-system.version'), 'BEGINSWITH', literal('27.'), { options: 'cd' }),
  )
  assert.deepEqual(
    parsePredicate('@status(passcode.is-compliant) == TRUE'),
    compare(status('passcode.is-compliant'), '==', literal(true)),
  )
  assert.deepEqual(
    parsePredicate('@property(x) IN {1, -2.5, "a", NIL}'),
    compare({ is: 'property', name: 'x', path: [] }, 'IN', {
      is: 'list',
      of: [literal(1), literal(-2.5), literal('a'), literal(null)],
    }),
  )
})

test('AND binds closer than OR, NOT closer than both, and words have no case', () => {
  const a = parsePredicate('@property(a) == 1 or @property(b) == 1 && not @property(c) == 1')
  assert.partialDeepStrictEqual(a, { is: 'or', of: [{ is: 'compare' }, { is: 'and', of: [{}, { is: 'not' }] }] })
  assert.partialDeepStrictEqual(parsePredicate('(TRUEPREDICATE OR FALSEPREDICATE) AND !(@property(a) != 1)'), {
    is: 'and',
    of: [{ is: 'or' }, { is: 'not' }],
  })
})

test('elements of lists are looked at by ANY, SUBQUERY and @key', () => {
  const text = "SUBQUERY(@status(mdm.app), $app, $app.@key(identifier) == 'com.example.a').@count == 0"
  const found = parsePredicate(text)
  assert.partialDeepStrictEqual(found, {
    left: { is: 'subquery', variable: 'app', path: ['@count'], where: { left: { path: ['@key(identifier)'] } } },
  })
  assert.deepEqual(namesIn(found), { status: ['mdm.app'], property: [] })
  assert.partialDeepStrictEqual(parsePredicate('ANY @status(test.array-value) CONTAINS "x"'), { any: 'ANY' })
  assert.deepEqual(namesIn(parsePredicate('NOT (@property(a) == @status(b.c)) OR @property(a) IN {@property(d)}')), {
    status: ['b.c'],
    property: ['a', 'd'],
  })
})

test('what is not a predicate is refused with the place where it goes wrong', () => {
  const wrong: [text: string, code: string, at: number][] = [
    ['', 'predicate.end', 0],
    ['@status(device.model.family)', 'predicate.end', 28],
    ["@status(a) == 'x", 'predicate.quote', 14],
    ['@status(a) = = 1', 'predicate.operand', 13],
    ['@status() == 1', 'predicate.name', 8],
    ['@status(a b) == 1', 'predicate.name', 10],
    ['@foo(a) == 1', 'predicate.function', 0],
    ['@status(a) LIKES 1', 'predicate.operator', 11],
    ['@status(a) == 1 AND', 'predicate.end', 19],
    ['@status(a) == 1 @status(b) == 1', 'predicate.rest', 16],
    ['(@status(a) == 1', 'predicate.expected', 16],
    ['@status(a) IN 3', 'predicate.in', 14],
    ['@status(a) BETWEEN {1}', 'predicate.between', 19],
    ['@status(a) <[c] 1', 'predicate.options', 13],
    ['@status(a) MATCHES "("', 'predicate.pattern', 19],
    ['@status(a) == 1; DROP', 'predicate.character', 15],
    ['SUBQUERY(@status(a), x, 1 == 1).@count > 0', 'predicate.variable', 21],
    [`${'('.repeat(40)}1 == 1${')'.repeat(40)}`, 'predicate.depth', 33],
    [`1 == ${'1'.repeat(9000)}`, 'predicate.length', 8192],
  ]
  for (const [text, code, at] of wrong) {
    const name = text.slice(0, 40)
    assert.throws(
      () => parsePredicate(text),
      (error: unknown) => {
        assert.ok(error instanceof PredicateFault, name)
        assert.deepEqual([name, error.code, error.at], [name, code, at])
        return true
      },
    )
  }
})
