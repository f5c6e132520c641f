import type { Source } from './effect.ts'

/** A channel by which agents are woken that fails for everyone. */
export const wakeSources: Readonly<Record<string, Source>> = {
  'wake-channel.failing': (_, { text, number }) => [
    {
      do: 'open',
      type: 'push-failing',
      key: text('channel'),
      facts: { minutes: number('minutes'), reason: text('reason') },
    },
  ],
  'wake-channel.recovered': (_, { text }) => [{ do: 'settle', type: 'push-failing', key: text('channel') }],
  'wake-channel.changed': (_, { text }) => [{ do: 'settle', type: 'push-failing', key: text('channel') }],
}
