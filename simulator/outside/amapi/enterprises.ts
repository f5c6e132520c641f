import { randomBytes } from 'node:crypto'
import type { Said } from '../web/web.ts'
import { bodyOf, masked, maskOf } from './body.ts'
import { durationOf, timeOf } from './clock.ts'
import { badRequest, listIn, Refusal, type Table } from './refusal.ts'
import { type Enterprise, nextId, type Token, type World } from './world.ts'

const hour = 3_600_000
const lastTime = Date.parse('9999-12-31T23:59:59Z')

/** Begins to sign an organization up. */
export function createSignUp(world: World, project: string, query: URLSearchParams): Table {
  own(project, query)
  const callback = query.get('callbackUrl') ?? ''
  if (!URL.canParse(callback) || new URL(callback).protocol !== 'https:')
    throw badRequest('The callback URL must be a valid HTTPS URL.', [
      { field: 'callback_url', description: 'Invalid URL.' },
    ])
  const secret = randomBytes(24).toString('base64url')
  const name = `signupUrls/C${secret.slice(0, 16)}`
  world.signUps.set(name, { name, project, callback, secret, token: null, used: false })
  return { name, url: `${world.url}/signup/enterprise?token=${secret}` }
}

/** The page on which an admin signs up; here everybody agrees at once and is sent back. */
export function signUpPage(world: World, query: URLSearchParams): Said {
  const one = [...world.signUps.values()].find(s => s.secret === query.get('token'))
  if (!one || one.used) return { status: 410, body: 'This link is over.' }
  one.token ??= randomBytes(24).toString('base64url')
  const back = new URL(one.callback)
  back.searchParams.set('enterpriseToken', one.token)
  return { status: 302, headers: { location: back.href } }
}

/** Binds the organization that signed up. */
export function createEnterprise(
  world: World,
  project: string,
  { query, bytes }: { query: URLSearchParams; bytes: Uint8Array },
): Table {
  own(project, query)
  const body = bodyOf('Enterprise', bytes)
  const signUp = world.signUps.get(query.get('signupUrlName') ?? '')
  const token = query.get('enterpriseToken')
  if (!signUp || signUp.project !== project || signUp.token === null || signUp.token !== token || signUp.used)
    throw badRequest('The enterprise token or the signup URL name is invalid.', [])
  checkTopic(world, body)
  signUp.used = true
  const enterprise: Enterprise = {
    name: `enterprises/LC${String(nextId(world)).padStart(8, '0')}`,
    project,
    body: {},
    policies: new Map(),
    tokens: new Map(),
    phones: new Map(),
    webApps: new Map(),
    migrations: new Map(),
    applications: new Map(),
  }
  world.enterprises.set(enterprise.name, enterprise)
  settle(world, enterprise, body)
  return enterpriseTold(enterprise)
}

/** Changes an organization; a new topic gets a message to try it. */
export function patchEnterprise(
  world: World,
  enterprise: Enterprise,
  { bytes, mask: text }: { bytes: Uint8Array; mask: string | null },
): Table {
  const wish = bodyOf('Enterprise', bytes)
  const mask = maskOf('Enterprise', text, ['name'])
  checkTopic(world, wish)
  settle(world, enterprise, mask ? masked(enterprise.body, wish, mask) : wish)
  return enterpriseTold(enterprise)
}

/** An organization as it is answered. */
export function enterpriseTold({ name, body }: Enterprise): Table {
  return {
    ...body,
    name,
    enterpriseType: 'MANAGED_GOOGLE_PLAY_ACCOUNTS_ENTERPRISE',
    managedGooglePlayAccountsEnterpriseType: 'CUSTOMER_MANAGED',
  }
}

/** Tells the organization's topic something, if it wants to hear such things. */
export function notify(world: World, enterprise: Enterprise, type: string, data: unknown): void {
  const { pubsubTopic, enabledNotificationTypes } = enterprise.body
  if (typeof pubsubTopic !== 'string' || !listIn(enabledNotificationTypes).includes(type)) return
  world.mail.publish(pubsubTopic, type, data)
}

function settle(world: World, enterprise: Enterprise, body: Table): void {
  const before = enterprise.body['pubsubTopic']
  const { name: _, ...rest } = body
  enterprise.body = rest
  const topic = rest['pubsubTopic']
  if (typeof topic === 'string' && topic !== before) world.mail.publish(topic, 'test', {})
}

function checkTopic(world: World, body: Table): void {
  const topic = body['pubsubTopic']
  if (topic === undefined || topic === '') return
  if (typeof topic !== 'string' || !/^projects\/[^/]+\/topics\/[^/]+$/.test(topic))
    throw badRequest('The Pub/Sub topic name is invalid.', [{ field: 'pubsub_topic', description: 'Invalid name.' }])
  if (!world.mail.topics.has(topic))
    throw new Refusal(
      'PERMISSION_DENIED',
      'The service account android-cloud-policy@system.gserviceaccount.com may not publish to the topic.',
    )
}

function own(project: string, query: URLSearchParams): void {
  if (query.get('projectId') !== project)
    throw new Refusal('PERMISSION_DENIED', 'The caller does not have permission on the project.')
}

/** Makes a token that phones enroll by. */
export function createToken(world: World, enterprise: Enterprise, bytes: Uint8Array): Table {
  const wish = bodyOf('EnrollmentToken', bytes)
  const ms = wish['duration'] === undefined ? hour : durationOf(wish['duration'])
  if (ms === null || ms < 60_000)
    throw badRequest('The duration must be at least one minute.', [{ field: 'duration', description: 'Too short.' }])
  if (typeof wish['additionalData'] === 'string' && [...wish['additionalData']].length > 1024)
    throw badRequest('The additional data is too long.', [{ field: 'additional_data', description: 'Too long.' }])
  const value = randomBytes(15).toString('base64url').toUpperCase().replaceAll(/[-_]/g, 'X')
  const name = `${enterprise.name}/enrollmentTokens/${randomBytes(12).toString('base64url')}`
  const until = Math.min(world.clock.now() + ms, lastTime)
  const policyName = wholePolicyName(enterprise, wish['policyName'])
  const body: Table = {
    allowPersonalUsage: 'PERSONAL_USAGE_ALLOWED',
    ...wish,
    ...(policyName === null ? {} : { policyName }),
    name,
    value,
    qrCode: qrCode(value),
    expirationTimestamp: timeOf(until),
    duration: `${ms / 1000}s`,
  }
  const token: Token = { name, value, body, until, used: 0, deleted: false }
  enterprise.tokens.set(name, token)
  return body
}

/** The whole name of a policy, of which the last part is enough; null for none. */
export function wholePolicyName(enterprise: Enterprise, said: unknown): string | null {
  if (typeof said !== 'string' || said === '') return null
  if (!said.includes('/')) return `${enterprise.name}/policies/${said}`
  if (!said.startsWith(`${enterprise.name}/policies/`)) throw badRequest('The policy name is invalid.', [])
  return said
}

function qrCode(token: string): string {
  const extra = 'android.app.extra.PROVISIONING_'
  return JSON.stringify({
    [`${extra}DEVICE_ADMIN_COMPONENT_NAME`]:
      'com.google.android.apps.work.clouddpc/.receivers.CloudDeviceAdminReceiver',
    [`${extra}DEVICE_ADMIN_SIGNATURE_CHECKSUM`]: 'I5YvS0O5hXY46mb01BlRjq4oJJGs2kuUcHvVkAPEXlg',
    [`${extra}DEVICE_ADMIN_PACKAGE_DOWNLOAD_LOCATION`]:
      'https://play.google.com/managed/downloadManagingApp?identifier=setup',
    [`${extra}ADMIN_EXTRAS_BUNDLE`]: {
      'com.google.android.apps.work.clouddpc.EXTRA_ENROLLMENT_TOKEN': token,
    },
  })
}
