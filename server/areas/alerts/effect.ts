import type { Event } from '../../base/events.ts'
import type { AlertType, Severity } from './kinds.ts'

/** What the sentence of an alert says. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>

/** What of its type an alert is about. */
export interface Which {
  type: AlertType
  key: string
}

/** Opens an alert, or says it again. `step`: told again when it differs from the last. */
export type Opening = Which & {
  do: 'open'
  severity?: Severity
  device?: string
  about?: { kind: string; id: string }
  facts: Facts
  step?: string
}

/** What an event does to alerts. */
export type Effect =
  | Opening
  /** Ends it. */
  | (Which & { do: 'settle' })
  /** Ends all of these types that are about the device; all types when none is named. */
  | { do: 'settleDevice'; device: string; types?: readonly AlertType[] }
  /** The rule behind it asks that admins, or the person, are told now. */
  | (Which & { do: 'tell'; whom: 'admins' | 'person'; opening: Opening })
  /** The device hangs on another unit now. */
  | { do: 'follow'; device: string }

/** What one type of event does. Pure. */
export type Source = (event: Event, say: Said) => readonly Effect[]

/** What an event says, by name, in the form asked for. */
export interface Said {
  text(name: string): string
  number(name: string): number
  /** Id of what the event is about. */
  id: string
}

/** An alert of the whole org. */
export const ofOrg = (type: AlertType): Which => ({ type, key: 'org' })

/** Ends the alert whose key the event names, or that of the org. */
export const settled =
  (type: AlertType, name?: string): Source =>
  (_, say) => [{ do: 'settle', type, key: name === undefined ? 'org' : say.text(name) }]
