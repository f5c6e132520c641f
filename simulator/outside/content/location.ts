import { randomBytes, randomUUID } from 'node:crypto'

/** What a location owns of one item. */
export interface Asset {
  adamId: string
  pricingParam: 'STDQ' | 'PLUS'
  productType: 'App' | 'Book'
  deviceAssignable: boolean
  revocable: boolean
  totalCount: number
  retiredCount: number
}

/** Who holds one. */
export interface Assignment {
  adamId: string
  pricingParam: 'STDQ' | 'PLUS'
  serialNumber?: string
  clientUserId?: string
}

/** A person the location knows. */
export interface Person {
  clientUserId: string
  email: string
  status: 'Registered' | 'Associated' | 'Retired'
  inviteCode: string | null
}

/** Work that the service does behind a request. */
export interface Event {
  eventId: string
  eventType: string
  /** Questions after it that are answered with PENDING. */
  pending: number
  /** Does the work; answers what failed. */
  apply(): Failure[]
  outcome: Failure[] | null
  requested: number
}

/** Why a part of the work was not done. */
export interface Failure {
  errorNumber: number
  errorMessage: string
  errorInfo: { serialNumbers?: string[]; clientUserIds?: string[]; assets?: { adamId: string }[] }
}

/** What a location is told by a server about itself. */
export interface Owner {
  id: string
  name: string
  metadata: string
}

/** One location of an organization, with what it owns and who works its token. */
export interface Location {
  uId: string
  orgName: string
  tokens: Map<string, { expiresAt: number; state: 'good' | 'revoked' }>
  assets: Map<string, Asset>
  assignments: Map<string, Assignment>
  people: Map<string, Person>
  events: Map<string, Event>
  owner: Owner | null
  notify: { url: string; token: string; types: string[] } | null
  /** Questions that every new event answers with PENDING; Infinity: for ever. */
  pendingPolls: number
  /** What holders or items fail with, by serial, client id or adam id. */
  failing: Map<string, number>
}

/** A fresh location. */
export function newLocation(orgName: string): Location {
  return {
    uId: String(2_000_000_000_000 + Number.parseInt(randomBytes(4).toString('hex'), 16)),
    orgName,
    tokens: new Map(),
    assets: new Map(),
    assignments: new Map(),
    people: new Map(),
    events: new Map(),
    owner: null,
    notify: null,
    pendingPolls: 0,
    failing: new Map(),
  }
}

/** A content token as the portal hands it out: base64 of JSON. */
export function newToken(location: Location, expiresAt: number): string {
  const token = randomBytes(48).toString('base64url')
  const expDate = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, '+0000')
  const file = Buffer.from(JSON.stringify({ token, expDate, orgName: location.orgName })).toString('base64')
  location.tokens.set(file, { expiresAt, state: 'good' })
  return file
}

/** The name of an item among a location's. */
export const assetKey = (of: { adamId: string; pricingParam: string }): string => `${of.adamId} ${of.pricingParam}`

/** The name of an assignment among a location's. */
export const assignmentKey = (of: Assignment): string =>
  `${assetKey(of)} ${of.serialNumber ?? ''} ${of.clientUserId ?? ''}`

/** How many of an item are given. */
export function assignedOf(location: Location, asset: Asset): number {
  return [...location.assignments.values()].filter(a => assetKey(a) === assetKey(asset)).length
}

/** Begins work; it is done when the last question after it was answered with PENDING, or at once. */
export function beginEvent(
  location: Location,
  of: { eventType: string; requested: number; apply(): Failure[] },
): Event {
  const event: Event = { eventId: randomUUID(), pending: location.pendingPolls, outcome: null, ...of }
  location.events.set(event.eventId, event)
  if (event.pending === 0) finish(event)
  return event
}

/** What an event answers now. */
export function askEvent(event: Event): object {
  if (event.outcome === null && event.pending > 0) {
    event.pending -= 1
    return { eventStatus: 'PENDING', eventType: event.eventType, numCompleted: 0, numRequested: event.requested }
  }
  const failures = event.outcome ?? finish(event)
  return {
    eventStatus: failures.length > 0 ? 'FAILED' : 'COMPLETE',
    eventType: event.eventType,
    ...(failures.length > 0 ? { failures } : {}),
    numCompleted: Math.max(0, event.requested - failures.length),
    numRequested: event.requested,
  }
}

function finish(event: Event): Failure[] {
  event.outcome = event.apply()
  return event.outcome
}
