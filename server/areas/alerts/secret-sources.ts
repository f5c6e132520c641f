import type { Source } from './effect.ts'

/** What of the secrets of devices somebody should look at: one that opens nothing, one that cannot be replaced. */
export const secretSources: Readonly<Record<string, Source>> = {
  'escrow.doubted': (_, { id, text }) => [
    { do: 'open', type: 'secret-doubted', key: `${id} ${text('kind')}`, device: id, facts: { kind: text('kind') } },
  ],
  'escrow.stuck': (_, { id, text }) => [
    {
      do: 'open',
      type: 'secret-stuck',
      key: `${id} ${text('kind')}`,
      device: id,
      facts: { kind: text('kind'), reason: text('problem') },
    },
  ],
  'escrow.confirmed': (_, { id, text }) => [
    { do: 'settle', type: 'secret-doubted', key: `${id} ${text('kind')}` },
    { do: 'settle', type: 'secret-stuck', key: `${id} ${text('kind')}` },
  ],
}
