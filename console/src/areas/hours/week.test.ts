import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOpen, painted, weekdays, type Window } from './week.ts'

const office: Window = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' }
const night: Window = { days: ['fri'], from: '22:00', to: '06:00' }

test('a part of a day is open where one window, or several that meet, are open for all of it', () => {
  assert.equal(isOpen([office], 0, 540, 570), true)
  assert.equal(isOpen([office], 0, 510, 570), false)
  assert.equal(isOpen([office], 5, 540, 570), false)
  assert.equal(isOpen([night], 5, 0, 360), true, 'the night goes on into Saturday')
  assert.equal(isOpen([night], 5, 330, 390), false)
  assert.equal(
    isOpen(
      [
        { ...office, to: '12:00' },
        { ...office, from: '12:00' },
      ],
      2,
      690,
      750,
    ),
    true,
  )
})

test('closing an hour at noon makes two windows of one, on that day alone', () => {
  assert.deepEqual(painted([office], { day: 2, from: 720, to: 780 }, false), [
    { days: ['mon', 'tue', 'thu', 'fri'], from: '09:00', to: '17:30' },
    { days: ['wed'], from: '09:00', to: '12:00' },
    { days: ['wed'], from: '13:00', to: '17:30' },
  ])
})

test('opening it again puts them together again', () => {
  const closed = painted([office], { day: 2, from: 720, to: 780 }, false)
  assert.deepEqual(painted(closed, { day: 2, from: 720, to: 780 }, true), [office])
})

test('closing an hour of the morning after a night shortens the night, and times that are no half hours stay', () => {
  assert.deepEqual(painted([night], { day: 5, from: 300, to: 360 }, false), [{ ...night, to: '05:00' }])
  const odd: Window = { days: ['sun'], from: '08:10', to: '08:55' }
  assert.deepEqual(painted([odd], { day: 0, from: 0, to: 30 }, true), [
    { days: ['mon'], from: '00:00', to: '00:30' },
    odd,
  ])
})

test('a whole day ends at midnight, and a week of days is one window', () => {
  let windows: Window[] = []
  for (const day of weekdays.keys()) windows = painted(windows, { day, from: 0, to: 1440 }, true)
  assert.deepEqual(windows, [{ days: [...weekdays], from: '00:00', to: '24:00' }])
})
