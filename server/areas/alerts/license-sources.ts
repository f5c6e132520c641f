import type { Source } from './effect.ts'

/** Licenses of which more is wanted than there is. */
export const licenseSources: Readonly<Record<string, Source>> = {
  'license.short': (_, { id, text, number }) => [
    {
      do: 'open',
      type: 'licenses-short',
      key: id,
      step: text('short'),
      about: { kind: 'license', id },
      facts: { name: text('name'), short: number('short'), total: number('total') },
    },
  ],
  'license.enough': (_, { id }) => [{ do: 'settle', type: 'licenses-short', key: id }],
}
