import { z } from 'zod'
import { isAddress } from '../../base/mail.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { rawRoute, route, type Route, servedRoute } from '../../base/route.ts'
import { demandWhole } from '../certificates/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import * as push from '../push/index.ts'

const renewal = z.object({
  state: z.enum(['none', 'made', 'signing', 'mailed', 'signed', 'offered']),
  name: z.string().nullable(),
  email: z.string().nullable(),
  madeAt: z.number().nullable(),
  way: z.enum(['vendor', 'service', 'upload']).nullable(),
  signedAt: z.number().nullable(),
  problem: z.object({ code: z.string(), text: z.string() }).nullable(),
  offered: z
    .object({
      topic: z.string(),
      notAfter: z.number(),
      serial: z.string(),
      account: z.string(),
      replaces: z.number().describe('How many devices it was agreed to lose.'),
      at: z.number(),
    })
    .nullable(),
  trial: z
    .object({
      state: z.enum(['asked', 'accepted', 'answered', 'refused', 'silent']),
      device: z.object({ id: z.string(), name: z.string() }).nullable(),
      reason: z.string().nullable(),
      at: z.number(),
      endedAt: z.number().nullable(),
    })
    .nullable(),
})

async function named(ctx: Ctx, one: push.Renewal): Promise<z.input<typeof renewal>> {
  if (one.trial === null) return { ...one, trial: null }
  const device = one.trial.device === null ? undefined : await devices.find(ctx, one.trial.device)
  return { ...one, trial: { ...one.trial, device: device ? { id: device.id, name: device.name } : null } }
}

const permission = 'certificates:write'
const base = '/api/v1/push/apple'
const write = { permission, reply: renewal } as const

const making = [
  route({
    method: 'GET',
    path: `${base}/renewal`,
    permission: 'certificates:read',
    summary: 'Where the way to a new push certificate stands.',
    reply: renewal,
    run: async ctx => named(ctx, await push.renewal(ctx)),
  }),
  servedRoute({
    ...write,
    method: 'POST',
    path: `${base}/renewal`,
    summary: 'Makes a key, which stays here, and the request for its certificate.',
    status: 201,
    body: z.strictObject({
      name: z.string().trim().min(1).max(64).describe('Of the org, as the portal shows it.'),
      email: z.string().trim().max(200).refine(isAddress, 'one mail address, without a name'),
    }),
    serve: async (server, { body }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      demandWhole(call.principal.authority, permission)
      const made = await push.makeRequest(body, server.clock.now())
      const scope = { ...call.principal, request: call.request }
      return {
        status: 201,
        body: await server.transact(scope, async ctx => named(ctx, await push.beginRenewal(ctx, made))),
      }
    },
  }),
  route({
    method: 'DELETE',
    path: `${base}/renewal`,
    permission,
    summary: 'Discards the new push certificate on its way, and its key.',
    run: async ctx => push.discardRenewal(ctx).then(() => undefined),
  }),
]

const file = (path: string, name: string, summary: string, textOf: (ctx: Ctx) => Promise<string>): Route =>
  rawRoute({
    method: 'GET',
    path: `${base}/${path}`,
    plane: 'api',
    auth: 'admin',
    permission: 'certificates:read',
    summary,
    bodyLimit: 0,
    accepts: [],
    reply: ['text/plain'],
    serve: async (server, _input, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const body = await server.read(call.principal, textOf)
      return { body, type: 'text/plain', headers: { 'content-disposition': `attachment; filename="${name}"` } }
    },
  })

const signing = [
  file('renewal/request', 'push-request.csr', 'The request in PEM, for whoever signs it.', push.requestFile),
  file(
    'renewal/signed',
    'upload-to-apple.plist.b64',
    'The request as a vendor signed it: what is uploaded to the Apple Push Certificates Portal.',
    push.signedFile,
  ),
  route({
    ...write,
    method: 'POST',
    path: `${base}/renewal/sign`,
    summary: 'Has the request signed by our own vendor certificate, or by the signing service, which a job asks.',
    body: z.strictObject({ way: z.enum(['vendor', 'service']) }),
    run: async (ctx, { body }) => named(ctx, await push.signRenewal(ctx, body.way)),
  }),
  route({
    ...write,
    method: 'PUT',
    path: `${base}/renewal/signed`,
    summary: 'Takes a request that was signed elsewhere, also one that is encrypted for this server.',
    bodyLimit: 256 * 1024,
    body: z.strictObject({ signed: z.string().min(1).max(200_000) }),
    run: async (ctx, { body }) => named(ctx, await push.takeSigned(ctx, body.signed)),
  }),
]

const standing = z.object({ state: z.enum(['missing', 'ready', 'expired']), topic: z.string().nullable() })

const switching = [
  route({
    ...write,
    method: 'PUT',
    path: `${base}/renewal/certificate`,
    summary:
      'Compares what the portal made with the request and with the certificate in use. Nothing is switched yet. Another topic needs replace.',
    bodyLimit: 256 * 1024,
    body: z.strictObject({
      certificate: z.string().min(1).max(100_000).describe('PEM.'),
      account: z.string().trim().min(1).max(200).describe('The account at Apple that renews it.'),
      replace: z.boolean().default(false),
      lose: z
        .number()
        .int()
        .min(0)
        .optional()
        .describe('With replace: the number of devices that is lost, as it was told.'),
    }),
    run: async (ctx, { body }) => named(ctx, await push.offerCertificate(ctx, body)),
  }),
  route({
    ...write,
    method: 'POST',
    path: `${base}/renewal/trial`,
    summary: 'Calls one device by the new certificate: the one named, or the one that called last.',
    body: z.strictObject({ device: z.string().max(64).optional() }),
    run: async (ctx, { body }) => named(ctx, await push.tryRenewal(ctx, await enrollmentOf(ctx, body.device))),
  }),
  route({
    method: 'POST',
    path: `${base}/renewal/take`,
    permission,
    summary:
      'Takes the new certificate into use for all devices, without a restart. The former one is kept for 30 days.',
    body: z.strictObject({ untried: z.boolean().default(false) }),
    reply: standing,
    run: async (ctx, { body }) => push.takeRenewal(ctx, body),
  }),
]

async function enrollmentOf(ctx: Ctx, device: string | undefined): Promise<string | null> {
  if (device === undefined) return null
  const held = await enrollment.byDevice(ctx, device)
  if (!held) throw new Problem('id.unknown')
  return held.id
}

const past = z.object({
  fingerprint: z.string(),
  topic: z.string(),
  serial: z.string(),
  account: z.string(),
  notAfter: z.number(),
  replacedAt: z.number(),
  until: z.number(),
})

const going = [
  route({
    method: 'GET',
    path: `${base}/past`,
    permission: 'certificates:read',
    summary: 'Push certificates that were replaced by a newer one of the same topic, and can be gone back to.',
    reply: z.object({ items: z.array(past), next: z.null(), total: z.number() }),
    run: async ctx => {
      const items = await push.pastCredentials(ctx)
      return { items, next: null, total: items.length }
    },
  }),
  route({
    method: 'POST',
    path: `${base}/past/restore`,
    permission,
    summary: 'Goes back to a replaced push certificate; the one in use is kept in its stead.',
    body: z.strictObject({ fingerprint: z.string().max(128) }),
    reply: standing,
    run: (ctx, { body }) => push.restorePast(ctx, body.fingerprint),
  }),
]

const signer = z.object({
  way: z.enum(['vendor', 'service']),
  url: z.string().nullable(),
  email: z.string().nullable(),
  secret: z.boolean(),
  subject: z.string().nullable(),
  notAfter: z.number().nullable(),
  changedAt: z.number(),
})
const allSigners = z.object({ items: z.array(signer), next: z.null(), total: z.number() })
const listed = (items: push.Signer[]): z.input<typeof allSigners> => ({ items, next: null, total: items.length })

const signers = [
  route({
    method: 'GET',
    path: `${base}/signers`,
    permission: 'certificates:read',
    summary: 'How requests for push certificates are signed here.',
    reply: allSigners,
    run: async ctx => listed(await push.signers(ctx)),
  }),
  servedRoute({
    method: 'PUT',
    path: `${base}/signers/vendor`,
    permission,
    summary: 'Takes a vendor certificate with its key and its chain up to the root, to sign requests with.',
    bodyLimit: 256 * 1024,
    body: z.strictObject({
      certificate: z.string().min(1).max(100_000),
      key: z.string().max(50_000).optional(),
      passphrase: z.string().max(1000).optional(),
    }),
    reply: allSigners,
    serve: async (server, { body }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      demandWhole(call.principal.authority, permission)
      const vendor = push.readVendor(body, server.clock.now())
      const scope = { ...call.principal, request: call.request }
      return { body: listed(await server.transact(scope, ctx => push.putVendor(ctx, vendor))) }
    },
  }),
  route({
    method: 'PUT',
    path: `${base}/signers/service`,
    permission,
    summary: 'Sets the service that is asked to sign requests.',
    body: z.strictObject({
      url: z.url({ protocol: /^https$/ }).max(500),
      email: z.string().trim().max(200).refine(isAddress, 'one mail address, without a name'),
      secret: z.string().max(1000).nullable().optional().describe('What the service knows us by; never shown again.'),
    }),
    reply: allSigners,
    run: async (ctx, { body }) => listed(await push.putService(ctx, body)),
  }),
  route({
    method: 'DELETE',
    path: `${base}/signers/vendor`,
    permission,
    summary: 'Forgets the vendor certificate.',
    run: async ctx => push.removeSigner(ctx, 'vendor').then(() => undefined),
  }),
  route({
    method: 'DELETE',
    path: `${base}/signers/service`,
    permission,
    summary: 'Forgets the signing service.',
    run: async ctx => push.removeSigner(ctx, 'service').then(() => undefined),
  }),
]

/** The way to a new push certificate: request, signature, certificate, trial, switch, and back. */
export const renewalRoutes: readonly Route[] = [...making, ...signing, ...switching, ...going, ...signers]
