import type { Heard, Said } from '../web/web.ts'
import { bodyOf, masked, maskOf } from './body.ts'
import { cancel, issue, operationTold, runCommands } from './commands.ts'
import { durationOf, timeOf } from './clock.ts'
import {
  createEnterprise,
  createSignUp,
  createToken,
  enterpriseTold,
  patchEnterprise,
  wholePolicyName,
} from './enterprises.ts'
import { contact, phoneTold, planContact } from './phones.ts'
import { deletePolicy, modifyApplications, patchPolicy, policyTold, removeApplications } from './policies.ts'
import { badRequest, Refusal, type Table } from './refusal.ts'
import { type Enterprise, found, nextId, pageOf, type Phone, type World } from './world.ts'

/** One request of a project, with its name taken apart: `v1/enterprises/E/devices/D:issueCommand`. */
interface Asked {
  readonly world: World
  readonly project: string
  readonly method: string
  /** Names of collections and what is in them, from the left. */
  readonly parts: readonly string[]
  /** The word behind the colon. */
  readonly verb: string
  readonly query: URLSearchParams
  readonly bytes: Uint8Array
}

/** Answers a request of a project. */
export async function route(world: World, project: string, heard: Heard): Promise<Said> {
  const [path = '', verb = ''] = heard.path.slice('/v1/'.length).split(':')
  const parts = path.split('/').map(decodeURIComponent)
  const asked = { world, project, method: heard.method, parts, verb, query: heard.query, bytes: heard.body }
  return { body: await answer(asked) }
}

async function answer(asked: Asked): Promise<Table> {
  const { world, project, parts, query, bytes, method } = asked
  const what = `${method} ${parts[0]}`
  if (parts.length === 1 && what === 'POST signupUrls') return createSignUp(world, project, query)
  if (parts.length === 1 && what === 'POST enterprises') return createEnterprise(world, project, { query, bytes })
  if (parts.length === 1 && what === 'GET enterprises') {
    // Only organizations that a project made by itself are listed; here all of them signed up.
    if (query.get('projectId') !== project) throw new Refusal('PERMISSION_DENIED', 'The project is not the caller’s.')
    return {}
  }
  if (parts[0] === 'provisioningInfo') throw new Refusal('NOT_FOUND', 'Requested entity was not found.')
  if (parts[0] !== 'enterprises') throw unknown()
  const enterprise = found(world.enterprises, `enterprises/${parts[1]}`)
  if (enterprise.project !== project)
    throw new Refusal('PERMISSION_DENIED', 'Caller is not authorized to manage enterprise.')
  const room = rooms[parts[2] ?? '']
  if (!room) throw unknown()
  return room(asked, enterprise)
}

function unknown(): Refusal {
  return new Refusal('NOT_FOUND', 'The requested URL was not found on this server.')
}

type Room = (asked: Asked, enterprise: Enterprise) => Table | Promise<Table>

/** What answers for each collection; '' is the organization itself. */
const rooms: Readonly<Record<string, Room>> = {
  '': ({ world, method, verb, query, bytes }, enterprise) => {
    if (method === 'GET' && verb === '') return enterpriseTold(enterprise)
    if (method === 'PATCH') return patchEnterprise(world, enterprise, { bytes, mask: query.get('updateMask') })
    if (method === 'POST' && verb === 'generateEnterpriseUpgradeUrl') return { url: `${world.url}/upgrade` }
    if (method === 'DELETE')
      throw new Refusal('PERMISSION_DENIED', 'Only EMM-managed enterprises can be deleted by the EMM.')
    throw unknown()
  },
  policies: policies,
  devices: devices,
  enrollmentTokens: ({ world, method, parts, query, bytes }, enterprise) => {
    const now = world.clock.now()
    const live = [...enterprise.tokens.values()].filter(t => !t.deleted && t.until > now)
    if (parts.length === 3 && method === 'POST') return createToken(world, enterprise, bytes)
    if (parts.length === 3 && method === 'GET')
      return pageOf(
        'enrollmentTokens',
        // A list says no more of each than this.
        live.map(({ body }) =>
          Object.fromEntries(
            ['name', 'value', 'qrCode', 'allowPersonalUsage', 'expirationTimestamp'].flatMap(key =>
              body[key] === undefined ? [] : [[key, body[key]]],
            ),
          ),
        ),
        query,
      )
    const token = live.find(t => t.name === parts.join('/'))
    if (!token) throw new Refusal('NOT_FOUND', 'Requested entity was not found.')
    if (method === 'GET') return token.body
    if (method !== 'DELETE') throw unknown()
    token.deleted = true
    return {}
  },
  migrationTokens: ({ world, method, parts, query, bytes }, { name, migrations }) => {
    if (method === 'GET' && parts.length === 3) return pageOf('migrationTokens', [...migrations.values()], query)
    if (method === 'GET') return found(migrations, parts.join('/'))
    if (method !== 'POST') throw unknown()
    const wish = bodyOf('MigrationToken', bytes)
    const token = `${name}/migrationTokens/${nextId(world)}`
    const [now, ms] = [world.clock.now(), durationOf(wish['ttl']) ?? 600_000]
    const value = Buffer.from(token).toString('base64url')
    const made = { ...wish, name: token, value, createTime: timeOf(now), expireTime: timeOf(now + ms) }
    migrations.set(token, made)
    return made
  },
  webApps: webApps,
  webTokens: ({ method, bytes, world }, { name }) => {
    if (method !== 'POST') throw unknown()
    const wish = bodyOf('WebToken', bytes)
    if (!String(wish['parentFrameUrl'] ?? '').startsWith('https://'))
      throw badRequest('The parent frame URL must begin with https.', [{ field: 'parent_frame_url', description: '' }])
    return { ...wish, name: `${name}/webTokens/${nextId(world)}`, value: `web-${world.count}` }
  },
  applications: ({ method, parts }, { applications }) => {
    if (method !== 'GET') throw unknown()
    return found(applications, parts.join('/'))
  },
}

function policies({ world, method, parts, verb, query, bytes }: Asked, enterprise: Enterprise): Table {
  if (parts.length === 3 && method === 'GET')
    return pageOf('policies', [...enterprise.policies.values()].map(policyTold), query)
  if (parts.length !== 4) throw unknown()
  if (method === 'PATCH')
    return patchPolicy(world, enterprise, { id: parts[3] ?? '', bytes, mask: query.get('updateMask') })
  const policy = found(enterprise.policies, parts.join('/'))
  if (method === 'GET') return policyTold(policy)
  if (method === 'DELETE') return deletePolicy(enterprise, policy)
  if (verb === 'modifyPolicyApplications') return modifyApplications(world, enterprise, { policy, bytes })
  if (verb === 'removePolicyApplications') return removeApplications(world, enterprise, { policy, bytes })
  throw unknown()
}

async function devices(asked: Asked, enterprise: Enterprise): Promise<Table> {
  const { world, method, parts, verb, query, bytes } = asked
  const live = new Map([...enterprise.phones].filter(([, phone]) => !phone.deleted))
  if (parts.length === 3 && method === 'GET') return pageOf('devices', [...live.values()].map(phoneTold), query)
  if (parts[4] === 'operations') return operations(asked, found(enterprise.phones, parts.slice(0, 4).join('/')))
  const phone = found(live, parts.join('/'))
  if (method === 'GET') return phoneTold(phone)
  if (method === 'PATCH') return patchPhone(asked, phone)
  if (method === 'DELETE') {
    phone.deleted = true
    phone.state = 'ACTIVE'
    planContact(world, phone)
    return {}
  }
  if (method !== 'POST' || verb !== 'issueCommand') throw unknown()
  const operation = issue(world, phone, bytes)
  const told = operationTold(operation)
  if (world.earlyCommands && phone.online) {
    runCommands(world, phone)
    await world.mail.deliver()
  }
  return told
}

function operations({ world, method, parts, verb, query }: Asked, phone: Phone): Table {
  if (parts.length === 5 && method === 'GET')
    return pageOf('operations', [...phone.operations.values()].map(operationTold), query)
  const operation = found(phone.operations, parts.join('/'))
  if (method === 'GET') return operationTold(operation)
  if (method === 'POST' && verb === 'cancel') return cancel(world, phone, operation)
  throw unknown()
}

function patchPhone({ world, query, bytes }: Asked, phone: Phone): Table {
  const wish = bodyOf('Device', bytes)
  const mask = maskOf('Device', query.get('updateMask'), ['name']) ?? Object.keys(wish)
  if (mask.includes('state')) {
    const { state } = wish
    if (state !== 'ACTIVE' && state !== 'DISABLED')
      throw badRequest('Only ACTIVE and DISABLED may be set.', [{ field: 'state', description: 'Not allowed.' }])
    phone.state = state
  }
  if (mask.includes('disabledReason')) phone.disabledReason = (wish['disabledReason'] as Table | undefined) ?? null
  if (mask.includes('policyName'))
    phone.policyName =
      wholePolicyName(phone.enterprise, wish['policyName']) ?? `${phone.enterprise.name}/policies/default`
  planContact(world, phone)
  return phoneTold(phone)
}

function webApps({ world, method, parts, query, bytes }: Asked, { name, webApps: held }: Enterprise): Table {
  if (method === 'GET' && parts.length === 3) return pageOf('webApps', [...held.values()], query)
  const own = parts.join('/')
  if (method === 'POST' && parts.length === 3) {
    const wish = bodyOf('WebApp', bytes)
    const made = `${name}/webApps/com.google.enterprise.webapp.x${nextId(world).toString(16)}`
    held.set(made, { displayMode: 'MINIMAL_UI', ...wish, name: made, versionCode: '1' })
    return found(held, made)
  }
  const old = found(held, own)
  if (method === 'GET') return old
  if (method === 'DELETE') {
    held.delete(own)
    return {}
  }
  if (method !== 'PATCH') throw unknown()
  const wish = bodyOf('WebApp', bytes)
  const mask = maskOf('WebApp', query.get('updateMask'), ['name', 'versionCode']) ?? Object.keys(wish)
  held.set(own, { ...masked(old, wish, mask), name: own, versionCode: String(Number(old['versionCode']) + 1) })
  return found(held, own)
}

/** A phone contacts the API at once, whatever was planned. */
export function contactNow(world: World, phone: Phone): void {
  if (phone.online && !phone.gone) contact(world, phone)
}
