import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzz, targets } from './testing/fuzz.ts'

for (const target of targets()) {
  test(`2,000 damaged inputs of ${target.name} are read or refused as malformed, none slowly`, () => {
    const { faults, codes, accepted } = fuzz(target, 1, 2000)
    assert.deepEqual(faults, [])
    // A fuzzer whose every case fails alike would test nothing.
    assert.ok(codes.size >= 3, [...codes.keys()].join())
    assert.ok(accepted > 0)
  })
}
