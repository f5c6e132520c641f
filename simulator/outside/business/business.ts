import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID, verify } from 'node:crypto'
import { type Heard, type Said, startWeb, type Web } from '../web/web.ts'

/** A device that the portal holds for an org. */
export interface PortalDevice {
  id: string
  serial: string
  model: string
  family: string
  server: string | null
  released: boolean
  migration: string | null
  deadline: string | null
}

interface Activity {
  id: string
  type: string
  devices: string[]
  server: string | null
  deadline: string | null
  /** Looks until it is over; for ever when infinite. */
  left: number
  status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  subStatus: string
}

/** An API account as the portal hands it out: its private key once, with a label that is not what it says. */
export interface ApiAccount {
  clientId: string
  keyId: string
  key: string
}

/** Apple's account service and the Apple Business API in one, and the admin who works with them. */
export interface Business extends Web {
  devices: Map<string, PortalDevice>
  servers: Map<string, string>
  activities: Map<string, Activity>
  account(kind?: 'BUSINESS' | 'SCHOOL'): ApiAccount
  hold(serials: readonly string[], server?: string): void
  addServer(name: string): string
  /** The account is withdrawn: its key is refused. */
  withdraw(account: ApiAccount): void
  /** Every token that was given out is over. */
  endTokens(): void
  /** Activities need so many looks; Infinity: they are never over. */
  slow(looks: number): void
  /** The next activities end in failure, with this word. */
  failNext(subStatus: string): void
  /** How many tokens were given out. */
  readonly tokens: number
}

interface State {
  accounts: Map<string, { spki: string; keyId: string }>
  tokens: Map<string, { scope: string; until: number }>
  given: number
  looks: number
  failure: string | null
  devices: Map<string, PortalDevice>
  servers: Map<string, string>
  activities: Map<string, Activity>
  now: () => number
}

const pageSize = 3

/** Starts it on loopback. */
export async function startBusiness(now: () => number = Date.now): Promise<Business> {
  const state: State = {
    accounts: new Map(),
    tokens: new Map(),
    given: 0,
    looks: 1,
    failure: null,
    devices: new Map(),
    servers: new Map(),
    activities: new Map(),
    now,
  }
  const place = { url: '' }
  const web = await startWeb(heard => answer(state, heard, place.url))
  place.url = web.url
  const { devices, servers, activities } = state
  return {
    ...web,
    devices,
    servers,
    activities,
    account: (kind = 'BUSINESS') => newAccount(state, kind),
    hold: (serials, server) => {
      for (const serial of serials)
        devices.set(serial, {
          id: serial,
          serial,
          model: 'MacBook Air (13-inch, M4, 2025)',
          family: 'Mac',
          server: server ?? null,
          released: false,
          migration: null,
          deadline: null,
        })
    },
    addServer: name => {
      const id = randomBytes(16).toString('hex').toUpperCase()
      servers.set(id, name)
      return id
    },
    withdraw: account => state.accounts.delete(account.clientId),
    endTokens: () => state.tokens.clear(),
    slow: looks => {
      state.looks = looks
    },
    failNext: subStatus => {
      state.failure = subStatus
    },
    get tokens() {
      return state.given
    },
  }
}

function newAccount(state: State, kind: string): ApiAccount {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const clientId = `${kind}API.${randomUUID()}`
  const keyId = randomUUID()
  state.accounts.set(clientId, { spki: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), keyId })
  // What is inside is PKCS#8, whatever the label says.
  const body =
    privateKey
      .export({ format: 'der', type: 'pkcs8' })
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return { clientId, keyId, key: `-----BEGIN EC PRIVATE KEY-----\n${body.join('\n')}\n-----END EC PRIVATE KEY-----\n` }
}

const problem = (status: number, code: string, detail: string): Said => ({
  status,
  body: { errors: [{ id: randomUUID(), status: String(status), code, title: code, detail }] },
})

function answer(state: State, heard: Heard, url: string): Said {
  if (heard.path === '/auth/oauth2/token') return token(state, heard)
  if (!String(heard.headers.accept ?? '').includes('application/json'))
    return problem(406, 'NOT_ACCEPTABLE', 'Only application/json is spoken here.')
  const bearer = /^Bearer (.+)$/.exec(heard.headers.authorization ?? '')?.[1] ?? ''
  const held = state.tokens.get(bearer)
  if (!held || held.until < state.now()) return problem(401, 'NOT_AUTHORIZED', 'The token is not good.')
  return route(state, heard, url)
}

function token(state: State, heard: Heard): Said {
  const form = new URLSearchParams(Buffer.from(heard.body).toString('utf8'))
  const refuse = (error: string): Said => ({ status: 400, body: { error } })
  if (form.get('grant_type') !== 'client_credentials') return refuse('unsupported_grant_type')
  const clientId = form.get('client_id') ?? ''
  const account = state.accounts.get(clientId)
  const [head = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.')
  if (!account) return refuse('invalid_client')
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, unknown>
  const named = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as Record<string, unknown>
  const key = createPublicKey({ key: Buffer.from(account.spki, 'base64'), format: 'der', type: 'spki' })
  const bytes = Buffer.from(signature, 'base64url')
  const holds = verify('sha256', Buffer.from(`${head}.${claims}`), { key, dsaEncoding: 'ieee-p1363' }, bytes)
  const at = state.now() / 1000
  const sound =
    holds &&
    named['alg'] === 'ES256' &&
    named['kid'] === account.keyId &&
    said['iss'] === clientId &&
    said['sub'] === clientId &&
    said['aud'] === 'https://account.apple.com/auth/oauth2/v2/token' &&
    Number(said['exp']) > at &&
    Number(said['exp']) - Number(said['iat']) <= 180 * 86_400
  const scope = clientId.startsWith('SCHOOL') ? 'school.api' : 'business.api'
  if (!sound || form.get('scope') !== scope) return refuse('invalid_client')
  const access = randomBytes(32).toString('base64url')
  state.tokens.set(access, { scope, until: state.now() + 3_600_000 })
  state.given += 1
  return { body: { access_token: access, token_type: 'Bearer', expires_in: 3600, scope } }
}

function route(state: State, heard: Heard, url: string): Said {
  const { path, method } = heard
  if (path === '/v1/orgDevices') for (const one of state.activities.values()) moveOn(state, one)
  const held = [...state.devices.values()].filter(d => !d.released)
  const assigned = /^\/v1\/mdmServers\/([^/]+)\/relationships\/devices$/.exec(path)?.[1]
  if (method === 'GET' && path === '/v1/mdmServers') {
    const list = [...state.servers].map(([id, serverName]) => ({
      type: 'mdmServers',
      id,
      attributes: { serverName, serverType: 'MDM' },
    }))
    return page(list, heard, url)
  }
  if (method === 'GET' && path === '/v1/orgDevices') return page(held.map(deviceOf), heard, url)
  if (method === 'GET' && assigned)
    return page(
      held.filter(d => d.server === assigned).map(({ id }) => ({ type: 'orgDevices', id })),
      heard,
      url,
    )
  if (method === 'POST' && path === '/v1/orgDeviceActivities') return act(state, heard)
  const activity = /^\/v1\/orgDeviceActivities\/(.+)$/.exec(path)?.[1]
  if (method === 'GET' && activity) return look(state, activity)
  return problem(404, 'NOT_FOUND', 'There is no such resource.')
}

const deviceOf = (device: PortalDevice) => ({
  type: 'orgDevices',
  id: device.id,
  attributes: {
    serialNumber: device.serial,
    deviceModel: device.model,
    productFamily: device.family,
    status: device.server === null ? 'UNASSIGNED' : 'ASSIGNED',
    mdmMigrationStatus: device.migration,
    mdmMigrationDeadline: device.deadline,
  },
})

function page(list: readonly object[], heard: Heard, url: string): Said {
  const from = Number(heard.query.get('cursor') ?? 0)
  const next = from + pageSize < list.length ? `${url}${heard.path}?cursor=${from + pageSize}` : undefined
  return { body: { data: list.slice(from, from + pageSize), links: { self: heard.path, next }, meta: {} } }
}

interface Asked {
  data: {
    attributes: { activityType: string; mdmMigrationDeadline?: string }
    relationships: { mdmServer?: { data: { id: string } }; devices: { data: { id: string }[] } }
  }
}

function act(state: State, heard: Heard): Said {
  const { data } = JSON.parse(Buffer.from(heard.body).toString('utf8')) as Asked
  const { activityType: type, mdmMigrationDeadline: deadline } = data.attributes
  const server = data.relationships.mdmServer?.data.id ?? null
  if (server !== null && !state.servers.has(server)) return problem(409, 'ENTITY_ERROR', 'There is no such server.')
  const devices = data.relationships.devices.data.map(d => d.id)
  const one: Activity = {
    id: randomUUID(),
    type,
    devices,
    server,
    deadline: deadline ?? null,
    left: state.looks,
    status: 'IN_PROGRESS',
    subStatus: 'SUBMITTED',
  }
  state.activities.set(one.id, one)
  return { status: 201, body: { data: told(one) } }
}

function look(state: State, id: string): Said {
  const one = state.activities.get(id)
  if (!one) return problem(404, 'NOT_FOUND', 'There is no such activity.')
  moveOn(state, one)
  return { body: { data: told(one) } }
}

/** The vendor goes on with it whether anybody looks or not; here its time passes with what it is asked. */
function moveOn(state: State, one: Activity): void {
  one.left -= 1
  if (one.left <= 0 && one.status === 'IN_PROGRESS') finish(state, one)
}

const told = ({ id, status, subStatus }: Activity) => ({
  type: 'orgDeviceActivities',
  id,
  attributes: { status, subStatus },
})

function finish(state: State, one: Activity): void {
  if (state.failure !== null) {
    Object.assign(one, { status: 'FAILED', subStatus: state.failure })
    state.failure = null
    return
  }
  for (const id of one.devices) {
    const device = state.devices.get(id)
    if (!device) continue
    if (one.type.startsWith('ASSIGN_DEVICES')) device.server = one.server
    if (one.type === 'UNASSIGN_DEVICES') device.server = null
    if (one.type === 'RELEASE_DEVICES') device.released = true
    if (one.type === 'CANCEL_MDM_MIGRATION') Object.assign(device, { migration: null, deadline: null })
    else if (one.deadline !== null) Object.assign(device, { migration: 'REQUESTED', deadline: one.deadline })
  }
  Object.assign(one, { status: 'COMPLETED', subStatus: 'COMPLETED_WITH_SUCCESS' })
}
