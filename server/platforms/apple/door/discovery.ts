import { fromPem } from '@muster/wire/x509/pem.ts'
import * as certificates from '../../../areas/certificates/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import type { Id } from '../../../base/id.ts'
import type { Call, Reply } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { ownAuthority } from '../profile.ts'
import { accountUrl } from './account.ts'
import { type AccountMode, findDoor, openDoors, orgOfDomain } from './account-store.ts'
import { anyone } from './auto.ts'

const modes: readonly AccountMode[] = ['byod', 'adde']

/** Where a device that was given an address at work finds us (Apple: service discovery, account-driven enrollment). */
export async function serveDiscovery(
  base: Base,
  { query }: { query: { 'user-identifier'?: string | undefined } },
  call: Call,
): Promise<Reply<string>> {
  const domain = domainOf(query['user-identifier'])
  const servers = await base.read(anyone(call), async anyCtx => {
    const named = domain === null ? undefined : await orgOfDomain(anyCtx, domain)
    const [only, ...others] = named === undefined ? await openDoors(anyCtx) : []
    const org: Id<'org'> | undefined = named ?? (others.length === 0 ? only : undefined)
    return org === undefined ? [] : serversOf(anyCtx, org)
  })
  return found(servers)
}

/** The same for devices that the vendor led here, because their own domain answers nothing: the address it was told names the org. */
export async function serveLed(
  base: Base,
  { params }: { params: { org: string } },
  call: Call,
): Promise<Reply<string>> {
  return found(await base.read(anyone(call), ctx => serversOf(ctx, params.org as Id<'org'>)))
}

interface Server {
  Version: string
  BaseURL: string
}

/** The doors of an org that are open; none where there is no such org. */
async function serversOf(anyCtx: Ctx, org: Id<'org'>): Promise<Server[]> {
  const actor = { kind: 'system', id: null, what: 'discovery' } as const
  const ctx = as(anyCtx, { org, actor, authority: everything })
  const door = await findDoor(ctx)
  return modes
    .filter(mode => door?.[mode])
    .map(mode => ({ Version: `mdm-${mode}`, BaseURL: accountUrl({ ctx, org, mode }) }))
}

function found(servers: readonly Server[]): Reply<string> {
  if (servers.length > 0) return json(200, { Servers: servers })
  return json(403, { code: 'com.apple.well-known.failed', description: 'No one enrolls here by signing in.' })
}

/** What Apple Configurator asks a server for, before it prepares devices for it (Apple: MDMServiceConfig). No secret is in it. */
export async function serveServiceConfig(base: Base): Promise<Reply<string>> {
  const { url } = base.config
  return json(200, {
    dep_enrollment_url: `${url}/enroll/apple/auto`,
    dep_anchor_certs_url: `${url}/enroll/apple/anchors`,
    trust_profile_url: `${url}/trust.mobileconfig`,
  })
}

/** The authorities a device must trust to reach us, as base64 of DER; none where a public one vouches for us. */
export async function serveAnchors(base: Base): Promise<Reply<string>> {
  const pem = ownAuthority(base.config) ? await certificates.trustPem(base) : ''
  return json(
    200,
    fromPem(pem).map(({ der }) => Buffer.from(der).toString('base64')),
  )
}

function domainOf(identifier: string | undefined): string | null {
  const domain = identifier?.split('@').at(-1)?.trim().toLowerCase() ?? ''
  return /^[\p{L}\p{N}.-]{1,253}$/u.test(domain) && identifier?.includes('@') ? domain : null
}

function json(status: number, body: unknown): Reply<string> {
  return {
    status,
    type: 'application/json',
    headers: { 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  }
}
