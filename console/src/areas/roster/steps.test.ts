import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupSteps } from '@muster/wire/apple/setup-steps.ts'
import { steps } from './steps.ts'

test('the editor offers exactly the steps that the server takes', () => {
  assert.deepEqual(
    steps.map(s => s.step),
    setupSteps.map(s => s.step),
  )
})
