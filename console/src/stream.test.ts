import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { streamReader } from './stream.ts'

const text =
  ': hello\n\nid: 7\nevent: command.done\ndata: {"a":\ndata: 1}\n\nid: 8\r\nevent: device.added\r\ndata: x\r\n\r\n'
const expected = [
  { id: '7', event: 'command.done', data: '{"a":\n1}' },
  { id: '8', event: 'device.added', data: 'x' },
]

test('events are read out of a stream', () => {
  assert.deepEqual(streamReader()(text), expected)
})

test('it does not matter where the network cuts the stream', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 12 }), cuts => {
      const read = streamReader()
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
      const found = places.slice(1).flatMap((end, at) => read(text.slice(places[at], end)))
      assert.deepEqual(found, expected)
    }),
  )
})

test('an event that is not finished is kept for later', () => {
  const read = streamReader()
  assert.deepEqual(read('data: a\n'), [])
  assert.deepEqual(read('\n'), [{ id: null, event: 'message', data: 'a' }])
})
