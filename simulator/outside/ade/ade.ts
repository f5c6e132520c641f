import { randomUUID } from 'node:crypto'
import { type Heard, type Said, startWeb, type Web } from '../web/web.ts'
import { admit, type Doors } from './doors.ts'
import { pageSince, pageWhole } from './pages.ts'
import {
  assignTo,
  type Bought,
  buy,
  type Defined,
  downloadToken,
  newVendor,
  noteChange,
  profileFor,
  type Registered,
  register,
  said,
  type TokenForm,
  type Vendor,
} from './vendor.ts'

/** Apple's automated device enrollment, and the admin of an org who works with it. */
export interface Ade extends Web {
  vendor: Vendor
  /** Registers a server by the certificate it made (PEM). */
  register(wish: { name: string; certificate: string }): Registered
  /** A fresh token of it, as a file. */
  download(server: Registered, form?: TokenForm): string
  buy(devices: readonly (Partial<Bought> & { serial: string })[]): void
  assign(serials: readonly string[], server: Registered | null): void
  /** What a device is offered when it is switched on; null when it is not promised or has no profile. */
  profileFor(serial: string): { uuid: string; profile: Record<string, unknown> } | null
  /** The org must accept new terms (or has). */
  terms(signed: boolean): void
  /** These devices are answered for like this when they are assigned, until told otherwise. */
  answerFor(serials: readonly string[], result: 'FAILED' | 'THROTTLED' | null, retryAfterSeconds?: number): void
  /** Refuses the next cursors like this. */
  refuseCursors(how: 'EXPIRED_CURSOR' | 'INVALID_CURSOR' | 'EXHAUSTED_CURSOR', times: number): void
  /** Refuses to define profiles, with these words. */
  refuseProfiles(words: string | null): void
  /** Refuses to lead devices anywhere, with these words. */
  refuseLeading(words: string | null): void
  /** Where devices are led to whose own domain answers nothing, by server. */
  readonly leading: ReadonlyMap<string, string>
  /** Every open session is over. */
  endSessions(): void
  /** How many sessions were opened. */
  readonly logins: number
}

interface State {
  vendor: Vendor
  org: string
  doors: Doors
  results: Map<string, { result: 'FAILED' | 'THROTTLED'; retryAfterSeconds: number }>
  cursors: { how: string; left: number }
  profileWords: string | null
  leading: Map<string, string>
  leadingWords: string | null
}

/** Starts it on loopback. `now` is its clock, real unless given; `org` is who its servers belong to. */
export async function startAde(now: () => number = Date.now, org = 'Example Organization'): Promise<Ade> {
  const vendor = newVendor(now)
  const state: State = {
    vendor,
    org,
    doors: { sessions: new Map(), nonces: new Set(), logins: 0, signed: true },
    results: new Map(),
    cursors: { how: '', left: 0 },
    profileWords: null,
    leading: new Map(),
    leadingWords: null,
  }
  const place = { url: '' }
  const web = await startWeb(heard => dated(answer(state, heard, place.url), now()))
  place.url = web.url
  return {
    ...web,
    vendor,
    register: wish => register(vendor, wish),
    download: (server, form) => downloadToken(vendor, server, form),
    buy: devices => buy(vendor, devices),
    assign: (serials, server) => assignTo(vendor, serials, server),
    profileFor: serial => profileFor(vendor, serial),
    terms: signed => {
      state.doors.signed = signed
    },
    answerFor: (serials, result, retryAfterSeconds = 0) => {
      for (const serial of serials)
        if (result === null) state.results.delete(serial)
        else state.results.set(serial, { result, retryAfterSeconds })
    },
    refuseCursors: (how, times) => {
      state.cursors = { how, left: times }
    },
    refuseProfiles: words => {
      state.profileWords = words
    },
    refuseLeading: words => {
      state.leadingWords = words
    },
    leading: state.leading,
    endSessions: () => state.doors.sessions.clear(),
    get logins() {
      return state.doors.logins
    },
  }
}

/** Callers learn from the Date of an answer how far apart the clocks are. */
function dated(what: Said, now: number): Said {
  return { ...what, headers: { date: new Date(now).toUTCString(), ...what.headers } }
}

function answer(state: State, heard: Heard, url: string): Said {
  // Devices ask here without a session, once their own domain has answered nothing.
  if (heard.path === leadingPath) return led(state, heard)
  const entered = admit(state.vendor, state.doors, heard, url)
  if ('status' in entered) return entered
  const { server, session } = entered
  const headers = { 'x-adm-auth-session': session }
  const body =
    heard.body.length === 0 ? {} : (JSON.parse(new TextDecoder().decode(heard.body)) as Record<string, unknown>)
  return { headers, ...route(state, server, `${heard.method} ${heard.path}`, body) }
}

function route(state: State, server: Registered, what: string, body: Record<string, unknown>): Said {
  const { vendor } = state
  switch (what) {
    case 'GET /account':
      return { body: accountOf(server, state.org) }
    case 'POST /server/devices':
    case 'POST /devices/sync':
      if (state.cursors.left > 0 && (body['cursor'] !== undefined || state.cursors.how === 'INVALID_CURSOR')) {
        state.cursors.left -= 1
        return { status: 400, body: state.cursors.how }
      }
      return what === 'POST /devices/sync' ? pageSince(vendor, server, body) : pageWhole(vendor, server, body)
    case 'POST /devices':
      return { body: { devices: each(body, serial => detail(vendor, server, serial)) } }
    case 'POST /account-driven-enrollment/profile':
      return lead(state, server, String(body['mdm_service_discovery_url'] ?? ''))
    case 'GET /account-driven-enrollment/profile': {
      const url = state.leading.get(server.uuid)
      return url === undefined ? { status: 404, body: 'NOT_FOUND' } : { body: { mdm_service_discovery_url: url } }
    }
    case 'DELETE /account-driven-enrollment/profile':
      state.leading.delete(server.uuid)
      return { body: {} }
    case 'POST /profile':
      return define(state, server, body)
    case 'POST /profile/devices':
    case 'PUT /profile/devices':
      return assignProfile(state, server, body)
    case 'DELETE /profile/devices':
      return { body: { devices: each(body, serial => removeProfile(vendor, server, serial)) } }
    default:
      return { status: 404, body: 'NOT_FOUND' }
  }
}

/** Where devices ask whom their domain does not lead; the name is ours, the way it answers is the vendor's. */
export const leadingPath = '/leading'

function lead(state: State, server: Registered, url: string): Said {
  if (state.leadingWords !== null) return { status: 400, body: state.leadingWords }
  if (url === '') return { status: 400, body: 'MDM_SERVICE_DISCOVERY_URL_REQUIRED' }
  if (!URL.canParse(url) || !url.startsWith('https://'))
    return { status: 400, body: 'MDM_SERVICE_DISCOVERY_URL_NOT_VALID' }
  state.leading.set(server.uuid, url)
  return { body: {} }
}

function led({ leading }: State, { query }: Heard): Said {
  const [url] = leading.values()
  return url === undefined ? { status: 404 } : { status: 302, headers: { location: `${url}?${query}` } }
}

function accountOf(server: Registered, org: string): Record<string, unknown> {
  const limited = (uri: string) => ({ uri, http_method: ['POST'], limit: { default: 100, maximum: 1000 } })
  return {
    server_name: server.name,
    server_uuid: server.uuid,
    admin_id: 'admin@example.org',
    facilitator_id: 'admin@example.org',
    org_name: org,
    org_type: 'org',
    org_version: 'v2',
    urls: ['/server/devices', '/devices/sync', '/devices', '/profile/devices'].map(limited),
  }
}

const serialsIn = (body: Record<string, unknown>): string[] =>
  Array.isArray(body['devices']) ? body['devices'].map(String) : []

function each<T>(body: Record<string, unknown>, of: (serial: string) => T): Record<string, T> {
  return Object.fromEntries(serialsIn(body).map(serial => [serial, of(serial)]))
}

function detail(vendor: Vendor, server: Registered, serial: string): Record<string, unknown> {
  const device = vendor.devices.get(serial)
  if (device?.server !== server.uuid) return { serial_number: serial, response_status: 'NOT_ACCESSIBLE' }
  return { ...said(device), response_status: 'SUCCESS' }
}

function define(state: State, server: Registered, body: Record<string, unknown>): Said {
  if (state.profileWords !== null) return { status: 400, body: state.profileWords }
  const url = String(body['url'] ?? '')
  if (body['profile_name'] === undefined || body['profile_name'] === '')
    return { status: 400, body: 'CONFIG_NAME_REQUIRED' }
  if (!url.startsWith('https://'))
    return { status: 400, body: url === '' ? 'CONFIG_URL_REQUIRED' : 'CONFIG_URL_INVALID' }
  const defined: Defined = { uuid: randomUUID().replaceAll('-', '').toUpperCase(), server: server.uuid, body }
  state.vendor.profiles.set(defined.uuid, defined)
  return { body: { profile_uuid: defined.uuid, devices: each(body, () => 'SUCCESS') } }
}

function assignProfile(state: State, server: Registered, body: Record<string, unknown>): Said {
  const { vendor } = state
  const defined = vendor.profiles.get(String(body['profile_uuid']))
  if (defined?.server !== server.uuid) return { status: 400, body: 'PROFILE_NOT_FOUND' }
  if (serialsIn(body).length > 1000) return { status: 400, body: 'TOO_MANY_DEVICES' }
  let wait = 0
  const devices = each(body, serial => {
    const device = vendor.devices.get(serial)
    if (device?.server !== server.uuid) return 'NOT_ACCESSIBLE'
    const scripted = state.results.get(serial)
    if (scripted) {
      wait = Math.max(wait, scripted.retryAfterSeconds)
      return scripted.result
    }
    Object.assign(device, { profile: defined.uuid, status: 'assigned', assignedAt: vendor.now() })
    noteChange(vendor, server.uuid, serial, 'modified')
    return 'SUCCESS'
  })
  return { body: { profile_uuid: defined.uuid, devices, ...(wait > 0 ? { retry_after_seconds: wait } : {}) } }
}

function removeProfile(vendor: Vendor, server: Registered, serial: string): string {
  const device = vendor.devices.get(serial)
  if (device?.server !== server.uuid) return 'NOT_ACCESSIBLE'
  Object.assign(device, { profile: null, status: 'removed', assignedAt: null })
  noteChange(vendor, server.uuid, serial, 'modified')
  return 'SUCCESS'
}
