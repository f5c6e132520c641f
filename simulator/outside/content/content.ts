import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Heard, type Said, startWeb, type Web } from '../web/web.ts'
import {
  type Asset,
  askEvent,
  assetKey,
  assignedOf,
  type Location,
  newLocation,
  newToken,
  type Owner,
} from './location.ts'
import { type Limits, manageAssets, manageUsers, Refused } from './manage.ts'

/** What is told to a server that asked to be told. Answers the status it got; throws when it was not reached. */
export type Tell = (to: { url: string; token: string }, body: object) => Promise<number>

/** Apps and Books, version 2, on loopback: what an organization owns, who holds it, and all the ways in which the service says no. */
export interface Content {
  /** What `MUSTER_CONTENT_URL` is set to. */
  url: string
  ca: string
  web: Web
  limits: Limits
  /** Items on one page of a list. */
  pageSize: number
  /** How long every answer takes. */
  slowMs: number
  /** The most requests that were ever answered at once for one token. */
  readonly most: () => number
  /** A location with a token that is good for so many days. */
  location(orgName?: string, days?: number): { at: Location; token: string }
  /** Buys. */
  buy(at: Location, of: Partial<Asset> & { adamId: string; totalCount: number }): Asset
  /** Another server says that it works the token. */
  claim(at: Location, owner: Owner): void
  /** The person opens their invitation and joins. */
  accept(at: Location, clientUserId: string): void
  /** Tells the server of a change, as often as said. */
  notify(
    at: Location,
    type: string,
    notification?: object,
    options?: { times?: number; id?: string; token?: string },
  ): Promise<number[]>
  close(): Promise<void>
}

/** Starts the service. `now` decides when tokens expire; `tell` carries notifications, and without it nobody can be reached. */
export async function startContent(options: { now?: () => number; tell?: Tell } = {}): Promise<Content> {
  const now = options.now ?? Date.now
  const locations = new Set<Location>()
  const limits: Limits = { maxAssets: 25, maxUsers: 100, maxClientUserIds: 1000, maxSerialNumbers: 1000 }
  const content: Pick<Content, 'pageSize' | 'limits' | 'slowMs'> = { pageSize: 500, limits, slowMs: 0 }
  const open = new Map<string, number>()
  let most = 0
  const tell = options.tell ?? (() => Promise.reject(new Error('nobody can be reached')))

  const answer = async (heard: Heard): Promise<Said> => {
    const bearer = /^Bearer (\S+)$/.exec(heard.headers.authorization ?? '')?.[1]
    if (bearer === undefined) return refusal(9722, 'invalid authorization header', 401)
    const at = [...locations].find(l => l.tokens.has(bearer))
    const token = at?.tokens.get(bearer)
    if (!at || !token) return refusal(9622, 'invalid authentication token', 401)
    if (token.state === 'revoked') return refusal(9625, 'The server has revoked the sToken.')
    if (token.expiresAt <= now()) return refusal(9621, 'The token has expired.')
    const under = (open.get(at.uId) ?? 0) + 1
    open.set(at.uId, under)
    most = Math.max(most, under)
    try {
      const from = performance.now()
      while (performance.now() - from < content.slowMs) await sleep(Math.min(5, content.slowMs))
      const body = await served(at, heard, { web, content, tell })
      const tokenExpirationDate = new Date(token.expiresAt).toISOString().replace(/\.\d+Z$/, '+0000')
      return { body: { ...body, tokenExpirationDate, uId: at.uId } }
    } catch (error) {
      if (error instanceof Refused) return refusal(error.number, error.message)
      throw error
    } finally {
      open.set(at.uId, (open.get(at.uId) ?? 1) - 1)
    }
  }
  const web: Web = await startWeb(answer)
  return Object.assign(content, {
    url: `${web.url}/mdm/v2`,
    ca: web.ca,
    web,
    most: () => most,
    location: (orgName = 'Havsten', days = 365) => {
      const at = newLocation(orgName)
      locations.add(at)
      return { at, token: newToken(at, now() + days * 86_400_000) }
    },
    buy: (at: Location, of: Partial<Asset> & { adamId: string; totalCount: number }) => {
      const usual = {
        pricingParam: 'STDQ',
        productType: 'App',
        deviceAssignable: true,
        revocable: true,
        retiredCount: 0,
      } as const
      const asset: Asset = { ...usual, ...of }
      at.assets.set(assetKey(asset), asset)
      return asset
    },
    claim: (at: Location, owner: Owner) => {
      at.owner = owner
    },
    accept: (at: Location, clientUserId: string) => {
      const person = at.people.get(clientUserId)
      if (person) Object.assign(person, { status: 'Associated', inviteCode: null })
    },
    notify: async (
      at: Location,
      type: string,
      notification: object = {},
      how: { times?: number; id?: string; token?: string } = {},
    ) => {
      if (!at.notify) return []
      const { url, token } = at.notify
      const body = { notification, notificationId: how.id ?? randomUUID(), notificationType: type, uId: at.uId }
      const statuses: number[] = []
      for (let i = 0; i < (how.times ?? 1); i += 1) statuses.push(await tell({ url, token: how.token ?? token }, body))
      return statuses
    },
    close: () => web.close(),
  })
}

interface Around {
  web: Web
  content: Pick<Content, 'pageSize' | 'limits'>
  tell: Tell
}

async function served(at: Location, heard: Heard, { web, content, tell }: Around): Promise<object> {
  const part = heard.path.replace(/^\/mdm\/v2\//, '')
  const body = heard.body.length > 0 ? JSON.parse(Buffer.from(heard.body).toString('utf8')) : {}
  const lists = (name: string, all: readonly object[]): object => paged(name, all, heard.query, content.pageSize)
  switch (`${heard.method} ${part}`) {
    case 'GET service/config':
      return serviceConfig(web.url, content.limits)
    case 'GET client/config':
      return clientConfig(at)
    case 'POST client/config':
      return configure(at, body, tell)
    case 'GET assets': {
      const assigned = (a: Asset): number => assignedOf(at, a)
      const all = [...at.assets.values()].map(a => ({
        ...a,
        assignedCount: assigned(a),
        availableCount: a.totalCount - a.retiredCount - assigned(a),
        supportedPlatforms: ['iOS'],
      }))
      return lists('assets', all)
    }
    case 'GET assignments':
      return lists('assignments', [...at.assignments.values()])
    case 'GET users':
      return lists('users', [...at.people.values()])
    case 'POST assets/associate':
    case 'POST assets/disassociate': {
      const how = part === 'assets/associate' ? 'associate' : 'disassociate'
      return { eventId: manageAssets(at, content.limits, how, body).eventId }
    }
    case 'POST users/create':
    case 'POST users/retire':
      return { eventId: manageUsers(at, content.limits, part === 'users/create' ? 'create' : 'retire', body).eventId }
    case 'GET status': {
      const event = at.events.get(heard.query.get('eventId') ?? '')
      if (!event) throw new Refused(9708, 'EventId could not be found.')
      return askEvent(event)
    }
    default:
      throw new Refused(9726, 'unsupported method')
  }
}

function serviceConfig(url: string, limits: Limits): object {
  const of = (path: string): string => `${url}/mdm/v2/${path}`
  return {
    errorCodes: [{ errorNumber: 9621, errorMessage: 'The token has expired.' }],
    limits: {
      ...limits,
      maxMdmNameLength: 100,
      maxMdmMetadataLength: 255,
      maxMdmIdLength: 100,
      maxNotificationLength: 512,
    },
    notificationTypes: ['ASSET_MANAGEMENT', 'USER_MANAGEMENT', 'USER_ASSOCIATED', 'ASSET_COUNT'],
    urls: {
      invitationEmail: 'https://buy.itunes.example/associate?inviteCode=%25inviteCode%25&mt=8',
      clientConfig: of('client/config'),
      getAssets: of('assets'),
      getAssignments: of('assignments'),
      getUsers: of('users'),
      associateAssets: of('assets/associate'),
      disassociateAssets: of('assets/disassociate'),
      createUsers: of('users/create'),
      retireUsers: of('users/retire'),
      eventStatus: of('status'),
    },
  }
}

function clientConfig(at: Location): object {
  return {
    ...(at.owner ? { mdmInfo: at.owner } : {}),
    ...(at.notify ? { notificationUrl: at.notify.url, subscribedNotificationTypes: at.notify.types } : {}),
    countryCode: 'SE',
    organizationName: at.orgName,
  }
}

interface Wish {
  mdmInfo?: Owner
  notificationUrl?: string
  notificationAuthToken?: string
  notificationTypes?: string[]
}

/** The service tries a new address before it agrees to it. */
async function configure(at: Location, wish: Wish, tell: Tell): Promise<object> {
  if (wish.mdmInfo) {
    if (!wish.mdmInfo.id || !wish.mdmInfo.name || !wish.mdmInfo.metadata) throw new Refused(9723, 'incomplete mdmInfo')
    at.owner = wish.mdmInfo
  }
  if (wish.notificationUrl !== undefined) {
    const { notificationUrl: url, notificationAuthToken: token, notificationTypes: types = [] } = wish
    if (!url.startsWith('https://')) throw new Refused(9712, 'not a valid HTTPS address')
    if (token === undefined) throw new Refused(9710, 'an authentication token is necessary')
    const test = { notificationId: randomUUID(), notificationType: 'TEST_NOTIFICATION', uId: at.uId, notification: {} }
    const status = await tell({ url, token }, test).catch(() => 0)
    if (status < 200 || status > 299) throw new Refused(9728, 'The provided notification URL is unreachable.')
    at.notify = { url, token, types }
  }
  return clientConfig(at)
}

function paged(name: string, all: readonly object[], query: URLSearchParams, size: number): object {
  const index = Number(query.get('pageIndex') ?? 0)
  const totalPages = Math.max(1, Math.ceil(all.length / size))
  if (index < 0 || index >= totalPages) throw new Refused(9650, 'page index')
  const items = all.slice(index * size, (index + 1) * size)
  const next = index + 1 < totalPages ? { nextPageIndex: index + 1 } : {}
  return { [name]: items, currentPageIndex: index, ...next, size: items.length, totalPages, versionId: randomUUID() }
}

function refusal(errorNumber: number, errorMessage: string, status = 200): Said {
  return { status, body: { errorNumber, errorMessage } }
}
