import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf } from './csv.ts'

test('a file of errors is quoted where it must be, and holds no formula', () => {
  assert.equal(
    csvOf([
      ['Line', 'Wrong'],
      ['7', '=cmd|"/c calc"'],
      ['8', 'a, b'],
    ]),
    '\uFEFFLine,Wrong\r\n7,"\'=cmd|""/c calc"""\r\n8,"a, b"\r\n',
  )
})
