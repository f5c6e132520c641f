import type { Event } from '../../base/events.ts'
import { type Effect, type Facts, ofOrg as org, type Said, settled, type Source, type Which } from './effect.ts'
import { appSources } from './app-sources.ts'
import { custodySources } from './custody-sources.ts'
import { enrollmentSources } from './enrollment-sources.ts'
import { guardSources } from './guard-sources.ts'
import { secretSources } from './secret-sources.ts'
import { intakeSources } from './intake-sources.ts'
import { licenseSources } from './license-sources.ts'
import { wakeSources } from './wake-sources.ts'
import { rosterSources } from './roster-sources.ts'
import type { AlertType, Severity } from './kinds.ts'

const held: Record<string, Severity> = { low: 'caution', medium: 'warning', high: 'warning', critical: 'critical' }

function verdict({ data }: Event, { text, id }: Said): { which: Which; facts: Facts; severity: Severity } {
  const kind = text('kind')
  const type = kind === 'integrity' || kind === 'malware' ? kind : 'violation'
  const apps = Array.isArray(data['apps']) ? data['apps'].map(String).join(', ') : ''
  return {
    which: { type, key: `${id} ${text('rule')}` },
    facts: { rule: text('name'), apps, kind, fix: text('fix') },
    severity: type === 'violation' ? (held[text('severity')] ?? 'warning') : 'critical',
  }
}

const unkept = ['violating', 'grace']
const gone: readonly AlertType[] = [
  'integrity',
  'violation',
  'malware',
  'no-contact',
  'enrollment-stuck',
  'setup-stuck',
  'push-address',
  'cloned',
]

/** Which events open, repeat or settle alerts. Events that are not named do nothing. */
const sources: Readonly<Record<string, Source>> = {
  'enrollment.ended': (_, { id, text }) => [
    { do: 'settleDevice', device: id, types: gone },
    ...(text('reason') === 'left'
      ? ([{ do: 'open', type: 'left-management', key: id, device: id, facts: {} }] as const)
      : []),
  ],
  'enrollment.activated': (_, { id }) => [
    { do: 'settleDevice', device: id, types: ['left-management', 'enrollment-stuck', 'push-address'] },
  ],
  'enrollment.stuck': (_, { id, text, number }) => [
    {
      do: 'open',
      type: 'enrollment-stuck',
      key: text('enrollment'),
      device: id,
      facts: { minutes: number('minutes') },
    },
  ],
  'setup.stuck': (_, { id, text, number }) => [
    {
      do: 'open',
      type: 'setup-stuck',
      key: text('enrollment'),
      device: id,
      facts: { cause: text('code'), minutes: number('minutes') },
    },
  ],
  'setup.progressed': settled('setup-stuck', 'enrollment'),
  'setup.ended': settled('setup-stuck', 'enrollment'),
  'device.removed': (_, { id }) => [{ do: 'settleDevice', device: id }],
  'device.moved': (_, { id }) => [{ do: 'follow', device: id }],
  'device.quieted': (_, { id, number }) => [
    { do: 'open', type: 'no-contact', key: id, device: id, step: 'caution', facts: { days: number('days') } },
  ],
  'device.missed': (_, { id, number }) => [
    {
      do: 'open',
      type: 'no-contact',
      key: id,
      device: id,
      severity: 'warning',
      step: 'warning',
      facts: { days: number('days') },
    },
  ],
  'device.heard': (_, { id }) => [{ do: 'settleDevice', device: id, types: ['no-contact'] }],
  'device.returned': (_, { id }) => [{ do: 'settleDevice', device: id, types: ['no-contact'] }],
  'device.held': (_, { id }) => [{ do: 'settleDevice', device: id, types: ['no-contact'] }],
  'verdict.changed': (event, say) => {
    const { which, facts, severity } = verdict(event, say)
    if (unkept.includes(say.text('now')))
      return [{ do: 'open', ...which, severity, device: say.id, step: say.text('now'), facts }]
    // A device that does not answer has not mended anything.
    return say.text('now') === 'unknown' ? [] : [{ do: 'settle', ...which }]
  },
  // It may stand in the log before the verdict that it answers.
  'verdict.responded': (event, say) => {
    const { which, facts, severity } = verdict(event, say)
    const whom = { 'notify-person': 'person', 'notify-admins': 'admins' } as const
    const told = whom[say.text('response') as keyof typeof whom]
    if (told === undefined) return []
    const step = Number(event.data['graceUntil'] ?? 0) > event.at ? 'grace' : 'violating'
    const opening = { do: 'open', ...which, severity, device: say.id, step, facts } as const
    return [{ do: 'tell', whom: told, ...which, opening }]
  },
  'exception.asked': (_, { id, text }) => [
    {
      do: 'open',
      type: 'exception-asked',
      key: text('exception'),
      ...(text('device') === '' ? {} : { device: text('device') }),
      about: { kind: 'exception', id: text('exception') },
      facts: { rule: text('name'), reason: text('reason'), subject: id },
    },
  ],
  'exception.granted': settled('exception-asked', 'exception'),
  'exception.denied': settled('exception-asked', 'exception'),
  'exception.ended': settled('exception-asked', 'exception'),
  'hours.exception-asked': (event, { id, text }) => [
    {
      do: 'open',
      type: 'hours-asked',
      key: text('exception'),
      ...(event.about?.kind === 'device' ? { device: id } : {}),
      about: { kind: 'hours-exception', id: text('exception') },
      facts: { reason: text('reason') },
    },
  ],
  'hours.exception-granted': settled('hours-asked', 'exception'),
  'hours.exception-denied': settled('hours-asked', 'exception'),
  'hours.exception-withdrawn': settled('hours-asked', 'exception'),
  'hours.exception-ended': settled('hours-asked', 'exception'),
  'command.failed': (_, { id, text }) => [
    {
      do: 'open',
      type: 'command-failed',
      key: `${id} ${text('kind')}`,
      device: id,
      about: { kind: 'command', id: text('command') },
      facts: { command: text('kind'), reason: text('explained') },
    },
  ],
  'command.done': (_, { id, text }) => [{ do: 'settle', type: 'command-failed', key: `${id} ${text('kind')}` }],
  'item.failed': ({ data }, { id, text }) =>
    data['final'] === true
      ? [
          {
            do: 'open',
            type: 'item-failed',
            key: `${id} ${text('item')}`,
            device: id,
            about: { kind: 'policy', id: text('policy') },
            facts: { item: text('item'), reason: text('code') },
          },
        ]
      : [],
  'item.repaired': (_, { id, text }) => [{ do: 'settle', type: 'item-failed', key: `${id} ${text('item')}` }],
  'desired.reached': (_, { id }) => [{ do: 'settleDevice', device: id, types: ['item-failed'] }],
  ...custodySources,
  'push-credential.refused': (_, { text, number }) => [
    {
      do: 'open',
      type: 'push-refused',
      key: text('topic'),
      facts: { topic: text('topic'), status: number('status'), reason: text('reason') },
    },
  ],
  'push-credential.uploaded': (_, { text }) => [
    { do: 'settle', type: 'push-refused', key: text('topic') },
    { do: 'settle', type: 'push-refused', key: text('formerTopic') },
  ],
  'push.failing': (_, { text, number }) => [
    { do: 'open', ...org('push-failing'), facts: { minutes: number('minutes'), reason: text('reason') } },
  ],
  'push.recovered': settled('push-failing'),
  ...wakeSources,
  'wake.failed': ({ about }, { id, text }) =>
    text('account') === '' && about?.kind === 'device'
      ? [{ do: 'open', type: 'push-address', key: id, device: id, facts: { reason: text('reason') } }]
      : [],
  'wake.sent': (_, { id }) => [{ do: 'settle', type: 'push-address', key: id }],
  'mail.undelivered': (_, { text }) => [
    { do: 'open', ...org('mail-undelivered'), facts: { state: text('state') }, about: { kind: 'mail', id: 'outbox' } },
  ],
  'incident.opened': ({ about }, { id, text }) => [
    {
      do: 'open',
      type: 'incident',
      key: text('incident'),
      ...(about?.kind === 'device' ? { device: id } : {}),
      about: { kind: 'incident', id: text('incident') },
      facts: { kind: text('kind'), by: text('by') },
    },
  ],
  'incident.found': settled('incident', 'incident'),
  'incident.written-off': settled('incident', 'incident'),
  'incident.closed': settled('incident', 'incident'),
  'standing-order.held': ({ about }, { id, text }) => [
    {
      do: 'open',
      type: 'order-held',
      key: text('incident'),
      ...(about?.kind === 'device' ? { device: id } : {}),
      about: { kind: 'incident', id: text('incident') },
      facts: { reason: text('why') },
    },
  ],
  'standing-order.sent': settled('order-held', 'incident'),
  'standing-order.canceled': settled('order-held', 'incident'),
  'campaign.halted': (_, { id, text, number }) => [
    {
      do: 'open',
      type: 'campaign-halted',
      key: id,
      about: { kind: 'campaign', id },
      facts: { name: text('name'), reason: text('reason'), failed: number('failed'), reached: number('reached') },
    },
  ],
  'campaign.resumed': (_, { id }) => [{ do: 'settle', type: 'campaign-halted', key: id }],
  'campaign.stopped': (_, { id }) => [{ do: 'settle', type: 'campaign-halted', key: id }],
  'campaign.retargeted': (_, { id }) => [{ do: 'settle', type: 'campaign-halted', key: id }],
  ...enrollmentSources,
  ...guardSources,
  ...secretSources,
  ...intakeSources,
  ...rosterSources,
  ...licenseSources,
  ...appSources,
}

/** Whether events of this type matter to alerts. */
export function matters(type: string): boolean {
  return Object.hasOwn(sources, type)
}

/** What an event does to alerts. Pure. */
export function effectsOf(event: Event): readonly Effect[] {
  const source = matters(event.type) ? sources[event.type] : undefined
  if (!source) return []
  const { data } = event
  const scalar = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
  return source(event, {
    text: name => scalar(data[name]),
    number: name => Number(data[name] ?? 0),
    id: event.about?.id ?? '',
  })
}
