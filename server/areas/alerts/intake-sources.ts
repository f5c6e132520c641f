import type { Source } from './effect.ts'

/** Batches of devices: what is not ready when the day comes, and what is stuck on the day. */
export const intakeSources: Readonly<Record<string, Source>> = {
  'intake.troubled': (_, { id, text, number }) => [
    {
      do: 'open',
      type: 'intake-red',
      key: id,
      severity: number('days') <= 1 ? 'critical' : 'warning',
      step: text('days'),
      about: { kind: 'intake', id },
      facts: { name: text('name'), day: text('day'), reds: number('reds') },
    },
  ],
  'intake.cleared': (_, { id }) => [{ do: 'settle', type: 'intake-red', key: id }],
  'intake.stuck': (_, { id, text, number }) => [
    {
      do: 'open',
      type: 'intake-stuck',
      key: id,
      about: { kind: 'intake', id },
      facts: { name: text('name'), count: number('lines'), serial: text('serial') },
    },
  ],
  'intake.freed': (_, { id }) => [{ do: 'settle', type: 'intake-stuck', key: id }],
  'intake.closed': (_, { id }) => [
    { do: 'settle', type: 'intake-red', key: id },
    { do: 'settle', type: 'intake-stuck', key: id },
  ],
  'intake.removed': (_, { id }) => [{ do: 'settle', type: 'intake-red', key: id }],
}
