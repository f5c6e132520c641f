import { z } from 'zod'
import { agentModes } from '@muster/wire/agent/messages.ts'
import type { ProvisioningWifi } from '@muster/wire/android/provisioning.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as identity from '../../areas/identity/index.ts'
import { Problem } from '../../base/problem.ts'
import { rawRoute, type Route, servedRoute } from '../../base/route.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { deviceRoute, numberRoute } from './device-route.ts'
import { agentComponent, agentPackage, packagePath, packageUrl, servePackage } from './package.ts'
import { agentLink, cableLines, heldBy, setUpCode, termsOf } from './provisioning.ts'

const wifi = z.strictObject({
  ssid: z.string().min(1).max(32),
  hidden: z.boolean().optional(),
  security: z.enum(['NONE', 'WPA', 'WEP']).optional(),
  password: z.string().min(1).max(128).optional(),
})

const wished = z.strictObject({
  secret: z.string().min(22).max(128),
  mode: z.enum(agentModes),
  wifi: wifi.optional(),
  locale: z.string().max(20).optional(),
  timeZone: z.string().max(60).optional(),
  keepSystemApps: z.boolean().optional(),
  useMobileData: z.boolean().optional(),
})

const ways = z.object({
  /** What a new device reads on its first screen; null for a work profile, which begins with the page. */
  code: z.object({ qrSvg: z.string(), bytes: z.number(), easy: z.boolean() }).nullable(),
  page: z.object({ url: z.string(), qrSvg: z.string() }),
  link: z.string(),
  /** Over a cable, line by line; empty where Android has no such way. */
  cable: z.array(z.string()),
})

const packageReply = z.object({
  state: z.enum(['ready', 'missing', 'unreadable']),
  url: z.string(),
  component: z.string(),
  size: z.number().nullable(),
  changedAt: z.number().nullable(),
  sha256: z.string().nullable(),
  signer: z.string().nullable(),
  /** A device that is being set up trusts public authorities only. */
  publicAuthority: z.boolean(),
})

/** How devices get our agent and their invitation, and how it stands on them. */
export const setupRoutes: readonly Route[] = [
  deviceRoute,
  numberRoute,
  servedRoute({
    method: 'POST',
    path: '/api/v1/invitations/:id/provisioning',
    permission: 'invitations:write',
    summary:
      'Makes the code, the links and the lines for a cable by which Android devices use an invitation. Its secret is sent along, because only its hash is kept; nothing of this is stored.',
    params: z.object({ id: z.string().max(64) }),
    body: wished,
    reply: ways,
    serve: async (base, { params, body }, call) => ({ body: await waysOf(base, params.id, body, call) }),
  }),
  servedRoute({
    method: 'GET',
    path: '/api/v1/agent/package',
    permission: 'invitations:read',
    summary: 'The Android agent that devices load from this server, and by which sums they know it.',
    reply: packageReply,
    serve: async base => ({ body: await packageState(base) }),
  }),
  rawRoute({
    method: 'GET',
    path: packagePath,
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'The Android agent, for devices that are being set up.',
    bodyLimit: 0,
    accepts: [],
    head: true,
    reply: ['application/vnd.android.package-archive'],
    serve: base => servePackage(base),
  }),
]

async function waysOf(
  base: Base,
  id: string,
  { secret, mode, wifi: network, ...rest }: z.output<typeof wished>,
  call: Call,
): Promise<z.input<typeof ways>> {
  if (!call.principal) throw new Problem('session.missing')
  const org = await base.read({ ...call.principal, request: call.request }, async ctx => {
    const invitation = await heldBy(ctx, id, secret)
    const personal = mode === 'work-profile'
    if (personal ? invitation.ownership === 'company' : invitation.ownership === 'personal')
      throw new Problem('agent.mode', { mode })
    return (await identity.ownOrg(ctx)).name
  })
  const terms = await termsOf(base, secret, mode, org)
  const wishes = { ...rest, wifi: network && wifiOf(network) }
  const url = `${base.config.url}/enroll/${secret}?how=${mode}`
  const code = mode === 'work-profile' ? null : setUpCode(base, terms, await agentPackage(base.config), wishes)
  const cable = mode === 'company-profile' ? [] : cableLines(base, terms)
  return { code, page: { url, qrSvg: enrollment.qrSvg(url) }, link: agentLink(base, terms), cable }
}

function wifiOf({ ssid, hidden = false, security, password }: z.output<typeof wifi>): ProvisioningWifi {
  return { ssid, hidden, ...(security ? { security } : {}), ...(password === undefined ? {} : { password }) }
}

async function packageState(base: Base): Promise<z.input<typeof packageReply>> {
  const where = { url: packageUrl(base.config), component: agentComponent }
  const publicAuthority = !certificates.ownAuthority(base.config)
  const nothing = { size: null, changedAt: null, sha256: null, signer: null }
  try {
    return { state: 'ready', ...where, ...(await agentPackage(base.config)), publicAuthority }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const state = error.code === 'agent.package-missing' ? 'missing' : 'unreadable'
    return { state, ...where, ...nothing, publicAuthority }
  }
}
