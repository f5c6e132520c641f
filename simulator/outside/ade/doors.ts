import { randomBytes } from 'node:crypto'
import type { Heard, Said } from '../web/web.ts'
import { readAuthorization, signs } from './oauth.ts'
import type { Registered, Vendor } from './vendor.ts'

/** Who is inside. */
export interface Doors {
  /** Session → server, and when it was last used. */
  sessions: Map<string, { server: string; usedAt: number; token: string }>
  nonces: Set<string>
  logins: number
  /** Whether the org accepted the newest terms. */
  signed: boolean
}

/** A session that is silent for longer is over. */
const idleMs = 3 * 60_000
/** Clocks may differ by this much. */
const skewMs = 5 * 60_000

/** Opens a session, or lets a request of an open one in with the session for the next; everything else is the refusal itself. */
export function admit(
  vendor: Vendor,
  doors: Doors,
  heard: Heard,
  url: string,
): (Said & { status: number }) | { server: Registered; session: string } {
  if (heard.path === '/session') return opened(vendor, doors, heard, url)
  const key = String(heard.headers['x-adm-auth-session'] ?? '')
  const session = doors.sessions.get(key)
  const server = session && vendor.servers.get(session.server)
  if (!session || !server || session.usedAt < vendor.now() - idleMs) return { status: 401, body: 'UNAUTHORIZED' }
  const refused = standing(vendor, doors, server, session.token)
  if (refused) return refused
  // The vendor hands out another one now and then; the one before is over.
  doors.sessions.delete(key)
  return { server, session: enter(vendor, doors, server) }
}

function opened(vendor: Vendor, doors: Doors, heard: Heard, url: string): Said & { status: number } {
  const oauth = readAuthorization(heard.headers.authorization)
  if (!oauth) return { status: 400, body: 'oauth_problem_adviser=oauth_parameters_absent' }
  const server = [...vendor.servers.values()].find(s => s.consumerKey === oauth.get('oauth_consumer_key'))
  if (!server) return { status: 401, body: 'oauth_problem=consumer_key_unknown' }
  const at = Number(oauth.get('oauth_timestamp')) * 1000
  if (!(Math.abs(at - vendor.now()) <= skewMs)) return { status: 401, body: 'oauth_problem=timestamp_refused' }
  const refused = standing(vendor, doors, server, oauth.get('oauth_token') ?? '')
  if (refused) return refused
  const secrets = { consumer: server.consumerSecret, token: server.accessSecret }
  if (!signs(oauth, { method: heard.method, url: `${url}/session` }, secrets))
    return { status: 403, body: 'signature_invalid' }
  const nonce = `${oauth.get('oauth_timestamp')} ${oauth.get('oauth_nonce')}`
  if (doors.nonces.has(nonce)) return { status: 401, body: 'oauth_problem=nonce_used' }
  doors.nonces.add(nonce)
  doors.logins += 1
  return { status: 200, body: { auth_session_token: enter(vendor, doors, server) } }
}

function standing(
  vendor: Vendor,
  doors: Doors,
  server: Registered,
  token: string,
): (Said & { status: number }) | undefined {
  if (token !== server.accessToken) return { status: 403, body: '"token_rejected"' }
  if (server.expiresAt <= vendor.now()) return { status: 403, body: '"token_expired"' }
  return doors.signed ? undefined : { status: 403, body: '"T_C_NOT_SIGNED"' }
}

function enter(vendor: Vendor, doors: Doors, server: Registered): string {
  const key = randomBytes(16).toString('hex')
  doors.sessions.set(key, { server: server.uuid, usedAt: vendor.now(), token: server.accessToken })
  return key
}
