import { ofOrg as org, settled, type Source } from './effect.ts'

/** What guards the fleet and its people: events that every admin hears of. */
export const guardSources: Readonly<Record<string, Source>> = {
  'privacy.check-failed': ({ data }) => {
    const failed = Array.isArray(data['failed']) ? data['failed'].map(String) : []
    return [{ do: 'open', ...org('privacy-check'), facts: { count: failed.length, failed: failed.join(', ') } }]
  },
  'intent.held': (_, { text, number }) => [
    {
      do: 'open',
      type: 'guard-held',
      key: text('intent'),
      about: { kind: 'intent', id: text('intent') },
      facts: { action: text('action'), count: number('devices'), why: text('why'), reason: text('reason') },
    },
  ],
  'intent.proposed': (_, { text, number }) => [
    {
      do: 'open',
      type: 'guard-proposed',
      key: text('intent'),
      about: { kind: 'intent', id: text('intent') },
      facts: { action: text('action'), effectiveAt: number('effectiveAt') },
    },
  ],
  ...Object.fromEntries(
    ['denied', 'canceled', 'released', 'expired'].map(end => [
      `intent.${end}`,
      ((_, { text }) =>
        (['guard-held', 'guard-proposed'] as const).map(type => ({
          do: 'settle',
          type,
          key: text('intent'),
        }))) as Source,
    ]),
  ),
  'guard.breaker-opened': (_, { number }) => [
    {
      do: 'open',
      ...org('guard-breaker'),
      about: { kind: 'guard', id: 'breaker' },
      facts: { count: number('acknowledged'), minutes: number('minutes') },
    },
  ],
  'guard.breaker-closed': settled('guard-breaker'),
  'guard.frozen': (_, { text }) => [
    { do: 'open', ...org('guard-frozen'), about: { kind: 'guard', id: 'freeze' }, facts: { reason: text('reason') } },
  ],
  'guard.unfrozen': settled('guard-frozen'),
  'guard.restored': () => [{ do: 'open', ...org('guard-restored'), about: { kind: 'guard', id: 'epoch' }, facts: {} }],
  'guard.epoch-released': settled('guard-restored'),
  'guard.time-doubted': (_, { number }) => [
    {
      do: 'open',
      ...org('guard-time'),
      about: { kind: 'guard', id: 'time' },
      facts: { minutes: Math.round(Math.abs(number('byMs')) / 60_000) },
    },
  ],
  'guard.time-confirmed': settled('guard-time'),
}
