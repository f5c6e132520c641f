import type { Actor } from '../contract.ts'

export type Severity = 'caution' | 'warning' | 'critical'
export type Way = 'now' | 'digest' | 'off'

interface Named {
  id: string
  name: string
}

/** Something a person should look at. */
export interface Alert {
  id: string
  type: string
  severity: Severity
  state: 'open' | 'acknowledged' | 'resolved'
  openedAt: number
  lastAt: number
  times: number
  facts: Record<string, string | number | boolean | null>
  device: Named | null
  user: Named | null
  unit: Named
  about: { kind: string; id: string } | null
  assignee: Named | null
  acknowledgedAt: number | null
  snoozedUntil: number | null
  resolvedAt: number | null
  resolvedHow: string | null
}

/** One step of what became of an alert. */
export interface AlertStep {
  id: string
  at: number
  what: string
  by: Actor
  text: string | null
  name: string | null
}

/** An alert as its page shows it. */
export interface AlertPage extends Alert {
  person: { toldAt: number | null; canBeAsked: boolean }
  writable: boolean
  steps: AlertStep[]
}

/** How many alerts wait, by type. */
export interface AlertSummary {
  unseen: number
  more: boolean
  items: { type: string; severity: Severity; state: string; count: number; since: number }[]
}

/** How the signed-in admin hears of alerts. */
export interface Notifications {
  email: string
  zone: string | null
  digestHour: number | null
  items: { type: string; way: Way; usual: Way; fixed: boolean }[]
}

/** What the org has decided about types of alerts. */
export interface AlertRules {
  items: { type: string; severity: Severity; opens: boolean; toPerson: boolean | null; everyone: boolean }[]
}

/** How mail leaves the server. */
export interface MailStanding {
  ready: boolean
  from: string | null
  server: { host: string; port: number; tls: 'implicit' | 'demanded' | 'offered'; signedIn: boolean } | null
  failingSince: number | null
  trouble: string | null
  deliveredAt: number | null
  counts: Record<MailState, number>
}

export type MailState = 'waiting' | 'sent' | 'refused' | 'late'

/** A mail of the outbox. */
export interface OutboxMail {
  id: string
  to: string
  subject: string
  state: MailState
  attempts: number
  answer: string | null
  createdAt: number
  nextAt: number | null
  endedAt: number | null
}
