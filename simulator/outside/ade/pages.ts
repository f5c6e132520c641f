import type { Said } from '../web/web.ts'
import { type Registered, said, type Vendor } from './vendor.ts'

/** A cursor is good for a week. */
const goodMs = 7 * 86_400_000

interface Place {
  server: string
  /** While everything is read: the last serial; then null. */
  after: string | null
  /** How many changes had happened when the reading began, or up to which they were told. */
  seen: number
  at: number
}

const written = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

function read(vendor: Vendor, server: Registered, text: unknown): Place | string {
  if (typeof text !== 'string') return 'CURSOR_REQUIRED'
  try {
    const place = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Place
    if (place.server !== server.uuid || typeof place.seen !== 'number') return 'INVALID_CURSOR'
    return place.at < vendor.now() - goodMs ? 'EXPIRED_CURSOR' : place
  } catch {
    return 'INVALID_CURSOR'
  }
}

const limitIn = (body: Record<string, unknown>): number => Math.min(Math.max(Number(body['limit'] ?? 100), 1), 1000)

/** One page of everything. What changes while it is read is told after, from where the reading began: a device may come twice. */
export function pageWhole(vendor: Vendor, server: Registered, body: Record<string, unknown>): Said {
  const first: Place = { server: server.uuid, after: '', seen: vendor.changes.length, at: vendor.now() }
  const place = body['cursor'] === undefined ? first : read(vendor, server, body['cursor'])
  if (typeof place === 'string') return { status: 400, body: place }
  if (place.after === null) return { status: 400, body: 'EXHAUSTED_CURSOR' }
  const after = place.after
  const rest = [...vendor.devices.values()]
    .filter(d => d.server === server.uuid && d.serial > after)
    .sort((a, b) => (a.serial < b.serial ? -1 : 1))
  const page = rest.slice(0, limitIn(body))
  const more = rest.length > page.length
  const next = { ...place, after: more ? (page.at(-1)?.serial ?? '') : null, at: vendor.now() }
  return answered(
    vendor,
    page.map(d => said(d)),
    next,
    more,
  )
}

/** One page of what changed since. The same device may come several times. */
export function pageSince(vendor: Vendor, server: Registered, body: Record<string, unknown>): Said {
  const place = read(vendor, server, body['cursor'])
  if (typeof place === 'string') return { status: 400, body: place }
  const limit = limitIn(body)
  const page = []
  let seen = place.seen
  for (; seen < vendor.changes.length && page.length < limit; seen += 1) {
    const change = vendor.changes[seen]
    const device = change?.server === server.uuid ? vendor.devices.get(change.serial) : undefined
    if (change && device) page.push(said(device, change))
  }
  return answered(vendor, page, { ...place, after: null, seen, at: vendor.now() }, seen < vendor.changes.length)
}

function answered(vendor: Vendor, devices: object[], next: Place, more: boolean): Said {
  return {
    body: { cursor: written(next), fetched_until: new Date(vendor.now()).toISOString(), more_to_follow: more, devices },
  }
}
