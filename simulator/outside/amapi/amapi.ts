import { setImmediate as soon } from 'node:timers/promises'
import { type Heard, type Said, startWeb, type Web } from '../web/web.ts'
import { type Clock, clockAfter } from './clock.ts'
import { enroll, type PhoneWish } from './enroll.ts'
import { signUpPage } from './enterprises.ts'
import { giveToken, type KeyFile, newDoors, newKey, projectOf } from './oauth.ts'
import { collects, leave, log, planContact, report } from './phones.ts'
import { type Delivered, type Mishap, newMail, type Subscription } from './pubsub.ts'
import { envelope, Refusal, type Table } from './refusal.ts'
import { contactNow, route } from './route.ts'
import type { Enterprise, Phone, World } from './world.ts'

/** Google's management API for Android, its account service and its post office, with the phones it manages. */
export interface Amapi extends Web {
  /** A key of a project's service account, as its admin downloads it. */
  key(project?: string): KeyFile
  /** Makes a topic that the API may write to; what comes is pushed to the endpoint. */
  subscribe(subscription: Subscription): void
  /** An organization by its name, to look into. */
  enterprise(name: string): Enterprise
  /** Signs up as an admin would, in a browser; answers where they are sent back to. */
  signUp(url: string): Promise<URL>
  enroll(wish: PhoneWish): Phone
  /** A phone goes off, or on again and tells and hears everything. */
  switch(phone: Phone, on: boolean): void
  /** It contacts the API at once. */
  contact(phone: Phone): void
  /** Something about it changed; it tells so. */
  change(phone: Phone, change: (phone: Phone) => void): void
  /** Somebody resets it by hand, or takes the work profile off. */
  reset(phone: Phone): void
  /** It writes a line of its log; only where its policy has such logs collected. */
  log(phone: Phone, kind: 'SECURITY_LOGS' | 'NETWORK_ACTIVITY_LOGS', event: Table): void
  /** Its user tried to end lost mode. */
  tryStopLost(phone: Phone): void
  /** An app of the store that an organization can look up. */
  offer(enterprise: Enterprise, packageName: string, more?: Table): void
  /** The post goes wrong like this from now on. */
  mishap(mishap: Mishap): void
  /** How commands, deletions and quotas behave. */
  readonly world: World
  readonly clock: Clock
  /** Every try to deliver something. */
  readonly delivered: readonly Delivered[]
  /** How many access tokens were given out. */
  tokens(): number
  /** Every access token is over. */
  endTokens(): void
  /** Time goes on; answers when everything that was due has happened and was delivered, or failed to be. */
  advance(ms: number): Promise<void>
  /** The same without time going on, for a clock that somebody else moves. */
  settle(): Promise<void>
}

/** Starts it on loopback. `now` is its clock, real unless given. */
export async function startAmapi(now: () => number = Date.now): Promise<Amapi> {
  const clock = clockAfter(now)
  const doors = newDoors()
  const world: World = {
    clock,
    doors,
    mail: newMail(clock, doors),
    signUps: new Map(),
    enterprises: new Map(),
    asked: new Map(),
    url: '',
    perMinute: 600,
    pullMs: 5000,
    deletedBy: 'STATUS_REPORT',
    earlyCommands: false,
    count: 0,
  }
  const web = await startWeb(heard => answer(world, heard))
  world.url = web.url
  return { ...web, ...hands(world), ...ears(world) }
}

/** What people do with phones. */
function hands(world: World) {
  return {
    enroll: (wish: PhoneWish) => enroll(world, wish),
    switch: (phone: Phone, on: boolean) => {
      phone.online = on
      phone.planned = false
      if (on) planContact(world, phone)
    },
    contact: (phone: Phone) => contactNow(world, phone),
    change: (phone: Phone, change: (phone: Phone) => void) => {
      change(phone)
      if (phone.online && !phone.gone) report(world, phone)
    },
    reset: (phone: Phone) => leave(world, phone),
    log: (phone: Phone, kind: 'SECURITY_LOGS' | 'NETWORK_ACTIVITY_LOGS', event: Table) => {
      if (collects(phone, kind)) log(world, phone, event)
    },
    tryStopLost: (phone: Phone) =>
      log(world, phone, {
        eventType: 'STOP_LOST_MODE_USER_ATTEMPT',
        stopLostModeUserAttemptEvent: { status: 'ATTEMPT_FAILED' },
      }),
    offer: (enterprise: Enterprise, packageName: string, more: Table = {}) => {
      const name = `${enterprise.name}/applications/${packageName}`
      enterprise.applications.set(name, { name, title: packageName, appPricing: 'FREE', ...more })
    },
  }
}

/** What its owner does, and how time goes on. */
function ears(world: World) {
  const { clock, doors, mail } = world
  const settle = async (): Promise<void> => {
    do clock.run()
    while ((await mail.deliver()) > 0)
  }
  return {
    key: (project = 'muster-test') => newKey(doors, project, world.url),
    subscribe: (subscription: Subscription) => {
      mail.topics.add(subscription.topic)
      mail.subscriptions.set(subscription.topic, subscription)
    },
    enterprise: (name: string) => {
      const one = world.enterprises.get(name)
      if (!one) throw new Error(`no ${name}`)
      return one
    },
    signUp: async (url: string) => {
      const { headers } = signUpPage(world, new URL(url).searchParams)
      if (!headers?.['location']) throw new Error('the link is over')
      return new URL(headers['location'])
    },
    mishap: (mishap: Mishap) => {
      mail.mishap = mishap
    },
    world,
    clock,
    delivered: mail.delivered,
    tokens: () => doors.given,
    endTokens: () => doors.tokens.clear(),
    settle,
    advance: async (ms: number) => {
      clock.advance(ms)
      // Who was just answered goes first.
      await soon()
      await settle()
    },
  }
}

async function answer(world: World, heard: Heard): Promise<Said> {
  world.clock.run()
  const now = world.clock.now()
  if (heard.method === 'POST' && heard.path === '/token') return giveToken(world.doors, heard, now)
  if (heard.path === '/oauth2/v3/certs') return { body: { keys: [world.doors.signer.jwk] } }
  if (heard.path === '/signup/enterprise') return signUpPage(world, heard.query)
  if (heard.path === '/fake/clock') return move(world, heard)
  if (heard.path === '/fake/enroll') return arrive(world, heard)
  try {
    if (!heard.path.startsWith('/v1/'))
      throw new Refusal('NOT_FOUND', 'The requested URL was not found on this server.')
    const project = projectOf(world.doors, heard, now)
    count(world, project, now)
    return await route(world, project, heard)
  } catch (error) {
    if (error instanceof Refusal) return envelope(error)
    throw error
  }
}

/** So many requests in a minute, and no more. */
function count(world: World, project: string, now: number): void {
  const minute = world.asked.get(project)
  const asked = minute && now - minute.since < 60_000 ? minute : { since: now, count: 0 }
  asked.count += 1
  world.asked.set(project, asked)
  if (asked.count <= world.perMinute) return
  const seconds = Math.max(1, Math.ceil((asked.since + 60_000 - now) / 1000))
  throw new Refusal('RESOURCE_EXHAUSTED', 'Quota exceeded for quota metric API requests per minute.', {
    headers: { 'retry-after': String(seconds) },
    details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` }],
  })
}

/** Moves the clock for whoever is in another process. */
async function move(world: World, heard: Heard): Promise<Said> {
  const wish = JSON.parse(Buffer.from(heard.body).toString('utf8') || '{}') as { advanceMs?: number }
  world.clock.advance(wish.advanceMs ?? 0)
  await ears(world).settle()
  return { body: { now: world.clock.now() } }
}

/** Enrolls a phone for whoever is in another process. */
function arrive(world: World, heard: Heard): Said {
  try {
    const { name } = enroll(world, JSON.parse(Buffer.from(heard.body).toString('utf8')) as PhoneWish)
    return { body: { name } }
  } catch (error) {
    return { status: 400, body: { error: String(error) } }
  }
}
