/** How grave an alert is, from least to most. */
export const severities = ['caution', 'warning', 'critical'] as const
export type Severity = (typeof severities)[number]

/** How an admin hears of a type of alert: by a mail of its own at once, in the daily digest, or only in the console. */
export const ways = ['now', 'digest', 'off'] as const
export type Way = (typeof ways)[number]

/** What is usual for a type of alert, before anybody decides otherwise. */
export interface AlertKind {
  readonly severity: Severity
  readonly way: Way
  /** Whether the person of the device can be told, and is by default; null: it is no matter of theirs. */
  readonly person: boolean | null
  /** Told at once to every admin of the org, and nobody can switch it off: a thief would. */
  readonly everyone: boolean
}

const kind = (severity: Severity, way: Way, person: boolean | null = null): AlertKind => ({
  severity,
  way,
  person,
  everyone: false,
})
const everyone = (severity: Severity): AlertKind => ({ severity, way: 'now', person: null, everyone: true })

/** Every type of alert. */
export const kinds = {
  'left-management': kind('critical', 'now', false),
  integrity: kind('critical', 'now', true),
  violation: kind('warning', 'now', true),
  malware: kind('critical', 'now', true),
  'no-contact': kind('caution', 'digest', false),
  'enrollment-stuck': kind('caution', 'digest', false),
  newcomer: kind('caution', 'digest'),
  cloned: kind('critical', 'now'),
  'program-troubled': kind('critical', 'now'),
  'leading-refused': kind('warning', 'now'),
  'licenses-short': kind('warning', 'now'),
  'app-failed': kind('caution', 'digest'),
  'intake-red': kind('warning', 'now'),
  'intake-stuck': kind('warning', 'now'),
  'setup-stuck': kind('warning', 'now'),
  'secret-doubted': kind('critical', 'now'),
  'secret-stuck': kind('caution', 'digest'),
  'command-failed': kind('caution', 'digest'),
  'item-failed': kind('caution', 'digest'),
  expiring: kind('caution', 'now'),
  'account-trouble': kind('warning', 'now'),
  incident: kind('critical', 'now'),
  'order-held': kind('critical', 'now'),
  'push-refused': kind('critical', 'now'),
  'push-failing': kind('warning', 'now'),
  'push-address': kind('caution', 'digest', false),
  'mail-undelivered': kind('caution', 'digest'),
  'campaign-halted': kind('critical', 'now'),
  'exception-asked': kind('caution', 'now'),
  'hours-asked': kind('caution', 'now'),
  'privacy-check': everyone('critical'),
  'guard-held': everyone('critical'),
  'guard-proposed': everyone('critical'),
  'guard-breaker': everyone('critical'),
  'guard-frozen': everyone('critical'),
  'guard-restored': everyone('critical'),
  'guard-time': everyone('critical'),
} as const satisfies Record<string, AlertKind>

/** The name of a type of alert. */
export type AlertType = keyof typeof kinds

/** The names of all types. */
export const alertTypes = Object.keys(kinds) as [AlertType, ...AlertType[]]

/** Types of which the person of the device can be told. */
export const personTypes = alertTypes.filter(t => kinds[t].person !== null)

/** The type with this name, if there is one: rows may be of a newer release. */
export function alertType(name: string): AlertType | undefined {
  return alertTypes.find(t => t === name)
}
