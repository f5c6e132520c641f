import type { Source } from './effect.ts'

/** Programs at vendors: what a person must end, and what should have passed by itself and did not. */
export const rosterSources: Readonly<Record<string, Source>> = {
  'program.troubled': (_, { id, text }) => [
    {
      do: 'open',
      type: 'program-troubled',
      key: id,
      severity: ['terms', 'refused', 'expired'].includes(text('state')) ? 'critical' : 'warning',
      step: text('code'),
      about: { kind: 'program', id },
      facts: { name: text('name'), cause: text('state'), kind: text('kind') },
    },
  ],
  'program.recovered': (_, { id }) => [{ do: 'settle', type: 'program-troubled', key: id }],
  'program.removed': (_, { id }) => [
    { do: 'settle', type: 'program-troubled', key: id },
    { do: 'settle', type: 'leading-refused', key: id },
  ],
  'account-door.led-refused': (_, { id, text }) => [
    {
      do: 'open',
      type: 'leading-refused',
      key: id,
      step: text('problem'),
      about: { kind: 'program', id },
      facts: { name: text('name'), reason: text('problem') },
    },
  ],
  'account-door.led': (_, { id }) => [{ do: 'settle', type: 'leading-refused', key: id }],
}
