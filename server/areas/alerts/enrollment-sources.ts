import type { Source } from './effect.ts'

/** Devices that come: what an admin must decide, and what looks like a copy of one. */
export const enrollmentSources: Readonly<Record<string, Source>> = {
  'newcomer.asked': (_, { id, text }) => [
    {
      do: 'open',
      type: 'newcomer',
      key: id,
      severity: text('attested') === 'failed' ? 'warning' : 'caution',
      about: { kind: 'newcomer', id },
      facts: { name: text('name'), serial: text('serial'), attested: text('attested') },
    },
  ],
  ...Object.fromEntries(
    ['approved', 'denied', 'entered', 'lapsed'].map(end => [
      `newcomer.${end}`,
      ((_, { id }) => [{ do: 'settle', type: 'newcomer', key: id }]) as Source,
    ]),
  ),
  'agent.cloned': (_, { id, text }) => [{ do: 'open', type: 'cloned', key: text('enrollment'), device: id, facts: {} }],
}
