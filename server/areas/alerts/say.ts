import { type Language, sayer } from '../../base/say.ts'
import { type AlertType, alertType, severities } from './kinds.ts'
import type { Facts } from './effect.ts'
import type { AlertRow } from './store.ts'
import { en } from './texts/en.ts'
import { fr } from './texts/fr.ts'
import { ja } from './texts/ja.ts'
import { sv } from './texts/sv.ts'

/** Says the texts of mails about alerts. */
export const say = sayer({ en, fr, sv, ja })

/** What texts may ask for and not every alert has. */
const none = {
  device: '',
  person: '',
  rule: '',
  apps: 'none',
  subject: '',
  command: '',
  item: '',
  action: '',
  kind: '',
  name: '',
  day: '',
  serial: '',
  attested: '',
  why: '',
  cause: '',
  what: '',
  address: '',
}

/** The facts of an alert as texts take them. */
export function factsOf(alert: Pick<AlertRow, 'facts'>): Record<string, string | number> {
  const facts = JSON.parse(alert.facts) as Facts
  const given = Object.entries(facts).filter(([, value]) => value !== null && value !== '')
  const said = given.map(([name, value]) => [name, typeof value === 'number' ? value : String(value)] as const)
  return {
    ...none,
    days: 0,
    minutes: 0,
    count: 0,
    failed: 0,
    required: 0,
    reached: 0,
    reds: 0,
    short: 0,
    ...Object.fromEntries(said),
  }
}

/** The one sentence that an alert is. */
export function titleOf(alert: Pick<AlertRow, 'type' | 'facts'>, language: Language): string {
  const type = alertType(alert.type)
  return type === undefined ? alert.type : say(language, `title.${type}`, factsOf(alert))
}

/** What to do next about it. */
export function nextOf(type: AlertType, language: Language): string {
  return say(language, `next.${type}`)
}

/** How grave it is, in a word. */
export function severityOf(alert: Pick<AlertRow, 'severity'>, language: Language): string {
  return say(language, 'severity', { severity: severities[alert.severity - 1] ?? 'caution' })
}
