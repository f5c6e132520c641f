import { settled, type Source } from './effect.ts'
import type { Severity } from './kinds.ts'

const dayLeft = (days: number): Severity => (days <= 3 ? 'critical' : days <= 14 ? 'warning' : 'caution')

/** What custody tells: what ends and whom that concerns, and addresses that nobody reads. */
export const custodySources: Readonly<Record<string, Source>> = {
  'keeping.ending': (_, { text, number }) => [
    {
      do: 'open',
      type: 'expiring',
      key: text('ref'),
      severity: dayLeft(number('days')),
      step: text('days'),
      about: { kind: 'keeping', id: text('ref') },
      facts: {
        subject: text('name'),
        purpose: text('kind'),
        what: text('kind').replaceAll('-', '_'),
        days: number('days'),
        notAfter: number('endsAt'),
        level: text('level'),
        owner: text('owner'),
      },
    },
  ],
  'keeping.renewed': settled('expiring', 'ref'),
  'keeping.gone': settled('expiring', 'ref'),
  'custody-address.troubled': (_, { text, number }) => [
    {
      do: 'open',
      type: 'account-trouble',
      key: text('address'),
      step: text('why'),
      about: { kind: 'external-account', id: text('address') },
      facts: { address: text('address'), why: text('why'), count: number('uses') },
    },
  ],
  'custody-address.cleared': settled('account-trouble', 'address'),
}
