import type { Source } from './effect.ts'

/** Required apps that fail for good. Ten times as many devices are news again. */
export const appSources: Readonly<Record<string, Source>> = {
  'app.failing': (_, { id, text, number }) => [
    {
      do: 'open',
      type: 'app-failed',
      key: id,
      step: String(text('failed').length),
      about: { kind: 'app', id },
      facts: { name: text('name'), failed: number('failed'), required: number('required') },
    },
  ],
  'app.recovered': (_, { id }) => [{ do: 'settle', type: 'app-failed', key: id }],
  'app.archived': (_, { id }) => [{ do: 'settle', type: 'app-failed', key: id }],
}
