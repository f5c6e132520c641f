import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawnSteps } from './steps.ts'
import { standingOf } from './words.ts'

const names = (steps: ReturnType<typeof drawnSteps>) => steps.map(step => `${step.step} ${step.when}`)

test('a queued command stands at its first step and shows the way ahead', () => {
  const steps = drawnSteps({
    state: 'queued',
    notNow: null,
    steps: [
      { step: 'queued', at: 1 },
      { step: 'pushed', at: null },
    ],
  })
  assert.deepEqual(names(steps), ['queued now', 'pushed ahead', 'fetched ahead', 'acknowledged ahead'])
})

test('not now stands where it happened and is the present', () => {
  const steps = drawnSteps({
    state: 'queued',
    notNow: { count: 2, lastAt: 4 },
    steps: [
      { step: 'queued', at: 1 },
      { step: 'pushed', at: 2 },
      { step: 'fetched', at: 3 },
      { step: 'not-now', at: 4, count: 2 },
    ],
  })
  assert.deepEqual(names(steps), ['queued past', 'pushed past', 'fetched past', 'not-now now', 'acknowledged ahead'])
  assert.equal(steps[3]?.count, 2)
})

test('an end closes the way and nothing lies ahead', () => {
  const done = drawnSteps({
    state: 'done',
    notNow: null,
    steps: [
      { step: 'queued', at: 1 },
      { step: 'fetched', at: 3 },
      { step: 'acknowledged', at: 4 },
    ],
  })
  assert.deepEqual(names(done), ['queued past', 'fetched past', 'acknowledged now'])
  const canceled = drawnSteps({
    state: 'canceled',
    notNow: null,
    steps: [
      { step: 'queued', at: 1 },
      { step: 'canceled', at: 9 },
    ],
  })
  assert.deepEqual(names(canceled), ['queued past', 'canceled now'])
})

test('pushed and not now are standings within queued', () => {
  assert.equal(standingOf({ state: 'queued' }), 'queued')
  assert.equal(standingOf({ state: 'queued', pushedAt: 2 }), 'pushed')
  assert.equal(standingOf({ state: 'queued', pushedAt: 2, notNow: { count: 1, lastAt: 3 } }), 'not-now')
  assert.equal(standingOf({ state: 'done', notNow: { count: 1, lastAt: 3 } }), 'done')
})
