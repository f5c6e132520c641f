import { z } from 'zod'
import { type Id, isId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { type Call, rawRoute, type Reply, route } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { acmeAdminRoutes } from './acme/admin-routes.ts'
import { acmeRoutes } from './acme/routes.ts'
import * as custody from './custody.ts'
import { capabilities, pkiOperation } from './scep.ts'
import * as store from './store.ts'
import { caCertificate, trustFile, trustPem } from './trust.ts'

const text = z.string().trim().max(200).nullable()
const kept = z.object({
  id: z.string(),
  purpose: z.string(),
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: z.number(),
  notAfter: z.number(),
  state: z.enum(['valid', 'expiring', 'expired']),
  owner: z.string().nullable(),
  account: z.string().nullable(),
  contact: z.string().nullable(),
  breaks: z.object({ code: z.string(), devices: z.number() }),
  renewable: z.enum(['itself', 'upload', 'none']),
  chain: z.array(z.object({ subject: z.string(), serial: z.string(), notAfter: z.number() })),
  topic: z.string().nullable(),
})
const id = z.object({ id: z.string() })

const list = route({
  method: 'GET',
  path: '/api/v1/certificates',
  permission: 'certificates:read',
  summary: 'Every certificate in custody, soonest to expire first.',
  reply: z.object({ items: z.array(kept), next: z.null(), total: z.number() }),
  run: async ctx => {
    const items = await custody.list(ctx)
    return { items, next: null, total: items.length }
  },
})

const change = route({
  method: 'PATCH',
  path: '/api/v1/certificates/:id',
  permission: 'certificates:write',
  summary: 'Says who answers for a certificate.',
  params: id,
  body: z.strictObject({ owner: text.optional(), account: text.optional(), contact: text.optional() }),
  reply: kept,
  run: (ctx, { params, body }) => custody.change(ctx, params.id, body),
})

const pem = rawRoute({
  method: 'GET',
  path: '/api/v1/certificates/:id/pem',
  plane: 'api',
  auth: 'admin',
  permission: 'certificates:read',
  summary: 'The certificate and its chain in PEM.',
  bodyLimit: 0,
  accepts: [],
  params: id,
  reply: ['application/x-pem-file'],
  serve: async (base, { params }, call) => {
    if (!call.principal) throw new Problem('session.missing')
    const { name, text } = await base.read(call.principal, ctx => custody.pem(ctx, params.id))
    const headers = { 'content-disposition': `attachment; filename="${name}"` }
    return { body: text, type: 'application/x-pem-file', headers }
  },
})

const open = { method: 'GET', plane: 'public', auth: 'none', permission: null, bodyLimit: 0, accepts: [] } as const

const trustAsPem = rawRoute({
  ...open,
  path: '/trust.pem',
  summary: 'The authority of the server certificate, for clients that must trust it.',
  reply: ['application/x-pem-file'],
  serve: async base => ({ body: await trustPem(base), type: 'application/x-pem-file' }),
})

const trustAsFile = rawRoute({
  ...open,
  path: '/trust.mobileconfig',
  summary: 'The same authority as a signed file that Apple devices install.',
  reply: ['application/x-apple-aspen-config'],
  serve: async base => ({
    body: await trustFile(base),
    type: 'application/x-apple-aspen-config',
    headers: { 'content-disposition': 'attachment; filename="muster-trust.mobileconfig"' },
  }),
})

const scep = rawRoute({
  method: ['GET', 'POST'],
  path: '/scep/:org',
  plane: 'public',
  auth: 'none',
  permission: null,
  summary: 'SCEP server (RFC 8894) of an org; `apple` stands for the only org of this server.',
  bodyLimit: 64 * 1024,
  accepts: ['application/x-pki-message'],
  params: z.object({ org: z.string().max(64) }),
  query: z.object({ operation: z.string().max(64).default(''), message: z.string().max(100_000).optional() }),
  reply: ['text/plain', 'application/x-x509-ca-cert', 'application/x-pki-message'],
  serve: async (base, { params, query }, call) => operate(base, await orgOf(base, params.org), query, call),
})

async function operate(
  base: Base,
  org: Id<'org'>,
  query: { operation: string; message?: string | undefined },
  call: Call,
): Promise<Reply<Uint8Array | string>> {
  switch (query.operation) {
    case 'GetCACaps':
      return { body: capabilities(base.config.scepLegacy), type: 'text/plain' }
    case 'GetCACert':
      return { body: await caCertificate(base, org, 'ca-scep'), type: 'application/x-x509-ca-cert' }
    case 'PKIOperation': {
      const message = call.bytes.length > 0 ? call.bytes : messageOf(query.message)
      return { body: await pkiOperation(base, org, message), type: 'application/x-pki-message' }
    }
    default:
      throw new Problem('certificate.operation-unknown')
  }
}

/** Base64 in the address, plain or URL-safe; a plus sign that was not escaped arrives as a blank. */
function messageOf(message: string | undefined): Uint8Array {
  if (!message) throw new Problem('certificate.request-malformed', { reason: 'no message' })
  return new Uint8Array(Buffer.from(message.replaceAll(' ', '+'), 'base64'))
}

async function orgOf(base: Base, named: string): Promise<Id<'org'>> {
  const known = await base.engine.read(tx => store.orgsWith({ tx }, 'ca-scep', isId('org', named) ? named : null))
  const [org] = known
  if (!org || known.length > 1) throw new Problem('id.unknown')
  return org
}

export const routes = [list, change, pem, trustAsPem, trustAsFile, scep, ...acmeRoutes, ...acmeAdminRoutes]
