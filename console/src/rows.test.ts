import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceRow } from './contract.ts'
import { holds, isLong, type LongList, withRow } from './rows.ts'

const row = (id: string, waiting = 0) => ({ id, waiting }) as DeviceRow
const list: LongList = {
  pages: ['a', 'b', 'c', 'd'].map(id => ({ items: [row(`${id}1`), row(`${id}2`)], next: null, total: 8 })),
  pageParams: [],
}

test('a list of many pages is long, others are not', () => {
  assert.equal(isLong(list), true)
  assert.equal(isLong({ ...list, pages: list.pages.slice(0, 3) }), false)
  assert.equal(isLong({ total: 3 }), false)
  assert.equal(isLong(undefined), false)
})

test('a row is replaced where it stands and other pages stay the same objects', () => {
  assert.equal(holds(list, 'c2'), true)
  assert.equal(holds(list, 'x'), false)
  const after = withRow(list, row('c2', 5))
  assert.equal(after.pages[2]?.items[1]?.waiting, 5)
  assert.equal(after.pages[0], list.pages[0])
  assert.notEqual(after.pages[2], list.pages[2])
})
