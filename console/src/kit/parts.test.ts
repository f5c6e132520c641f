import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { partsOfAddress } from './address.ts'
import { masked, wholeCells } from './cells.ts'
import { initials, langOf } from './names.ts'
import { countSelected, isSelected, noSelection, rangeOf, withSelected } from './selection.ts'

test('a bar has whole cells, at least one for what is not zero, and never more than it is wide', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(100_000), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 6, max: 200 }),
      (counts, cells) => {
        const given = wholeCells(counts, cells)
        const total = counts.reduce((sum, n) => sum + n, 0)
        assert.equal(
          given.reduce((sum, n) => sum + n, 0),
          total === 0 ? 0 : cells,
        )
        for (const [at, count] of counts.entries()) assert.equal((given[at] ?? 0) > 0, count > 0)
      },
    ),
  )
})

test('rows are chosen one by one, in ranges, or all but some', () => {
  const ids = ['a', 'b', 'c', 'd']
  const two = withSelected(noSelection, ['a', 'c'], true)
  assert.equal(countSelected(two, 4), 2)
  assert.equal(isSelected(two, 'b'), false)
  assert.equal(countSelected(withSelected(two, ['a'], false), 4), 1)
  const all = withSelected({ all: true, except: new Set() }, ['d'], false)
  assert.equal(countSelected(all, 4), 3)
  assert.equal(isSelected(all, 'd'), false)
  assert.deepEqual(rangeOf(ids, 'd', 'b'), ['b', 'c', 'd'])
  assert.deepEqual(rangeOf(ids, 'gone', 'b'), ['b'])
})

test('initials are two letters, or one sign of a Japanese name', () => {
  assert.equal(initials('Elin Lindgren'), 'EL')
  assert.equal(initials('Åsa'), 'Å')
  assert.equal(initials('佐藤 美咲'), '佐')
  assert.equal(langOf('佐藤 美咲'), 'ja')
  assert.equal(langOf('Camille Faure'), undefined)
})

test('an address from the server is taken apart for the router', () => {
  assert.deepEqual(partsOfAddress('/devices?filter=state%3Asilent'), {
    to: '/devices',
    search: { filter: 'state:silent' },
  })
  assert.deepEqual(partsOfAddress('/settings/certificates'), { to: '/settings/certificates', search: {} })
})

test('a covered phone number keeps its country and its last four digits, and no other', () => {
  assert.equal(masked('+44 7700 99182'), '+44 •••• •9182')
  assert.equal(masked('090-1234-4417'), '•••-••••-4417')
})
