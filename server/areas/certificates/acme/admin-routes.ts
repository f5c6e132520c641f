import { z } from 'zod'
import { type Route, route } from '../../../base/route.ts'
import { bind, bindings, unbind } from './account.ts'
import { acmeUrl } from './request.ts'
import { addRoot, removeRoot, roots } from './roots.ts'

const binding = z.object({
  id: z.string(),
  name: z.string(),
  names: z.array(z.string()),
  port: z.number(),
  state: z.enum(['unused', 'used', 'revoked']),
  createdAt: z.number(),
  usedAt: z.number().nullable(),
  lastIssuedAt: z.number().nullable(),
})
const root = z.object({ fingerprint: z.string(), subject: z.string(), notAfter: z.number(), addedAt: z.number() })
const page = z.object({
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const one = z.object({ id: z.string().max(64) })

/** What admins decide about the certificate server and about whose attestations are believed. */
export const acmeAdminRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/acme/bindings',
    permission: 'certificates:read',
    summary: 'The rights to ask our certificate server that were given away, newest first.',
    query: page,
    reply: z.object({ directory: z.string(), items: z.array(binding), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const items = await bindings(ctx, query.cursor ?? null, query.limit + 1)
      const shown = items.slice(0, query.limit)
      const next = items.length > query.limit ? (shown.at(-1)?.id ?? null) : null
      return { directory: `${acmeUrl(ctx, ctx.org)}/directory`, items: shown, next }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/acme/bindings',
    permission: 'certificates:write',
    summary: 'Gives a program the right to ask certificates for these names; its secret is answered once.',
    body: z.strictObject({
      name: z.string().trim().min(1).max(100),
      names: z.array(z.string().min(1).max(253)).min(1).max(50),
      port: z.number().int().min(1).max(65_535).default(80),
    }),
    reply: binding.extend({ secret: z.string(), directory: z.string() }),
    status: 201,
    run: async (ctx, { body }) => {
      const { binding: made, secret } = await bind(ctx, body)
      return { ...made, secret, directory: `${acmeUrl(ctx, ctx.org)}/directory` }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/acme/bindings/:id',
    permission: 'certificates:write',
    summary: 'Takes a right back; its accounts end at once.',
    params: one,
    run: async (ctx, { params }) => void (await unbind(ctx, params.id)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/attestation-roots',
    permission: 'certificates:read',
    summary: 'The makers of devices whose attestations are believed.',
    reply: z.object({ items: z.array(root), next: z.null() }),
    run: async ctx => ({ items: await roots(ctx), next: null }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/attestation-roots',
    permission: 'certificates:write',
    summary: 'Believes the attestations under this authority.',
    body: z.strictObject({ pem: z.string().min(1).max(20_000) }),
    reply: root,
    status: 201,
    run: (ctx, { body }) => addRoot(ctx, body.pem),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/attestation-roots/:id',
    permission: 'certificates:write',
    summary: 'Believes the attestations under this authority no longer.',
    params: one,
    run: async (ctx, { params }) => void (await removeRoot(ctx, params.id)),
  }),
]
