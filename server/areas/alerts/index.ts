/**
 * What a person should look at, who hears of it and when: the alert centre, mail, the daily digest. Nobody tells this room anything:
 * it reads the sealed log, and `sources.ts` says which events open, repeat or settle an alert. A mail is written in the transaction that
 * notes it as written, so that each is written once; `base/mail.ts` carries it out.
 */
export { alertEvents } from './events.ts'
export { alertsFollowing } from './follow.ts'
export { listAlerts } from './list.ts'
export { measure } from './jobs.ts'
export { alertTypes, type AlertType, severities, type Severity } from './kinds.ts'
export { occupant } from './occupant.ts'
export { alertsOfDevices, waitingByType } from './shown.ts'
